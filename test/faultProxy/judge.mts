/** Runs operations through the fault proxy and says what of it a user must not meet. */
import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { spawnSandbox, type Entry, type SpawnedSandbox } from '../../sandbox/client.mts';
import { Bench, subjects, type Subject } from '../contract/lab.mts';
import type { Engine, NodeRun } from '../support/engine.mts';
import { doors, type Fault } from './faults.mts';
import { FaultProxy, NEW_ID, openDoor } from './proxy.mts';

/** What may be wrong with a run, most harmful first. */
export const harms = [
	'repeated effect', 'success without effect', 'broken data as success', 'fate untold', 'hang', 'secret shown', 'unhandled rejection',
	'false alarm', 'good answer refused', 'not recovered', 'no advice', 'text lost',
] as const;
export type Harm = (typeof harms)[number];

export interface Finding {
	readonly harm: Harm;
	/** Node and operation, such as `entu entity:create`; `(log-in)` where the log-in was struck. */
	readonly subject: string;
	readonly kind: string;
	readonly fault: string;
	/** What the user sees. */
	readonly seen: string;
}

/** What is struck: the request that makes the change, else the last one; the transfer of a file; or the log-in before all. */
type Part = 'main' | 'file' | 'log-in';

export interface Target {
	readonly subject: Subject;
	readonly part: Part;
	readonly method: string;
	readonly path: string;
	readonly skip: number;
	readonly changes: boolean;
	readonly usual: Usual;
}

interface Usual {
	readonly effects: number;
	/** Two runs without a fault; where they differ, nothing can be expected. */
	readonly outputs: readonly [unknown, unknown];
	readonly requests: number;
}

export interface Verdict {
	readonly struck: boolean;
	readonly findings: Finding[];
}

/** No operation of one item needs longer with one fault: four attempts, the waits between them, and what a busy machine adds. */
const BOUND_MS = 10_000;
/** Without a fault, only a busy machine takes long. */
const PATIENCE_MS = 60_000;
/** Where a fault stalls, so that a time-out ends it. */
const TIMEOUT_MS = 300;
const UNCERTAIN = /may have been carried out|values are written/;
/** What was made is taken away again, and that is said. */
const UNDONE = /Nothing of it is left in Entu/;
/** When something was made, which is by chance the same in two runs. */
const MOMENT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.\d]*Z/g;
/** What Node, zlib and the HTTP parser say among themselves. */
const RAW = /\b(E[A-Z]{5,}|HPE_\w+|ERR_\w+|Z_[A-Z]+)\b|Parse Error|header check|unexpected end of file|is not a function|Maximum call stack|Cannot read prop|Unexpected token|undefined/;

/** One sandbox behind one proxy, for one run at a time. */
export class Stand {
	private bench: Bench;

	private constructor(
		private readonly engine: Engine,
		private readonly sandbox: SpawnedSandbox,
		private readonly proxy: FaultProxy,
	) {
		this.bench = this.newBench();
	}

	static async open(engine: Engine): Promise<Stand> {
		const sandbox = await spawnSandbox();
		return new Stand(engine, sandbox, await FaultProxy.open(sandbox));
	}

	async close(): Promise<void> {
		await this.proxy.close();
		await this.sandbox.stop();
	}

	/** What can be struck in an operation, found by running it twice without a fault. */
	async targetsOf(subject: Subject, withLogIn: boolean): Promise<Target[]> {
		this.proxy.arm();
		const first = await this.perform(subject, {}, undefined, PATIENCE_MS);
		const second = await this.perform(subject, {}, undefined, PATIENCE_MS);
		if (first.run.error) throw new Error(`${subject.node} ${subject.key} fails without a fault: ${first.run.error.message}`);
		const usual: Usual = { effects: effectsIn(first.journal), outputs: [first.output, second.output], requests: first.journal.length };
		const change = first.journal.find(hasEffect);
		const last = change ?? first.journal.at(-1);
		if (!last) throw new Error(`${subject.node} ${subject.key} sends nothing`);
		const file = first.journal.find((entry) => entry.service.endsWith('-storage') && entry !== last);
		const logIn = withLogIn ? first.journal.find(({ effects }) => effects.some(({ kind }) => kind === 'login')) : undefined;
		const parts: Array<[Part, Entry | undefined]> = [['main', last], ['file', file], ['log-in', logIn]];
		return parts.flatMap(([part, entry]) => (entry ? [{ subject, part, ...placeOf(entry, first.journal), changes: change !== undefined, usual }] : []));
	}

	async strike(target: Target, fault: Fault): Promise<Verdict> {
		const { method, path, skip, subject } = target;
		this.proxy.arm({ method, path, skip, afterEffect: fault.afterEffect, play: fault.play });
		const deed = await this.perform(subject, fault.stalls ? { options: { timeout: TIMEOUT_MS } } : {});
		const { struck } = this.proxy;
		this.proxy.dropAll();
		const findings = struck ? judge(target, fault, deed) : [];
		return { struck, findings: findings.map(([harm, seen]) => ({ harm, seen, subject: nameOf(target), kind: fault.kind, fault: fault.name })) };
	}

	/** The service at an HTTPS address behind which the handshake fails. */
	async knock(target: Target, door: string): Promise<Verdict> {
		const { subject } = target;
		const { port, close } = await openDoor(doors[door] ?? (() => undefined));
		this.proxy.arm();
		const deed = await this.perform(subject, { options: { timeout: TIMEOUT_MS } }, subject.samples.credential(`https://127.0.0.1:${port}`));
		await close();
		const found: Array<[Harm, string]> = [...common(target, deed)];
		if (deed.ended && !deed.run.error) found.push(['success without effect', 'success']);
		if (deed.run.error && UNCERTAIN.test(textOf(deed.run))) found.push(['false alarm', textOf(deed.run)]);
		return { struck: true, findings: found.map(([harm, seen]) => ({ harm, seen, subject: nameOf(target), kind: 'TLS', fault: door })) };
	}

	private newBench(): Bench {
		return new Bench(this.engine, { ...this.sandbox, url: this.proxy.url });
	}

	private async perform(subject: Subject, parameters: IDataObject = {}, credential?: IDataObject, boundMs = BOUND_MS): Promise<Deed> {
		await this.bench.fresh(subject);
		const items = [subject.sample.items?.[0] ?? {}];
		const running = this.bench.run(subject, { items, parameters: parameters as never, credential: credential as never, cancelAfterMs: boundMs });
		const run = await Promise.race([running, later(boundMs + 1000)]);
		const ended = run !== undefined && run.durationMs < boundMs;
		// A log-in that never ends would hold its credential for all that comes after.
		if (!ended) this.bench = this.newBench();
		const { service } = subject.samples;
		const journals = [await this.sandbox.control.journal(service), await this.sandbox.control.journal(`${service}-storage`)];
		const journal = journals.flat().sort((a, b) => a.n - b.n);
		return { run: run ?? HUNG, ended, journal, output: run ? await this.comparable(run) : undefined };
	}

	/** What came out, with the content of files in place of where n8n has put them. */
	private async comparable({ outputs }: NodeRun): Promise<unknown> {
		const items = outputs[0] ?? [];
		return await Promise.all(
			items.map(async ({ json, binary = {} }) => {
				const files = Object.values(binary).map(async (file) => [file.fileName, createHash('sha256').update(await this.engine.readBinary(file)).digest('hex')]);
				return { json: this.plain(json), files: await Promise.all(files) };
			}),
		);
	}

	private plain(json: IDataObject): unknown {
		try {
			return JSON.parse(JSON.stringify(json).replaceAll(this.proxy.url, 'SERVICE').replace(MOMENT, 'MOMENT').replace(NEW_ID, 'NEW ID'));
		} catch (error) {
			return `not to be written as JSON: ${String(error)}`;
		}
	}
}

interface Deed {
	readonly run: NodeRun;
	readonly ended: boolean;
	readonly journal: Entry[];
	readonly output: unknown;
}

const HUNG: NodeRun = { status: 'canceled', outputs: [], hints: [], credentials: {}, logs: [], durationMs: BOUND_MS };

function judge(target: Target, fault: Fault, deed: Deed): Array<[Harm, string]> {
	if (!deed.ended || isProbe(target.subject) || effectsIn(deed.journal) > target.usual.effects) return common(target, deed);
	return [...common(target, deed), ...(deed.run.error ? ofFailure(target, fault, deed) : ofSuccess(target, fault, deed))];
}

/** One that asks what a service answers tells what it was answered, whatever that was. */
const isProbe = ({ resource }: Subject): boolean => resource === 'account';

/** What holds however a run ends. */
function common({ subject, usual }: Target, { run, ended, journal }: Deed): Array<[Harm, string]> {
	const found: Array<[Harm, string]> = [];
	const seen = textOf(run);
	if (effectsIn(journal) > usual.effects && !UNDONE.test(seen)) found.push(['repeated effect', `${effectsIn(journal)} effects in place of ${usual.effects}; ${seen || 'success'}`]);
	if (!ended) found.push(['hang', `no end within ${BOUND_MS} ms`]);
	if (subject.samples.secrets.some((secret) => seen.includes(secret))) found.push(['secret shown', seen]);
	if (run.error && ended && (RAW.test(seen) || !/\S/.test(run.error.description ?? ''))) found.push(['no advice', seen]);
	return found;
}

function ofSuccess(target: Target, fault: Fault, { journal, output }: Deed): Array<[Harm, string]> {
	const { usual, subject, changes } = target;
	if (isCredible(target, fault, output)) return [];
	if (effectsIn(journal) < usual.effects) return [['success without effect', short(output)]];
	if (isAsUsual(output, usual.outputs) || subject.sample.volatile) return [];
	if ((fault.shape && isFree(target)) || (fault.silent && changes)) return [];
	return [['broken data as success', short(output)]];
}

function ofFailure({ changes: isWrite, usual, part, subject }: Target, fault: Fault, { run, journal }: Deed): Array<[Harm, string]> {
	const seen = textOf(run);
	if (fault.good) return [['good answer refused', seen]];
	if (fault.says && part !== 'log-in' && !seen.includes(fault.says)) return [['text lost', seen]];
	if (UNDONE.test(seen)) return [];
	if (isWrite && usual.effects > 0 && effectsIn(journal) > 0) return UNCERTAIN.test(seen) ? [] : [['fate untold', seen]];
	if (fault.passing && (!isWrite || part === 'log-in') && !isClearNo(subject, part, fault)) return [['not recovered', seen]];
	return [];
}

/** Whether nobody can tell the answer from a good one. */
function isCredible({ changes, usual, part, subject: { node, key, resource } }: Target, { name }: Fault, output: unknown): boolean {
	// No size and no sum of a thumbnail is named anywhere (entu.md §5.10): a JPEG is known by its end.
	if (key === 'file:getThumbnail') return /^(something before the JSON|UTF-8 with a BOM|the answer twice)/.test(name);
	// What is stored is answered with nothing (entu.md §5.10).
	if (key === 'file:upload' && part === 'file') return /nothing|blanks/.test(name);
	// Which integrations there are is asked for beside; that there are none shows in a remark.
	if (key === 'integration:getByConnection') return name.startsWith('[]');
	// Nor of an output (smartconnect.md §3.5): whatever comes whole is the file.
	if (key === 'output:download') return /length to match|no length told|^a length too small|^JSONP|^something|^the answer twice|^gzip called nothing|^UTF-8 with a BOM/.test(name);
	// Any 2xx to a change is a success, with or without a body (endocs.md A4); what stands around nothing is a text.
	if (node === 'enDocsCloud' && changes) return /nothing|blanks|^a word/.test(name) || (hasEmptyAnswer(usual) && /^(something before|JSONP)/.test(name));
	// A deletion may be answered with nothing (accutics.md §5.2), and a change with an envelope without an entity (§5.3).
	if (node === 'accutics' && changes) return key === 'entity:delete' ? /nothing|blanks/.test(name) : name.startsWith('{"data":');
	// At an address of the user's own, nothing may be what is there.
	if (resource === 'request' && /nothing|blanks|^20[245]/.test(name)) return true;
	return isBeginning(output, usual.outputs[0]) && saysNone(node, name);
}

/** Whether the answer of EnDocs Cloud held nothing: the item then says no more than that it was accepted (endocs.md §3.7). */
function hasEmptyAnswer({ outputs }: Usual): boolean {
	return JSON.stringify(outputs[0]).includes('"accepted":true');
}

/** Whether a list is the usual one as far as it goes: the last of its pages may say that there is no more. */
function isBeginning(output: unknown, whole: unknown): boolean {
	return Array.isArray(output) && Array.isArray(whole) && JSON.stringify(output) === JSON.stringify(whole.slice(0, output.length));
}

/** Whether an answer says that a list is empty. */
function saysNone(node: string, name: string): boolean {
	// Lists of the web service come as such; a status may say that there is nothing; without `value`, and without a body, there is nothing (endocs.md A7).
	const said: Record<string, RegExp> = { smartConnect: /^\[\]/, ento: /^(\[\]|204|205)/, enDocsCloud: /^(\[\]|204|205|\{(?!"value"))|nothing|blanks/ };
	return said[node]?.test(name) ?? false;
}

/** A log-in that is answered with nothing is taken for a wrong password, which is not sent again (smartconnect.md §2.2). */
function isClearNo({ node }: Subject, part: Part, { name }: Fault): boolean {
	return node === 'smartConnect' && part === 'log-in' && name.startsWith('204');
}

/** Whether any shape of an answer is a good one: at a request of free form or a path of the user's own, and where nobody knows what a change is answered with (endocs.md A4). */
function isFree({ changes, subject: { node, resource, sample } }: Target): boolean {
	return resource === 'request' || (node === 'ento' && resource === 'record') || sample.stable?.length === 0 || (node === 'enDocsCloud' && changes);
}

/** Whether an output is the usual one, but for what differs from run to run. */
function isAsUsual(output: unknown, [one, other]: readonly [unknown, unknown]): boolean {
	if (JSON.stringify(output) === JSON.stringify(one)) return true;
	if (typeof one !== 'object' || one === null || typeof other !== 'object' || other === null) return JSON.stringify(one) !== JSON.stringify(other) && typeof output === typeof one;
	if (typeof output !== 'object' || output === null || Array.isArray(output) !== Array.isArray(one)) return false;
	const keys = new Set([...Object.keys(one), ...Object.keys(output)]);
	return [...keys].every((key) => key in output && key in one && isAsUsual(valueIn(output, key), [valueIn(one, key), valueIn(other, key)]));
}

const valueIn = (value: object, key: string): unknown => (value as Record<string, unknown>)[key];

const hasEffect = ({ effects }: Entry) => effects.some(({ kind }) => kind !== 'login');

/** What is put into storage once more, at the same address, is what lies there already. */
function effectsIn(journal: readonly Entry[]): number {
	const stored = new Set(journal.filter(({ service }) => service.endsWith('-storage')).flatMap(({ effects }) => effects.map(({ kind, id }) => `${kind} ${id}`)));
	const made = journal.filter(({ service }) => !service.endsWith('-storage')).flatMap(({ effects }) => effects).filter(({ kind }) => kind !== 'login');
	return stored.size + made.length;
}

function placeOf(entry: Entry, journal: readonly Entry[]): Pick<Target, 'method' | 'path' | 'skip'> {
	const { method, path } = entry;
	return { method, path, skip: journal.slice(0, journal.indexOf(entry)).filter((one) => one.method === method && one.path === path).length };
}

function nameOf({ subject: { node, key }, part }: Target): string {
	return `${node} ${key}${part === 'main' ? '' : ` (${part})`}`;
}

const textOf = ({ error }: NodeRun): string => (error ? `${error.message} | ${error.description ?? ''}` : '');
const short = (value: unknown): string => JSON.stringify(value)?.slice(0, 200) ?? '';

/** Rejections that nobody handles, of all runs of this process. */
export function watchRejections(): { readonly seen: string[]; stop: () => void } {
	const seen: string[] = [];
	const note = (error: unknown) => void seen.push(String(error));
	process.on('unhandledRejection', note);
	return { seen, stop: () => void process.off('unhandledRejection', note) };
}

async function later(ms: number): Promise<undefined> {
	return await new Promise((resolve) => void setTimeout(() => resolve(undefined), ms).unref());
}

/** The targets of all operations; the log-in is struck in one operation of each node that has one. */
export async function targetsOf(engine: Engine, stands: readonly Stand[], wanted: (subject: Subject) => boolean): Promise<Target[]> {
	const chosen = subjects(engine).all.filter(wanted);
	const first = new Map<string, Subject>();
	for (const subject of chosen) if (!first.has(subject.node) && !subject.sample.sessionless) first.set(subject.node, subject);
	const found = await spread(stands, chosen, async (stand, subject) => await stand.targetsOf(subject, first.get(subject.node) === subject));
	return found.flat();
}

/** One fault, or one failing handshake, on one target. */
export type Case = { readonly target: Target } & ({ readonly fault: Fault } | { readonly door: string });

/** All cases; what seems to hang, or was not reached, on a busy machine is tried once more by itself before it is believed. */
export async function examine(stands: readonly Stand[], cases: readonly Case[], tell: (done: number) => void = () => undefined): Promise<Verdict[]> {
	let done = 0;
	const tryOut = async (stand: Stand, one: Case) => ('fault' in one ? await stand.strike(one.target, one.fault) : await stand.knock(one.target, one.door));
	const verdicts = await spread(stands, cases, async (stand, one) => {
		const verdict = await tryOut(stand, one);
		tell(++done);
		return verdict;
	});
	const [alone] = stands;
	if (!alone) throw new Error('There is no stand');
	for (const [i, { struck, findings }] of verdicts.entries()) {
		const one = cases[i];
		if (one && (!struck || findings.some(({ harm }) => harm === 'hang'))) verdicts[i] = await tryOut(alone, one);
	}
	return verdicts;
}

/** All jobs, each on a stand that is free; results in the order of the jobs. */
export async function spread<J, R>(stands: readonly Stand[], jobs: readonly J[], work: (stand: Stand, job: J) => Promise<R>): Promise<R[]> {
	const results: R[] = [];
	let next = 0;
	await Promise.all(
		stands.map(async (stand) => {
			for (let i = next++; i < jobs.length; i = next++) results[i] = await work(stand, jobs[i] as J);
		}),
	);
	return results;
}
