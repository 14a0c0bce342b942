import type { IDataObject } from 'n8n-workflow';

import { fingerprint } from './fingerprint';

/** One page as the service sent it. */
export interface Page {
	readonly records: readonly IDataObject[];
	/** How many records there are in all, where the service says so. */
	readonly total?: number;
	/** Address or token of the next page, where the service says so. */
	readonly next?: string;
	/** How many records a full page holds, where the service says so; it may be fewer than asked for. */
	readonly size?: number;
}

/** What a pager gets to work with. */
export interface PageSource {
	/** Asks for one page: with these query parameters, or at this address. */
	readonly ask: (where: { query?: IDataObject; url?: string }) => Promise<Page>;
	/** How many records are wanted; `Infinity` for all. */
	readonly wanted: number;
	/** How many pages may be asked for at once. */
	readonly parallel: number;
	/** Takes a remark for the user, such as that the service repeats a page. */
	readonly note: (text: string) => void;
}

/**
 * A way through the pages of a list. All have one contract: every record once, in the order of the service, never an endless
 * loop, and no more asked for than wanted.
 */
export type Pager = (source: PageSource) => AsyncGenerator<readonly IDataObject[], void>;

const REPEATED = 'The service sent the same page again and seems not to page this list; reading stopped there.';

/**
 * Pages by position (`skip=200&limit=100`). Where the service tells the total, further pages are fetched ahead, in order.
 * @param names the query parameters for position and page size
 * @param size records a page
 */
export function byOffset(names: { offset: string; limit: string }, size: number): Pager {
	return numbered(size, 'position', ({ position, limit }) => ({ [names.offset]: position, [names.limit]: limit }));
}

/**
 * Pages by number (`page=3&per_page=100`). Where the service tells the total, further pages are fetched ahead, in order.
 * @param names the query parameters for number and, where there is one, page size
 * @param size records a page
 * @param first number of the first page
 */
export function byPage(names: { page: string; size?: string }, size: number, first = 1): Pager {
	return numbered(size, 'index', ({ index, limit }) => ({
		[names.page]: first + index,
		...(names.size ? { [names.size]: limit } : {}),
	}));
}

/** Pages by the address of the next one, which the service names in each answer. */
export function byLink(query: IDataObject = {}): Pager {
	return byNext((next) => (next === undefined ? { query } : { url: next }));
}

/** Pages by a token that the service names in each answer. */
export function byCursor(parameter: string, query: IDataObject = {}): Pager {
	return byNext((next) => ({ query: next === undefined ? query : { ...query, [parameter]: next } }));
}

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

type Settled = { readonly page: Page } | { readonly error: unknown };

interface Place {
	/** How many pages come before this one. */
	readonly index: number;
	/** How many records come before this page. */
	readonly position: number;
	readonly limit: number;
}

/** @param countedBy what tells the service the place of a page: how many pages or how many records come before it */
function numbered(size: number, countedBy: 'index' | 'position', queryFor: (place: Place) => IDataObject): Pager {
	return async function* ({ ask, wanted, parallel, note }) {
		const limit = Math.min(size, wanted);
		const fetch = (index: number, position: number): Promise<Settled> =>
			settle(ask({ query: queryFor({ index, position, limit }) }));
		let ahead: Array<Promise<Settled>> = [];
		let index = 0;
		let position = 0;
		let step = limit;
		let previous: Page | undefined;
		for (;;) {
			const page = unwrap(await (ahead.shift() ?? fetch(index, position)));
			if (isRepetition(page, previous)) return note(REPEATED);
			yield page.records;
			const got = page.records.length;
			index += 1;
			position += got;
			previous = page;
			if (got === 0 || position >= wanted || isLast(page, position, limit)) return;
			if (got !== step) {
				// The service gives less at a time than asked for: what was fetched ahead by position starts at the wrong places.
				step = got;
				if (countedBy === 'position') ahead = [];
			}
			const end = Math.min(page.total ?? position, wanted);
			for (let i = ahead.length; i < parallel && position + i * step < end; i++) {
				ahead.push(fetch(index + i, position + i * step));
			}
		}
	};
}

/** Makes a value of the outcome, so that a page fetched ahead can fail before anybody looks at it. */
async function settle(asked: Promise<Page>): Promise<Settled> {
	return await asked.then(
		(page) => ({ page }),
		(error: unknown) => ({ error }),
	);
}

function unwrap(settled: Settled): Page {
	if ('error' in settled) throw settled.error;
	return settled.page;
}

/** Without a total, a page that is not full is the last one. */
function isLast(page: Page, position: number, asked: number): boolean {
	return page.total === undefined ? page.records.length < asked : position >= page.total;
}

function byNext(where: (next: string | undefined) => { query?: IDataObject; url?: string }): Pager {
	return async function* ({ ask, wanted, note }) {
		const seen = new Set<string>();
		let got = 0;
		let next: string | undefined;
		do {
			const page = await ask(where(next));
			yield page.records;
			got += page.records.length;
			next = page.next;
			if (next !== undefined && seen.has(next)) return note(REPEATED);
			if (next !== undefined) seen.add(next);
		} while (next !== undefined && got < wanted);
	};
}

/** Whether a page is the previous one again. */
function isRepetition(page: Page, previous: Page | undefined): boolean {
	return previous !== undefined && page.records.length > 0 && endsOf(page) === endsOf(previous);
}

/** Tells a page from others by its length and both ends only, so that long pages cost nothing. */
function endsOf({ records }: Page): string {
	return fingerprint([records.length, records.at(0), records.at(-1)]);
}
