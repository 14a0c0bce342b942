/**
 * What becomes of every operation when the service or the network does not do its part: reads recover, and what changes something
 * has its effect at most once and says so when it can't know (the sandbox's journal counts effects).
 */
import type { INodeParameters } from 'n8n-workflow';
import type { Entry, Fault } from '../../sandbox/client.mts';
import type { NodeRun } from '../support/engine.mts';
import { leaks, useLab, type Bench, type Subject } from './lab.mts';

const lab = useLab(6);
const HANG_TIMEOUT_MS = 400;

/** The service itself asks to come back: nothing was carried out, so that everything may be repeated. */
const comeBack: Record<string, () => Fault> = {
	'429 with seconds': () => ({ type: 'status', status: 429, headers: { 'Retry-After': '0' } }),
	'429 with a date': () => ({ type: 'status', status: 429, headers: { 'Retry-After': new Date().toUTCString() } }),
	'429 without a time': () => ({ type: 'status', status: 429 }),
};

/** What a gateway sends, whatever became of the request behind it. */
const PAGE = '<html><body>Please come back later</body></html>';
const comeBackTo = (status: number, body?: string): Fault => ({ type: 'status', status, headers: { 'Retry-After': '0' }, body, when: 'after' });

/** Nobody can tell whether the request was carried out. */
const unclear: Record<string, () => Fault> = {
	'503 with a time': () => comeBackTo(503),
	'503 with a time, from a gateway': () => comeBackTo(503, PAGE),
	'429 with a time, from a gateway': () => comeBackTo(429, PAGE),
	'429 without a time, from a gateway': () => ({ type: 'status', status: 429, body: PAGE, when: 'after' }),
	'502 with a time': () => comeBackTo(502, PAGE),
	'303': () => ({ type: 'redirect', status: 303, location: '/done', when: 'after' }),
	'302 without an address': () => ({ type: 'status', status: 302, when: 'after' }),
	'408 of a gateway': () => ({ type: 'status', status: 408, body: PAGE, when: 'after' }),
	'499 of a gateway': () => ({ type: 'status', status: 499, body: PAGE, when: 'after' }),
	'503 without a time': () => ({ type: 'status', status: 503, when: 'after' }),
	'500': () => ({ type: 'status', status: 500, when: 'after' }),
	'a reset before the effect': () => ({ type: 'reset', when: 'before' }),
	'a reset after the effect': () => ({ type: 'reset', when: 'after' }),
	'a time-out': () => ({ type: 'hang', when: 'after' }),
	'a body that breaks off': () => ({ type: 'truncated' }),
	'a body that is cut': () => ({ type: 'cut' }),
	'a web page': () => ({ type: 'html', status: 200, when: 'after' }),
	'an empty body': () => ({ type: 'empty', status: 200, when: 'after' }),
};

interface Target {
	readonly method: string;
	readonly path: string;
	/** How many requests of the same method and path come before it. */
	readonly skip: number;
	readonly changes: boolean;
}

interface Case {
	readonly subject: Subject;
	readonly fault: string;
	readonly isClear: boolean;
}

/** What a run did, as the service saw it. */
interface Deed {
	readonly run: NodeRun;
	readonly journal: Entry[];
}

const cases = (subject: Subject): Case[] => [
	...Object.keys(comeBack).map((fault) => ({ subject, fault, isClear: true })),
	...Object.keys(unclear)
		.filter((fault) => !isHarmless(subject, fault))
		.map((fault) => ({ subject, fault, isClear: false })),
];

describe.each(lab.all.map((subject): [string, Subject] => [`${subject.node} ${subject.key}`, subject]))('%s', (_, subject) => {
	let usualDeed: Promise<Deed> | undefined;
	/** Without a fault; run once for all cases of an operation. */
	const asUsual = async () => await (usualDeed ??= lab.use(async (bench) => {
		await bench.fresh(subject);
		return await perform(subject, bench);
	}));

	test.concurrent.each(cases(subject).map((one): [string, Case] => [one.fault, one]))('%s', async (_fault, one) => {
		const usual = await asUsual();
		const target = targetOf(usual.journal);
		const { run, journal, struck } = await lab.use(async (bench) => await examine(one, target, bench));
		expect(struck).toBe(true);
		expect(leaks(subject, run)).toEqual([]);
		if (subject.sample.tells) {
			expect(sentTo(target, journal)).toBeLessThanOrEqual(sentTo(target, usual.journal));
			expect(effectsIn(journal)).toBe(0);
			if (run.status === 'error') expect(run.error?.description).toMatch(/\S/);
			else expect(comparable(run)).not.toEqual(comparable(usual.run));
			return;
		}
		if (one.isClear && subject.sample.once) {
			expect(sentTo(target, journal)).toBe(1);
			expect(effectsIn(journal)).toBe(0);
			expect(run.status).toBe('error');
			expect(run.error?.description).toMatch(/\S/);
			return;
		}
		if (isFinal(one) && !target.changes) {
			expect(run.status).toBe('error');
			return;
		}
		if (one.isClear || !target.changes) {
			expect(run.error).toBeUndefined();
			expect(run.outputs[0]).toHaveLength(usual.run.outputs[0]?.length ?? 0);
			if (!subject.sample.volatile && !target.changes) expect(comparable(run)).toEqual(comparable(usual.run));
			expect(effectsIn(journal)).toBe(effectsIn(usual.journal));
			return;
		}
		expect(sentTo(target, journal)).toBeLessThanOrEqual(sentTo(target, usual.journal));
		expect(effectsIn(journal)).toBeLessThanOrEqual(effectsIn(usual.journal));
		// All others strike once the service has done its work.
		if (one.fault !== 'a reset before the effect') expect(effectsIn(journal)).toBeGreaterThan(0);
		expect(run.status).toBe('error');
		expect(`${run.error?.message} ${run.error?.description}`).toMatch(/may have been carried out|values are written/);
	});
});

/** A redirect, which nobody follows with the credential. */
function isFinal({ fault }: Case): boolean {
	return fault.startsWith('30');
}

function isHarmless({ sample, samples }: Subject, fault: string): boolean {
	return [...(samples.harmless ?? []), ...(sample.harmless ?? [])].includes(fault);
}

async function examine({ subject, fault, isClear }: Case, target: Target, bench: Bench): Promise<Deed & { readonly struck: boolean }> {
	const order = (isClear ? comeBack : unclear)[fault]?.();
	if (!order) throw new Error(`Unknown fault: ${fault}`);
	await bench.fresh(subject);
	const { service } = subject.samples;
	const { method, skip } = target;
	await bench.control.fault({ service, method, path: `^${escaped(target.path)}$`, skip, fault: order });
	const deed = await perform(subject, bench, order.type === 'hang' ? { options: { timeout: HANG_TIMEOUT_MS } } : {});
	const struck = (await bench.control.faults()).some(({ fired }) => fired > 0);
	return { ...deed, struck };
}

async function perform(subject: Subject, bench: Bench, parameters: INodeParameters = {}): Promise<Deed> {
	const run = await bench.run(subject, { items: [subject.sample.items?.[0] ?? {}], parameters });
	return { run, journal: await bench.journal(subject) };
}

/** All but where n8n has put a file. */
function comparable({ outputs }: NodeRun): unknown {
	return (outputs[0] ?? []).map(({ json, binary = {} }) => [json, Object.values(binary).map(({ fileName, fileSize }) => [fileName, fileSize])]);
}

function effectsIn(journal: Entry[]): number {
	return journal.flatMap(({ effects }) => effects).filter(({ kind }) => kind !== 'login').length;
}

function sentTo(target: Target, journal: Entry[]): number {
	return journal.filter(({ method, path }) => method === target.method && path === target.path).length;
}

/** The request that makes the change; of a read, the last one. */
function targetOf(journal: Entry[]): Target {
	const change = journal.find(({ effects }) => effects.some(({ kind }) => kind !== 'login'));
	const entry = change ?? journal.at(-1);
	if (!entry) throw new Error('The operation sent nothing');
	const before = journal.slice(0, journal.indexOf(entry));
	const skip = before.filter(({ method, path }) => method === entry.method && path === entry.path).length;
	return { method: entry.method, path: entry.path, skip, changes: change !== undefined };
}

function escaped(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
