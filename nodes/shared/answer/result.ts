import { toFailure } from './errors';
import type { Failure } from './failure';

/** What came of some work, as a value. */
export type Result<T> = { readonly value: T } | { readonly failure: Failure };

/** Of what was left alone because something else had failed. Nobody sees it: the other failure is told. */
export const NOT_BEGUN: Failure = { reason: 'not begun', message: 'The item was not begun' };

/** Where no further work is begun after a failure: whether that point is reached. What is under way is finished. */
export interface Halt {
	reached: boolean;
}

/**
 * Works on many things, `width` at a time, begun in their order.
 * @param halt left out where the others go on after a failure
 */
export async function mapInOrder<In, Out>(
	list: readonly In[],
	width: number,
	halt: Halt | undefined,
	work: (entry: In) => Promise<Out>,
): Promise<Array<Result<Out> | undefined>> {
	const results = new Array<Result<Out> | undefined>(list.length).fill(undefined);
	const left = list.entries();
	const worker = async (): Promise<void> => {
		while (!halt?.reached) {
			const next = left.next();
			if (next.done) return;
			const [i, entry] = next.value;
			const result = await attemptAsync(async () => await work(entry));
			results[i] = result;
			if (halt && 'failure' in result) halt.reached = true;
		}
	};
	await Promise.all(Array.from({ length: Math.min(width, list.length) }, worker));
	return results;
}

const asIs = (text: string): string => text;

/** Does the work, whatever it throws. */
export function attempt<T>(work: () => T): Result<T> {
	try {
		return { value: work() };
	} catch (error) {
		return { failure: toFailure(error, asIs) };
	}
}

/**
 * Does the work, whatever it throws.
 * @param show takes the secrets out of what is thrown
 */
export async function attemptAsync<T>(work: () => Promise<T>, show = asIs): Promise<Result<T>> {
	try {
		return { value: await work() };
	} catch (error) {
		return { failure: toFailure(error, show) };
	}
}
