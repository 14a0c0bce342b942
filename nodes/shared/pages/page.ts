import type { IDataObject } from 'n8n-workflow';

import { fingerprint } from '../fingerprint';

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

export const REPEATED = 'The service sent the same page again and seems not to page this list; reading stopped there.';
export const tooMany = (pages: number): string => `Reading stopped after ${pages} pages; there may be more.`;

export type Settled = { readonly page: Page } | { readonly error: unknown };

/** What was asked for ahead must not fail before anybody waits for it. */
export async function settle(asked: Promise<Page>): Promise<Settled> {
	return await asked.then(
		(page) => ({ page }),
		(error: unknown) => ({ error }),
	);
}

export function unwrap(settled: Settled): Page {
	if ('error' in settled) throw settled.error;
	return settled.page;
}

/** Tells page by page whether it was there before. */
export function repetitions({ idOf }: Caution): (page: Page) => boolean {
	const firsts = new Set<string>();
	let previous: string | undefined;
	return (page) => {
		if (page.records[0] === undefined) return false;
		const first = idOf?.(page.records[0]);
		const ends = endsOf(page);
		const repeated = first === undefined ? ends === previous : firsts.has(first);
		if (first !== undefined) firsts.add(first);
		previous = ends;
		return repeated;
	};
}

/** Tells a page from others by its length and both ends only, so that long pages cost nothing. */
export function endsOf({ records }: Page): string {
	return fingerprint([records.length, records.at(0), records.at(-1)]);
}
