import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { optionsOf } from './fields';
import type { Operation, Resource, Vendor } from './define';
import { DEFAULT_TIMEOUT_MS } from './request';

/**
 * All parameters of a node: the dropdowns Resource and Operation, and the fields of each operation, shown where they belong.
 * A field that several operations of a resource have in common is there once, which keeps what the editor loads small.
 * Where ways to log in offer different things, each has dropdowns of its own: n8n can't hide single choices.
 */
export function propertiesOf(vendor: Vendor): INodeProperties[] {
	const resources = [...vendor.resources].sort(byName);
	return [
		...resourceLists(vendor, resources),
		...resources.flatMap((resource) => operationLists(vendor, resource)),
		...resources.flatMap((resource) => fieldsOf(resource, vendor)),
	];
}

/** Whether the operation exists for those who log in this way. */
export function offers({ authentications }: Operation, authentication: string | undefined): boolean {
	return !authentications || authentication === undefined || authentications.includes(authentication);
}

function resourceLists(vendor: Vendor, resources: readonly Resource[]): INodeProperties[] {
	const offered = offersOf(vendor, (authentication) =>
		resources.filter(({ operations }) => operations.some((operation) => offers(operation, authentication))),
	);
	return offered.map(({ choices, show }) => {
		const first = vendor.resources.find((resource) => choices.includes(resource));
		return { ...dropdown('Resource', 'resource', choices, first?.value), ...(show ? { displayOptions: { show } } : {}) };
	});
}

function operationLists(vendor: Vendor, { value, operations }: Resource): INodeProperties[] {
	const offered = offersOf(vendor, (authentication) => operations.filter((operation) => offers(operation, authentication)));
	return offered.map(({ choices, show }) => ({
		...dropdown('Operation', 'operation', [...choices].sort(byName), choices[0]?.value),
		displayOptions: { show: { ...show, resource: [value] } },
	}));
}

interface Offer<T> {
	readonly choices: readonly T[];
	/** The condition for these choices; none where all ways to log in offer the same. */
	readonly show?: { readonly authentication: string[] };
}

/** What the ways to log in offer; those with the same choices stand together. */
function offersOf<T extends { readonly value: string }>(
	{ connections }: Vendor,
	choicesFor: (authentication: string | undefined) => readonly T[],
): Array<Offer<T>> {
	const offered = new Map<string, { choices: readonly T[]; authentications: string[] }>();
	for (const { authentication } of connections) {
		const choices = choicesFor(authentication);
		const key = choices.map(({ value }) => value).join();
		const known = offered.get(key) ?? { choices, authentications: [] };
		offered.set(key, known);
		known.authentications.push(authentication ?? '');
	}
	if (offered.size === 1) return [...offered.values()].map(({ choices }) => ({ choices }));
	return [...offered.values()]
		.filter(({ choices }) => choices.length > 0)
		.map(({ choices, authentications }) => ({ choices, show: { authentication: authentications } }));
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
	return [...operation.fields, optionsOf(operation.options ?? [], vendor.limits.inFlight, timeoutMs)];
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
	return a.name.localeCompare(b.name, 'en');
}
