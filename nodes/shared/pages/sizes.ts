import type { IDataObject } from 'n8n-workflow';

import { FailureError, type Reason } from '../answer/failure';

/** How many records to ask for at a time, where a service gives as many as it is asked for. */
export interface PageSizes {
	/** Of the first page, which tells how many records there are. */
	readonly first: number;
	/** Of the pages after it, at most. */
	readonly later: number;
}

/** How much JSON a page may come to, in characters: 10,000 records of 2,400 each come in five pages after the first one, at once. With 4,000,000 they are six, and take 113 MB at most in place of 165 (`npm run bench -- line`). */
const MOST_TEXT = 5_000_000;
const MOST_WEIGHED = 25;
/** What becomes of a page that is more than a service, or what stands before it, can bear. */
const TOO_MUCH: ReadonlySet<Reason> = new Set(['unreachable', 'unreadable answer', 'service down']);
const CONTENT_TOO_LARGE = 413;

/** The page size of one reading: each request in a row costs round trips, so that few large pages are read sooner than many small ones. */
export class Sizes {
	/** How many records to ask for. */
	limit: number;
	private readonly first: number;
	private later: number;

	constructor(sizes: number | PageSizes, wanted: number) {
		const { first, later } = typeof sizes === 'number' ? { first: sizes, later: sizes } : sizes;
		this.first = first;
		this.later = later;
		this.limit = wanted <= later ? wanted : first;
	}

	/**
	 * Makes a few large pages, all alike, of what follows the first one.
	 * @param records of the first page, which tell how heavy the others will be
	 * @param rest how many are still wanted
	 */
	plan(records: readonly IDataObject[], rest: number): void {
		const most = Math.min(this.later, Math.floor(MOST_TEXT / weightOf(records)));
		// One more than there is said to be, so that the last page shows a count that is too small.
		const asked = rest + 1;
		if (most > this.limit) this.limit = Math.max(this.limit, Math.ceil(asked / Math.ceil(asked / most)));
	}

	/** Whether a page that failed may have been too large: then smaller ones are asked for from now on. */
	shrinkAfter(error: unknown): boolean {
		if (this.limit <= this.first || !isTooMuch(error)) return false;
		this.later = this.first;
		this.limit = this.first;
		return true;
	}
}

function isTooMuch(error: unknown): boolean {
	return error instanceof FailureError && (TOO_MUCH.has(error.failure.reason) || error.failure.status === CONTENT_TOO_LARGE);
}

/** Characters of JSON that a record takes, by some of them. */
function weightOf(records: readonly IDataObject[]): number {
	const stride = Math.max(1, Math.floor(records.length / MOST_WEIGHED));
	const weighed = records.filter((_, i) => i % stride === 0);
	return weighed.length === 0 ? 1 : JSON.stringify(weighed).length / weighed.length;
}
