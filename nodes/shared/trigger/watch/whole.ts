import type { IDataObject } from 'n8n-workflow';

import { fail } from '../../answer/failure';
import type { IdOf, Pager, PageSource } from '../../pages';

const MOST_PASSES = 3;
const PAGES_AT_ONCE = 3;

/** All records of a list, as far as they could be had. */
export interface WholeList {
	readonly records: readonly IDataObject[];
	/** Whether none can be missing: the list stayed the same while it was read. */
	readonly isWhole: boolean;
}

/**
 * Reads a list to its end. One that changes meanwhile is read again, up to three times; if it goes on changing, all that was seen is given,
 * and that something may be missing.
 * @throws FailureError for a list that does not come to its end
 */
export async function readWhole(pager: Pager, ask: PageSource['ask'], idOf: IdOf): Promise<WholeList> {
	const seen = new Map<string, IDataObject>();
	for (let pass = 1; pass <= MOST_PASSES; pass++) {
		const records: IDataObject[] = [];
		let isSame = true;
		const source: PageSource = { ask, wanted: Infinity, parallel: PAGES_AT_ONCE, note: refuseHalfOf, noteChange: () => void (isSame = false) };
		for await (const page of pager(source)) for (const record of page) records.push(record);
		if (isSame) return { records, isWhole: true };
		for (const record of records) seen.set(idOf(record) ?? `${pass} ${seen.size}`, record);
	}
	return { records: [...seen.values()], isWhole: false };
}

/** A list of which a part is missing proves nothing: what is not in it may be there all the same. */
function refuseHalfOf(why: string): never {
	return fail({ reason: 'unreadable answer', message: `The list could not be read to its end: ${why}`, fix: 'Nothing is lost: the next poll tries again. If it goes on like this, narrow down what is watched' });
}
