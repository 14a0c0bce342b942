import type { IDataObject } from 'n8n-workflow';

/** One page as the service sent it. */
export interface Page {
	readonly records: readonly IDataObject[];
	/** How many records there are in all, where the service says so. */
	readonly total?: number;
	/** Address or token of the next page, where the service says so. */
	readonly next?: string;
	/** How many records a full page holds, where the service says so; it may be fewer than asked for. */
	readonly size?: number;
	/** Whether this is the last page, where the service says so; more certain than any count. */
	readonly last?: boolean;
}

/** What to be careful about with a service whose paging is not known for certain. */
export interface Caution {
	/**
	 * What tells a record from all others. A page that begins with the same record as an earlier one is then a repetition; without it,
	 * a page is one that is the same as the page before it at both ends.
	 */
	readonly idOf?: (record: IDataObject) => string | undefined;
	/** Whether the service may give less at a time than asked for, so that a first page that is not full proves nothing. */
	readonly sizeIsAWish?: boolean;
	/** At most so many pages are read. */
	readonly mostPages?: number;
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
const tooMany = (pages: number): string => `Reading stopped after ${pages} pages; there may be more.`;

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

/**
 * Pages by the largest number received so far, for services that send what comes after a given one, name no next page and promise no
 * order within a page. Ends with a page that brings nothing unseen.
 * @param parameter what `ask` gets in its query: the number to go on after
 * @param field field of a record that holds its number; records without one are told apart by their content
 * @param start the number to begin after
 * @param mostRequests a service that never comes to an end is left alone after so many, which the user is told
 */
export function byLargest(parameter: string, field: string, start: number, mostRequests: number): Pager {
	return async function* ({ ask, wanted, note }) {
		const seen = new Set<string>();
		let largest = start;
		let got = 0;
		for (let requests = 1; ; requests++) {
			const { records } = await ask({ query: { [parameter]: largest } });
			const fresh = records.filter((record) => addTo(seen, identityOf(record, field)));
			if (fresh.length === 0) return;
			for (const record of fresh) largest = Math.max(largest, numberIn(record[field]) ?? largest);
			yield fresh;
			got += fresh.length;
			if (got >= wanted) return;
			if (requests === mostRequests) {
				return note(`Reading stopped after ${requests} answers, so records may be missing. Go on after ${largest} to read the rest.`);
			}
		}
	};
}

function identityOf(record: IDataObject, field: string): string {
	const number = numberIn(record[field]);
	return number === undefined ? JSON.stringify(record) : String(number);
}

/** A number, also where the service writes it as text. */
function numberIn(value: unknown): number | undefined {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** Whether the text was not in the set before. */
function addTo(seen: Set<string>, text: string): boolean {
	return seen.size < seen.add(text).size;
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
		const followed = new Set<string>();
		let ahead = [fetch(1)];
		const isRepeated = repetitions({});
		let got = 0;
		for (let number = 1; ; number++) {
			const page = unwrap(await (ahead.shift() ?? fetch(number)));
			if (isRepeated(page)) return note(REPEATED);
			yield page.records;
			got += page.records.length;
			const last = lastNumber(page);
			if (page.records.length === 0 || got >= wanted || number >= last) return noteMissing(page, got, wanted, note);
			if (last !== Infinity) {
				const end = Math.min(last, number + Math.ceil((wanted - got) / (page.size ?? limit)));
				for (let n = number + ahead.length + 1; n <= end && ahead.length < parallel; n++) ahead.push(fetch(n));
			} else if (ahead.length === 0) {
				if (page.next === undefined) return;
				if (followed.has(page.next)) return note(REPEATED);
				followed.add(page.next);
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

/** What was asked for ahead must not fail before anybody waits for it. */
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

/** Where the service says nothing, a page that is not full is the last one. */
function isLast(page: Page, position: number, full: number): boolean {
	if (page.last !== undefined) return page.last;
	return page.total === undefined ? page.records.length < full : position >= page.total;
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

/** Tells page by page whether it was there before; looks at the ends only, so that long pages cost nothing. */
function repetitions({ idOf }: Caution): (page: Page) => boolean {
	const firsts = new Set<string>();
	let previous: string | undefined;
	return ({ records }) => {
		if (records[0] === undefined) return false;
		const first = idOf?.(records[0]);
		const ends = JSON.stringify([records.length, records[0], records.at(-1)]);
		const repeated = first === undefined ? ends === previous : firsts.has(first);
		if (first !== undefined) firsts.add(first);
		previous = ends;
		return repeated;
	};
}
