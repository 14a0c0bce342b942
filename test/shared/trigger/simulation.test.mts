/**
 * Every change once and in order, whatever happens: random schedules of changes, failing requests, outages, kills, overlapping polls and
 * publishing, under both of n8n's schedulers. The same schedules must find out each protection that is taken away.
 */
import fc from 'fast-check';
import { compileKit, type Edit, type Kit } from './kit.mts';
import { N8nModel, type Scheduler } from './model.mts';
import { Line, open, triggerOf, type Strategy } from './services.mts';

type Action =
	| { readonly do: 'change' | 'pass' | 'fail' | 'overlap' | 'drift' | 'kill' | 'killInPoll'; readonly random: number }
	| { readonly do: 'tick' | 'republish' | 'publishAgain' | 'down' | 'up' | 'outageAtStart' };

const random = fc.nat(1000);
const action: fc.Arbitrary<Action> = fc.oneof(
	{ weight: 8, arbitrary: fc.record({ do: fc.constant('change' as const), random }) },
	{ weight: 3, arbitrary: fc.record({ do: fc.constant('pass' as const), random }) },
	{ weight: 6, arbitrary: fc.constant({ do: 'tick' as const }) },
	{ weight: 3, arbitrary: fc.record({ do: fc.constantFrom('fail' as const, 'overlap' as const, 'drift' as const), random }) },
	{ weight: 2, arbitrary: fc.record({ do: fc.constantFrom('kill' as const, 'killInPoll' as const), random }) },
	{ weight: 2, arbitrary: fc.constantFrom({ do: 'republish' as const }, { do: 'publishAgain' as const }, { do: 'outageAtStart' as const }) },
	{ weight: 1, arbitrary: fc.constantFrom({ do: 'down' as const }, { do: 'up' as const }) },
);
const schedules = fc.record({
	scheduler: fc.constantFrom<Scheduler>('memory', 'durable'),
	actions: fc.array(action, { minLength: 5, maxLength: 40 }),
});

const CAP = 7;
/** It has come to an end when so many polls in a row bring nothing. */
const QUIET_TICKS = 3;
const MOST_TICKS = 100;
const TIMEOUT_MS = 60_000;
const STRATEGIES: Strategy[] = ['newest', 'byTime', 'byTimeLate', 'snapshot', 'snapshotOfNew', 'numbered'];
const SCHEDULES = 600;

/** Carries a schedule out. @returns what was wrong, or nothing */
async function simulate(kit: Kit, strategy: Strategy, { scheduler, actions }: { scheduler: Scheduler; actions: readonly Action[] }): Promise<string | undefined> {
	const service = open(strategy);
	const line = new Line();
	const n8n = new N8nModel(kit, triggerOf(service.watch(kit, line)), scheduler, { event: 'event', options: { mostItems: CAP } });
	await n8n.publish('activate');
	// What happens between publishing and the first poll is not lost either, as long as n8n runs.
	service.pass(100);
	service.change(0);
	await n8n.tick();
	for (const step of actions) await carryOut(step);
	line.isDown = false;
	line.failAfter = undefined;
	for (let quiet = 0, ticks = 0; quiet < QUIET_TICKS && ticks < MOST_TICKS; ticks++) {
		const before = n8n.items.length;
		service.pass(100);
		await n8n.tick();
		quiet = n8n.items.length === before ? quiet + 1 : 0;
	}
	return service.wrong(n8n.items);

	async function carryOut(step: Action): Promise<void> {
		switch (step.do) {
			case 'change':
				return service.change(step.random);
			case 'pass':
				return service.pass(step.random % 40);
			case 'tick':
				return await n8n.tick();
			case 'fail':
				line.failAfter = step.random % 4;
				return await n8n.tick();
			case 'overlap':
				return await overlap(step.random);
			case 'drift':
				return await drift(step.random);
			case 'kill':
				n8n.kill();
				return await n8n.start();
			case 'killInPoll':
				return await killInPoll(step.random);
			case 'republish':
				return await unlessDown(async () => await n8n.publish('update'));
			case 'publishAgain':
				n8n.unpublish();
				service.change(4);
				return await unlessDown(async () => await n8n.publish('activate'));
			case 'outageAtStart':
				n8n.kill();
				line.isDown = true;
				service.change(3);
				await n8n.start();
				line.isDown = false;
				return;
			case 'down':
				line.isDown = true;
				return;
			case 'up':
				line.isDown = false;
		}
	}

	/** A poll that is so slow that the next one begins while it is at work. */
	async function overlap(what: number): Promise<void> {
		line.isHeld = true;
		const slow = n8n.tick();
		await settled();
		if (what % 2 === 0) service.change(what);
		const next = n8n.tick();
		await settled();
		line.release();
		await Promise.all([slow, next]);
	}

	/** Changes between the requests of one poll. */
	async function drift(what: number): Promise<void> {
		line.isHeld = true;
		const poll = n8n.tick();
		for (let i = 0; i < 5; i++) {
			await settled();
			service.change(what + i);
			line.releaseOne();
		}
		line.release();
		await poll;
	}

	async function killInPoll(what: number): Promise<void> {
		line.isHeld = true;
		const never = n8n.tick();
		await settled();
		if (what % 2 === 0) service.change(what);
		n8n.kill();
		line.cut();
		void never;
		await n8n.start();
	}

	/** A person who publishes while the service is down sees that it fails, and publishes again later. */
	async function unlessDown(publish: () => Promise<void>): Promise<void> {
		line.isDown = false;
		line.failAfter = undefined;
		await publish();
	}
}

/** Lets all go on that waits for nothing but its turn. */
async function settled(): Promise<void> {
	await new Promise((resolve) => setImmediate(resolve));
}

describe('as it is', () => {
	const kit = compileKit();

	test.each(STRATEGIES)('%s: every change once and in order', async (strategy) => {
		await fc.assert(
			fc.asyncProperty(schedules, async (schedule) => {
				expect(await simulate(kit, strategy, schedule)).toBeUndefined();
			}),
			{ numRuns: SCHEDULES },
		);
	}, TIMEOUT_MS);
});

interface Mutant extends Edit {
	what: string;
	strategy: Strategy;
}

const MUTANTS: Mutant[] = [
	{ what: 'two polls at once', strategy: 'byTime', file: 'memory.ts', from: 'if (this.underWay.has(key)) return false;', to: '' },
	{ what: 'a first poll that throws at the start of n8n', strategy: 'newest', file: 'poll.ts', from: "if ('failure' in looked && isFirst && isStart(context)) {", to: 'if (false) {' },
	{ what: 'no look back for late records', strategy: 'byTimeLate', file: 'watch/byTime.ts', from: "const { latest, lookbackMs } = reading;", to: 'const { latest } = reading; const lookbackMs = 0;' },
	{ what: 'a look back to the oldest remembered only', strategy: 'byTimeLate', file: 'watch/byTime.ts', from: 'kept.length < known.length ?', to: 'true ?' },
	{ what: 'a position that moves before the answer is there', strategy: 'numbered', file: 'poll.ts', from: 'const { state, changes } =', to: 'storeText(data, writeState(watching, (await event.watch(call).next(before, mostItems(opened))).state));\n\t\tconst { state, changes } =' },
	{ what: 'the greatest time without the IDs at the edge', strategy: 'byTime', file: 'watch/byTime.ts', from: 'known: new Map(entries) }', to: 'known: new Map() }' },
	{ what: 'the first page only', strategy: 'snapshot', file: 'watch/whole.ts', from: 'for (const record of page) records.push(record);', to: '{ for (const record of page) records.push(record); break; }' },
	{ what: 'a position past what was not given out', strategy: 'newest', file: 'watch/newest.ts', from: 'last: given.at(-1)?.number ?? last', to: 'last: found.at(-1)?.number ?? last' },
	{ what: 'state written into an object that is there already', strategy: 'newest', file: 'state.ts', from: 'if (data[KEY] !== text) data[KEY] = text;', to: "const held = (data.held ??= {}) as IDataObject; held[KEY] = text;" },
	{ what: 'removals that nobody was asked about', strategy: 'snapshot', file: 'watch/snapshot.ts', from: "(await reading.fateOf?.(id)) ?? 'gone'", to: "'gone' as const" },
	{ what: 'an ID that is forgotten when it is missing once', strategy: 'snapshotOfNew', file: 'watch/snapshot.ts', from: 'else if (ledger.size > MOST_RECORDS) forget(open);', to: 'else forget(open);' },
];

describe('one protection taken away', () => {
	test.each(MUTANTS)('$what is found out', async (mutant) => {
		const kit = compileKit([mutant, ...also(mutant)]);
		const found = await fc.check(
			fc.asyncProperty(schedules, async (schedule) => (await simulate(kit, mutant.strategy, schedule)) === undefined),
			{ numRuns: SCHEDULES, endOnFailure: true },
		);
		expect(found.failed).toBe(true);
	}, TIMEOUT_MS);
});

/** What else an edit needs to make sense. */
function also({ file }: Mutant): Edit[] {
	if (file === 'state.ts') return [{ file, from: "return typeof data[KEY] === 'string' ? data[KEY] : undefined;", to: 'return (data.held as Record<string, string> | undefined)?.[KEY];' }];
	return [];
}

