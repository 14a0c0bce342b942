import type { IDataObject } from 'n8n-workflow';

import { fingerprint } from '../fingerprint';
import { alike } from './alike';
import type { Caution, IdOf, Page, PageSource } from './page';

export const REPEATED = 'The service sent the same page again and seems not to page this list; reading stopped there.';
export const tooMany = (pages: number): string => `Reading stopped after ${pages} pages; there may be more.`;
/** Records may be hidden from the account, a page of them at a time; but a service that promises more and sends nothing new is left alone. */
const MOST_BARREN = 3;

/** Looks at the pages of one reading as they come: what was there before, and what the service says of the whole. */
export class Watch {
	/** How many records were given out so far. */
	given = 0;
	/** Whether a record came again, so that places in the list are not what they seem. */
	isShifted = false;
	/** Whether pages that are counted came in different sizes, so that a number may not mean the same place each time. */
	isUneven = false;
	private readonly ids = new Set<string>();
	private readonly ends = new Set<string>();
	private readonly totals: number[] = [];
	private idOf: IdOf | undefined;
	private previous: readonly IDataObject[] = [];
	private doubles = 0;
	/** How many pages in a row held nothing new. */
	private barren = 0;
	private namesNext = false;
	private isTrusted = true;

	constructor(
		private readonly caution: Caution,
		private readonly source: Pick<PageSource, 'wanted' | 'note' | 'noteChange'>,
	) {
		this.idOf = caution.idOf;
	}

	/** What to give out of a page; nothing when the service has sent that page before. */
	take(page: Page): readonly IDataObject[] | undefined {
		const { records, total } = page;
		if (total !== undefined && total !== this.totals.at(-1)) this.totals.push(total);
		if (page.next !== undefined) this.namesNext = true;
		const fresh = this.freshOf(records);
		if (fresh === undefined) return undefined;
		this.barren = fresh.length === 0 ? this.barren + 1 : 0;
		this.previous = records;
		const given = this.caution.keepsDoubles ? records : fresh;
		this.given += given.length;
		return given;
	}

	/**
	 * Whether there is more, by what the service says: where a page is said to be the last or to have a next one, whatever a count says;
	 * nothing when it says nothing.
	 * @param position how many records the list had up to the end of this page
	 */
	saysMore({ last, next, total }: Page, position: number): boolean | undefined {
		if (last !== undefined) return !last;
		if (next !== undefined) return true;
		if (total !== undefined && total !== position && this.trusts(total, position)) return true;
		if (this.namesNext) return false;
		return total === position && this.isTrusted ? false : undefined;
	}

	/** Whether a count of the whole list can be true. */
	trusts(total: number | undefined, position: number): total is number {
		if (total !== undefined && total < position) this.isTrusted = false;
		return total !== undefined && this.isTrusted;
	}

	/** Whether the last page held nothing new. */
	get isBarren(): boolean {
		return this.barren > 0;
	}

	/** Whether the service has sent nothing new for so long that it is left alone, which the user is told. */
	givesUp(): boolean {
		if (this.barren <= MOST_BARREN) return false;
		this.source.note(`Reading stopped after ${this.barren} pages in a row with nothing new; there may be more.`);
		return true;
	}

	/** Tells the user what was odd about the list. @param why reading stopped before its end */
	end(why?: string): void {
		const { note, noteChange = (sentence: string): void => note(`${sentence} ${this.remedy}`) } = this.source;
		if (why !== undefined) note(why);
		const change = this.change();
		if (change !== undefined) noteChange(change);
		if (why !== undefined || change !== undefined) return;
		const total = this.totals.at(-1);
		if (total === undefined || this.given === total || (this.given >= this.source.wanted && this.given < total)) return;
		note(`The service spoke of ${total} records, but its pages held ${this.given}.`);
	}

	private change(): string | undefined {
		const { doubles, totals } = this;
		const isKept = this.idOf === undefined || this.caution.keepsDoubles;
		const signs = [
			...(totals.length > 1 ? [`the number of records that the service named went from ${totals[0]} to ${totals.at(-1)}`] : []),
			...(doubles > 0 ? [isKept ? 'records came twice' : `${doubles} of its records came again and ${doubles === 1 ? 'was' : 'were'} given once`] : []),
			...(this.isUneven && isKept ? ['its pages came in different sizes'] : []),
		];
		if (signs.length === 0) return undefined;
		return `The list changed while it was read: ${signs.join(', and ')}.`;
	}

	private get remedy(): string {
		const option = this.caution.idOf && !this.caution.keepsDoubles ? ", or turn on the option 'Read Until Stable'" : '';
		return `Records may be missing: read it again when nobody changes it${option}.`;
	}

	private freshOf(records: readonly IDataObject[]): readonly IDataObject[] | undefined {
		if (records.length === 0) return records;
		const ids = this.idsOf(records);
		// By length and both ends only, so that long pages cost nothing.
		const ends = fingerprint([records.length, ids?.at(0) ?? records.at(0), ids?.at(-1) ?? records.at(-1)]);
		if (this.ends.has(ends)) return undefined;
		this.ends.add(ends);
		if (ids === undefined) return this.lookForShift(records);
		const fresh = records.filter((_, i) => !this.ids.has(ids[i] ?? ''));
		for (const id of ids) if (id !== undefined) this.ids.add(id);
		this.doubles += records.length - fresh.length;
		this.isShifted ||= this.doubles > 0;
		return fresh.length === records.length ? records : fresh;
	}

	/** The IDs of a page; nothing when they tell no records apart, or not these. */
	private idsOf(records: readonly IDataObject[]): Array<string | undefined> | undefined {
		const { idOf } = this;
		if (!idOf) return undefined;
		const ids = records.map(idOf);
		const given = ids.filter((id) => id !== undefined);
		// One that stands twice on a page is the ID of something else.
		if (new Set(given).size < given.length) this.idOf = undefined;
		return this.idOf && given.length > 0 ? ids : undefined;
	}

	/** Without IDs, records that may have come twice are kept: they may only look alike. */
	private lookForShift(records: readonly IDataObject[]): readonly IDataObject[] {
		const [first] = records;
		if (first !== undefined && this.previous.some((record) => alike(record, first))) {
			this.doubles += 1;
			this.isShifted = true;
		}
		return records;
	}
}
