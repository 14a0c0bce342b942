import type { IDataObject } from 'n8n-workflow';

import { isRecord } from '../../shared/guards';
import type { Call } from '../../shared/operation/call';
import { accepted, records, type Output } from '../../shared/operation/output';
import { json, type Request } from '../../shared/service/request';
import type { CheckedForm } from '../values/checkedForm';
import { withContents } from '../values/files';
import { sendTraced } from './requestId';

/** Where a request goes: a path below the base URL, as a rule. */
export type Address = string | Pick<Request, 'path' | 'query'>;

/**
 * Sends a checked request.
 * @param about what stands in the item when EnDocs Cloud answers without a body
 */
export async function post(call: Call, address: Address, checked: CheckedForm, about: IDataObject): Promise<Output[]> {
	const { requestId, attachments } = checked;
	const where = typeof address === 'string' ? { path: address } : address;
	const body = await withContents(checked.body, attachments);
	const answer = await sendTraced(call, requestId, { method: 'POST', ...where, body: json(body) });
	return records(answersOf(answer, { ...presentable(about), requestId }).map((item) => ('requestId' in item ? item : { ...item, requestId })));
}

/** A long number of the user's own, which JSON in n8n has no form for, as text. */
function presentable(about: IDataObject): IDataObject {
	const entries = Object.entries<unknown>(about).map(([name, value]) => [name, typeof value === 'bigint' ? String(value) : value]);
	return Object.fromEntries(entries) as IDataObject;
}

/**
 * The items of an answer: objects as they came, a text as `message`; where there is nothing, that it was accepted and what was
 * asked for (vendors/endocs.md A4).
 */
export function answersOf(answer: unknown, about: IDataObject): IDataObject[] {
	const isNothing = answer === undefined || answer === null || (Array.isArray(answer) && answer.length === 0);
	if (isNothing) return [accepted(about)];
	if (Array.isArray(answer)) return answer.map(toItem);
	return [toItem(answer)];
}

function toItem(answer: unknown): IDataObject {
	return isRecord(answer) ? answer : { message: typeof answer === 'string' ? answer : JSON.stringify(answer) };
}
