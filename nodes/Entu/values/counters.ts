import type { Call } from '../../shared/operation/call';
import type { PropertyValue } from '../wire/entities';

/**
 * Does work that writes these values. Entu counts without a lock (entu.md §4.3): of two requests at once both could get the same number. Who
 * writes to counters waits for the others, so that numbers come in the order of the items.
 * @throws whatever the work throws, and what `Call.inTurn` throws
 */
export async function inOrderOfNumbers<T>(call: Call, values: readonly PropertyValue[], work: () => Promise<T>): Promise<T> {
	return values.some(({ counter }) => counter !== undefined) ? await call.inTurn('counters', work) : await work();
}
