import { endsOf, REPEATED, settle, unwrap, type Page, type Pager, type Settled } from './page';

/**
 * Pages by number where the service tells total and page size, fetched ahead, in order; else by the address of the next one. A page
 * that is not full is not taken for the last one, and a list that tells neither is a single page.
 * @param names the query parameters for number and page size
 * @param size records to ask for at a time; the service may give fewer
 */
export function byPageOrLink(names: { page: string; size: string }, size: number): Pager {
	return async function* ({ ask, wanted, parallel, note }) {
		const limit = Math.min(size, wanted);
		const fetch = (number: number): Promise<Settled> => settle(ask({ query: { [names.page]: number, [names.size]: limit } }));
		const seen = new Set<string>();
		let ahead = [fetch(1)];
		let got = 0;
		for (let number = 1; ; number++) {
			const page = unwrap(await (ahead.shift() ?? fetch(number)));
			// Links may lead in a circle, which looks new each time when they carry a counter.
			if (page.records.length > 0 && seen.has(endsOf(page))) return note(REPEATED);
			seen.add(endsOf(page));
			yield page.records;
			got += page.records.length;
			const last = lastNumber(page);
			if (page.records.length === 0 || got >= wanted || number >= last) return noteMissing(page, got, wanted, note);
			if (last !== Infinity) {
				const end = Math.min(last, number + Math.ceil((wanted - got) / (page.size ?? limit)));
				for (let n = number + ahead.length + 1; n <= end && ahead.length < parallel; n++) ahead.push(fetch(n));
			} else if (ahead.length === 0) {
				if (page.next === undefined) return;
				ahead = [settle(ask({ url: page.next }))];
			}
		}
	};
}

/** Number of the last page, counted from 1; `Infinity` where the service doesn't tell. */
function lastNumber({ total, size }: Page): number {
	return total === undefined || size === undefined || size < 1 ? Infinity : Math.ceil(total / size);
}

function noteMissing({ total = 0 }: Page, got: number, wanted: number, note: (text: string) => void): void {
	if (got < Math.min(total, wanted)) note(`The service spoke of ${total} records, but its pages held ${got}.`);
}
