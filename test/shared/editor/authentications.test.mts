import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { defineOperation, type Vendor } from '../../../nodes/shared/operation/operation';
import { record } from '../../../nodes/shared/operation/output';
import type { Connection } from '../../../nodes/shared/service/service';
import { propertiesOf } from '../../../nodes/shared/editor/properties';

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
		.map(({ options = [], displayOptions }) => [displayOptions?.show, Object.fromEntries((options as INodePropertyOptions[]).map(shownFor))]);
const shownFor = ({ value, displayOptions }: INodePropertyOptions) => [value, displayOptions?.show?.authentication ?? 'all'] as const;

test('a way to log in hides what it does not offer', () => {
	const properties = propertiesOf(vendor([connection('a'), connection('b')]));
	expect(listsIn(properties, 'resource')).toEqual([[undefined, { both: 'all', same: 'all', second: ['b'] }]]);
	expect(listsIn(properties, 'operation')).toEqual([
		[{ resource: ['both'] }, { one: ['a'], shared: 'all' }],
		[{ resource: ['same'] }, { three: 'all' }],
		[{ resource: ['second'] }, { two: ['b'] }],
	]);
	expect(properties.filter(({ name }) => name === 'note').map(({ displayOptions }) => displayOptions?.show)).toEqual([
		{ resource: ['both'], operation: ['shared'] },
		{ authentication: ['a'], resource: ['both'], operation: ['one'] },
	]);
});

test('with one way to log in, nothing depends on it', () => {
	const properties = propertiesOf(vendor([connection()]));
	expect(listsIn(properties, 'resource')).toEqual([[undefined, { both: 'all', same: 'all', second: 'all' }]]);
	expect(JSON.stringify(properties)).not.toContain('"authentication"');
});
