import type { IDataObject } from 'n8n-workflow';

import type { Call } from '../operation/call';
import type { PollEvent, WebhookEvent } from './event';

/** What becomes of a record on its way out, as the user wants it. */
export function shapeOf(call: Call, { idOf, simplify }: PollEvent | WebhookEvent): (record: IDataObject) => IDataObject {
	if (call.flag('options.onlyIds')) return (record) => idOf(record, call);
	return simplify && call.flag('simplify') ? simplify : (record) => record;
}
