import { NOT_BEGUN, type Result } from '../answer/result';
import type { Ready } from './operation';

/** Items that are to be carried out at once. */
export interface Planned {
	readonly items: number[];
	/** What is to be carried out, or why it can't be. */
	readonly work: Result<[Ready, ...Ready[]]>;
}

/**
 * Puts the items together that are carried out at once; batches are in the order of their first items.
 * @param positions of what is prepared, among the incoming items
 */
export function toBatches(positions: readonly number[], prepared: ReadonlyArray<Result<Ready> | undefined>): Planned[] {
	const planned: Planned[] = [];
	const open = new Map<string, { readonly items: number[]; readonly batch: Ready[] }>();
	for (const [n, i] of positions.entries()) {
		const result = prepared[n];
		if (!result || 'failure' in result) {
			planned.push({ items: [i], work: { failure: result?.failure ?? NOT_BEGUN } });
			continue;
		}
		const ready = result.value;
		const { client } = ready.call;
		const key = ready.batch === undefined ? `item ${i}` : `${client.account} ${client.preview ? 'previewed' : 'sent'} ${ready.batch}`;
		const known = open.get(key);
		if (known) {
			known.items.push(i);
			known.batch.push(ready);
			continue;
		}
		const items = [i];
		const batch: [Ready, ...Ready[]] = [ready];
		open.set(key, { items, batch });
		planned.push({ items, work: { value: batch } });
	}
	return planned;
}
