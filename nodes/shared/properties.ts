import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { optionsOf } from './fields';
import type { Operation, Resource, Vendor } from './define';

/**
 * All parameters of a node: the dropdowns Resource and Operation, and the fields of each operation, shown where they belong.
 * A field that several operations of a resource have in common is there once, which keeps what the editor loads small.
 */
export function propertiesOf(vendor: Vendor): INodeProperties[] {
	const resources = [...vendor.resources].sort(byName);
	return [
		dropdown('Resource', 'resource', resources, vendor.resources[0]?.value),
		...resources.map(operationList),
		...resources.flatMap((resource) => fieldsOf(resource, vendor)),
	];
}

function operationList({ value, operations }: Resource): INodeProperties {
	return {
		...dropdown('Operation', 'operation', [...operations].sort(byName), operations[0]?.value),
		displayOptions: { show: { resource: [value] } },
	};
}

type Choice = Pick<INodePropertyOptions, 'name' | 'action' | 'description'> & { readonly value: string };

function dropdown(displayName: string, name: string, choices: readonly Choice[], first = ''): INodeProperties {
	const options = choices.map(({ name, value, action, description }) => ({ name, value, action, description }));
	return { displayName, name, noDataExpression: true, default: first, type: 'options', options };
}

function fieldsOf(resource: Resource, vendor: Vendor): INodeProperties[] {
	const merged = new Map<string, { field: INodeProperties; operations: string[] }>();
	for (const operation of resource.operations) {
		for (const field of allFields(operation, vendor)) {
			const key = JSON.stringify(field);
			const known = merged.get(key);
			if (known) known.operations.push(operation.value);
			else merged.set(key, { field, operations: [operation.value] });
		}
	}
	return [...merged.values()].map(({ field, operations }) => ({
		...field,
		displayOptions: {
			...field.displayOptions,
			show: { resource: [resource.value], operation: operations, ...field.displayOptions?.show },
		},
	}));
}

function allFields(operation: Operation, vendor: Vendor): INodeProperties[] {
	return [...operation.fields, optionsOf(operation.options ?? [], vendor.limits.inFlight)];
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
	return a.name.localeCompare(b.name, 'en');
}
