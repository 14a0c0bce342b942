import type { IDataObject } from 'n8n-workflow';

import { settle, type Caution, type Pager, type Settled } from './page';
import { type PageSizes, Sizes } from './sizes';
import { REPEATED, tooMany, Watch } from './watch';

/**
 * Pages by position (`skip=200&limit=100`). Where the service tells the total, further pages are fetched ahead, in order.
 * @param names the query parameters for position and, where there is one, page size
 * @param size records a page; `PageSizes` where pages after the first may be larger
 * @param caution what is known of the list beside its pages
 */
export function byOffset(names: { offset: string; limit?: string }, size: number | PageSizes, caution: Caution = {}): Pager {
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
 * @param caution what is known of the list beside its pages
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

/** A page that is on its way. */
interface Asked {
	/** How many records it was asked for. */
	readonly limit: number;
	readonly settled: Promise<Settled>;
}

/** @param countedBy what tells the service the place of a page: how many pages or how many records come before it */
function numbered(size: number | PageSizes, countedBy: 'index' | 'position', caution: Caution, queryFor: (place: Place) => IDataObject): Pager {
	return async function* (source) {
		const { ask, wanted, parallel } = source;
		const mostPages = caution.mostPages ?? Infinity;
		const watch = new Watch(caution, source);
		const sizes = new Sizes(size, wanted);
		/** @param before how many records of those that are still wanted are asked for by other pages */
		const fetch = (index: number, position: number, before = 0): Asked => {
			// A page number means another place where the size is another.
			const limit = countedBy === 'index' ? sizes.limit : Math.max(1, Math.min(sizes.limit, wanted - watch.given - before));
			return { limit, settled: settle(ask({ query: queryFor({ index, position, limit }) })) };
		};
		let ahead: Asked[] = [];
		let index = 0;
		let position = 0;
		/** How many records a page is known to hold. */
		let step = sizes.limit;
		let isShort = false;
		for (;;) {
			const { limit, settled } = ahead.shift() ?? fetch(index, position);
			const answer = await settled;
			if ('error' in answer) {
				if (!sizes.shrinkAfter(answer.error)) throw answer.error;
				source.note(`A page of ${limit} records could not be read, so that smaller ones were asked for. If that happens again, set the option 'Page Size'.`);
				step = sizes.limit;
				ahead = [];
				continue;
			}
			const { page } = answer;
			const got = page.records.length;
			const expected = Math.min(step, limit);
			const fresh = watch.take(page);
			if (fresh === undefined) return watch.end(REPEATED);
			if (got > 0 || index === 0) yield fresh;
			if (isShort && got > 0) watch.isUneven = true;
			isShort = countedBy === 'index' && index > 0 && got < step;
			index += 1;
			// What comes after an empty page is not reached by what was received.
			position += got === 0 ? expected : got;
			if (watch.given >= wanted) return watch.end();
			const more = watch.saysMore(page, position);
			// A page that is not full proves nothing: the service may give less at a time than asked for, or hide records.
			if (more === false || (watch.isBarren && more === undefined) || watch.givesUp()) return watch.end();
			if (index >= mostPages) return watch.end(tooMany(mostPages));
			if (got !== expected && got > 0) {
				// The service gives less at a time than asked for: what was fetched ahead by position starts at the wrong places.
				step = got;
				if (countedBy === 'position') ahead = [];
			}
			if (watch.isShifted || !watch.trusts(page.total, position)) continue;
			const end = Math.min(page.total, wanted);
			if (index === 1 && got === limit) {
				sizes.plan(page.records, end - position);
				step = sizes.limit;
			}
			for (let i = ahead.length; i < parallel && index + i < mostPages && position + i * step < end; i++) {
				ahead.push(fetch(index + i, position + i * step, i * step));
			}
		}
	};
}
