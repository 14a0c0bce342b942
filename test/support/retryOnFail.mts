/**
 * n8n's setting 'Retry On Fail' runs a whole node again, with all its items. Here a node runs so, with one item in trouble, and the
 * sandbox's journal tells how often each change was made.
 */
import type { INodeExecutionData, OnError } from 'n8n-workflow';
import type { Control, Entry } from '../../sandbox/client.mts';

export const troubles = ['refused', 'lost'] as const;
export const positions = ['first', 'middle', 'last'] as const;
export const modes = ['stop', 'continue', 'error output'] as const;

/** One item of three is refused once before its effect, or its answer is lost once after it. */
export interface RetryCase {
	readonly trouble: (typeof troubles)[number];
	readonly position: (typeof positions)[number];
	readonly mode: (typeof modes)[number];
}

/** An operation, and where it is run: on the engine of the tests, or in a whole n8n. */
export interface Retried {
	readonly control: Control;
	readonly service: string;
	/** Puts the service back to its first state. */
	fresh(): Promise<unknown>;
	/** Runs it on three items. With `maxTries` the setting is on, without a wait to speak of between the tries. */
	run(trial: { onError?: OnError; maxTries?: number }): Promise<RetriedRun>;
}

export interface RetriedRun {
	readonly outputs: readonly INodeExecutionData[][];
	/** What ended it. */
	readonly error?: { readonly message: string; readonly description?: string | null };
}

/** How an operation goes without trouble. */
export interface UsualRun {
	/** For each item the request that makes its change. */
	readonly targets: ReadonlyArray<{ method: string; path: string; skip: number; service: string }>;
	readonly journal: readonly Entry[];
}

export const retryCases: readonly RetryCase[] = troubles.flatMap((trouble) =>
	positions.flatMap((position) => modes.map((mode) => ({ trouble, position, mode }))),
);

const SHARE = 2;

/** The share of an operation, by its number: the same cases at every run, so that all cases and all operations have their turn. */
export function casesOf(operation: number): RetryCase[] {
	return Array.from({ length: SHARE }, (_, i) => retryCases[(operation * 5 + i * 7) % retryCases.length] as RetryCase);
}

const TRIES = 3;
const onError: Record<RetryCase['mode'], OnError | undefined> = { stop: undefined, continue: 'continueRegularOutput', 'error output': 'continueErrorOutput' };

export const nameOf = ({ trouble, position, mode }: RetryCase): string => `${position} item ${trouble}, ${mode}`;

/** Runs an operation on its three items; `undefined` for one that changes nothing. */
export async function usualRun(operation: Retried): Promise<UsualRun | undefined> {
	await operation.fresh();
	await operation.run({});
	const journal = await wholeJournal(operation);
	const targets = journal.filter(hasEffect).map((entry) => {
		const before = journal.slice(0, journal.indexOf(entry));
		return { method: entry.method, path: entry.path, service: entry.service, skip: before.filter(({ method, path }) => method === entry.method && path === entry.path).length };
	});
	return targets.length > 0 ? { targets, journal } : undefined;
}

/** What is wrong when n8n runs the operation again because of one item in trouble; empty when nothing is. */
export async function flawsOf(operation: Retried, usual: UsualRun, one: RetryCase): Promise<string[]> {
	// An item may need several changes (a file is announced, then sent), and several items may be under way: what is struck is like the first change.
	const [begun] = usual.targets;
	const alike = usual.targets.filter(({ method, service }) => method === begun?.method && service === begun.service);
	const perItem = Math.max(1, Math.floor(alike.length / 3));
	const target = alike[Math.min(positions.indexOf(one.position) * perItem, alike.length - 1)];
	if (!target) throw new Error('It changes nothing');
	const { method, path, skip, service } = target;
	await operation.fresh();
	await operation.control.fault({
		service,
		method,
		path: `^${path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`,
		skip,
		fault: one.trouble === 'refused' ? { type: 'status', status: 400 } : { type: 'reset', when: 'after' },
	});
	const run = await operation.run({ onError: onError[one.mode], maxTries: TRIES });
	const struck = (await operation.control.faults()).some(({ fired }) => fired > 0);
	const journal = await wholeJournal(operation);
	return [...(struck ? [] : ['nothing was sent to that item']), ...madeTwice(usual.journal, journal), ...untold(usual, one, run, journal)];
}

/** Every change at most as often as without trouble: in all, by kind, and by what was sent. */
function madeTwice(usual: readonly Entry[], journal: readonly Entry[]): string[] {
	return [kindsIn, requestsIn].flatMap((count) => {
		const before = count(usual);
		const more = [...count(journal)].filter(([name, times]) => before.has(name) && times > (before.get(name) ?? 0));
		return more.map(([name, times]) => `${name}: ${times} times in place of ${before.get(name)}`);
	});
}

function untold({ journal: usual }: UsualRun, { trouble, position, mode }: RetryCase, run: RetriedRun, journal: readonly Entry[]): string[] {
	const failed = run.outputs.flat().filter(({ json }) => 'error' in json && 'message' in json);
	const said = [run.error?.message, run.error?.description, ...failed.map(({ json }) => JSON.stringify(json))].join(' ');
	if (trouble === 'lost') return /may have been carried out|values are written/.test(said) ? [] : ['the item that may have been carried out is not told of'];
	// The engine tries again after an error, and where the first item of the first output is one.
	const healed = mode === 'stop' || position === 'first';
	if (!healed) return failed.length > 0 ? [] : ['the refused item is not told of'];
	if (run.error ?? failed[0]) return [`not healed by the next try: ${said.slice(0, 120)}`];
	return total(journal) === total(usual) ? [] : [`${total(journal)} effects in place of ${total(usual)}`];
}

const hasEffect = ({ effects }: Entry) => effects.some(({ kind }) => kind !== 'login');
const total = (journal: readonly Entry[]) => [...kindsIn(journal).values()].reduce((sum, times) => sum + times, 0);

function kindsIn(journal: readonly Entry[]): Map<string, number> {
	return counted(journal.flatMap(({ effects }) => effects.map(({ kind }) => kind).filter((kind) => kind !== 'login')));
}

function requestsIn(journal: readonly Entry[]): Map<string, number> {
	return counted(journal.filter(hasEffect).map(({ method, path, query, body }) => [method, path, JSON.stringify(query), JSON.stringify(body)].join(' ')));
}

function counted(names: readonly string[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
	return counts;
}

async function wholeJournal({ control, service }: Retried): Promise<Entry[]> {
	const journals = [await control.journal(service), await control.journal(`${service}-storage`)];
	return journals.flat().sort((a, b) => a.n - b.n);
}
