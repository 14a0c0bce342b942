import type { IDataObject } from 'n8n-workflow';

import type { Caution, Pager } from './page';
import { REPEATED, tooMany, Watch } from './watch';

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
	return async function* (source) {
		const mostPages = caution.mostPages ?? Infinity;
		const watch = new Watch(caution, source);
		const seen = new Set<string>();
		let next: string | undefined;
		for (let index = 1; ; index++) {
			const page = await source.ask(where(next));
			const fresh = watch.take(page);
			if (fresh === undefined) return watch.end(REPEATED);
			yield fresh;
			next = page.next;
			if (next === undefined || page.last === true || watch.given >= source.wanted) return watch.end();
			if (seen.has(next)) return watch.end(REPEATED);
			if (index >= mostPages) return watch.end(tooMany(mostPages));
			seen.add(next);
		}
	};
}
