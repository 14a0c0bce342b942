import type { IDataObject } from 'n8n-workflow';

import { REPEATED, repetitions, tooMany, type Caution, type Pager } from './page';

/**
 * Pages by the address of the next one, which the service names in each answer.
 * @param query of the first page; the addresses of the others hold theirs
 */
export function byLink(query: IDataObject = {}, caution: Caution = {}): Pager {
	return byNext(caution, (next) => (next === undefined ? { query } : { url: next }));
}

/** Pages by a token that the service names in each answer. */
export function byCursor(parameter: string, query: IDataObject = {}, caution: Caution = {}): Pager {
	return byNext(caution, (next) => ({ query: next === undefined ? query : { ...query, [parameter]: next } }));
}

function byNext(caution: Caution, where: (next: string | undefined) => { query?: IDataObject; url?: string }): Pager {
	return async function* ({ ask, wanted, note }) {
		const mostPages = caution.mostPages ?? Infinity;
		const isRepeated = repetitions(caution);
		const seen = new Set<string>();
		let got = 0;
		let next: string | undefined;
		for (let index = 1; ; index++) {
			const page = await ask(where(next));
			if (isRepeated(page)) return note(REPEATED);
			yield page.records;
			got += page.records.length;
			next = page.next;
			if (next === undefined || page.last === true || got >= wanted) return;
			if (seen.has(next)) return note(REPEATED);
			if (index >= mostPages) return note(tooMany(mostPages));
			seen.add(next);
		}
	};
}
