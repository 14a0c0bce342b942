import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { pairedWith, toErrorItem } from '../answer/errors';
import type { FailurePart } from '../answer/failure';
import type { Result } from '../answer/result';
import type { Execution } from './call';
import type { Output } from './output';

/** What became of the items that were carried out together; of most operations it is one item. */
export interface Settled {
	/** Positions among the incoming items. */
	readonly items: readonly number[];
	/** Nothing, when they were not begun. */
	readonly result?: Result<readonly Output[]>;
}

/** What a person must know before running the rest again. */
export function progress(settled: readonly Settled[], count: number): string {
	const sum = (which: (result: Settled['result']) => boolean): number =>
		settled.filter(({ result }) => which(result)).reduce((total, { items }) => total + items.length, 0);
	const done = sum((result) => result !== undefined && 'value' in result);
	const failed = sum((result) => result !== undefined && 'failure' in result);
	return count === 1 ? '' : `Of ${count} items, ${done} were carried out, ${failed} failed and ${count - done - failed} were not begun`;
}

/** Says in the output pane how many items failed and why, and what else there is to remark. */
export function tell(context: IExecuteFunctions, { notes }: Execution, settled: readonly Settled[], count: number): void {
	const parts = settled.flatMap(failuresOf);
	const failed = new Set(parts.flatMap(({ items }) => items)).size;
	const reasons = [...new Set(parts.map(({ failure }) => failure.reason))].map((reason) => {
		const items = parts.filter(({ failure }) => failure.reason === reason).flatMap((part) => part.items);
		return `${new Set(items).size} ${reason}`;
	});
	const summary = failed > 0 ? [`${failed} of ${count} items failed: ${reasons.join(', ')}`] : [];
	// n8n has them from 1.81 on.
	if (!('addExecutionHints' in context)) return;
	for (const message of [...summary, ...notes]) context.addExecutionHints({ message, location: 'outputPane' });
}

/** The failures of a batch, item by item as far as that can be told. */
function failuresOf({ items, result }: Settled): readonly FailurePart[] {
	if (!result || 'value' in result) return [];
	return result.failure.parts ?? [{ failure: result.failure, items }];
}

/** The output items of what was carried out together, or of its failures. */
export function toItems(settled: Settled): INodeExecutionData[] {
	const { items, result } = settled;
	if (result && 'value' in result) return result.value.map((output) => toItem(output, items));
	return failuresOf(settled).map((part) => toErrorItem(part.failure, part.items));
}

/** Written out, not spread: V8 gives a spread object three times the memory, and lists are long. */
function toItem({ json, binary }: Output, items: readonly number[]): INodeExecutionData {
	const pairedItem = pairedWith(items);
	return binary ? { json, binary, pairedItem } : { json, pairedItem };
}
