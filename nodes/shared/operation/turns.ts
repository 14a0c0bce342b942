import { Limiter } from '../service/limiter';

/** Who works on what in this process, and who waits for it: all executions share it. */
const turns = new Map<string, Limiter>();

const MOST_ENDS = 1000;
/** When work on something ended last, oldest first, in ms by the clock that nobody sets. */
const ends = new Map<string, number>();
/** Of what ended before, nothing is known any more. */
let knownSince = 0;

/**
 * Does the work once nobody else works on the same thing, in the order of asking.
 * @param key what is worked on, and with which account
 * @throws Stopped when the execution is stopped while it waits; and whatever the work throws
 */
export async function inTurn<T>(key: string, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
	const turn = turns.get(key) ?? new Limiter({ inFlight: 1 });
	turns.set(key, turn);
	await turn.acquire(signal);
	try {
		return await work();
	} finally {
		noteEnd(key);
		turn.release();
		if (turn.idle) turns.delete(key);
	}
}

/**
 * Whether nobody in this process has finished work on something since then, so that what was read at that time still stands as far as this
 * process goes. To be asked in turn.
 * @param since by `performance.now()`, in ms
 */
export function isUntouched(key: string, since: number): boolean {
	return (ends.get(key) ?? knownSince) < since;
}

function noteEnd(key: string): void {
	ends.delete(key);
	ends.set(key, performance.now());
	const [oldest] = ends;
	if (ends.size <= MOST_ENDS || oldest === undefined) return;
	ends.delete(oldest[0]);
	knownSince = oldest[1];
}
