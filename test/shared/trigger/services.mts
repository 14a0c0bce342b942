/** Services for the simulation: each has the traps that its strategy has to cope with, and says what a perfect trigger would give. */
import type { IDataObject } from 'n8n-workflow';
import type { Kind, PollTrigger, Watch } from '../../../nodes/shared/trigger/event';
import type { Page, Pager } from '../../../nodes/shared/pages';
import type { Kit } from './kit.mts';

/** What stands between a poll and the service. */
export class Line {
	/** How many of the next requests pass before one fails; nothing for none. */
	failAfter: number | undefined;
	isDown = false;
	isHeld = false;
	private waiting: Array<() => void> = [];
	/** Requests of a process that was killed never come back. */
	private age = 0;

	async pass<T>(answer: () => T): Promise<T> {
		const { age } = this;
		if (this.isHeld) await new Promise<void>((resolve) => this.waiting.push(resolve));
		else await Promise.resolve();
		if (age !== this.age) return await new Promise<T>(() => undefined);
		if (this.isDown) throw new Error('The service is down');
		if (this.failAfter !== undefined && this.failAfter-- <= 0) {
			this.failAfter = undefined;
			throw new Error('A request failed');
		}
		return answer();
	}

	/** Lets all requests go that wait. */
	release(): void {
		this.isHeld = false;
		for (const go of this.waiting.splice(0)) go();
	}

	/** Lets one of them go. */
	releaseOne(): void {
		this.waiting.shift()?.();
	}

	cut(): void {
		this.age++;
		this.release();
	}
}

export interface Simulated {
	/** Something happens in the service. @param random what exactly */
	change(random: number): void;
	/** Time passes. */
	pass(ms: number): void;
	watch(kit: Kit, line: Line): Watch;
	/** What is wrong with what came out; nothing when all is right. */
	wrong(items: readonly IDataObject[]): string | undefined;
}

export type Strategy = 'newest' | 'byTime' | 'byTimeLate' | 'snapshot' | 'snapshotOfNew' | 'numbered';

export function open(strategy: Strategy): Simulated {
	switch (strategy) {
		case 'newest':
			return newestService();
		case 'byTime':
			return timeService(0);
		case 'byTimeLate':
			return timeService(LATEST_MS);
		case 'snapshot':
			return snapshotService(['created', 'changed', 'removed']);
		case 'snapshotOfNew':
			return snapshotService(['created']);
		case 'numbered':
			return numberedService();
	}
}

export function triggerOf(watch: Watch): PollTrigger {
	const event = { name: 'Event', value: 'event', action: 'On event', description: '', fields: [], idOf: (record: IDataObject) => record, combines: true as const, watched: () => [], watch: () => watch };
	const connection = { credentialType: 'modelApi', baseUrl: () => 'http://model.test', secrets: [] };
	const service = { name: 'Model', connections: [connection] as const, limits: { inFlight: 5 }, judge: () => ({ type: 'ok' as const, body: undefined }) };
	return { service, events: [event], account: () => [] };
}

const PAGE = 4;

/** Numbers that grow; answers hold a few, in any order, of what comes after the number that is asked for. */
function newestService(): Simulated {
	const ids: number[] = [3, 7, 11, 12, 20];
	const before = [...ids];
	let shuffle = 1;
	return {
		change: (random) => void ids.push((ids.at(-1) ?? 0) + 1 + (random % 3)),
		pass: () => undefined,
		watch: (kit, line) =>
			kit.newest({
				after: async (number) =>
					await line.pass(() => {
						shuffle = (shuffle * 7919) % 104_729;
						const page = ids.filter((id) => id > number).slice(0, PAGE);
						return (shuffle % 2 === 0 ? page.reverse() : page).map((id) => ({ id }));
					}),
				numberOf: ({ id }) => Number(id),
			}),
		wrong: (items) => sameList(items.map(({ id }) => id), ids.slice(before.length)),
	};
}

/** How late the late ones show up, and how far back is looked, in ms. */
const LATEST_MS = 50;
const LOOKBACK_MS = 60;

/** Records by time, several of them at the same time; with `late`, some are seen only after newer ones. */
function timeService(late: number): Simulated {
	interface Timed {
		id: string;
		time: number;
		visibleAt: number;
	}
	let now = 10_000;
	let count = 0;
	const records: Timed[] = [];
	const make = (random: number): void => {
		// Ids in no order, as random ones are.
		const id = `r${(++count * 7919) % 10_007}-${count}`;
		records.push({ id, time: now, visibleAt: now + (late > 0 && random % 2 === 1 ? random % late : 0) });
	};
	for (let i = 0; i < 5; i++) {
		make(0);
		now += i % 2 === 0 ? 0 : 30;
	}
	now += LATEST_MS;
	const known = records.length;
	const visible = (): Timed[] => records.filter(({ visibleAt }) => visibleAt <= now).sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1));
	const show = ({ id, time }: Timed): IDataObject => ({ id, time });
	return {
		change: make,
		pass: (ms) => void (now += ms),
		watch: (kit, line) =>
			kit.byTime({
				from: async (ms) =>
					await line.pass(() => {
						const found = visible().filter(({ time }) => time >= ms);
						const size = Math.max(PAGE, found.filter(({ time }) => time === found[0]?.time).length + 1);
						return { records: found.slice(0, size).map(show), more: found.length > size };
					}),
				latest: async () => await line.pass(() => visible().map(show).at(-1)),
				timeOf: ({ time }) => Number(time),
				idOf: ({ id }) => String(id),
				lookbackMs: LOOKBACK_MS,
			}),
		wrong: (items) => {
			const wanted = records.slice(known).map(({ id }) => id);
			const given = items.map(({ id }) => String(id));
			return sameList([...given].sort(), [...wanted].sort()) ?? (late === 0 ? sameList(items.map(({ time }) => time), records.slice(known).map(({ time }) => time)) : undefined);
		},
	};
}

/** A list that is read page by page, and may change in between. */
function snapshotService(kinds: Kind[]): Simulated {
	const records = new Map<string, number>(Array.from({ length: 9 }, (_, i) => [`s${i}`, 1]));
	const first = new Map(records);
	let count = records.size;
	let version = 1;
	const change = (random: number): void => {
		const ids = [...records.keys()];
		const id = ids[random % Math.max(1, ids.length)];
		if (random % 4 === 0 || id === undefined) records.set(`s${count++}`, ++version);
		else if (random % 4 === 1) records.set(id, ++version);
		else records.delete(id);
		// One goes and one comes: the list is as long as before, but its pages have moved.
		if (random % 4 === 3) records.set(`s${count++}`, ++version);
	};
	return {
		change,
		pass: () => undefined,
		watch: (kit, line) => {
			const pager: Pager = kit.byOffset({ offset: 'skip', limit: 'limit' }, PAGE, { idOf: ({ id }) => String(id) });
			const ask = async ({ query = {} }: { query?: IDataObject }): Promise<Page> =>
				await line.pass(() => {
					const list = [...records].map(([id, at]) => ({ id, at }));
					return { records: list.slice(Number(query.skip), Number(query.skip) + Number(query.limit)), total: list.length };
				});
			return kit.snapshot({
				read: async () => await kit.readWhole(pager, ask, ({ id }) => String(id)),
				idOf: ({ id }) => String(id),
				kinds,
				content: (record) => record,
				fateOf: async (id) => await line.pass(() => (records.has(id) ? ('there' as const) : ('gone' as const))),
				advice: { narrow: '', id: '' },
			});
		},
		wrong: (items) => {
			if (kinds.length === 1) return wrongOfNew(items.map(({ id }) => String(id)), first, records);
			const known = new Map(first);
			for (const { event, id, at } of items) {
				const key = String(id);
				if (event === 'created' ? known.has(key) : !known.has(key)) return `${String(event)} of ${key} makes no sense`;
				if (event === 'changed' && known.get(key) === at) return `${key} was told twice`;
				if (event === 'removed' && records.has(key)) return `${key} was never removed`;
				if (event === 'removed') known.delete(key);
				else known.set(key, Number(at));
			}
			return sameList([...known].sort().flat(), [...records].sort().flat());
		},
	};
}

/** Each new one once; one that was gone again before anybody looked need not come. */
function wrongOfNew(given: readonly string[], first: ReadonlyMap<string, number>, records: ReadonlyMap<string, number>): string | undefined {
	const known = new Set([...first.keys(), ...given]);
	if (known.size !== first.size + given.length) return `Some came twice: ${given.join(' ')}`;
	const lost = [...records.keys()].filter((id) => !known.has(id));
	return lost.length > 0 ? `Lost: ${lost.join(' ')}` : undefined;
}

const VISIBLE = 10;

/** Runs with numbers, of which only the last ten are shown, in no useful order. */
function numberedService(): Simulated {
	let last = 4;
	const first = last;
	return {
		change: (random) => void (last += 1 + (random % 4 === 3 ? 9 : 0)),
		pass: () => undefined,
		watch: (kit, line) =>
			kit.numbered({
				read: async () => await line.pass(() => Array.from({ length: Math.min(VISIBLE, last) }, (_, i) => ({ number: last - i }))),
				numberOf: ({ number }) => Number(number),
				where: () => true,
				missedField: 'missed',
			}),
		wrong: (items) => {
			let at = first;
			for (const { number, missed } of items) {
				at += Number(missed ?? 0) + 1;
				if (number !== at) return `${String(number)} came where ${at} was due`;
			}
			return at === last ? undefined : `Ended with ${at}, not with ${last}`;
		},
	};
}

function sameList(given: readonly unknown[], wanted: readonly unknown[]): string | undefined {
	return JSON.stringify(given) === JSON.stringify(wanted) ? undefined : `Came: ${JSON.stringify(given)}; due: ${JSON.stringify(wanted)}`;
}
