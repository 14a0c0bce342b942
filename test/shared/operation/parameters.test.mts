import { DateTime } from 'luxon';
import { Parameters } from '../../../nodes/shared/operation/parameters';

const given = { displayName: 'Given', name: 'given', type: 'string', default: '' } as const;
/** With a parameter that is there, and holds this. */
const callWith = (entered: unknown): Parameters => new Parameters(() => entered, [given]);
const without = new Parameters((_name, fallback) => fallback, [given]);

describe('what an expression or an AI agent may give', () => {
	test.each([
		[true, true],
		['true', true],
		[' TRUE ', true],
		[1, true],
		['1', true],
		['Yes', true],
		[false, false],
		['false', false],
		[0, false],
		['0', false],
		['NO', false],
	])('the switch %j means %j', (value, expected) => expect(callWith(value).flag('given')).toBe(expected));

	test.each([[undefined, 'Nothing'], [null, '"null"'], ['', '""'], ['perhaps', '"perhaps"'], [2, '"2"'], [[true], 'A list'], [{}, 'An object']])(
		'the switch %j is neither, and refused: the opposite might be done otherwise',
		(value, named) => expect(() => callWith(value).flag('given')).toThrow(`${named} is neither true nor false`),
	);

	test('a switch that is not there is off, and said to be neither where that matters', () => {
		expect(without.flag('given')).toBe(false);
		expect(without.optionalFlag('given')).toBeUndefined();
	});

	test('a value that was checked is the one that is used: an expression may give another one the next time', () => {
		class Checked extends Parameters {
			check(name: string): unknown {
				return this.looked(name);
			}
		}
		let times = 0;
		const call = new Checked(() => `value ${++times}`, [given]);
		expect([call.check('given'), call.text('given'), call.check('given')]).toEqual(['value 1', 'value 1', 'value 1']);
	});

	test('a choice is one of its values, and nothing else', () => {
		expect(callWith(' add ').choice('given', ['replace', 'add'])).toBe('add');
		expect(callWith('200').choice('given', [50, 200])).toBe(200);
		for (const value of ['Add', '', undefined, null, 1, true, ['add'], { value: 'add' }]) {
			expect(() => callWith(value).choice('given', ['replace', 'add'])).toThrow('is not possible');
		}
		expect(without.optionalChoice('given', ['replace', 'add'])).toBeUndefined();
		expect(callWith('a, b').choices('given', ['a', 'b'])).toEqual(['a', 'b']);
		expect(callWith([]).choices('given', ['a', 'b'])).toEqual([]);
		for (const value of [['a', 'c'], 'c', undefined]) expect(() => callWith(value).choices('given', ['a', 'b'])).toThrow('is not possible');
	});

	test('a date is text of its moment, without quotes', () => {
		expect(callWith(new Date('2026-05-12T10:00:00Z')).text('given')).toBe('2026-05-12T10:00:00.000Z');
		expect(callWith(DateTime.fromISO('2026-05-12T10:00:00', { zone: 'Europe/Tallinn' })).text('given')).toBe('2026-05-12T10:00:00.000+03:00');
	});

	test.each([
		[12, 12],
		['12', 12],
		['', 50],
		[' ', 50],
		[undefined, 50],
		[0, 0],
	])('the number %j means %j', (value, expected) => expect(callWith(value).number('given', 50)).toBe(expected));

	test.each([true, [5], { valueOf: 5 }, 'five', Infinity])('%j is no number', (value) => {
		expect(() => callWith(value).number('given', 50)).toThrow('is not a number');
	});
});
