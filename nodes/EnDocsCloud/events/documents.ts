import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Call } from '../../shared/operation/call';
import { byLargest } from '../../shared/pages';
import type { PollEvent, Watch } from '../../shared/trigger/event';
import { newest } from '../../shared/trigger/watch/newest';
import { snapshot } from '../../shared/trigger/watch/snapshot';
import { readWhole, type WholeList } from '../../shared/trigger/watch/whole';
import { listOf, type PathOf } from '../wire/lists';
import { newRequestId, sendTraced } from '../wire/requestId';

/** As many answers as 10,000 documents take where one holds 20 (vendors/endocs.md A9). */
const MOST_REQUESTS = 500;

const rereadFromStart: INodeProperties = {
	displayName: 'Re-Read From Start',
	name: 'rereadFromStart',
	type: 'boolean',
	default: false,
	description: 'Whether to read all documents at each poll, so that one that shows up late with a smaller ID is found too. It costs more requests.',
};

/** An event for documents that come after the last one seen. */
export function newDocument(text: Pick<PollEvent, 'name' | 'value' | 'action' | 'description' | 'simplify'>, pathOf: PathOf): PollEvent {
	return {
		...text,
		fields: [],
		options: [rereadFromStart],
		idOf,
		watched: (call) => [call.flag('options.rereadFromStart')],
		watch: (call) => (call.flag('options.rereadFromStart') ? watchList(call, pathOf) : newest({ after: async (id) => await documentsAfter(call, pathOf, id), numberOf })),
	};
}

/** Watches which documents are in a list. @param forgets whether one that leaves it and comes back is new again */
export function watchList(call: Call, pathOf: PathOf, forgets?: true): Watch {
	return snapshot({
		read: async () => await readAll(call, pathOf),
		idOf: (document) => textOfNumber(numberOf(document)),
		kinds: ['created'],
		order: (a, b) => (numberOf(a) ?? 0) - (numberOf(b) ?? 0),
		...(forgets ? { forgets } : {}),
		advice: { narrow: 'Watch another type, kind or state of documents, with fewer of them', id: 'Check the base URL in the credential, and what answers there' },
	});
}

export function idOf({ id }: IDataObject): IDataObject {
	return { id };
}

function numberOf({ id }: IDataObject): number | undefined {
	const number = typeof id === 'string' && /^\d+$/.test(id) ? Number(id) : id;
	return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
}

function textOfNumber(number: number | undefined): string | undefined {
	return number === undefined ? undefined : String(number);
}

/** Nothing where no list came: `null` or an empty body may be an empty list or a fault (vendors/endocs.md A7), and proves neither. */
async function documentsAfter(call: Call, pathOf: PathOf, id: number): Promise<readonly IDataObject[] | undefined> {
	const requestId = newRequestId(call);
	const { isList, records } = listOf(await sendTraced(call, requestId, { path: pathOf(String(id), requestId) }));
	return isList ? records : undefined;
}

async function readAll(call: Call, pathOf: PathOf): Promise<WholeList | undefined> {
	let isList = true;
	const pager = byLargest('after', 'id', 0, MOST_REQUESTS);
	const whole = await readWhole(
		pager,
		async ({ query }) => {
			const records = await documentsAfter(call, pathOf, Number(query?.after));
			isList &&= records !== undefined;
			return { records: records ?? [] };
		},
		(document) => textOfNumber(numberOf(document)),
	);
	return isList ? whole : undefined;
}
