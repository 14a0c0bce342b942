import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Operation, Resource, Vendor } from '../operation/operation';
import { DEFAULT_TIMEOUT_MS } from '../service/request';
import { optionsOf, outputFields, previewOnlyOption, statusDecidesOption } from './fields';

/**
 * All parameters of a node: the dropdowns Resource and Operation, and the fields of each operation, shown where they belong.
 * A field that several operations of a resource have in common is there once, which keeps what the editor loads small.
 */
export function propertiesOf(vendor: Vendor): INodeProperties[] {
	const resources = [...vendor.resources].sort(byName);
	return [
		resourceList(vendor, resources),
		...resources.flatMap(operationLists),
		...lastOnes(onceForAll(resources.map((resource) => fieldsOf(resource, vendor)))),
	];
}

function resourceList(vendor: Vendor, resources: readonly Resource[]): INodeProperties {
	return dropdown('Resource', 'resource', resources, vendor.resources[0]?.value);
}

/** One for each version that opens with something else. n8n's node panel takes the actions of the first, if it is for plain numbers. */
function operationLists({ value, operations, opensWith }: Resource): INodeProperties[] {
	const sorted = [...operations].sort(byName);
	const list = (first: string | undefined, show: object): INodeProperties => ({
		...dropdown('Operation', 'operation', sorted, first),
		displayOptions: { show: { resource: [value], ...show } },
	});
	return opensWith?.map(({ versions, operation }) => list(operation, { '@version': versions })) ?? [list(operations[0]?.value, {})];
}

type Choice = Pick<INodePropertyOptions, 'name' | 'action' | 'description'> & { readonly value: string };

function dropdown(displayName: string, name: string, choices: readonly Choice[], first = ''): INodeProperties {
	const options = choices.map((choice) => ({
		name: choice.name,
		value: choice.value,
		action: choice.action,
		description: choice.description,
	}));
	return { displayName, name, noDataExpression: true, default: first, type: 'options', options };
}

interface SharedField {
	readonly field: INodeProperties;
	readonly operations: string[];
}

function fieldsOf(resource: Resource, vendor: Vendor): INodeProperties[] {
	const shared = new Map<string, SharedField>();
	const sequences = resource.operations.map((operation) =>
		allFields(operation, vendor).map((field) => {
			const { value } = operation;
			const key = JSON.stringify(field);
			const known = shared.get(key) ?? { field, operations: [] };
			known.operations.push(value);
			shared.set(key, known);
			return key;
		}),
	);
	return inOrderOfAll(sequences).flatMap((key) => {
		const found = shared.get(key);
		return found ? [shownWhere(resource, found)] : [];
	});
}

/** What resources have in common for operations of the same names is there once. */
function onceForAll(lists: readonly INodeProperties[][]): INodeProperties[] {
	const known = new Map<string, INodeProperties>();
	const sequences = lists.map((fields) =>
		fields.map((field) => {
			const { resource = [], ...show } = field.displayOptions?.show ?? {};
			const key = JSON.stringify({ ...field, displayOptions: { ...field.displayOptions, show } });
			const before = known.get(key)?.displayOptions?.show?.resource ?? [];
			known.set(key, { ...field, displayOptions: { ...field.displayOptions, show: { resource: [...before, ...resource], ...show } } });
			return key;
		}),
	);
	return inOrderOfAll(sequences).flatMap((key) => known.get(key) ?? []);
}

/** What stands last in every operation, in this order. */
const LAST = ['simplify', 'output', 'outputFields', 'options'];

function lastOnes(fields: readonly INodeProperties[]): INodeProperties[] {
	const place = ({ name }: INodeProperties): number => LAST.indexOf(name);
	return [...fields].sort((a, b) => place(a) - place(b));
}

function shownWhere(resource: Resource, { field, operations }: SharedField): INodeProperties {
	return {
		...field,
		displayOptions: {
			...field.displayOptions,
			show: {
				resource: [resource.value],
				operation: operations,
				...field.displayOptions?.show,
			},
		},
	};
}

/** One order for all entries that keeps the order of each sequence; what two sequences order differently comes as in the first. */
function inOrderOfAll(sequences: readonly string[][]): string[] {
	const left = new Set(sequences.flat());
	const order: string[] = [];
	while (left.size > 0) {
		const heads = sequences.flatMap((sequence) => sequence.find((entry) => left.has(entry)) ?? []);
		const isFree = (entry: string): boolean =>
			sequences.every((sequence) => !sequence.includes(entry) || sequence.find((other) => left.has(other)) === entry);
		const next = heads.find(isFree) ?? heads[0];
		if (next === undefined) break;
		order.push(next);
		left.delete(next);
	}
	return order;
}

function allFields(operation: Operation, vendor: Vendor): INodeProperties[] {
	const timeoutMs = operation.timeoutMs ?? DEFAULT_TIMEOUT_MS;
	const own = [
		...(operation.options ?? []),
		...(vendor.refusesInBody ? [statusDecidesOption] : []),
		...(operation.effect === 'read' ? [] : [previewOnlyOption]),
	];
	return [...operation.fields, ...outputFields(operation), optionsOf(own, operation, vendor.limits, timeoutMs)];
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
	return a.name.localeCompare(b.name, 'en');
}
