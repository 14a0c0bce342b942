import type { IDataObject } from 'n8n-workflow';

import { fail } from '../../answer/failure';
import { isRecord, numberOf } from '../../guards';
import type { Change, Watch } from '../event';
import { HASH_LENGTH, hashOf, slices } from '../state';

/** As many as the state may hold (`snapshot.ts` says why). */
const MOST_REMEMBERED = 11_000;
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
	/** What is known from there on, by hash: its time. One that is out of sight for a moment stays known. */
	readonly known: ReadonlyMap<string, number>;
}

/**
 * For records with a time that never changes. Times may be the same, and records may show up late: each look begins a while before the latest
 * time, and the records from there on are known by their IDs. What shows up later than that is not seen.
 */
export function byTime(reading: TimeReading): Watch {
	const { latest, lookbackMs } = reading;
	return {
		next: async (stored, most) => {
			const before = stateIn(stored) ?? (await nothingKnown(reading));
			const found = await readFrom(reading, before.from, before.known, stored === undefined ? Infinity : most);
			const fresh = found.filter(({ hash }) => !before.known.has(hash));
			const given = stored === undefined ? fresh : fresh.slice(0, most);
			const at = Math.max(before.at, given.at(-1)?.time ?? 0);
			const known = [...before.known, ...given.map(({ hash, time }): [string, number] => [hash, time])].filter(([, time]) => time >= at - lookbackMs);
			const kept = known.sort(([, a], [, b]) => a - b).slice(-MOST_REMEMBERED);
			// Of very many records in a short time only the latest are remembered, and only those are looked at again.
			const from = kept.length < known.length ? Math.min((kept[0]?.[1] ?? 0) + 1, fresh[given.length]?.time ?? Infinity) : at - lookbackMs;
			const changes = stored === undefined ? [] : given.map(({ record }): Change => ({ kind: 'created', record }));
			return { state: toJson({ at, from, known: new Map(kept) }), changes };
		},
		sample: async () => {
			const record = await latest();
			return record && { kind: 'created', record };
		},
	};
}

/** Where to begin at first sight: what is older than the newest record by more than the lookback is not asked for again anyway. */
async function nothingKnown({ latest, timeOf, lookbackMs }: TimeReading): Promise<State> {
	const record = await latest();
	return { at: 0, from: record ? timeOf(record) - lookbackMs : 0, known: new Map() };
}

interface Entry {
	readonly record: IDataObject;
	readonly time: number;
	readonly id: string;
	readonly hash: string;
}

/** Goes on from the greatest time until nothing more comes, or enough that is not known. A page at a time, so that nothing can move meanwhile. */
async function readFrom({ from, timeOf, idOf }: TimeReading, start: number, known: ReadonlyMap<string, number>, enough: number): Promise<Entry[]> {
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
	return [...found.values()].sort(byTimeAndId);
}

function tooManyAtOnce(count: number): never {
	return fail({ reason: 'invalid input', message: `More than ${count} records have the same time, so that what follows can't be asked for`, fix: 'Narrow down what is watched' });
}

/** A time as text: 9 digits to the base of 36 last until the year 5188. */
const TIME_LENGTH = 9;
const ENTRY_LENGTH = HASH_LENGTH + TIME_LENGTH;

function toJson({ at, from, known }: State): IDataObject {
	return { at, from, known: [...known].map(([hash, time]) => hash + Math.max(0, time).toString(36).padStart(TIME_LENGTH, '0')).join('') };
}

function stateIn(stored: unknown): State | undefined {
	if (!isRecord(stored)) return undefined;
	const entries = slices(stored.known, ENTRY_LENGTH).map((entry): [string, number] => [entry.slice(0, HASH_LENGTH), Number.parseInt(entry.slice(HASH_LENGTH), 36)]);
	return { at: numberOf(stored.at) ?? 0, from: numberOf(stored.from) ?? 0, known: new Map(entries) };
}

function byTimeAndId(a: Entry, b: Entry): number {
	return a.time - b.time || (a.id < b.id ? -1 : 1);
}
