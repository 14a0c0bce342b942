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
	/** Whether they were only looked at. */
	readonly previewed?: true;
}

const MOST_RANGES = 20;

/** What a person must know before running the rest again. */
export function progress(settled: readonly Settled[], count: number): string {
	if (count === 1) return '';
	const sum = (countOf: (settled: Settled) => number): number => settled.reduce((total, one) => total + countOf(one), 0);
	const [done, failed, unclear, previewed] = [sum(doneIn), sum(failedIn), sum(unclearIn), sum(previewedIn)];
	const open = count - done - failed - unclear - previewed;
	const rest = `${unclear > 0 ? `, ${unclear} may have been carried out` : ''}${previewed > 0 ? `, ${previewed} were previewed` : ''}`;
	return `Of ${count} items, ${done} were carried out${whichOf(settled)}, ${failed} failed${rest} and ${open} were not begun`;
}

/** Which items are done, where these are not simply the first ones: others may have been under way when one failed. */
function whichOf(settled: readonly Settled[]): string {
	const done = settled.flatMap(itemsDone).sort((a, b) => a - b);
	const last = done.at(-1) ?? -1;
	const wellUpToThere = [...done, ...settled.flatMap(itemsPreviewed)].filter((item) => item <= last);
	if (wellUpToThere.length > last) return '';
	const shown = rangesOf(done).map(([first, last]) => (first === last ? `${first}` : `${first} to ${last}`));
	return ` (items ${shown.slice(0, MOST_RANGES).join(', ')}${shown.length > MOST_RANGES ? ' and others' : ''})`;
}

/** Numbers in a row as their first and last. @param numbers in order */
function rangesOf(numbers: readonly number[]): Array<[number, number]> {
	const ranges: Array<[number, number]> = [];
	for (const number of numbers) {
		const range = ranges.at(-1);
		if (range && range[1] === number - 1) range[1] = number;
		else ranges.push([number, number]);
	}
	return ranges;
}

function previewedIn(settled: Settled): number {
	return itemsPreviewed(settled).length;
}

function itemsPreviewed({ items, result, previewed }: Settled): readonly number[] {
	return previewed && result && 'value' in result ? items : [];
}

function doneIn(settled: Settled): number {
	return itemsDone(settled).length;
}

function itemsDone({ items, result, previewed }: Settled): readonly number[] {
	if (!result || (previewed && 'value' in result)) return [];
	return 'value' in result ? items : (result.failure.done?.items ?? []);
}

function failedIn(settled: Settled): number {
	const { items, result } = settled;
	if (!result || 'value' in result) return 0;
	return result.failure.parts && !result.failure.done ? new Set(rejectedIn(settled)).size : items.length - doneIn(settled);
}

/** Items of a batch that nothing is said of, although the batch was carried out in part. */
function unclearIn(settled: Settled): number {
	return settled.result ? settled.items.length - doneIn(settled) - failedIn(settled) - previewedIn(settled) : 0;
}

/** The items of which it is known that they failed: a part that belongs to several doesn't tell which. */
function rejectedIn(settled: Settled): number[] {
	return failuresOf(settled).flatMap(({ items }) => (items.length === 1 ? items : []));
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
	const done = result && 'failure' in result ? result.failure.done : undefined;
	const shown = done?.json ? done.items : [];
	const carriedOut = shown.map((item) => ({ item, output: toItem({ json: { ...done?.json } }, [item]) }));
	const failed = failuresOf(settled).map((part) => ({ item: part.items[0] ?? 0, output: toErrorItem(part.failure, part.items) }));
	return [...carriedOut, ...failed].sort((a, b) => a.item - b.item).map(({ output }) => output);
}

/** Written out, not spread: V8 gives a spread object three times the memory, and lists are long. */
function toItem({ json, binary }: Output, items: readonly number[]): INodeExecutionData {
	const pairedItem = pairedWith(items);
	return binary ? { json, binary, pairedItem } : { json, pairedItem };
}
