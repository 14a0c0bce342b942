import type { IDataObject } from 'n8n-workflow';

import { REPEATED, repetitions, settle, tooMany, unwrap, type Caution, type Page, type Pager, type Settled } from './page';

/**
 * Pages by position (`skip=200&limit=100`). Where the service tells the total, further pages are fetched ahead, in order.
 * @param names the query parameters for position and, where there is one, page size
 * @param size records a page
 * @param caution for a service whose paging is not known for certain
 */
export function byOffset(names: { offset: string; limit?: string }, size: number, caution: Caution = {}): Pager {
	return numbered(size, 'position', caution, ({ position, limit }) => ({
		[names.offset]: position,
		...(names.limit ? { [names.limit]: limit } : {}),
	}));
}

/**
 * Pages by number (`page=3&per_page=100`). Where the service tells the total, further pages are fetched ahead, in order.
 * @param names the query parameters for number and, where there is one, page size
 * @param size records a page
 * @param first number of the first page
 * @param caution for a service whose paging is not known for certain
 */
export function byPage(names: { page: string; size?: string }, size: number, first = 1, caution: Caution = {}): Pager {
	return numbered(size, 'index', caution, ({ index, limit }) => ({
		[names.page]: first + index,
		...(names.size ? { [names.size]: limit } : {}),
	}));
}

interface Place {
	/** How many pages come before this one. */
	readonly index: number;
	/** How many records come before this page. */
	readonly position: number;
	readonly limit: number;
}

/** @param countedBy what tells the service the place of a page: how many pages or how many records come before it */
function numbered(size: number, countedBy: 'index' | 'position', caution: Caution, queryFor: (place: Place) => IDataObject): Pager {
	return async function* ({ ask, wanted, parallel, note }) {
		const limit = Math.min(size, wanted);
		const mostPages = caution.mostPages ?? Infinity;
		const isRepeated = repetitions(caution);
		const fetch = (index: number, position: number): Promise<Settled> =>
			settle(ask({ query: queryFor({ index, position, limit }) }));
		let ahead: Array<Promise<Settled>> = [];
		let index = 0;
		let position = 0;
		let step = limit;
		for (;;) {
			const page = unwrap(await (ahead.shift() ?? fetch(index, position)));
			if (isRepeated(page)) return note(REPEATED);
			yield page.records;
			const got = page.records.length;
			index += 1;
			position += got;
			if (got === 0 || position >= wanted) return;
			// What the service gives at a time is its page size, whatever was asked for.
			const full = index === 1 && caution.sizeIsAWish ? Math.min(got, limit) : Math.min(step, limit);
			if (isLast(page, position, full)) return;
			if (index >= mostPages) return note(tooMany(mostPages));
			if (got !== step) {
				// The service gives less at a time than asked for: what was fetched ahead by position starts at the wrong places.
				step = got;
				if (countedBy === 'position') ahead = [];
			}
			const end = Math.min(page.total ?? position, wanted);
			for (let i = ahead.length; i < parallel && index + i < mostPages && position + i * step < end; i++) {
				ahead.push(fetch(index + i, position + i * step));
			}
		}
	};
}

/** Where the service says nothing, a page that is not full is the last one. */
function isLast(page: Page, position: number, full: number): boolean {
	if (page.last !== undefined) return page.last;
	return page.total === undefined ? page.records.length < full : position >= page.total;
}
