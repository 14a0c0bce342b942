import { randomUUID } from 'node:crypto';
import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { refuse } from '../../shared/answer/failure';
import { listFrom } from '../../shared/answer/outcome';
import { notice } from '../../shared/editor/fields';
import { idIn, isRecord } from '../../shared/guards';
import type { Call } from '../../shared/operation/call';
import type { Output } from '../../shared/operation/output';
import { byLargest } from '../../shared/pages';
import type { Client } from '../../shared/service/client';
import { path } from '../../shared/service/paths';
import { NO_KIND, STATES, wholeNumberOf } from '../editor/choices';
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
 * The list in an answer: `{ key, value: [] }` or a plain array; `value: null`, a missing `value` and an empty body stand for an empty list
 * (vendors/endocs.md A7).
 * @throws FailureError `unreadable answer` for anything else
 */
export function listOf(body: unknown): List {
	const { key, value } = isRecord(body) ? body : { key: undefined, value: body };
	const isEmpty = value === undefined || (value === null && isRecord(body));
	return { key, isList: Array.isArray(value), records: isEmpty ? [] : listFrom('EnDocs Cloud', value) };
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

/**
 * Reads documents of a type and kind that are in a state. Whether the kind 0, which is sent where none is chosen, stands for all kinds is not
 * documented (vendors/endocs.md §3.4): an empty list counts only where documents of other states prove it.
 * @throws FailureError `invalid input` where nothing proves it
 */
export async function listShelf(call: Call, shelf: Shelf): Promise<Output[]> {
	const found = await listDocuments(call, documentsIn(shelf), simplifyDocument);
	if (found.length > 0 || shelf.kind !== NO_KIND) return found;
	const others = await call.shared(`kinds of ${shelf.type}`, async () => await documentsOfAnyKind(call.client, shelf.type, STATES.map(([, state]) => state)));
	return others.length > 0 ? found : refuse(call.label('documentKindId'), UNPROVEN, CHOOSE_KIND);
}

const UNPROVEN = 'is empty, and EnDocs Cloud gave no document of this type for all kinds (0), in no state that is known. Whether it takes 0 for all kinds is not documented, so that there may be some';
const CHOOSE_KIND = 'Choose a kind, or enter its ID: it stands as dockindId in documents of that kind';

/** The documents of the first state that has some, of a kind of their own; asked for with the kind 0. */
export async function documentsOfAnyKind(client: Client, type: string, states: readonly string[]): Promise<readonly IDataObject[]> {
	for (const state of states) {
		const { records } = listOf(await client.send({ path: documentsIn({ type, kind: NO_KIND, state })('0', randomUUID()) }));
		const ofAKind = records.filter(({ dockindId }) => (idIn(dockindId) ?? NO_KIND) !== NO_KIND);
		if (ofAKind.length > 0) return ofAKind;
	}
	return [];
}

/** An empty value is no 0: it would load again what was loaded long ago. */
function startOf(call: Call): number {
	return wholeNumberOf(call, 'afterDocumentId', 'Enter an ID such as 731, or 0 to begin at the start');
}
