import { sleep } from 'n8n-workflow';

/** How late a wait may notice that it is pointless, in ms. */
export const LONGEST_NAP_MS = 250;

/** The execution was stopped: the work that it is thrown out of is given up. */
export class Stopped extends Error {
	readonly failure = { reason: 'stopped', message: 'The execution was stopped' } as const;

	constructor() {
		super('The execution was stopped');
		this.name = 'Stopped';
	}
}

/** Stops the current item when the execution was stopped. @throws Stopped */
export function assertRunning(signal: AbortSignal | undefined): void {
	if (signal?.aborted) throw new Stopped();
}

/**
 * Waits, unless the execution is stopped meanwhile.
 * @param ms how long, in ms
 * @throws Stopped at most 250 ms after the stop (n8n offers no timer that can be cleared)
 */
export async function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
	const until = performance.now() + ms;
	assertRunning(signal);
	for (let left = ms; left > 0; left = until - performance.now()) {
		await sleep(Math.min(left, LONGEST_NAP_MS));
		assertRunning(signal);
	}
}
