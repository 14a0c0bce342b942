import type { INodeProperties } from 'n8n-workflow';
import { defineOperation, record, type Connection, type Vendor } from '../../nodes/shared/define';
import { propertiesOf } from '../../nodes/shared/properties';

const connection = (authentication?: string): Connection => ({ authentication, credentialType: 'toyApi', baseUrl: () => '', secrets: [] });
const note: INodeProperties = { displayName: 'Note', name: 'note', type: 'string', default: '' };
const operation = (value: string, authentications?: string[], fields: INodeProperties[] = []) =>
	defineOperation({ name: value, value, action: value, description: value, effect: 'read', fields, authentications, run: async () => record({}) });
const vendor = (connections: Vendor['connections']): Vendor => ({
	name: 'Toy',
	connections,
	limits: { inFlight: 1 },
	judge: () => ({ type: 'ok', body: {} }),
	resources: [
		{ name: 'Both', value: 'both', operations: [operation('shared', undefined, [note]), operation('one', ['a'], [note])] },
		{ name: 'Second', value: 'second', operations: [operation('two', ['b'])] },
		{ name: 'Same', value: 'same', operations: [operation('three')] },
	],
});
const listsIn = (properties: INodeProperties[], name: string) =>
	properties
		.filter((property) => property.name === name)
		.map(({ options = [], displayOptions }) => [displayOptions?.show, options.map((option) => ('value' in option ? option.value : ''))]);

test('each way to log in has its own resources and operations, and equal ones are there once', () => {
	const properties = propertiesOf(vendor([connection('a'), connection('b')]));
	expect(listsIn(properties, 'resource')).toEqual([
		[{ authentication: ['a'] }, ['both', 'same']],
		[{ authentication: ['b'] }, ['both', 'same', 'second']],
	]);
	expect(listsIn(properties, 'operation')).toEqual([
		[{ authentication: ['a'], resource: ['both'] }, ['one', 'shared']],
		[{ authentication: ['b'], resource: ['both'] }, ['shared']],
		[{ resource: ['same'] }, ['three']],
		[{ authentication: ['b'], resource: ['second'] }, ['two']],
	]);
	expect(properties.filter(({ name }) => name === 'note').map(({ displayOptions }) => displayOptions?.show)).toEqual([
		{ resource: ['both'], operation: ['shared'] },
		{ authentication: ['a'], resource: ['both'], operation: ['one'] },
	]);
});

test('with one way to log in, nothing depends on it', () => {
	const properties = propertiesOf(vendor([connection()]));
	expect(listsIn(properties, 'resource')).toEqual([[undefined, ['both', 'same', 'second']]]);
	expect(JSON.stringify(properties.map(({ displayOptions }) => displayOptions))).not.toContain('"show":{"authentication"');
});
