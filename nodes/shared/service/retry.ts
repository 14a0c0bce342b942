import type { Outcome } from '../answer/outcome';

/** What an operation does to the service: decides whether a request may be repeated. */
export type Effect = 'read' | 'write' | 'delete';

export interface RetryState {
	readonly effect: Effect;
	/** How often the request was sent so far. */
	readonly attempt: number;
	/** How long it has waited so far, in ms. */
	readonly waitedMs: number;
	/** A number from 0 to 1, so that many waiting requests don't come back at once. */
	readonly random: number;
}

const MOST_ATTEMPTS = { throttled: 12, failed: 4 };
const FIRST_DELAY_MS = 400;
const LONGEST_DELAY_MS = 16_000;
/** A request never waits longer than this in all; a service that asks for more is told to the user at once. */
export const LONGEST_WAIT_MS = 300_000;

/**
 * How long to wait before sending a request again, in ms; `undefined` when it must not be repeated.
 * A write is repeated only if it is sure that it was not carried out, because it never reached the service or the service itself asks to
 * come back: its effect may be there already.
 */
export function retryDelayMs(outcome: Outcome, state: RetryState): number | undefined {
	if (outcome.type !== 'throttled' && outcome.type !== 'failed') return undefined;
	if (state.attempt >= MOST_ATTEMPTS[outcome.type]) return undefined;
	if (outcome.type === 'failed' && !outcome.transient) return undefined;
	if (outcome.fate === 'unknown' && state.effect !== 'read') return undefined;
	const asked = outcome.type === 'throttled' ? outcome.afterMs : undefined;
	// "At once" is taken at its word once only: a service that says so again and again would be sent all attempts in a row.
	const delay = asked === undefined || (asked === 0 && state.attempt > 1) ? backoffMs(state) : asked;
	return state.waitedMs + delay > LONGEST_WAIT_MS ? undefined : delay;
}

function backoffMs({ attempt, random }: RetryState): number {
	const ceiling = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempt - 1));
	return ceiling / 2 + (random * ceiling) / 2;
}
