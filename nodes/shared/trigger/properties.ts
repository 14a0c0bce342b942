import type { INodeProperties } from 'n8n-workflow';

import { simplify, statusDecidesOption } from '../editor/fields';
import { DEFAULT_TIMEOUT_MS } from '../service/request';
import type { Service } from '../service/service';
import type { PollEvent, PollTrigger, Trigger, WebhookEvent } from './event';

export const MOST_ITEMS = 500;

/** All parameters of a polling trigger. */
export function pollPropertiesOf(trigger: PollTrigger): INodeProperties[] {
	return propertiesOf(trigger, OF_POLLS);
}

/** All parameters of a trigger that the service calls. */
export function webhookPropertiesOf(trigger: Trigger<WebhookEvent>): INodeProperties[] {
	return propertiesOf(trigger, OF_CALLS);
}

/**
 * All parameters of a trigger: the dropdown *Event*, which comes first and has this name so that n8n's list of nodes shows each event, then
 * the fields of each event, shown where they belong. A field that several events have in common is there once.
 * @param common what all its events have in 'Options', beside what all triggers have
 */
function propertiesOf<Event extends PollEvent | WebhookEvent>({ events, service }: Trigger<Event>, common: readonly INodeProperties[]): INodeProperties[] {
	return [
		eventList(events),
		...byEvent(events, ({ fields }) => fields),
		...byEvent(events, (event) => (event.simplify ? [simplify()] : [])),
		...byEvent(events, (event) => [optionsOf(allOptionsOf(event, service, common))]),
	];
}

/** What the user may have entered for an event, to be checked and called by its name: its fields, and its options outside of their collection. */
export function enteredFor(event: PollEvent | WebhookEvent, service: Service): INodeProperties[] {
	const options = allOptionsOf(event, service, 'watch' in event ? OF_POLLS : OF_CALLS);
	return [...event.fields, ...(event.simplify ? [simplify()] : []), ...options];
}

function allOptionsOf({ options = [] }: PollEvent | WebhookEvent, { refusesInBody }: Service, common: readonly INodeProperties[]): INodeProperties[] {
	return [...options, ...common, ...(refusesInBody ? [statusDecidesOption] : []), onlyIds, timeout];
}

function eventList(events: Trigger['events']): INodeProperties {
	const [{ value: first }] = events;
	const options = events
		.map(({ name, value, action, description }) => ({ name, value, action, description }))
		.sort((a, b) => a.name.localeCompare(b.name, 'en'));
	return { ...EVENT, default: first, type: 'options', options };
}

/** Apart, because n8n's lint demands a literal default beside a display name. */
const EVENT = { displayName: 'Event', name: 'event', noDataExpression: true, description: 'What starts the workflow' } as const;

function byEvent<Event extends PollEvent | WebhookEvent>(events: readonly Event[], fieldsOf: (event: Event) => readonly INodeProperties[]): INodeProperties[] {
	const found = new Map<string, { field: INodeProperties; events: string[] }>();
	for (const event of events) {
		for (const field of fieldsOf(event)) {
			const key = JSON.stringify(field);
			const known = found.get(key) ?? { field, events: [] };
			known.events.push(event.value);
			found.set(key, known);
		}
	}
	return [...found.values()].map(({ field, events: of }) => ({
		...field,
		displayOptions: { ...field.displayOptions, show: { event: of, ...field.displayOptions?.show } },
	}));
}

function optionsOf(options: readonly INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [...options].sort((a, b) => a.displayName.localeCompare(b.displayName, 'en')),
	};
}

const onlyIds: INodeProperties = {
	displayName: 'Only IDs',
	name: 'onlyIds',
	type: 'boolean',
	default: false,
	description: 'Whether to give no more of a record than its ID',
};

const timeout: INodeProperties = {
	displayName: 'Timeout',
	name: 'timeout',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: DEFAULT_TIMEOUT_MS,
	description: 'Time in ms to wait for the answer to a request',
};

const ignoreOwnChanges: INodeProperties = {
	displayName: 'Ignore Own Changes',
	name: 'ignoreOwnChanges',
	type: 'boolean',
	default: false,
	description: 'Whether to leave out what the account of the credential has done itself, so that a workflow that changes what it is started by does not start itself again',
};

const mostItems: INodeProperties = {
	displayName: 'Most Items per Poll',
	name: 'mostItems',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: MOST_ITEMS,
	description: 'How many changes may start the workflow at once; the rest comes with the next poll',
};

const whenPublishedAgain: INodeProperties = {
	displayName: 'When Published Again',
	name: 'whenPublishedAgain',
	type: 'options',
	options: [
		{ name: 'Continue Where It Stopped', value: 'continue', description: 'What happened while the workflow was not published comes too' },
		{ name: 'Start From Now', value: 'now', description: 'What happened while the workflow was not published is left out' },
	],
	default: 'continue',
	description: 'What to do about changes from the time between unpublishing and publishing. An edited workflow that is published anew always continues.',
};

/** What the kit puts into the options of events that are polled for, and of those that the service calls n8n for. */
const OF_POLLS = [mostItems, whenPublishedAgain];
const OF_CALLS = [ignoreOwnChanges];
