import type { IDataObject } from 'n8n-workflow';

import type { Call } from '../../shared/operation/call';
import { optionalId } from '../values/ids';
import { combined, filterQuery } from './filters';
import { rawQuery } from './rawQuery';

/** The query for the entities that the user means: of a type, found by search, and meeting conditions. */
export function selection(call: Call): IDataObject {
	const typeId = optionalId(call, 'typeId');
	const search = call.text('search').normalize('NFC');
	return combined([
		...(typeId ? [['_type.reference', typeId] as const] : []),
		...(search ? [['q', search] as const] : []),
		...Object.entries(filterQuery(call)),
		...rawQuery(call, 'options.rawQuery'),
	]);
}
