/** What all measures share: what a measure is, and what its contestants have at hand in a process of their own. */
import type { Control } from '../sandbox/client.mts';
import { createEngine, type Engine, type NodeRun } from '../test/support/engine.mts';

/** Numbers by name. A name that ends in `ms` holds milliseconds, one in `us` microseconds, one in `bytes` bytes. */
export type Figures = Readonly<Record<string, number>>;

/** Figures of all runs, by contestant. */
export type Runs = Readonly<Record<string, readonly Figures[]>>;

/** One way of doing the work. Runs in a fresh process, prepares, warms up, does the work once and checks what came of it. */
export type Contestant = (lab: Lab) => Promise<Figures>;

/** A line that a contestant must reach. */
export interface Bar {
	readonly what: string;
	readonly measured: number;
	readonly atLeast?: number;
	readonly atMost?: number;
	readonly unit: 'times' | 'bytes' | 'count' | 'ms' | 'us';
}

/** A curve for the eye, beside the table. */
export interface Plot {
	readonly title: string;
	/** What stands on the axes. */
	readonly x: string;
	readonly y: string;
	/** Label on the axis and value. */
	readonly points: ReadonlyArray<readonly [string, number]>;
}

export interface Measure {
	/** What is done, in one line. */
	readonly title: string;
	/** Which figures the table shows, with their headings. */
	readonly columns: Readonly<Record<string, string>>;
	/** In the order of the table. Each run begins with another one. */
	readonly contestants: Readonly<Record<string, Contestant>>;
	/** Brings a fresh sandbox into the state that the measure wants: once before all runs. */
	readonly prepare?: (control: Control) => Promise<void>;
	/** For a measure that takes minutes: no more runs than these, however many are wanted. */
	readonly mostRuns?: number;
	readonly plots?: (runs: Runs) => Plot[];
	readonly bars: (runs: Runs) => Bar[];
}

/** Where the sandbox answers. */
export interface Addresses {
	readonly url: string;
	readonly storageUrl: string;
}

/** What a contestant works with. */
export interface Lab extends Addresses {
	readonly control: Control;
	/** n8n's engine; loaded on first use. */
	readonly engine: Engine;
	/** The memory in use now, after a garbage collection. */
	atRest(): NodeJS.MemoryUsage;
	/**
	 * Does the work while watching the clock and the memory.
	 * @param before what the memory is compared with. Default: as it stands now; where the preparation itself takes memory that the
	 * work could use again, what stood before that
	 * @returns what the work returned, and: `ms`, how long it took; `cpuMs`, how much of the processor it took; `heapBytes` and
	 * `rssBytes`, by how much the used heap and the resident memory rose at most above `before`
	 */
	measure<T>(work: () => Promise<T>, before?: NodeJS.MemoryUsage): Promise<{ readonly result: T; readonly figures: Figures }>;
}

const SAMPLE_MS = 20;

export function openLab(addresses: Addresses, control: Control): Lab & { close(): void } {
	const engine = createEngine();
	return { ...addresses, control, engine, atRest, measure, close: () => engine.close() };
}

async function measure<T>(work: () => Promise<T>, before = atRest()): Promise<{ result: T; figures: Figures }> {
	let heap = before.heapUsed;
	let rss = before.rss;
	const sample = (): void => {
		const now = process.memoryUsage();
		heap = Math.max(heap, now.heapUsed);
		rss = Math.max(rss, now.rss);
	};
	const timer = setInterval(sample, SAMPLE_MS);
	const cpuBefore = process.cpuUsage();
	const startedAt = performance.now();
	const result = await work();
	const ms = performance.now() - startedAt;
	const cpu = process.cpuUsage(cpuBefore);
	clearInterval(timer);
	sample();
	const cpuMs = (cpu.user + cpu.system) / 1000;
	return { result, figures: { ms, cpuMs, heapBytes: heap - before.heapUsed, rssBytes: rss - before.rss } };
}

function atRest(): NodeJS.MemoryUsage {
	if (!globalThis.gc) throw new Error('Start Node with --expose-gc');
	globalThis.gc();
	return process.memoryUsage();
}

/** The items of a run that must have succeeded. @throws the error of the node, or one that tells how many items are missing */
export function mustGive(run: NodeRun, items: number): NodeRun {
	if (run.error) throw run.error;
	const found = run.outputs[0]?.length ?? 0;
	if (found !== items) throw new Error(`${found} items came out in place of ${items}`);
	return run;
}

/** The middle value of a figure over all runs of a contestant. */
export function median(runs: Runs, contestant: string, figure: string): number {
	const values = valuesOf(runs, contestant, figure).sort((a, b) => a - b);
	const middle = values.length / 2;
	return ((values[Math.ceil(middle) - 1] ?? NaN) + (values[Math.floor(middle)] ?? NaN)) / 2;
}

/** The highest value of a figure over all runs of a contestant, for what must never happen. */
export function highest(runs: Runs, contestant: string, figure: string): number {
	return Math.max(...valuesOf(runs, contestant, figure));
}

/** The lowest value of a figure over all runs of a contestant, for what must always hold. */
export function lowest(runs: Runs, contestant: string, figure: string): number {
	return Math.min(...valuesOf(runs, contestant, figure));
}

function valuesOf(runs: Runs, contestant: string, figure: string): number[] {
	return (runs[contestant] ?? []).map((figures) => figures[figure] ?? NaN);
}

/** How many times as fast (or small) `contestant` is as `other`. */
export function ratio(runs: Runs, figure: string, of: string, to: string): number {
	return median(runs, of, figure) / median(runs, to, figure);
}

/** A not-a-number never passes. */
export function passes({ measured, atLeast = -Infinity, atMost = Infinity }: Bar): boolean {
	return measured >= atLeast && measured <= atMost;
}
