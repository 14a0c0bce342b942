import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { offers, type Operation, type Resource, type Vendor } from '../operation/operation';
import { DEFAULT_TIMEOUT_MS } from '../service/request';
import { optionsOf, outputFields, previewOnlyOption, statusDecidesOption } from './fields';

/**
 * All parameters of a node: the dropdowns Resource and Operation, and the fields of each operation, shown where they belong.
 * A field that several operations of a resource have in common is there once, which keeps what the editor loads small.
 * There is one dropdown for all ways to log in: n8n's node panel would list the actions of a second one again.
 */
export function propertiesOf(vendor: Vendor): INodeProperties[] {
	const resources = [...vendor.resources].sort(byName);
	return [
		resourceList(vendor, resources),
		...resources.map((resource) => operationList(vendor, resource)),
		...vendor.connections.flatMap(({ authentication }) => unavailable(resources, authentication)),
		...lastOnce(resources.flatMap((resource) => fieldsOf(resource, vendor))),
	];
}

function resourceList(vendor: Vendor, resources: readonly Resource[]): INodeProperties {
	const choices = resources.map((resource) =>
		offeredBy(vendor, resource, (authentication) => resource.operations.some((operation) => offers(operation, authentication))),
	);
	return dropdown('Resource', 'resource', choices, vendor.resources[0]?.value);
}

function operationList(vendor: Vendor, { value, operations }: Resource): INodeProperties {
	const choices = [...operations]
		.sort(byName)
		.map((operation) => offeredBy(vendor, operation, (authentication) => offers(operation, authentication)));
	return {
		...dropdown('Operation', 'operation', choices, operations[0]?.value),
		displayOptions: { show: { resource: [value] } },
	};
}

/** Says why a pick made for one way to log in has no fields in another: n8n keeps it, and shows nothing of it. */
function unavailable(resources: readonly Resource[], authentication: string | undefined): INodeProperties[] {
	if (authentication === undefined) return [];
	const offered = resources.flatMap(({ name, operations }) =>
		operations.filter((operation) => offers(operation, authentication)).map((operation) => `${name} > ${operation.name}`),
	);
	return resources.flatMap(({ value, operations }) => {
		const missing = operations.filter((operation) => !offers(operation, authentication)).map((operation) => operation.value);
		if (missing.length === 0) return [];
		return {
			displayName: `This is not available with the chosen credential, which offers: ${offered.join(', ')}.`,
			name: 'unavailable',
			type: 'notice',
			default: '',
			displayOptions: { show: { authentication: [authentication], resource: [value], operation: missing } },
		};
	});
}

type Choice = Pick<INodePropertyOptions, 'name' | 'action' | 'description' | 'displayOptions'> & { readonly value: string };

/** A choice, hidden from those who log in in a way that doesn't offer it. */
function offeredBy({ connections }: Vendor, choice: Choice, isOffered: (authentication: string | undefined) => boolean): Choice {
	const authentications = connections.map(({ authentication }) => authentication).filter(isOffered);
	if (authentications.length === connections.length) return choice;
	return { ...choice, displayOptions: { show: { authentication: authentications } } };
}

function dropdown(displayName: string, name: string, choices: readonly Choice[], first = ''): INodeProperties {
	const options = choices.map((choice) => ({
		name: choice.name,
		value: choice.value,
		action: choice.action,
		description: choice.description,
		...(choice.displayOptions ? { displayOptions: choice.displayOptions } : {}),
	}));
	return { displayName, name, noDataExpression: true, default: first, type: 'options', options };
}

interface SharedField {
	readonly field: INodeProperties;
	readonly authentications?: readonly string[];
	readonly operations: string[];
}

function fieldsOf(resource: Resource, vendor: Vendor): INodeProperties[] {
	const shared = new Map<string, SharedField>();
	const sequences = resource.operations.map((operation) =>
		allFields(operation, vendor).map((field) => {
			const { value } = operation;
			const authentications = vendor.connections.length > 1 ? operation.authentications : undefined;
			const key = JSON.stringify([field, authentications]);
			const known = shared.get(key) ?? { field, authentications, operations: [] };
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

/** What stands last in every operation, in this order. */
const LAST = ['simplify', 'output', 'outputFields', 'options'];

/** What stands last in every operation is there once where several resources have it in common. */
function lastOnce(fields: readonly INodeProperties[]): INodeProperties[] {
	const isLast = ({ name }: INodeProperties): boolean => LAST.includes(name);
	const once = new Map<string, INodeProperties>();
	for (const field of fields.filter(isLast)) {
		const { resource = [], ...show } = field.displayOptions?.show ?? {};
		const key = JSON.stringify({ ...field, displayOptions: { ...field.displayOptions, show } });
		const known = once.get(key)?.displayOptions?.show?.resource ?? [];
		once.set(key, { ...field, displayOptions: { ...field.displayOptions, show: { resource: [...known, ...resource], ...show } } });
	}
	const inOrder = [...once.values()].sort((a, b) => LAST.indexOf(a.name) - LAST.indexOf(b.name));
	return [...fields.filter((field) => !isLast(field)), ...inOrder];
}

function shownWhere(resource: Resource, { field, authentications, operations }: SharedField): INodeProperties {
	return {
		...field,
		displayOptions: {
			...field.displayOptions,
			show: {
				...(authentications ? { authentication: [...authentications] } : {}),
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
	return [...operation.fields, ...outputFields(operation), optionsOf(own, vendor.limits.inFlight, timeoutMs)];
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
	return a.name.localeCompare(b.name, 'en');
}
