import type { IDataObject } from 'n8n-workflow';

import { isRecord, numberOf } from '../../guards';
import type { Change, Watch } from '../event';

export interface NumberedReading {
	/** The last records, as many as the service shows. */
	readonly read: () => Promise<readonly IDataObject[]>;
	/** Counts all records without a gap. */
	readonly numberOf: (record: IDataObject) => number;
	/** Which of them are given out. */
	readonly where: (record: IDataObject) => boolean;
	/** Field that says how many records were gone before anybody saw them. */
	readonly missedField: string;
}

interface State {
	readonly last: number;
	/** Of those that can be seen, the ones that are known: one with a smaller number may show up after one with a greater number. */
	readonly known: readonly number[];
	/** How many were gone unseen, and nobody has been told yet. */
	readonly missed: number;
}

/** For services that show the last few records only, which are numbered: says how many it could not see. */
export function numbered({ read, numberOf: numberIn, where, missedField }: NumberedReading): Watch {
	return {
		next: async (stored, most) => {
			const before = stateIn(stored);
			const visible = (await read()).map((record) => ({ record, number: numberIn(record) })).sort((a, b) => a.number - b.number);
			const numbers = visible.map(({ number }) => number);
			const [lowest] = numbers;
			if (lowest === undefined) return { state: toJson(before ?? NOTHING), changes: [] };
			if (!before) return { state: toJson({ last: Math.max(...numbers), known: numbers, missed: 0 }), changes: [] };
			const floor = Math.min(...before.known, before.last + 1);
			const given = visible.filter(({ number }) => number >= floor && !before.known.includes(number)).slice(0, most);
			const missed = before.missed + (given.length > 0 ? Math.max(0, lowest - before.last - 1) : 0);
			const [first, ...others] = given.filter(({ record }) => where(record)).map(({ record }): Change => ({ kind: 'created', record }));
			const handled = new Set([...before.known, ...given.map(({ number }) => number)]);
			const known = numbers.filter((number) => handled.has(number) || number < floor);
			const last = Math.max(before.last, given.at(-1)?.number ?? 0);
			if (!first) return { state: toJson({ last, known, missed }), changes: [] };
			const told = missed > 0 ? { ...first, more: { [missedField]: missed } } : first;
			return { state: toJson({ last, known, missed: 0 }), changes: [told, ...others] };
		},
		sample: async () => {
			const matching = (await read()).filter(where).sort((a, b) => numberIn(b) - numberIn(a));
			return matching[0] && { kind: 'created', record: matching[0] };
		},
	};
}

const NOTHING: State = { last: 0, known: [], missed: 0 };

function toJson({ last, known, missed }: State): IDataObject {
	return { last, known: [...known], ...(missed > 0 ? { missed } : {}) };
}

function stateIn(stored: unknown): State | undefined {
	if (!isRecord(stored)) return undefined;
	const known = Array.isArray(stored.known) ? stored.known.filter((number) => typeof number === 'number') : [];
	return { last: numberOf(stored.last) ?? 0, known, missed: numberOf(stored.missed) ?? 0 };
}
