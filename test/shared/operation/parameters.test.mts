import { Parameters } from '../../../nodes/shared/operation/parameters';

const given = { displayName: 'Given', name: 'given', type: 'string', default: '' } as const;
const callWith = (entered: unknown): Parameters => new Parameters((_name, fallback) => entered ?? fallback, [given]);

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
