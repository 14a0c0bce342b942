import { sleep } from 'n8n-workflow';

import { assertRunning } from './wait';

/** How long work may keep the process from everything else, in ms. */
const LONGEST_SLICE_MS = 50;

/** Work that can be interrupted wherever it yields; it should do so every few ms. */
export type Sliced<T> = Generator<undefined, T>;

/**
 * Does long work bit by bit: other executions go on meanwhile, and the user can stop this one.
 * @returns what the work returns
 * @throws Stopped when the execution was stopped; and whatever the work throws
 */
export async function inSlices<T>(work: Sliced<T>, signal: AbortSignal | undefined): Promise<T> {
	let since = performance.now();
	for (let step = work.next(); ; step = work.next()) {
		if (step.done) return step.value;
		if (performance.now() - since < LONGEST_SLICE_MS) continue;
		await sleep(0);
		assertRunning(signal);
		since = performance.now();
	}
}

/** Does the work at once, for what is known to be short. @throws whatever the work throws */
export function atOnce<T>(work: Sliced<T>): T {
	for (let step = work.next(); ; step = work.next()) {
		if (step.done) return step.value;
	}
}
