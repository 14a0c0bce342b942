import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { pairedWith, toErrorItem, toNodeError } from '../answer/errors';
import { fail } from '../answer/failure';
import { attempt, attemptAsync, mapInOrder, NOT_BEGUN, type Result } from '../answer/result';
import { Client } from '../service/client';
import { connectionFor } from '../service/connection';
import { Limiter } from '../service/limiter';
import type { Preview } from '../service/preview';
import { DEFAULT_TIMEOUT_MS } from '../service/request';
import type { Connection } from '../service/service';
import { assertRunning } from '../wait';
import { toBatches } from './batches';
import { Call, type Execution } from './call';
import { type Batch, choosesFields, type Operation, type Ready, usualParallel, type Vendor } from './operation';
import { record, type Output } from './output';
import { outputChoice } from './outputChoice';
import { readItemParameter } from './readParameter';
import { evened, pickFields, withJson } from './shape';
import { toAmount } from './parameters';
import { progress, tell, toItems, type Settled } from './settled';
import { isSettled, triesOf, type Tries } from './tries';
import { toSwitch } from './values';
import { isOfSavedWorkflow } from './versions';

/**
 * Runs the chosen operation for all incoming items: the only item loop of the package. Items come out in the order they came in,
 * each linked to its input; failed ones as the node's setting 'On Error' wants it.
 * @throws NodeApiError | NodeOperationError in the mode 'Stop Workflow' only: under the others n8n would take a throw for a success;
 * never as the tool of an agent
 */
export async function runNode(context: IExecuteFunctions, vendor: Vendor): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	if (items.length === 0) return [[]];
	const stopAtFailure = !context.continueOnFail() && !isTool(context);
	const started = attempt(() => start(context, vendor, stopAtFailure));
	if ('failure' in started) {
		if (stopAtFailure) throw toNodeError(context.getNode(), started.failure, 0);
		return [items.map((_, i) => toErrorItem(started.failure, [i]))];
	}
	const { operation, execution, tries } = started.value;
	const { parallel, halt } = execution;
	const changes = operation.effect !== 'read';
	const before = [...tries.settled];
	const told = (settled: readonly Settled[]): string => (changes ? progress(settled, items.length) : '');
	if (stopAtFailure) throwFirst(context, before, told(before));

	const open = openItems(items.length, before);
	const prepared = await mapInOrder(open, parallel, halt, async (i) => await prepare(context, vendor, started.value, i));
	if (stopAtFailure) throwFirst(context, prepared.map(toSettled(open)), changes && before.length === 0 ? 'Nothing was sent: all items are checked first' : told(before));
	const batches = toBatches(open, prepared);
	const results = (await mapInOrder(batches, parallel, halt, async ({ work }) => await carryOut(started.value, work))).map(begun);
	const now = batches.map(({ items: of, work }, n): Settled => ({ items: of, result: results[n], ...(isPreview(work) ? { previewed: true } : {}) }));
	for (const one of now) if (isSettled(one)) tries.settled.push(one);
	const settled = inOrder([...before, ...now]);
	if (stopAtFailure) throwFirst(context, settled, told(settled));

	tell(context, execution, settled, items.length);
	const outputs = settled.flatMap(toItems);
	return [outputs.length === 0 && isTool(context) ? [nothingFound(items.length)] : outputs];
}

/**
 * Whether an AI agent has called the node. Of what is thrown then, the model gets the message at best and an empty text from older
 * agents, but never the remedy; an item it gets whole. n8n calls the tool that it makes of a node by this name.
 */
function isTool(context: IExecuteFunctions): boolean {
	return context.getNode().type.endsWith('Tool');
}

/** Of an empty list an agent hears an empty text, which it takes for a tool that does not work. */
function nothingFound(count: number): INodeExecutionData {
	return { json: { found: 0, message: 'Nothing was found' }, pairedItem: pairedWith([...Array(count).keys()]) };
}

/** What is to be done, and with what. */
interface Job {
	readonly operation: Operation;
	readonly execution: Execution;
	readonly connection: Connection;
	readonly tries: Tries;
}

function start(context: IExecuteFunctions, vendor: Vendor, stopAtFailure: boolean): Job {
	const operation = operationOf(context, vendor);
	const connection = connectionFor(context, vendor, operation.authentications);
	const tries = triesOf(context);
	const asked = toAmount('Parallel Requests', context.getNodeParameter('options.parallelRequests', 0, 0));
	const parallel = asked ? Math.max(1, Math.min(Math.floor(asked), vendor.limits.inFlight)) : usualParallel(operation, vendor.limits, isOfSavedWorkflow(context.getNode().typeVersion));
	const execution: Execution = {
		items: context.getInputData(),
		parameter: (name, itemIndex, fallback) => readItemParameter(context, name, itemIndex, fallback),
		properties: [...operation.fields, outputChoice, ...(operation.options ?? [])],
		parallel,
		...(stopAtFailure ? { halt: { reached: false } } : {}),
		signal: context.getExecutionCancelSignal(),
		limiter: new Limiter({ inFlight: parallel }),
		refused: new Map(),
		renewed: new Map(),
		timeoutMs: toAmount('Timeout', context.getNodeParameter('options.timeout', 0, 0)) ?? operation.timeoutMs ?? DEFAULT_TIMEOUT_MS,
		statusDecides: toSwitch('Status Decides', context.getNodeParameter('options.statusDecides', 0, false)),
		shared: new Map(),
		// Who tries a workflow in the editor may have changed the service a moment ago.
		...(context.getMode() === 'manual' ? {} : { recalled: new Set<string>() }),
		notes: tries.notes,
	};
	return { operation, execution, connection, tries };
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
	{ operation, execution, connection }: Job,
	itemIndex: number,
): Promise<Ready> {
	assertRunning(execution.signal);
	const isPreview = operation.effect !== 'read' && toSwitch('Preview Only', context.getNodeParameter('options.previewOnly', itemIndex, false));
	const client = await Client.open(context, vendor, connection, execution, itemIndex, isPreview);
	const call = new Call(context, execution, client, itemIndex);
	return await checkedTwice([call], async () => {
		call.checkEntered();
		chosenFields(operation, call);
		return await operation.prepare(call);
	});
}

async function carryOut({ operation, execution }: Job, work: Result<Batch>): Promise<readonly Output[]> {
	if ('failure' in work) return fail(work.failure);
	assertRunning(execution.signal);
	const calls = work.value.map((ready) => ready.call);
	const [{ call }] = work.value;
	const run = async (): Promise<readonly Output[]> => await operation.carryOut(work.value);
	const carryOut = async (): Promise<readonly Output[]> => (operation.effect === 'read' ? await checkedTwice(calls, run) : await triedOnce(calls, run));
	if (choosesFields(operation)) return formed(operation, call, await carryOut());
	return call.client.preview ? await previewed(call, call.client.preview, carryOut) : await carryOut();
}

/** Records in the form that the user wants, as far as that is the same for all operations. */
function formed(operation: Operation, call: Call, outputs: readonly Output[]): readonly Output[] {
	const fields = chosenFields(operation, call);
	if (fields) return outputs.map((output) => withJson(output, pickFields(output.json, fields)));
	return operation.simplifies && call.isEven ? evened(outputs) : outputs;
}

/** n8n throws when it is asked for what the operation does not have. */
function chosenFields(operation: Operation, call: Call): string[] | undefined {
	return choosesFields(operation) ? call.chosenFields() : undefined;
}

/** What would be sent, in place of what would come of it. */
async function previewed(call: Call, preview: Preview, work: () => Promise<readonly Output[]>): Promise<readonly Output[]> {
	const result = await attemptAsync(work);
	if ('failure' in result && result.failure.reason !== 'previewed') return fail(result.failure);
	call.note('Preview Only is on: nothing was changed, and the items show what would be sent');
	return record(preview.toJson());
}

/** What is refused by what an execution before has asked is judged once more, by what holds now. Only for what changes nothing. */
async function checkedTwice<T>(calls: readonly Call[], work: () => Promise<T>): Promise<T> {
	const result = await guarded(calls, work);
	if ('value' in result) return result.value;
	const isOutdated = result.failure.reason === 'invalid input' && forgetLately(calls);
	return isOutdated ? await triedOnce(calls, work) : fail(result.failure);
}

/** A change that is refused may be so because of what has changed since it was asked for: that is forgotten. */
async function triedOnce<T>(calls: readonly Call[], work: () => Promise<T>): Promise<T> {
	const result = await guarded(calls, work);
	if ('value' in result) return result.value;
	forgetLately(calls);
	return fail(result.failure);
}

/** Whether anything of what items relied on was from an execution before. */
function forgetLately(calls: readonly Call[]): boolean {
	return calls.map((call) => call.forgetLately()).includes(true);
}

/** What came of some work, whatever it throws: without secrets, and with what is known of the services. */
async function guarded<T>(calls: readonly Call[], work: () => Promise<T>): Promise<Result<T>> {
	const clients = calls.map(({ client }) => client);
	const result = await attemptAsync(work, (text) => clients.reduce((shown, client) => client.shown(shown), text));
	return 'value' in result ? result : { failure: clients.reduce((failure, client) => client.told(failure), result.failure) };
}

/** What came of an item; nothing where it only waited for another one that has failed. */
function begun<T>(result: Result<T> | undefined): Result<T> | undefined {
	return result && 'failure' in result && result.failure.reason === NOT_BEGUN.reason ? undefined : result;
}

/** The items of which no try before has settled what becomes of them. */
function openItems(count: number, before: readonly Settled[]): number[] {
	const known = new Set(before.flatMap(({ items }) => items));
	return Array.from({ length: count }, (_, i) => i).filter((i) => !known.has(i));
}

function isPreview(work: Result<Batch>): boolean {
	return 'value' in work && work.value[0].call.client.preview !== undefined;
}

const toSettled = (items: readonly number[]) => (result: Result<Ready> | undefined, n: number): Settled => ({
	items: items.slice(n, n + 1),
	result: result && 'failure' in result ? result : undefined,
});

function inOrder(settled: readonly Settled[]): Settled[] {
	return [...settled].sort((a, b) => (a.items[0] ?? 0) - (b.items[0] ?? 0));
}

function throwFirst(context: IExecuteFunctions, settled: readonly Settled[], more: string): void {
	for (const { items, result } of settled) {
		if (result && 'failure' in result) throw toNodeError(context.getNode(), result.failure, items.length === 1 ? items[0] : undefined, more);
	}
}
