import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { Call, type Execution } from './call';
import { Client, DEFAULT_TIMEOUT_MS } from './client';
import { connectionFor } from './connection';
import type { Operation, Output, Vendor } from './define';
import { toErrorItem, toFailure, toNodeError } from './errors';
import { fail, type Failure } from './failure';
import { Limiter } from './limiter';
import { assertRunning } from './wait';

/** Reads are worked on in parallel as far as a service bears it; more than this brings next to nothing. */
const READS_AT_ONCE = 5;

type Result<T> = { readonly value: T } | { readonly failure: Failure };

/**
 * Runs the chosen operation for all incoming items: the only item loop of the package. Items come out in the order they came in,
 * each linked to its input; failed ones as the node's setting 'On Error' wants it.
 * @throws NodeApiError | NodeOperationError in the mode 'Stop Workflow' only: under the others n8n would take a throw for a success
 */
export async function runNode(context: IExecuteFunctions, vendor: Vendor): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	if (items.length === 0) return [[]];
	const stopAtFailure = !context.continueOnFail();
	const started = attempt(() => start(context, vendor));
	if ('failure' in started) {
		if (stopAtFailure) throw toNodeError(context.getNode(), started.failure, 0);
		return [items.map((_, i) => toErrorItem(started.failure, i))];
	}
	const execution = started.value;
	const inOrder = async <T>(work: (i: number) => Promise<T>): Promise<Array<Result<T> | undefined>> =>
		await mapInOrder(items.length, execution.parallel, stopAtFailure, work);

	const prepared = await inOrder(async (i) => await prepare(context, vendor, execution, i));
	if (stopAtFailure) throwFirst(context, prepared, () => (execution.operation.effect === 'read' ? '' : 'Nothing was sent: all items are checked first'));
	const results = await inOrder(async (i) => {
		const ready = prepared[i];
		if (!ready || 'failure' in ready) return fail(ready?.failure ?? NOT_STARTED);
		return await ready.value();
	});
	if (stopAtFailure) throwFirst(context, results, () => (execution.operation.effect === 'read' ? '' : progress(results)));

	tell(context, execution, results);
	return [toItems(results)];
}

/** What a stranger would see first of a failed item that was never begun. */
const NOT_STARTED: Failure = { reason: 'stopped', message: 'The item was not begun' };

function start(context: IExecuteFunctions, vendor: Vendor): Execution {
	const operation = operationOf(context, vendor);
	const asked = Number(context.getNodeParameter('options.parallelRequests', 0, 0));
	const usual = operation.parallel ?? (operation.effect === 'read' ? READS_AT_ONCE : 1);
	const parallel = Math.max(1, Math.min(asked > 0 ? Math.floor(asked) : usual, vendor.limits.inFlight));
	return {
		operation,
		parallel,
		signal: context.getExecutionCancelSignal(),
		limiter: new Limiter({ inFlight: parallel }),
		refused: new Map(),
		timeoutMs: Number(context.getNodeParameter('options.timeout', 0, 0)) || DEFAULT_TIMEOUT_MS,
		shared: new Map(),
		turns: new Map(),
		notes: new Set(),
	};
}

function operationOf(context: IExecuteFunctions, vendor: Vendor): Operation {
	const chosen = ['resource', 'operation'].map((name) => String(context.getNodeParameter(name, 0, '')));
	const resource = vendor.resources.find(({ value }) => value === chosen[0]);
	const operation = resource?.operations.find(({ value }) => value === chosen[1]);
	return (
		operation ??
		fail({
			reason: 'invalid input',
			message: `The operation "${chosen[1]}" of "${chosen[0]}" is not known`,
			fix: 'Pick a resource and an operation from the lists',
			parameter: 'Operation',
		})
	);
}

async function prepare(
	context: IExecuteFunctions,
	vendor: Vendor,
	execution: Execution,
	itemIndex: number,
): Promise<() => Promise<readonly Output[]>> {
	assertRunning(execution.signal);
	const client = await Client.open(context, vendor, connectionFor(context, vendor), execution, itemIndex);
	const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
		const result = await attemptAsync(work, (text) => client.shown(text));
		return 'value' in result ? result.value : fail(result.failure);
	};
	const call = new Call(context, execution, client, itemIndex);
	const run = await guarded(async () => await execution.operation.prepare(call));
	return async () => {
		assertRunning(execution.signal);
		return await guarded(run);
	};
}

/** Works on many items, `width` at a time, and begins no further one after a failure if so wanted. */
async function mapInOrder<T>(
	count: number,
	width: number,
	stopAtFailure: boolean,
	work: (i: number) => Promise<T>,
): Promise<Array<Result<T> | undefined>> {
	const results = new Array<Result<T> | undefined>(count).fill(undefined);
	let next = 0;
	const worker = async (): Promise<void> => {
		while (next < count) {
			const i = next++;
			const result = await attemptAsync(async () => await work(i));
			results[i] = result;
			if (stopAtFailure && 'failure' in result) next = count;
		}
	};
	await Promise.all(Array.from({ length: Math.min(width, count) }, worker));
	return results;
}

function throwFirst(context: IExecuteFunctions, results: Array<Result<unknown> | undefined>, more: () => string): void {
	const i = results.findIndex((result) => result && 'failure' in result);
	const result = results[i];
	if (result && 'failure' in result) throw toNodeError(context.getNode(), result.failure, i, more());
}

/** What a person must know before running the rest again. */
function progress(results: Array<Result<unknown> | undefined>): string {
	const done = results.filter((result) => result && 'value' in result).length;
	const failed = results.filter((result) => result && 'failure' in result).length;
	const left = results.length - done - failed;
	return results.length === 1 ? '' : `Of ${results.length} items, ${done} were carried out, ${failed} failed and ${left} were not begun`;
}

function tell(context: IExecuteFunctions, { notes }: Execution, results: Array<Result<unknown> | undefined>): void {
	const failures = results.flatMap((result) => (result && 'failure' in result ? [result.failure] : []));
	const counts = new Map<string, number>();
	for (const { reason } of failures) counts.set(reason, (counts.get(reason) ?? 0) + 1);
	const reasons = [...counts].map(([reason, count]) => `${count} ${reason}`).join(', ');
	const summary = failures.length > 0 ? [`${failures.length} of ${results.length} items failed: ${reasons}`] : [];
	for (const message of [...summary, ...notes]) context.addExecutionHints({ message, location: 'outputPane' });
}

function toItems(results: Array<Result<readonly Output[]> | undefined>): INodeExecutionData[] {
	const items: INodeExecutionData[] = [];
	results.forEach((result, item) => {
		if (!result) return;
		if ('failure' in result) items.push(toErrorItem(result.failure, item));
		else for (const output of result.value) items.push({ ...output, pairedItem: { item } });
	});
	return items;
}

const asIs = (text: string): string => text;

function attempt<T>(work: () => T): Result<T> {
	try {
		return { value: work() };
	} catch (error) {
		return { failure: toFailure(error, asIs) };
	}
}

async function attemptAsync<T>(work: () => Promise<T>, show = asIs): Promise<Result<T>> {
	try {
		return { value: await work() };
	} catch (error) {
		return { failure: toFailure(error, show) };
	}
}
