import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { fail, type Failure } from '../answer/failure';
import { attemptAsync, type Result } from '../answer/result';
import { fingerprint } from '../fingerprint';
import type { Change, PollEvent, PollTrigger } from './event';
import { toPollError } from './errors';
import { PollMemory } from './memory';
import { openCall, type Opened } from './open';
import { MOST_ITEMS } from './properties';
import { shapeOf } from './shape';
import { readState, storedText, storeText, writeState } from './state';

/** As long as n8n gives where it does not say, in ms. */
const USUAL_BUDGET_MS = 300_000;
/** Of the time that n8n gives: a poll that it has given up would go on, and hold the next ones up. */
const SHARE = 0.8;
const CHOICES_AGAIN = ['continue', 'now'] as const;

const inThisProcess = new PollMemory();

/**
 * Looks once for what has happened: the only poll loop of the package. Every change comes out once, oldest first, at most as many as the user
 * wants at a time. What is remembered is written once, at the end, after everything has worked.
 * @returns nothing when nothing happened; also when another poll of the same trigger is under way, and when the first poll after a start of n8n
 * fails, since n8n would then leave the trigger dead
 * @throws NodeApiError | NodeOperationError with `failure`, by which n8n decides when to poll again
 */
export async function pollTrigger(context: IPollFunctions, trigger: PollTrigger, memory = inThisProcess): Promise<INodeExecutionData[][] | null> {
	if (context.getMode() === 'manual') return valueOf(context, await attemptAsync(async () => await sample(context, trigger)));
	const isFirst = memory.isFirst(context);
	// A renamed node has no state, as n8n has it, and must not find its old one here either.
	const key = [context.getWorkflow().id, context.getNode().id, context.getNode().name].join(' ');
	if (!memory.enter(key)) return null;
	const looked = await attemptAsync(async () => await look({ context, trigger, memory, key, isFirst }));
	memory.leave(key);
	if ('failure' in looked && isFirst && isStart(context)) {
		context.logger.warn(`The first poll of "${context.getNode().name}" after the start failed; the next one tries again. ${looked.failure.message}`);
		return null;
	}
	return valueOf(context, looked);
}

/** n8n tries a trigger five times in 15 s when it starts, and never again. */
function isStart(context: IPollFunctions): boolean {
	return ['init', 'leadershipChange'].includes(context.getActivationMode());
}

interface Poll {
	readonly context: IPollFunctions;
	readonly trigger: PollTrigger;
	readonly memory: PollMemory;
	/** Tells the trigger from all others. */
	readonly key: string;
	/** Whether n8n has just begun with the trigger. */
	readonly isFirst: boolean;
}

async function look({ context, trigger, memory, key, isFirst }: Poll): Promise<INodeExecutionData[][] | null> {
	const opened = await openCall(context, trigger, AbortSignal.timeout(budgetMs(context)));
	return await opened.guarded(async ({ call, event }) => {
		const data = context.getWorkflowStaticData('node');
		const watching = fingerprint([event.value, ...(await event.watched(call)), ...opened.account]);
		const sightKey = `${key} ${watching}`;
		const stored = storedText(data);
		if (memory.isStale(key, stored)) return null;
		const startsNow = isFirst && context.getActivationMode() === 'activate' && call.optionalChoice('options.whenPublishedAgain', CHOICES_AGAIN) === 'now';
		const before = startsNow ? undefined : readState(memory.latest(sightKey, stored), watching);
		const { state, changes } = await event.watch(call).next(before, mostItems(opened));
		const items = await toItems(opened, changes);
		const text = writeState(watching, state);
		if (before === undefined) memory.keepSight(sightKey, { insteadOf: stored, text });
		storeText(data, text);
		if (items.length > 0) memory.leaveBehind(key, stored);
		return items.length > 0 ? [items] : null;
	});
}

async function sample(context: IPollFunctions, trigger: PollTrigger): Promise<INodeExecutionData[][]> {
	const opened = await openCall(context, trigger, AbortSignal.timeout(budgetMs(context)));
	return await opened.guarded(async ({ call, event }) => {
		await event.watched(call);
		const found = await event.watch(call).sample();
		return [await toItems(opened, [found ?? fail(NO_SAMPLE)])];
	});
}

async function toItems({ call, event }: Opened<PollEvent>, changes: readonly Change[]): Promise<INodeExecutionData[]> {
	const shape = shapeOf(call, event);
	const items: INodeExecutionData[] = [];
	for (const { kind, record, more } of changes) {
		const json = kind === 'removed' ? record : shape(record);
		const added = kind === 'removed' ? undefined : await event.extend?.(call, record);
		items.push({ json: { ...(event.combines ? { event: kind } : {}), ...json, ...added, ...more } });
	}
	return items;
}

/** For nothing, n8n would show nothing, as if it had not been asked. */
const NO_SAMPLE: Failure = {
	reason: 'not found',
	message: 'There is nothing yet that this event could be shown by',
	fix: 'Check what is watched. If it is right, let it happen once in the service and fetch again, or give the trigger an output of your own to build the workflow with: click "set mock data" in its output',
};

function budgetMs(context: IPollFunctions): number {
	// Not there before n8n 2.37.
	const given = (context as Partial<IPollFunctions>).getPollBudgetMs?.() ?? USUAL_BUDGET_MS;
	return Math.round(Math.min(given, USUAL_BUDGET_MS) * SHARE);
}

function mostItems({ call }: Opened<PollEvent>): number {
	return Math.max(1, Math.floor(call.number('options.mostItems', MOST_ITEMS)));
}

/** What the work has brought. @throws NodeApiError | NodeOperationError */
function valueOf<T>(context: IPollFunctions, result: Result<T>): T {
	if ('value' in result) return result.value;
	throw toPollError(context, inTime(result.failure, context));
}

/** Nobody stops a poll but its own clock. */
function inTime(failure: Failure, context: IPollFunctions): Failure {
	if (failure.reason !== 'stopped') return failure;
	return {
		reason: 'unreachable',
		message: `The poll was given up after ${Math.round(budgetMs(context) / 1000)} seconds`,
		fix: 'Nothing is lost: the next poll begins where the last complete one ended. If it goes on like this, narrow down what is watched',
	};
}
