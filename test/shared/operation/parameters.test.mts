import type { IExecuteFunctions } from 'n8n-workflow';
import { Call, type Execution } from '../../../nodes/shared/call';
import type { Client } from '../../../nodes/shared/client';
import { defineOperation, record } from '../../../nodes/shared/define';

const operation = defineOperation({
	name: 'Any',
	value: 'any',
	action: 'Any',
	description: 'Any',
	effect: 'read',
	fields: [{ displayName: 'Given', name: 'given', type: 'string', default: '' }],
	run: async () => record({}),
});
const callWith = (given: unknown): Call =>
	new Call({ getNodeParameter: (_name: string, _index: number, fallback: unknown) => given ?? fallback } as unknown as IExecuteFunctions, { operation } as Execution, {} as Client, 0);

describe('what an expression or an AI agent may give', () => {
	test.each([
		[true, true],
		['true', true],
		[' TRUE ', true],
		[false, false],
		['false', false],
		['', false],
		[undefined, false],
		[1, false],
	])('the switch %j means %j', (given, expected) => expect(callWith(given).flag('given')).toBe(expected));

	test('a switch that is neither is refused: the opposite might be done otherwise', () => {
		expect(() => callWith('perhaps').flag('given')).toThrow('"perhaps" is neither true nor false');
	});

	test.each([
		[12, 12],
		['12', 12],
		['', 50],
		[' ', 50],
		[undefined, 50],
		[0, 0],
	])('the number %j means %j', (given, expected) => expect(callWith(given).number('given', 50)).toBe(expected));

	test.each([true, [5], { valueOf: 5 }, 'five', Infinity])('%j is no number', (given) => {
		expect(() => callWith(given).number('given', 50)).toThrow('is not a number');
	});
});
