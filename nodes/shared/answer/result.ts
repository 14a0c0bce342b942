import { toFailure } from './errors';
import type { Failure } from './failure';

/** What came of some work, as a value. */
export type Result<T> = { readonly value: T } | { readonly failure: Failure };

/** Works on many things, `width` at a time, and begins no further one after a failure if so wanted. */
export async function mapInOrder<In, Out>(
	list: readonly In[],
	width: number,
	stopAtFailure: boolean,
	work: (entry: In) => Promise<Out>,
): Promise<Array<Result<Out> | undefined>> {
	const results = new Array<Result<Out> | undefined>(list.length).fill(undefined);
	const left = list.entries();
	let stopped = false;
	const worker = async (): Promise<void> => {
		while (!stopped) {
			const next = left.next();
			if (next.done) return;
			const [i, entry] = next.value;
			const result = await attemptAsync(async () => await work(entry));
			results[i] = result;
			if (stopAtFailure && 'failure' in result) stopped = true;
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
