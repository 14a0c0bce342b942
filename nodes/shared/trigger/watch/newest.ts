import type { IDataObject } from 'n8n-workflow';

import { fail } from '../../answer/failure';
import { isRecord, numberOf } from '../../guards';
import type { Change, Watch } from '../event';

/** A service that comes to no end is left alone after so many answers. */
const MOST_ROUNDS = 50;

export interface NewestReading {
	/** Records that come after the one with this number, in any order; not necessarily all of them. Nothing for an answer that is no list. */
	readonly after: (number: number) => Promise<readonly IDataObject[] | undefined>;
	/** The number that grows from record to record. */
	readonly numberOf: (record: IDataObject) => number | undefined;
}

/**
 * For lists that are asked for "what comes after number X": remembers the greatest number that was given out. A record that shows up late, with
 * a smaller number, is not seen.
 */
export function newest(reading: NewestReading): Watch {
	return {
		next: async (state, most) => {
			const { last, isArriving } = stateIn(state);
			const { found, isEnd } = await readAfter(reading, last, isArriving ? Infinity : most);
			const given = isArriving ? found : found.slice(0, most);
			return {
				state: { last: given.at(-1)?.number ?? last, ...(isArriving && !isEnd ? { arriving: true } : {}) },
				changes: isArriving ? [] : given.map(({ record }): Change => ({ kind: 'created', record })),
			};
		},
		sample: async () => {
			const record = (await readAfter(reading, 0, Infinity)).found.at(-1)?.record;
			return record && { kind: 'created', record };
		},
	};
}

/** At first sight, it may take several looks until the end of the list is reached. */
function stateIn(state: unknown): { last: number; isArriving: boolean } {
	const known = isRecord(state) ? state : undefined;
	return { last: numberOf(known?.last) ?? 0, isArriving: known === undefined || known.arriving === true };
}

interface Numbered {
	readonly number: number;
	readonly record: IDataObject;
}

/** Asks again from the greatest number until nothing unseen comes, or there is enough. */
async function readAfter({ after, numberOf: numberIn }: NewestReading, start: number, enough: number): Promise<{ found: Numbered[]; isEnd: boolean }> {
	const found = new Map<number, IDataObject>();
	let greatest = start;
	let isEnd = false;
	for (let round = 1; round <= MOST_ROUNDS && found.size < enough && !isEnd; round++) {
		const records = await after(greatest);
		if (!records) break;
		isEnd = true;
		for (const record of records) {
			const number = numberIn(record) ?? withoutNumber();
			if (number <= start || found.has(number)) continue;
			isEnd = false;
			found.set(number, record);
		}
		greatest = Math.max(greatest, ...found.keys());
	}
	const inOrder = [...found].map(([number, record]) => ({ number, record })).sort((a, b) => a.number - b.number);
	return { found: inOrder, isEnd };
}

function withoutNumber(): never {
	return fail({ reason: 'unreadable answer', message: 'A record came without the number by which new ones are known', fix: 'Check the base URL in the credential, and what answers there' });
}
