import type { IDataObject } from 'n8n-workflow';

import { fail } from '../../answer/failure';
import { mapInOrder } from '../../answer/result';
import { isRecord, textOf } from '../../guards';
import type { Change, Kind, Step, Watch } from '../event';
import { contentHash, HASH_LENGTH, hashOf, packId, slices, unpackId } from '../state';
import type { WholeList } from './whole';

/** n8n writes the state of a whole workflow at once and hands it to the editor: this is as much as it bears (10,000 records of 22 characters). */
const MOST_RECORDS = 10_000;
const MOST_CHARACTERS = 220 * 1024;
const CONFIRMED_AT_ONCE = 5;

/** Of days that come and go as time passes. */
export interface Window {
	/** The day of a record, such as `2026-11-25`; blank for one that has none, which is always in view. */
	readonly dayOf: (record: IDataObject) => string;
	readonly first: string;
	readonly last: string;
}

export interface SnapshotReading {
	/** Nothing for an answer that is no list. */
	readonly read: () => Promise<WholeList | undefined>;
	readonly idOf: (record: IDataObject) => string | undefined;
	/** What comes out of it. */
	readonly kinds: readonly Kind[];
	/** What of a record counts when it is compared; for changes. */
	readonly content?: (record: IDataObject) => unknown;
	/** Asks for a record that is missing in the list what became of it; for removals. One that is elsewhere is forgotten. */
	readonly fateOf?: (id: string) => Promise<'gone' | 'there' | 'elsewhere'>;
	/** Whether a record that leaves the list and comes back is new again; otherwise an ID is new only once. */
	readonly forgets?: true;
	/** What comes out for a removed record. */
	readonly removed?: (id: string) => IDataObject;
	/** A record on a day that has only just come into view is not new. */
	readonly window?: Window;
	/** In the order they are to come out; default: as in the list. */
	readonly order?: (a: IDataObject, b: IDataObject) => number;
	/** The newest record; default: the last one in order. */
	readonly latest?: () => Promise<IDataObject | undefined>;
	/** What to do where there are too many, and where records lack an ID. */
	readonly advice: { readonly narrow: string; readonly id: string };
}

/** What is known of a record: by hash, or by its ID where it has to be told when it is gone. */
interface Known {
	readonly content: string;
	readonly day: string;
}
type Ledger = Map<string, Known>;

/**
 * For lists that say nothing about time: compares the whole list with what it held before. What changed and changed back in between is not seen.
 * A list that was not read as a whole proves no removal.
 */
export function snapshot(reading: SnapshotReading): Watch {
	const { read, idOf, order, latest } = reading;
	const list = async (): Promise<WholeList | undefined> => {
		const found = await read();
		return found && order ? { ...found, records: [...found.records].sort(order) } : found;
	};
	return {
		next: async (stored, most) => {
			const before = isRecord(stored) && stored.arriving !== true ? stored : undefined;
			const answer = await list();
			if (!answer) return { state: before ?? ARRIVING, changes: [] };
			const { records, isWhole } = answer;
			const found = new Map(records.map((record) => [idOf(record) ?? withoutId(reading), record]));
			if (found.size > MOST_RECORDS) tooMany(reading, `${found.size} records`);
			if (!before && !isWhole) return fail(UNSTABLE);
			return await compare(reading, found, isWhole, before, most);
		},
		sample: async () => {
			const record = latest ? await latest() : (await list())?.records.at(-1);
			if (!record) return undefined;
			const [kind = 'created'] = reading.kinds;
			return { kind, record: kind === 'removed' ? removedRecord(reading, idOf(record) ?? withoutId(reading)) : record };
		},
	};
}

/** The first list that comes is what there was before. */
const ARRIVING: IDataObject = { arriving: true };
const UNSTABLE = {
	reason: 'unreadable answer',
	message: 'The list changed each time it was read, so that what is there already could not be told from what is new',
	fix: 'Try again when fewer people change it',
} as const;

/** @param before what was stored; nothing at first sight */
async function compare(reading: SnapshotReading, found: ReadonlyMap<string, IDataObject>, isWhole: boolean, before: IDataObject | undefined, most: number): Promise<Step> {
	const { kinds, window } = reading;
	const ledger = unpack(reading, before);
	const until = textOf(before?.until);
	const isKnown = (day: string): boolean => before !== undefined && (until === undefined || day <= until);
	const changes: Array<{ change: Change; code: string; now?: Known }> = [];
	const codes = new Set<string>();
	for (const [id, record] of found) {
		const code = codeOf(reading, id);
		codes.add(code);
		const now = { content: contentOf(reading, record), day: window?.dayOf(record) ?? '' };
		const known = ledger.get(code);
		const kind = known ? 'changed' : 'created';
		const isEvent = known ? known.content !== now.content : isKnown(now.day);
		if (isEvent && kinds.includes(kind)) changes.push({ change: { kind, record }, code, now });
		else ledger.set(code, now);
	}
	const given = [...changes.filter(({ change }) => change.kind === 'created'), ...changes.filter(({ change }) => change.kind === 'changed')].slice(0, most);
	for (const { code, now } of given) if (now) ledger.set(code, now);
	const missing = isWhole ? [...ledger.keys()].filter((code) => !codes.has(code)) : [];
	const removed = await takeMissing(reading, ledger, missing, most - given.length);
	const state = { seen: pack(reading, ledger), ...(window ? { until: isWhole ? window.last : until } : {}) };
	return { state, changes: [...given.map(({ change }) => change), ...removed] };
}

/** Takes what is missing out of the ledger, as far as that means something; gives what was removed, as far as there is place for it. */
async function takeMissing(reading: SnapshotReading, ledger: Ledger, missing: readonly string[], places: number): Promise<Change[]> {
	const { window, kinds, forgets } = reading;
	const isPast = (code: string): boolean => {
		const day = ledger.get(code)?.day ?? '';
		return window !== undefined && day !== '' && day < window.first;
	};
	const forget = (codes: readonly string[]): void => codes.forEach((code) => ledger.delete(code));
	const open = missing.filter((code) => !isPast(code));
	forget(missing.filter(isPast));
	if (open.length === 0) return [];
	if (kinds.includes('removed')) return await askForFates(reading, ledger, open.slice(0, places));
	if (forgets) forget(await missingAgain(reading, open));
	else if (ledger.size > MOST_RECORDS) forget(open);
	return [];
}

/** A list that moves while it is read may leave a record out once without any sign of it: only the record itself can tell. */
async function askForFates(reading: SnapshotReading, ledger: Ledger, ids: readonly string[]): Promise<Change[]> {
	const answers = await mapInOrder(ids, CONFIRMED_AT_ONCE, { reached: false }, async (id) => (await reading.fateOf?.(id)) ?? 'gone');
	const fates = answers.map((answer) => (answer && 'failure' in answer ? fail(answer.failure) : answer?.value));
	ids.forEach((id, i) => void (fates[i] !== 'there' && ledger.delete(id)));
	return ids.filter((_, i) => fates[i] === 'gone').map((id): Change => ({ kind: 'removed', record: removedRecord(reading, id) }));
}

async function missingAgain(reading: SnapshotReading, missing: readonly string[]): Promise<readonly string[]> {
	const again = await reading.read();
	if (!again?.isWhole) return [];
	const there = new Set(again.records.map((record) => codeOf(reading, reading.idOf(record) ?? '')));
	return missing.filter((code) => !there.has(code));
}

function removedRecord({ removed }: SnapshotReading, id: string): IDataObject {
	return removed ? removed(id) : { id };
}

/** Only where removals are told, an ID has to be kept as it is. */
function keepsIds({ kinds }: SnapshotReading): boolean {
	return kinds.includes('removed');
}

function codeOf(reading: SnapshotReading, id: string): string {
	return keepsIds(reading) ? id : hashOf(id);
}

function comparesContent({ kinds, content }: SnapshotReading): boolean {
	return content !== undefined && kinds.includes('changed');
}

function contentOf(reading: SnapshotReading, record: IDataObject): string {
	return comparesContent(reading) ? contentHash(reading.content?.(record)) : '';
}

/** By day: entries behind one another, or on lines where IDs are kept. */
function pack(reading: SnapshotReading, ledger: Ledger): IDataObject {
	const days = new Map<string, string[]>();
	for (const [code, { content, day }] of ledger) {
		const entries = days.get(day) ?? [];
		entries.push(content + (keepsIds(reading) ? packId(code) : code));
		days.set(day, entries);
	}
	const packed = Object.fromEntries([...days].map(([day, entries]) => [day, entries.join(separatorOf(reading))]));
	if (JSON.stringify(packed).length > MOST_CHARACTERS) tooMany(reading, `${ledger.size} records with long IDs`);
	return packed;
}

function separatorOf(reading: SnapshotReading): string {
	return keepsIds(reading) ? '\n' : '';
}

function unpack(reading: SnapshotReading, before: IDataObject | undefined): Ledger {
	const ledger: Ledger = new Map();
	const contentLength = comparesContent(reading) ? HASH_LENGTH : 0;
	const days = isRecord(before?.seen) ? before.seen : {};
	for (const [day, packed] of Object.entries(days)) {
		for (const entry of entriesOf(reading, String(packed), contentLength + HASH_LENGTH)) {
			const code = entry.slice(contentLength);
			ledger.set(keepsIds(reading) ? unpackId(code) : code, { content: entry.slice(0, contentLength), day });
		}
	}
	return ledger;
}

function entriesOf(reading: SnapshotReading, packed: string, length: number): string[] {
	if (keepsIds(reading)) return packed === '' ? [] : packed.split('\n');
	return slices(packed, length);
}

function tooMany({ advice }: SnapshotReading, what: string): never {
	return fail({ reason: 'invalid input', message: `There are ${what}; more than ${MOST_RECORDS.toLocaleString('en')} can't be watched`, fix: advice.narrow });
}

function withoutId({ advice }: SnapshotReading): never {
	return fail({ reason: 'invalid input', message: 'A record came without an ID', fix: advice.id });
}
