import type { IDataObject } from 'n8n-workflow';

import { fail } from '../../answer/failure';
import { isRecord, numberOf } from '../../guards';
import type { Change, Watch } from '../event';
import { hashOf, packHashes, unpackHashes } from '../state';

/** As many hashes as the state may hold (`snapshot.ts` says why). */
const MOST_REMEMBERED = 20_000;
const MOST_ROUNDS = 50;

/** The records that come first from a time on. */
export interface TimePage {
	readonly records: readonly IDataObject[];
	/** Whether there are more than these. */
	readonly more: boolean;
}

export interface TimeReading {
	/** The records from this time on, that moment included, by ascending time. @param ms since 1970 */
	readonly from: (ms: number) => Promise<TimePage>;
	/** The record with the greatest time. */
	readonly latest: () => Promise<IDataObject | undefined>;
	/** In ms since 1970, as the service says. */
	readonly timeOf: (record: IDataObject) => number;
	readonly idOf: (record: IDataObject) => string;
	/** How late a record may show up, in ms. */
	readonly lookbackMs: number;
}

interface State {
	/** Time of the latest record that was given out. */
	readonly at: number;
	/** Where the next look begins. */
	readonly from: number;
	/** What is known from there on. */
	readonly known: ReadonlySet<string>;
}

/**
 * For records with a time that never changes. Times may be the same, and records may show up late: each look begins a while before the latest
 * time, and the records from there on are known by their IDs. What shows up later than that is not seen.
 */
export function byTime(reading: TimeReading): Watch {
	const { latest, lookbackMs } = reading;
	return {
		next: async (stored, most) => {
			const before = stateIn(stored);
			const { found, isEnd } = before ? await readFrom(reading, before.from, before.known, most) : await readFrom(reading, await firstMoment(reading), new Set(), Infinity);
			const fresh = before ? found.filter(({ hash }) => !before.known.has(hash)) : [];
			const given = fresh.slice(0, most);
			const at = Math.max(before?.at ?? 0, (before ? given : found).at(-1)?.time ?? 0);
			const changes = given.map(({ record }): Change => ({ kind: 'created', record }));
			// Of what was not read again, nobody can say whether it still has to be known.
			if (before && !isEnd) return { state: toJson({ ...before, at, known: new Set([...before.known, ...given.map(({ hash }) => hash)]) }), changes };
			const open = fresh.slice(most);
			const later = new Set(open.map(({ hash }) => hash));
			const known = found.filter(({ time, hash }) => time >= at - lookbackMs && !later.has(hash));
			const kept = known.slice(-MOST_REMEMBERED);
			// Of very many records in a short time only the latest are remembered, and only those are looked at again.
			const from = kept.length < known.length ? Math.min((kept[0]?.time ?? 0) + 1, open[0]?.time ?? Infinity) : at - lookbackMs;
			return { state: toJson({ at, from, known: new Set(kept.map(({ hash }) => hash)) }), changes };
		},
		sample: async () => {
			const record = await latest();
			return record && { kind: 'created', record };
		},
	};
}

/** Where to begin at first sight: what is older than the newest record by more than the lookback is not asked for again anyway. */
async function firstMoment({ latest, timeOf, lookbackMs }: TimeReading): Promise<number> {
	const record = await latest();
	return record ? timeOf(record) - lookbackMs : 0;
}

interface Entry {
	readonly record: IDataObject;
	readonly time: number;
	readonly id: string;
	readonly hash: string;
}

/** Goes on from the greatest time until nothing more comes, or enough that is not known. A page at a time, so that nothing can move meanwhile. */
async function readFrom({ from, timeOf, idOf }: TimeReading, start: number, known: ReadonlySet<string>, enough: number): Promise<{ found: Entry[]; isEnd: boolean }> {
	const found = new Map<string, Entry>();
	let position = start;
	let unknown = 0;
	let isEnd = false;
	for (let round = 1; round <= MOST_ROUNDS && !isEnd && unknown < enough; round++) {
		const { records, more } = await from(position);
		const before = found.size;
		for (const record of records) {
			const id = idOf(record);
			if (found.has(id)) continue;
			const entry = { record, time: timeOf(record), id, hash: hashOf(id) };
			found.set(id, entry);
			position = Math.max(position, entry.time);
			if (!known.has(entry.hash)) unknown++;
		}
		isEnd = !more;
		if (more && found.size === before) return tooManyAtOnce(found.size);
	}
	return { found: [...found.values()].sort(byTimeAndId), isEnd };
}

function tooManyAtOnce(count: number): never {
	return fail({ reason: 'invalid input', message: `More than ${count} records have the same time, so that what follows can't be asked for`, fix: 'Narrow down what is watched' });
}

function toJson({ at, from, known }: State): IDataObject {
	return { at, from, known: packHashes([...known]) };
}

function stateIn(stored: unknown): State | undefined {
	if (!isRecord(stored)) return undefined;
	return { at: numberOf(stored.at) ?? 0, from: numberOf(stored.from) ?? 0, known: new Set(unpackHashes(stored.known)) };
}

function byTimeAndId(a: Entry, b: Entry): number {
	return a.time - b.time || (a.id < b.id ? -1 : 1);
}
