import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { Call, type Execution } from './call';
import { Client, DEFAULT_TIMEOUT_MS } from './client';
import { connectionFor } from './connection';
import type { Batch, Connection, Operation, Output, Ready, Vendor } from './define';
import { pairedWith, toErrorItem, toFailure, toNodeError } from './errors';
import { fail, type Failure, type FailurePart } from './failure';
import { Limiter } from './limiter';
import { offers } from './properties';
import { assertRunning } from './wait';

/** Reads are worked on in parallel as far as a service bears it; more than this brings next to nothing. */
const READS_AT_ONCE = 5;

type Result<T> = { readonly value: T } | { readonly failure: Failure };

/** What became of the items that were carried out together; of most operations it is one item. */
interface Settled {
	/** Positions among the incoming items. */
	readonly items: readonly number[];
	/** Nothing, when they were not begun. */
	readonly result?: Result<readonly Output[]>;
}

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
		return [items.map((_, i) => toErrorItem(started.failure, [i]))];
	}
	const { execution, connection } = started.value;
	const { operation, parallel } = execution;
	const changes = operation.effect !== 'read';

	const prepared = await mapInOrder([...items.keys()], parallel, stopAtFailure, async (i) =>
		await prepare(context, vendor, connection, execution, i),
	);
	if (stopAtFailure) throwFirst(context, prepared.map(toSettled), changes ? 'Nothing was sent: all items are checked first' : '');
	const batches = toBatches(operation, prepared);
	const results = await mapInOrder(batches, parallel, stopAtFailure, async ({ work }) => await carryOut(execution, work));
	const settled = batches.map((batch, n): Settled => ({ items: batch.items, result: results[n] }));
	if (stopAtFailure) throwFirst(context, settled, changes ? progress(settled, items.length) : '');

	tell(context, execution, settled, items.length);
	return [settled.flatMap(toItems)];
}

/** What a stranger would see first of a failed item that was never begun. */
const NOT_STARTED: Failure = { reason: 'stopped', message: 'The item was not begun' };

function start(context: IExecuteFunctions, vendor: Vendor): { execution: Execution; connection: Connection } {
	const connection = connectionFor(context, vendor);
	const operation = operationOf(context, vendor, connection);
	const asked = Number(context.getNodeParameter('options.parallelRequests', 0, 0));
	const usual = operation.parallel ?? (operation.effect === 'read' ? READS_AT_ONCE : 1);
	const parallel = Math.max(1, Math.min(asked > 0 ? Math.floor(asked) : usual, vendor.limits.inFlight));
	const execution: Execution = {
		operation,
		parallel,
		signal: context.getExecutionCancelSignal(),
		limiter: new Limiter({ inFlight: parallel }),
		refused: new Map(),
		renewed: new Map(),
		timeoutMs: Number(context.getNodeParameter('options.timeout', 0, 0)) || (operation.timeoutMs ?? DEFAULT_TIMEOUT_MS),
		shared: new Map(),
		turns: new Map(),
		notes: new Set(),
	};
	return { execution, connection };
}

function operationOf(context: IExecuteFunctions, vendor: Vendor, { authentication }: Connection): Operation {
	const chosen = ['resource', 'operation'].map((name) => String(context.getNodeParameter(name, 0, '')));
	const resource = vendor.resources.find(({ value }) => value === chosen[0]);
	const operation = resource?.operations.find(({ value }) => value === chosen[1]);
	if (operation && !offers(operation, authentication)) {
		return fail({
			reason: 'invalid input',
			message: `${operation.name} of ${resource?.name ?? ''} is not offered by the chosen authentication`,
			fix: "Pick another operation, or another 'Authentication'",
			parameter: 'Operation',
		});
	}
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
	connection: Connection,
	execution: Execution,
	itemIndex: number,
): Promise<Ready> {
	assertRunning(execution.signal);
	const client = await Client.open(context, vendor, connection, execution, itemIndex);
	const call = new Call(context, execution, client, itemIndex);
	return await guarded(client, async () => await execution.operation.prepare(call));
}

interface Planned {
	readonly items: number[];
	/** What is to be carried out, or why it can't be. */
	readonly work: Result<[Ready, ...Ready[]]>;
}

/** Puts the items together that are carried out at once; batches are in the order of their first items. */
function toBatches({ together }: Operation, prepared: ReadonlyArray<Result<Ready> | undefined>): Planned[] {
	const planned: Planned[] = [];
	const open = new Map<string, { readonly items: number[]; readonly batch: Ready[] }>();
	prepared.forEach((result, i) => {
		if (!result || 'failure' in result) {
			planned.push({ items: [i], work: { failure: result?.failure ?? NOT_STARTED } });
			return;
		}
		const ready = result.value;
		const key = together ? `${ready.call.client.account} ${together(ready)}` : `item ${i}`;
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

async function carryOut({ operation, signal }: Execution, work: Result<Batch>): Promise<readonly Output[]> {
	if ('failure' in work) return fail(work.failure);
	assertRunning(signal);
	return await guarded(work.value[0].call.client, async () => await operation.carryOut(work.value));
}

/** Takes the secrets of the client out of whatever is thrown. */
async function guarded<T>(client: Client, work: () => Promise<T>): Promise<T> {
	const result = await attemptAsync(work, (text) => client.shown(text));
	return 'value' in result ? result.value : fail(result.failure);
}

/** Works on many things, `width` at a time, and begins no further one after a failure if so wanted. */
async function mapInOrder<In, Out>(
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

const toSettled = (result: Result<Ready> | undefined, item: number): Settled =>
	result && 'failure' in result ? { items: [item], result } : { items: [item] };

function throwFirst(context: IExecuteFunctions, settled: readonly Settled[], more: string): void {
	for (const { items, result } of settled) {
		if (result && 'failure' in result) throw toNodeError(context.getNode(), result.failure, items.length === 1 ? items[0] : undefined, more);
	}
}

/** What a person must know before running the rest again. */
function progress(settled: readonly Settled[], count: number): string {
	const sum = (which: (result: Settled['result']) => boolean): number =>
		settled.filter(({ result }) => which(result)).reduce((total, { items }) => total + items.length, 0);
	const done = sum((result) => result !== undefined && 'value' in result);
	const failed = sum((result) => result !== undefined && 'failure' in result);
	return count === 1 ? '' : `Of ${count} items, ${done} were carried out, ${failed} failed and ${count - done - failed} were not begun`;
}

function tell(context: IExecuteFunctions, { notes }: Execution, settled: readonly Settled[], count: number): void {
	const parts = settled.flatMap(failuresOf);
	const failed = new Set(parts.flatMap(({ items }) => items)).size;
	const reasons = [...new Set(parts.map(({ failure }) => failure.reason))].map((reason) => {
		const items = parts.filter(({ failure }) => failure.reason === reason).flatMap((part) => part.items);
		return `${new Set(items).size} ${reason}`;
	});
	const summary = failed > 0 ? [`${failed} of ${count} items failed: ${reasons.join(', ')}`] : [];
	for (const message of [...summary, ...notes]) context.addExecutionHints({ message, location: 'outputPane' });
}

/** The failures of a batch, item by item as far as that can be told. */
function failuresOf({ items, result }: Settled): readonly FailurePart[] {
	if (!result || 'value' in result) return [];
	return result.failure.parts ?? [{ failure: result.failure, items }];
}

function toItems(settled: Settled): INodeExecutionData[] {
	const { items, result } = settled;
	if (result && 'value' in result) return result.value.map((output) => toItem(output, items));
	return failuresOf(settled).map((part) => toErrorItem(part.failure, part.items));
}

/** Written out, not spread: V8 gives a spread object three times the memory, and lists are long. */
function toItem({ json, binary }: Output, items: readonly number[]): INodeExecutionData {
	const pairedItem = pairedWith(items);
	return binary ? { json, binary, pairedItem } : { json, pairedItem };
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
