import type { INodeProperties, INodePropertyMode } from 'n8n-workflow';

import { choosesFields, type Operation, usualParallel } from '../operation/operation';
import { outputChoice, outputForms } from '../operation/outputChoice';
import { NEWEST } from '../operation/versions';
import type { Limits } from '../service/limiter';

/** 'Return All' and 'Limit', in n8n's own words. */
export function returnAllOrLimit(): INodeProperties[] {
	return [
		{
			displayName: 'Return All',
			name: 'returnAll',
			type: 'boolean',
			default: false,
			description: 'Whether to return all results or only up to a given limit',
		},
		{
			displayName: 'Limit',
			name: 'limit',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 50,
			displayOptions: { show: { returnAll: [false] } },
			description: 'Max number of results to return',
		},
	];
}

/** 'Simplify', in n8n's own words. */
export function simplify(): INodeProperties {
	return {
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
	};
}

/** What a person must know before pressing the button, and no more than that. @param show by which values of other parameters */
export function notice(text: string, show?: NonNullable<INodeProperties['displayOptions']>['show']): INodeProperties {
	return { displayName: text, name: 'notice', type: 'notice', default: '', ...(show ? { displayOptions: { show } } : {}) };
}

const SINCE = { '@version': [{ _cnd: { gte: NEWEST } }] };

/** A parameter for nodes of saved workflows only (version 1), */
export function ofSavedNode(parameter: INodeProperties): INodeProperties {
	return { ...parameter, displayOptions: { show: { '@version': [1] } } };
}

/** and one for those that are added now. `Call.placed` reads what has moved from the panel into the options. */
export function ofNewNode(parameter: INodeProperties): INodeProperties {
	return { ...parameter, displayOptions: { show: SINCE } };
}

/** The choice of the output of an operation, for both versions of the node. */
export function outputFields(operation: Operation): INodeProperties[] {
	const { simplifies, outputHint } = operation;
	const isChosen = choosesFields(operation);
	const hint = outputHint ? { hint: outputHint } : {};
	// Nodes of saved workflows have the switch, or no choice.
	const before = simplifies ? [ofSavedNode({ ...simplify(), ...hint })] : [];
	const options = [...(simplifies ? [outputForms.simplified] : []), outputForms.raw, ...(isChosen ? [outputForms.selectedFields] : [])];
	if (options.length < 2) return before;
	const output = ofNewNode({ ...outputChoice, options, default: options[0]?.value ?? '', ...hint });
	return [...before, output, ...(isChosen ? [pickedFields] : [])];
}

const pickedFields: INodeProperties = {
	displayName: 'Field Names or IDs',
	name: 'outputFields',
	type: 'multiOptions',
	typeOptions: { loadOptionsMethod: 'getOutputFields' },
	default: [],
	displayOptions: { show: { output: ['selectedFields'], ...SINCE } },
	hint: 'The names come from the first records that the operation finds. An expression may give names separated by commas, and paths such as address.city.',
	description:
		'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
};

/** For lists whose records have an ID: the kit reads it (`untilStable`). */
export const readUntilStableOption: INodeProperties = {
	displayName: 'Read Until Stable',
	name: 'readUntilStable',
	type: 'boolean',
	default: false,
	description: 'Whether to read the list again when it changed while it was read, at most 5 times, and to add the records that were missed at the end',
};

/** For services whose answers with a status of success may say no. */
export const statusDecidesOption: INodeProperties = {
	displayName: 'Status Decides',
	name: 'statusDecides',
	type: 'boolean',
	// It holds for the whole run: an expression would be looked at for the first item only.
	noDataExpression: true,
	default: false,
	description: 'Whether every answer with an HTTP status of success (2xx) counts as one. Without it, an answer such as {"success": false} is a failure. Turn it on if your own data look like that.',
};

/** For all operations that change something. */
export const previewOnlyOption: INodeProperties = {
	displayName: 'Preview Only',
	name: 'previewOnly',
	type: 'boolean',
	default: false,
	description: 'Whether to give out what would be sent (method, address, body, without secrets) in place of sending it. What is read before is read.',
};

export interface Locator {
	readonly displayName: string;
	readonly name: string;
	readonly description: string;
	/** Method of the node that searches, from `methods.listSearch`. */
	readonly search: string;
	readonly placeholder: string;
	/** What the user may enter in place of a pick from the list. Default: `By ID`. */
	readonly typed?: string;
	/** How the ID of such a thing stands in a link of the web app: one group. */
	readonly link?: { readonly placeholder: string; readonly regex: string };
	/** The mode for a name that the operation looks up: what to type in. */
	readonly byName?: { readonly placeholder: string };
	/** What stands in the field while nothing is picked, where that means something. */
	readonly empty?: string;
	readonly required?: boolean;
	readonly displayOptions?: INodeProperties['displayOptions'];
}

/** One thing of the service, picked from a searchable list, by ID or by link. */
export function locator({ search, placeholder, typed = 'By ID', link, byName, empty, required = true, ...field }: Locator): INodeProperties {
	const fromList = { searchListMethod: search, searchable: true };
	return {
		...field,
		type: 'resourceLocator',
		...(required ? { required } : {}),
		default: { mode: 'list', value: '' },
		modes: [
			{ displayName: 'From List', name: 'list', type: 'list', typeOptions: fromList, ...(empty ? { placeholder: empty } : {}) },
			{ displayName: typed, name: 'id', type: 'string', placeholder },
			...(byName ? [{ ...named('By Name', 'name'), type: 'string' as const, placeholder: byName.placeholder }] : []),
			...(link ? [byUrl(link)] : []),
		],
	};
}

function byUrl({ placeholder, regex }: NonNullable<Locator['link']>): INodePropertyMode {
	const extractValue = { type: 'regex', regex } as const;
	return { ...named('By URL', 'url'), type: 'string', placeholder, extractValue };
}

/** Apart, because n8n's lint takes anything with name and type for a parameter and demands a default. */
function named(displayName: string, name: string): { displayName: string; name: string } {
	return { displayName, name };
}

const PARALLEL = 'How many at once: more are faster, fewer gentler';

function orderOf({ effect, parallel, anyOrder }: Operation): string {
	if (effect === 'read' || parallel !== undefined) return '';
	return anyOrder ? '. Items of one record keep their order.' : '. Above 1, items lose their order.';
}

/** The collection 'Options' of an operation: its own, and those that all operations have. */
export function optionsOf(own: readonly INodeProperties[], operation: Operation, limits: Limits, timeoutMs: number): INodeProperties {
	const common: INodeProperties[] = [
		{
			displayName: 'Parallel Requests',
			name: 'parallelRequests',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: limits.inFlight },
			default: usualParallel(operation, limits),
			description: PARALLEL + orderOf(operation),
		},
		{
			displayName: 'Timeout',
			name: 'timeout',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: timeoutMs,
			description: 'Time in ms to wait for an answer. A slow one may take five times as long until it is complete, a file as long as bytes keep coming.',
		},
	];
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [...own, ...common].sort((a, b) => a.displayName.localeCompare(b.displayName, 'en')),
	};
}
