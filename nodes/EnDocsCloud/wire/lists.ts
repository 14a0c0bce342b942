import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { unexpectedAnswer } from '../../shared/answer/outcome';
import { notice } from '../../shared/editor/fields';
import { isRecord, recordsIn } from '../../shared/guards';
import type { Call } from '../../shared/operation/call';
import type { Output } from '../../shared/operation/output';
import { byLargest } from '../../shared/pages';
import { path } from '../../shared/service/paths';
import { NO_KIND, wholeNumberOf } from '../editor/choices';
import { simplifyDocument } from '../values/simplify';
import { newRequestId, sendTraced } from './requestId';

export const USERS_PATH = '/Output/GetClientUsers';

/** No way of paging is documented: the list is asked for again with the largest id, at most so often (vendors/endocs.md A9). */
const MOST_REQUESTS = 50;

/** A list as the service sent it. What `key` counts is not documented. */
export interface List {
	readonly key: unknown;
	/** Whether it came as a list, and not as one of the forms that stand for an empty one. */
	readonly isList: boolean;
	readonly records: readonly IDataObject[];
}

/**
 * The list in an answer: `{ key, value: [] }` or a plain array; `null`, a missing `value` and an empty body stand for an empty list
 * (vendors/endocs.md A7).
 */
export function listOf(body: unknown): List {
	const value = isRecord(body) ? body.value : body;
	if (!Array.isArray(value) && value !== null && value !== undefined) return unexpectedAnswer('EnDocs Cloud', 'a list was expected');
	return { key: isRecord(body) ? body.key : undefined, isList: Array.isArray(value), records: recordsIn(value) };
}

/** Where new contracts are, after a document (vendors/endocs.md §3.2). */
export const contractsAfter: PathOf = (afterId, requestId) => path`/Output/GetNewContracts/${afterId}/${requestId}`;

/** Where new invoices are (vendors/endocs.md §3.3). */
export const invoicesAfter: PathOf = (afterId, requestId) => path`/Output/GetNewInvoices/${afterId}/${requestId}`;

/** Where documents of a type and kind are that are in a state (vendors/endocs.md §3.4). */
export const documentsIn = ({ type, kind, state }: Shelf): PathOf => (afterId, requestId) => path`/Output/GetMetaByTypeAndState/${afterId}/${type}/${kind}/${state}/${requestId}`;

/** The address for an id to begin after and a request id. */
export type PathOf = (afterId: string, requestId: string) => string;

/** What documents can be asked for by. */
export interface Shelf {
	readonly type: string;
	readonly kind: string;
	readonly state: string;
}

export const afterDocumentId: INodeProperties = {
	displayName: 'After Document ID',
	name: 'afterDocumentId',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description: 'ID of the last document that was loaded before: only what comes after it is returned. With 0, reading begins at the start.',
};

/** The same where the vendor's page leaves open what the ID does (vendors/endocs.md §3.4). */
export const startAfter: INodeProperties = {
	...afterDocumentId,
	hint: 'The vendor describes it as the document that is wanted, but its sample looks as if reading goes on after it. If 0 gives nothing in your account, try the ID of a document.',
};

/** For lists that are asked for again and again (vendors/endocs.md §2.1, A9). */
export const readingAllNotice = notice(`Reading all may take up to ${MOST_REQUESTS} requests for each item, which count against the 300 a minute that EnDocs Cloud allows a token.`, { returnAll: [true] });

export const includeKeyOption: INodeProperties = {
	displayName: 'Include Key',
	name: 'includeKey',
	type: 'boolean',
	default: false,
	description: "Whether to add to each item the number 'key' that EnDocs Cloud sends with the list; its meaning is not documented",
};

/**
 * Reads documents that come after the one the user names, in the order of the service.
 * @param simplify what becomes of a document in its simpler form
 */
export async function listDocuments(
	call: Call,
	pathOf: PathOf,
	simplify: (document: IDataObject) => IDataObject,
): Promise<Output[]> {
	const shape = call.shape(simplify);
	const withKey = call.flag('options.includeKey');
	const pager = byLargest('after', 'id', startOf(call), MOST_REQUESTS);
	return await call.list(pager, async ({ query }) => {
		const requestId = newRequestId(call);
		const body = await sendTraced(call, requestId, { path: pathOf(String(query?.after), requestId) });
		const { key, records } = listOf(body);
		return { records: records.map((document) => ({ ...shape(document), ...(withKey ? { key: key as IDataObject[string] } : {}) })) };
	});
}

/** Reads documents of a type and kind that are in a state, and says so where leaving the kind out may be why there are none. */
export async function listShelf(call: Call, shelf: Shelf): Promise<Output[]> {
	const found = await listDocuments(call, documentsIn(shelf), simplifyDocument);
	if (found.length === 0 && shelf.kind === NO_KIND) call.note(NONE_WITHOUT_KIND);
	return found;
}

const NONE_WITHOUT_KIND =
	'Nothing came for the kind 0, which is sent where no kind is chosen. Whether EnDocs Cloud takes it for all kinds is not documented: choose a kind to be sure that there is nothing';

/** An empty value is no 0: it would load again what was loaded long ago. */
function startOf(call: Call): number {
	return wholeNumberOf(call, 'afterDocumentId', 'Enter an ID such as 731, or 0 to begin at the start');
}
