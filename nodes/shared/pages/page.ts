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

/** Tells a record from all others; nothing for one that can't be told. */
export type IdOf = (record: IDataObject) => string | undefined;

/** What is known of a list beside its pages, and what to be careful about. */
export interface Caution {
	/**
	 * With it, a record that comes again is not given again, and a page with nothing new in it is a repetition. Lists with it offer the
	 * option 'Read Until Stable'.
	 */
	readonly idOf?: IdOf;
	/** Whether pages are given as they came, with records that came before. */
	readonly keepsDoubles?: boolean;
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
	/** Takes the sentence that the list changed while it was read; where it is left out, the user gets it as a remark. */
	readonly noteChange?: (sentence: string) => void;
}

/**
 * A way through the pages of a list. All have one contract: every record once, in the order of the service, never an endless
 * loop, and no more asked for than wanted. Where the service does not keep to its part, the user is told.
 */
export type Pager = (source: PageSource) => AsyncGenerator<readonly IDataObject[], void>;

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
