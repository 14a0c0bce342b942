import { Limiter } from '../service/limiter';

/** Who works on what in this process, and who waits for it: all executions share it. */
const turns = new Map<string, Limiter>();

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
		turn.release();
		if (turn.idle) turns.delete(key);
	}
}
