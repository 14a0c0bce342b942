import type { IHookFunctions, IPollFunctions, IWebhookFunctions } from 'n8n-workflow';

import { fail } from '../answer/failure';
import { attemptAsync } from '../answer/result';
import { Call } from '../operation/call';
import { readParameter } from '../operation/readParameter';
import { toAmount } from '../operation/parameters';
import { toSwitch } from '../operation/values';
import { Client } from '../service/client';
import { Limiter } from '../service/limiter';
import { DEFAULT_TIMEOUT_MS } from '../service/request';
import type { PollEvent, Trigger, WebhookEvent } from './event';
import { enteredFor } from './properties';

/** Where triggers run. */
export type TriggerContext = IPollFunctions | IHookFunctions | IWebhookFunctions;

const AT_ONCE = 5;

/** A trigger at work: what the user chose, and the service. */
export interface Opened<Event> {
	readonly event: Event;
	readonly call: Call;
	/** Tells the account from others; holds no secret. */
	readonly account: readonly unknown[];
	/** Does the work; takes the secrets out of whatever it throws. */
	readonly guarded: <T>(work: (opened: Opened<Event>) => Promise<T>) => Promise<T>;
}

/**
 * Opens the service for the event that the user chose, and checks what was entered.
 * @param signal ends the work
 * @throws FailureError
 */
export async function openCall<Event extends PollEvent | WebhookEvent>(context: TriggerContext, trigger: Trigger<Event>, signal?: AbortSignal): Promise<Opened<Event>> {
	const { service, account } = trigger;
	const read = (name: string, fallback: unknown): unknown => readParameter(context, name, fallback);
	const event = eventOf(trigger, read('event', ''));
	const properties = enteredFor(event, service);
	const [connection] = service.connections;
	const parallel = Math.min(AT_ONCE, service.limits.inFlight);
	const execution = {
		items: [],
		parameter: (name: string, _item: number, fallback: unknown) => read(name, fallback),
		properties,
		parallel,
		signal,
		limiter: new Limiter({ inFlight: parallel }),
		refused: new Map(),
		renewed: new Map(),
		timeoutMs: toAmount('Timeout', read('options.timeout', 0)) ?? DEFAULT_TIMEOUT_MS,
		statusDecides: toSwitch('Status Decides', read('options.statusDecides', false)),
		shared: new Map(),
		notes: new Set<string>(),
	};
	const client = await Client.open(context, service, connection, execution, 0);
	const call = new Call(context as IPollFunctions, execution, client, 0);
	const opened: Opened<Event> = {
		event,
		call,
		account: [context.getNode().credentials?.[connection.credentialType]?.id, ...account(client)],
		guarded: async (work) => {
			const result = await attemptAsync(async () => {
				call.checkEntered();
				return await work(opened);
			}, (text) => client.shown(text));
			return 'value' in result ? result.value : fail(result.failure);
		},
	};
	return opened;
}

function eventOf<Event extends PollEvent | WebhookEvent>({ events }: Trigger<Event>, chosen: unknown): Event {
	const event = events.find(({ value }) => value === chosen);
	if (event) return event;
	return fail({ reason: 'invalid input', message: `The event "${String(chosen)}" is not known`, fix: 'Pick one from the list', parameter: 'Event' });
}
