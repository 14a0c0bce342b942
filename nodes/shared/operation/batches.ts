import type { Failure } from '../answer/failure';
import type { Result } from '../answer/result';
import type { Ready } from './operation';

/** What a stranger would see first of a failed item that was never begun. */
const NOT_STARTED: Failure = { reason: 'stopped', message: 'The item was not begun' };

/** Items that are to be carried out at once. */
export interface Planned {
	readonly items: number[];
	/** What is to be carried out, or why it can't be. */
	readonly work: Result<[Ready, ...Ready[]]>;
}

/** Puts the items together that are carried out at once; batches are in the order of their first items. */
export function toBatches(prepared: ReadonlyArray<Result<Ready> | undefined>): Planned[] {
	const planned: Planned[] = [];
	const open = new Map<string, { readonly items: number[]; readonly batch: Ready[] }>();
	prepared.forEach((result, i) => {
		if (!result || 'failure' in result) {
			planned.push({ items: [i], work: { failure: result?.failure ?? NOT_STARTED } });
			return;
		}
		const ready = result.value;
		const key = ready.batch === undefined ? `item ${i}` : `${ready.call.client.account} ${ready.batch}`;
		const known = open.get(key);
		if (known) {
			known.items.push(i);
			known.batch.push(ready);
			return;
		}
		const items = [i];
		const batch: [Ready, ...Ready[]] = [ready];
		open.set(key, { items, batch });
		planned.push({ items, work: { value: batch } });
	});
	return planned;
}
