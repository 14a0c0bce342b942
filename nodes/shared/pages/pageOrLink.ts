import { settle, unwrap, type Caution, type Page, type Pager, type Settled } from './page';
import { REPEATED, Watch } from './watch';

/**
 * Pages by number where the service tells total and page size, fetched ahead, in order; else by the address of the next one. A page
 * that is not full is not taken for the last one, and a list that tells neither is a single page.
 * @param names the query parameters for number and page size
 * @param size records to ask for at a time; the service may give fewer
 * @param caution what is known of the list beside its pages
 */
export function byPageOrLink(names: { page: string; size: string }, size: number, caution: Caution = {}): Pager {
	return async function* (source) {
		const { ask, wanted, parallel } = source;
		const limit = Math.min(size, wanted);
		const watch = new Watch(caution, source);
		const fetch = (number: number): Promise<Settled> => settle(ask({ query: { [names.page]: number, [names.size]: limit } }));
		let ahead = [fetch(1)];
		let got = 0;
		for (let number = 1; ; number++) {
			const page = unwrap(await (ahead.shift() ?? fetch(number)));
			// Links may lead in a circle, which looks new each time when they carry a counter.
			const fresh = watch.take(page);
			if (fresh === undefined) return watch.end(REPEATED);
			yield fresh;
			got += page.records.length;
			const last = watch.trusts(page.total, got) ? lastNumber(page) : Infinity;
			if (watch.given >= wanted || page.last === true || watch.givesUp()) return watch.end();
			if (number < last && last !== Infinity) {
				const end = Math.min(last, number + Math.ceil((wanted - watch.given) / (page.size ?? limit)));
				for (let n = number + ahead.length + 1; n <= end && ahead.length < parallel; n++) ahead.push(fetch(n));
			} else if (ahead.length > 0) {
				continue;
			} else if (page.next !== undefined) {
				ahead = [settle(ask({ url: page.next }))];
			} else if (!hasMoreThanTold(page, got)) {
				return watch.end();
			}
		}
	};
}

/** Number of the last page, counted from 1; `Infinity` where the service doesn't tell. */
function lastNumber({ total, size }: Page): number {
	return total === undefined || size === undefined || size < 1 ? Infinity : Math.ceil(total / size);
}

/** A count that was too small says nothing of the end, which is an empty page then. */
function hasMoreThanTold({ records, total, size }: Page, got: number): boolean {
	return records.length > 0 && total !== undefined && size !== undefined && got > total;
}
