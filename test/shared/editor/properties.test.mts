import { defineOperation, type Vendor } from '../../../nodes/shared/operation/operation';
import { record } from '../../../nodes/shared/operation/output';
import { propertiesOf } from '../../../nodes/shared/editor/properties';

const text = (name: string) => ({ displayName: name, name, type: 'string', default: '' }) as const;
const operation = (value: string, fields: string[]) =>
	defineOperation({
		name: value,
		value,
		action: value,
		description: value,
		effect: 'read',
		hasFixedOutput: true,
		fields: fields.map(text),
		run: async () => record({}),
	});
const vendor = (...operations: Array<ReturnType<typeof operation>>): Vendor => ({
	name: 'Any',
	connections: [{ credentialType: 'anyApi', baseUrl: () => 'https://host.example', secrets: [] }],
	limits: { inFlight: 5 },
	judge: () => ({ type: 'ok', body: {} }),
	resources: [{ name: 'Thing', value: 'thing', operations }],
});
const fieldsFor = (given: Vendor, value: string) =>
	propertiesOf(given)
		.filter(({ displayOptions }) => displayOptions?.show?.operation?.includes(value))
		.map(({ name }) => name);

test('fields that operations share are there once, each operation in its own order', () => {
	const given = vendor(operation('get', ['id', 'simplify']), operation('list', ['limit', 'filter', 'simplify']), operation('make', ['kind', 'id', 'values', 'simplify']));
	expect(propertiesOf(given).filter(({ name }) => name === 'simplify')).toHaveLength(1);
	expect(fieldsFor(given, 'get')).toEqual(['id', 'simplify', 'options']);
	expect(fieldsFor(given, 'list')).toEqual(['limit', 'filter', 'simplify', 'options']);
	expect(fieldsFor(given, 'make')).toEqual(['kind', 'id', 'values', 'simplify', 'options']);
});

test('what stands last is there once for all resources that have it in common, output before options', () => {
	const read = (value: string) => defineOperation({ name: value, value, action: value, description: value, effect: 'read', fields: [text('id')], run: async () => record({}) });
	const list = defineOperation({ name: 'list', value: 'list', action: 'list', description: 'list', effect: 'read', simplifies: true, fields: [], options: [text('own')], run: async () => record({}) });
	const given: Vendor = { ...vendor(), resources: [{ name: 'A', value: 'a', operations: [read('get')] }, { name: 'B', value: 'b', operations: [read('get')] }, { name: 'C', value: 'c', operations: [list] }] };
	const names = propertiesOf(given).map(({ name }) => name);
	expect(names.slice(-7)).toEqual(['simplify', 'output', 'output', 'outputFields', 'outputFields', 'options', 'options']);
	expect(fieldsFor(given, 'list')).toEqual(['simplify', 'output', 'outputFields', 'options']);
});

test('operations that order the same fields differently lose none of them', () => {
	const given = vendor(operation('one', ['a', 'b']), operation('two', ['b', 'a']));
	expect(fieldsFor(given, 'one')).toEqual(['a', 'b', 'options']);
	expect(fieldsFor(given, 'two').sort()).toEqual(['a', 'b', 'options']);
});
