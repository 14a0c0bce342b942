import type { IDataObject, IHookFunctions, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { toNodeError } from '../answer/errors';
import { fail } from '../answer/failure';
import { attemptAsync, type Result } from '../answer/result';
import type { Call } from '../operation/call';
import type { Trigger, WebhookEvent } from './event';
import { openCall, type Opened, type TriggerContext } from './open';
import { shapeOf } from './shape';

/** What is to be registered at the service. */
export interface Registration {
	/** Where it is to call. */
	readonly url: string;
	readonly kinds: readonly string[];
	/** Name of the workflow, for people who look at the service. */
	readonly workflow: string;
}

/** What a call of the service says. */
export interface Received {
	/** ID of the record. */
	readonly id: string;
	/** What happened to it. */
	readonly kind: 'created' | 'changed';
	/** Who did it, by the ID that the service gives to accounts. */
	readonly by?: string;
}

/** A trigger that the service calls. What is registered there is found by its address: an ID that n8n has kept may be lost. */
export interface WebhookTrigger extends Trigger<WebhookEvent> {
	/** Whether exactly what is wanted is registered. Only looks. */
	readonly exists: (call: Call, wanted: Registration) => Promise<boolean>;
	/** Registers what is missing, takes over what is there, and removes what is too much of our own. @returns IDs of what is registered */
	readonly create: (call: Call, wanted: Registration) => Promise<readonly string[]>;
	/** Removes what is registered under our address, and what else was. What is gone already is done. */
	readonly remove: (call: Call, wanted: Registration, ids: readonly string[]) => Promise<void>;
	/** Reads a call; nothing for one that is not of the service. */
	readonly receive: (call: Call, body: IDataObject, kinds: readonly string[]) => Received | undefined;
	/** ID of our own account. */
	readonly ownAccount: (call: Call) => Promise<string | undefined>;
	/** The record; nothing when it is gone or out of sight. */
	readonly fetch: (call: Call, id: string) => Promise<IDataObject | undefined>;
}

/** @throws NodeApiError | NodeOperationError */
export async function checkHook(context: IHookFunctions, trigger: WebhookTrigger): Promise<boolean> {
	return valueOf(context, await attemptAsync(async () => await opened(context, trigger, async ({ call }, wanted) => await trigger.exists(call, wanted))));
}

/** @throws NodeApiError | NodeOperationError */
export async function createHook(context: IHookFunctions, trigger: WebhookTrigger): Promise<boolean> {
	const work = async (): Promise<boolean> =>
		await opened(context, trigger, async ({ call }, wanted) => {
			const ids = await trigger.create(call, wanted);
			// One text: see `state.ts`.
			context.getWorkflowStaticData('node').hooks = ids.join(' ');
			return true;
		});
	return valueOf(context, await attemptAsync(work));
}

/** @throws NodeApiError | NodeOperationError that says what is left at the service */
export async function deleteHook(context: IHookFunctions, trigger: WebhookTrigger): Promise<boolean> {
	const work = async (): Promise<boolean> =>
		await opened(context, trigger, async ({ call }, wanted) => {
			const data = context.getWorkflowStaticData('node');
			await trigger.remove(call, wanted, typeof data.hooks === 'string' ? data.hooks.split(' ').filter((id) => id !== '') : []);
			delete data.hooks;
			return true;
		});
	return valueOf(context, await attemptAsync(work));
}

/**
 * Answers a call at once, then asks for the record with the credential of the node: nothing in a call is trusted, and nothing of it comes out.
 * What is no call of the service gets 401 and starts nothing.
 */
export async function receiveCall(context: IWebhookFunctions, trigger: WebhookTrigger): Promise<IWebhookResponseData> {
	const response = context.getResponseObject();
	const begun = await attemptAsync(async () => {
		const opening = await openCall(context, trigger);
		return { opening, received: trigger.receive(opening.call, context.getBodyData(), opening.event.kinds) };
	});
	const { opening, received } = valueOf(context, begun);
	response.status(received ? 200 : 401).end();
	if (!received) return NOTHING;
	const found = await attemptAsync(async () => await opening.guarded(async (one) => await itemFor(one, trigger, received)));
	// The answer is out, so that nothing can be thrown any more: n8n would answer a second time.
	const json = 'value' in found ? found.value : { ...eventOf(opening, received), id: received.id, error: `${found.failure.message}. ${found.failure.fix ?? ''}`.trim() };
	return json ? { noWebhookResponse: true, workflowData: [[{ json }]] } : NOTHING;
}

const NOTHING: IWebhookResponseData = { noWebhookResponse: true };

async function itemFor(one: Opened<WebhookEvent>, trigger: WebhookTrigger, received: Received): Promise<IDataObject | undefined> {
	const { call, event } = one;
	if (call.flag('options.ignoreOwnChanges') && received.by !== undefined && received.by === (await trigger.ownAccount(call))) return undefined;
	const record = await trigger.fetch(call, received.id);
	return record && { ...eventOf(one, received), ...shapeOf(call, event)(record) };
}

function eventOf({ event }: Opened<WebhookEvent>, { kind }: Received): IDataObject {
	return event.combines ? { event: kind } : {};
}

async function opened<T>(context: IHookFunctions, trigger: WebhookTrigger, work: (one: Opened<WebhookEvent>, wanted: Registration) => Promise<T>): Promise<T> {
	const one = await openCall(context, trigger);
	const url = context.getNodeWebhookUrl('default') ?? fail({ reason: 'unexpected', message: 'n8n has no address for this webhook', fix: 'Publish the workflow again' });
	const workflow = context.getWorkflow().name ?? '';
	return await one.guarded(async () => await work(one, { url, kinds: one.event.kinds, workflow }));
}

function valueOf<T>(context: TriggerContext, result: Result<T>): T {
	if ('value' in result) return result.value;
	throw toNodeError(context.getNode(), result.failure);
}
