import fc from 'fast-check';
import { toGivenFromApi } from '../../../nodes/Entu/values/apiForm.ts';
import type { Definition, PropertyType } from '../../../nodes/Entu/values/definitions.ts';
import { toGiven, toGivenList } from '../../../nodes/Entu/values/values.ts';
import { FailureError } from '../../../nodes/shared/answer/failure.ts';

const TZ = 'Europe/Tallinn';
const ID = '65a0000000000000000000b8';

const define = (type: PropertyType, more: Partial<Definition> = {}): Definition => ({
	id: ID,
	name: 'p',
	label: 'The Field',
	type,
	list: false,
	multilingual: false,
	mandatory: false,
	hasDefault: false,
	readonly: false,
	formula: false,
	choices: [],
	languages: [],
	...more,
});
const valuesOf = (definition: Definition, input: unknown, language?: string, timeZone = TZ) =>
	toGiven(definition, input, language, timeZone).values.map((value) => {
		const { type, ...rest } = value;
		expect(type).toBe(definition.name);
		return rest as Record<string, unknown>;
	});
const refusal = (work: () => unknown): { message: string; parameter?: string; fix?: string } => {
	try {
		work();
	} catch (error) {
		if (error instanceof FailureError) return error.failure;
		throw error;
	}
	throw new Error('It was accepted');
};

describe('a value becomes what its property needs', () => {
	test.each<[PropertyType, unknown, object]>([
		['string', 'The Hobbit', { string: 'The Hobbit' }],
		['string', 12, { string: '12' }],
		['string', true, { string: 'true' }],
		['string', 0, { string: '0' }],
		['string', '[draft] Notes', { string: '[draft] Notes' }],
		['string', '["a"]', { string: '["a"]' }],
		['string', 'Cafe\u0301', { string: 'Café' }],
		['text', 'two\nlines', { string: 'two\nlines' }],
		['number', 310, { number: 310 }],
		['number', '310', { number: 310 }],
		['number', ' -12.5 ', { number: -12.5 }],
		['number', '1e3', { number: 1000 }],
		['number', 0, { number: 0 }],
		['boolean', true, { boolean: true }],
		['boolean', 'FALSE', { boolean: false }],
		['boolean', 'yes', { boolean: true }],
		['boolean', 0, { boolean: false }],
		['date', '2024-02-29', { date: '2024-02-29' }],
		['date', '2026-11-21T23:30:00.000-08:00', { date: '2026-11-22' }],
		['date', '2026-11-20T22:30:00Z', { date: '2026-11-21' }],
		['date', 1_700_000_000_000, { date: '2023-11-15' }],
		['date', '2026-11-21 08:00', { date: '2026-11-21' }],
		['date', new Date('2026-11-20T23:30:00Z'), { date: '2026-11-21' }],
		['datetime', '2026-11-21T09:30:00Z', { datetime: '2026-11-21T09:30:00.000Z' }],
		['datetime', '2026-11-21T09:30:00', { datetime: '2026-11-21T07:30:00.000Z' }],
		['datetime', '2026-07-01', { datetime: '2026-06-30T21:00:00.000Z' }],
		['datetime', '2026-11-21T09:30:00+05:00', { datetime: '2026-11-21T04:30:00.000Z' }],
		['datetime', 1_700_000_000_000, { datetime: '2023-11-14T22:13:20.000Z' }],
		['datetime', new Date('2026-11-20T23:30:00Z'), { datetime: '2026-11-20T23:30:00.000Z' }],
		['reference', ID, { reference: ID }],
		['reference', ` ${ID.toUpperCase()} `, { reference: ID }],
		['reference', `https://entu.app/museum/${ID}`, { reference: ID }],
		['reference', `https://entu.app/museum/${ID}#photo`, { reference: ID }],
		['reference', { _id: ID, name: 'J. R. R. Tolkien' }, { reference: ID }],
		['reference', { reference: ID, string: 'J. R. R. Tolkien' }, { reference: ID }],
		['counter', true, { counter: 1 }],
		['counter', 'true', { counter: 1 }],
		['counter', ' TRUE ', { counter: 1 }],
		['counter', 'INV-7', { counter: 1, string: 'INV-7' }],
		['counter', 7, { counter: 1, string: '7' }],
	])('%s: %p', (type, input, expected) => {
		expect(valuesOf(define(type), input)).toEqual([expected]);
	});

	test.each<[PropertyType, unknown]>([
		['string', { a: 1 }],
		['string', ['a', 'b']],
		['number', 'many'],
		['number', '12,5'],
		['number', '0x10'],
		['number', '12 pages'],
		['number', true],
		['number', Infinity],
		['number', NaN],
		['number', '1e999'],
		['number', '9780261102217123456'],
		['number', {}],
		['boolean', 'maybe'],
		['boolean', 2],
		['boolean', {}],
		['date', 'soon'],
		['date', '21.11.2026'],
		['date', '2026-02-30'],
		['date', '2026-13-01'],
		['date', '2026-11-21abc'],
		['date', '20261121'],
		['date', 1_700_000_000],
		['date', {}],
		['date', 12],
		['date', 20_261_121],
		['datetime', 'yesterday'],
		['datetime', '2026-02-30T10:00:00Z'],
		['datetime', '2026-11-21T25:00:00Z'],
		['datetime', 1_700_000_000],
		['reference', 'Tolkien'],
		['reference', ID.slice(1)],
		['reference', `${ID}0`],
		['reference', { name: 'Tolkien' }],
		['reference', 12],
	])('%s refuses %p, names the field and says what to give', (type, input) => {
		const { message, parameter, fix } = refusal(() => valuesOf(define(type), input));
		expect(parameter).toBe('The Field');
		expect(message).toMatch(/\S/);
		expect(fix).toMatch(/Give|Keep/);
	});

	test.each([undefined, null, '', '  ', [], [null, '']])('%p is no value', (input) => {
		for (const type of ['string', 'number', 'boolean', 'date', 'datetime', 'reference', 'counter'] as const) {
			expect(valuesOf(define(type), input)).toEqual([]);
		}
	});

	test('a counter that is not asked for a number has no value', () => {
		expect(valuesOf(define('counter'), false)).toEqual([]);
	});

	test('a property that is computed is refused; a read-only one is written on purpose', () => {
		expect(refusal(() => valuesOf(define('string', { formula: true }), 'x')).fix).toBe('Leave it out');
		expect(valuesOf(define('string', { readonly: true }), 'x')).toEqual([{ string: 'x' }]);
	});

	test.each([['INV-0042', 'INV-42'], ['007', '7'], ['2026/007 b', '2026/7 b'], ['x1y02', 'x1y2']])('the number of a counter %s loses its leading zeros, as in Entu', (given, stored) => {
		expect(valuesOf(define('counter'), given)).toEqual([{ counter: 1, string: stored }]);
	});

	test.each(['ABC', 'yes', 'INV-'])('a counter text without a number is refused: %s', (text) => {
		expect(refusal(() => valuesOf(define('counter'), text)).message).toContain('holds no number');
		expect(refusal(() => toGivenFromApi([define('counter')], [{ type: 'p', counter: 1, string: text }], TZ)).message).toContain('holds no number');
		expect(refusal(() => toGivenFromApi([], [{ type: 'legacy', counter: 1, string: text }], TZ)).message).toContain('holds no number');
	});

	test('a file is uploaded with the resource File', () => {
		expect(refusal(() => valuesOf(define('file'), 'cover.png')).fix).toContain("'File'");
	});
});

describe('several values', () => {
	const list = define('string', { list: true });

	test.each([
		[['a', 'b'], ['a', 'b']],
		['["a", "b"]', ['a', 'b']],
		['[not a list', ['[not a list']],
		['a', ['a']],
		[['a', '', null, 'b'], ['a', 'b']],
	])('%p', (input, expected) => {
		expect(valuesOf(list, input).map(({ string }) => string)).toEqual(expected);
	});

	test('references are typed as IDs, separated by commas', () => {
		const references = define('reference', { list: true });
		const other = ID.replace(/.$/, 'f');
		expect(valuesOf(references, `${ID}, ${other},`).map(({ reference }) => reference)).toEqual([ID, other]);
		expect(valuesOf(references, `["${ID}", "${other}"]`)).toHaveLength(2);
		expect(refusal(() => valuesOf(references, `${ID}, Tolkien`)).message).toMatch(/Tolkien.*is not an Entu ID/);
		expect(valuesOf(list, 'a, b').map(({ string }) => string)).toEqual(['a, b']);
	});

	test('are refused where one is taken', () => {
		expect(refusal(() => valuesOf(define('string'), ['a', 'b'])).message).toBe('takes one value, but 2 were given');
		expect(refusal(() => toGivenFromApi([define('string')], [{ type: 'p', string: 'a' }, { type: 'p', string: 'b' }], TZ)).parameter).toBe('The Field');
	});

	test('one bad value among them is refused', () => {
		expect(refusal(() => valuesOf(define('number', { list: true }), [1, 'two', 3])).message).toContain('"two"');
	});
});

describe('choices', () => {
	const status = define('string', { choices: ['new', 'worn'] });
	test('take what is among them', () => expect(valuesOf(status, 'worn')).toEqual([{ string: 'worn' }]));
	test.each(['New', 'broken', 'worn ', 5])('refuse %p and list them', (input) => {
		expect(refusal(() => valuesOf(status, input)).fix).toBe('Use one of: new, worn');
	});
});

describe('languages', () => {
	const text = define('text', { multilingual: true, list: false });

	test('stand in lower case', () => {
		expect(valuesOf(text, 'Hello', 'EN')).toEqual([{ string: 'Hello', language: 'en' }]);
	});
	test.each(['english', 'e', 'e1', ''])('"%s" is none', (language) => {
		expect(refusal(() => valuesOf(text, 'Hello', language)).fix).toContain('en or et');
	});
	test('are refused for a property without', () => {
		expect(refusal(() => valuesOf(define('string'), 'Hello', 'en')).message).toBe('has no languages');
	});
	test('come as columns or as an object', () => {
		const expected = [
			{ property: 'p', language: 'en', values: [{ type: 'p', string: 'Hello', language: 'en' }] },
			{ property: 'p', language: 'et', values: [{ type: 'p', string: 'Tere', language: 'et' }] },
		];
		expect(toGivenList([text], { 'p@en': 'Hello', 'p@ET': 'Tere' }, TZ)).toEqual(expected);
		expect(toGivenList([text], { p: { EN: 'Hello', et: 'Tere' } }, TZ)).toEqual(expected);
	});
	test('given twice are two values, which is one too many', () => {
		expect(refusal(() => toGivenList([text], { 'p@en': 'Hello', p: { en: 'Hi' } }, TZ)).message).toMatch(/2 were given/);
	});
});

describe('the form of the API', () => {
	test('a value as Entu sends it, with the name beside the reference', () => {
		const raw = { type: 'p', _id: ID, reference: ID, string: 'J. R. R. Tolkien', property_type: 'p', entity_type: 'author' };
		expect(toGivenFromApi([define('reference')], [raw], TZ)).toEqual([{ property: 'p', values: [{ type: 'p', reference: ID }] }]);
	});
	test('a counter: by step, and as a text', () => {
		const counter = [define('counter')];
		expect(toGivenFromApi(counter, [{ type: 'p', counter: 10 }], TZ)[0]?.values).toEqual([{ type: 'p', counter: 10 }]);
		expect(toGivenFromApi(counter, [{ type: 'p', string: 'INV-7', number: 7 }], TZ)[0]?.values).toEqual([{ type: 'p', counter: 1, string: 'INV-7' }]);
	});
	test('a property without a definition is taken as it is', () => {
		expect(toGivenFromApi([], [{ type: 'legacy', string: 'x', language: 'EN' }], TZ)).toEqual([
			{ property: 'legacy', language: 'en', values: [{ type: 'legacy', string: 'x', language: 'en' }] },
		]);
	});
	test.each<[string, unknown]>([
		['no object', 'name'],
		['no type', { string: 'x' }],
		['a type with other characters', { type: 'na-me', string: 'x' }],
		['no value', { type: 'p' }],
		['a null for a value', { type: 'p', string: null }],
		['a system property of the server', { type: '_created', datetime: '2026-01-01' }],
		['a parent without an ID', { type: '_parent', reference: 'Shelf A' }],
		['a sharing without a text', { type: '_sharing', boolean: true }],
	])('refuses %s', (_, entry) => {
		expect(refusal(() => toGivenFromApi([define('string')], [entry], TZ)).message).toContain('Entry 1');
	});
});

test('an unknown property is refused with the names of those that can be written', () => {
	const definitions = [define('string', { name: 'name' }), define('file', { name: 'photo' }), define('string', { name: 'code', formula: true })];
	expect(refusal(() => toGivenList(definitions, { nmae: 'x' }, TZ))).toMatchObject({ message: expect.stringContaining('"nmae"'), fix: 'Use one of: name' });
	expect(refusal(() => toGivenList([], { name: 'x' }, TZ)).fix).toMatch(/rights of the API key/);
});

describe('for any input', () => {
	test('a day stays that day in every time zone', () => {
		const day = fc.date({ min: new Date('1000-01-01'), max: new Date('2999-12-31'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10));
		const zone = fc.constantFrom('Pacific/Kiritimati', 'Pacific/Pago_Pago', 'America/New_York', 'UTC', TZ);
		fc.assert(fc.property(day, zone, (text, timeZone) => {
			expect(valuesOf(define('date'), text, undefined, timeZone)).toEqual([{ date: text }]);
		}));
	});

	test('a moment stays that moment', () => {
		fc.assert(fc.property(fc.date({ min: new Date('1000-01-01'), max: new Date('2999-12-31'), noInvalidDate: true }), (date) => {
			expect(valuesOf(define('datetime'), date.toISOString())).toEqual([{ datetime: date.toISOString() }]);
		}));
	});

	test('a number stays the same, as number and as text', () => {
		fc.assert(fc.property(fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 })), (number) => {
			const expected = number === 0 ? 0 : number;
			expect(valuesOf(define('number'), number)[0]?.number).toBeCloseTo(expected, 10);
			expect(valuesOf(define('number'), String(number))[0]?.number).toBeCloseTo(expected, 10);
		}));
	});

	test('whatever is given is stored in the right form or refused, never anything else', () => {
		const types = fc.constantFrom<PropertyType>('string', 'text', 'number', 'boolean', 'date', 'datetime', 'reference', 'counter');
		const forms: Record<string, (value: Record<string, unknown>) => boolean> = {
			string: ({ string }) => typeof string === 'string' && string.trim() !== '',
			text: ({ string }) => typeof string === 'string',
			number: ({ number }) => Number.isFinite(number),
			boolean: ({ boolean }) => typeof boolean === 'boolean',
			date: ({ date }) => /^\d{4}-\d{2}-\d{2}$/.test(String(date)),
			datetime: ({ datetime }) => new Date(String(datetime)).toISOString() === datetime,
			reference: ({ reference }) => /^[0-9a-f]{24}$/.test(String(reference)),
			counter: ({ counter, string }) => counter === 1 && (string === undefined || (typeof string === 'string' && /\d/.test(string))),
		};
		fc.assert(
			fc.property(types, fc.boolean(), fc.anything(), (type, list, input) => {
				let made: Array<Record<string, unknown>>;
				try {
					made = valuesOf(define(type, { list }), input);
				} catch (error) {
					expect(error).toBeInstanceOf(FailureError);
					return;
				}
				for (const value of made) expect(forms[type]?.(value)).toBe(true);
			}),
			{ numRuns: 2000 },
		);
	});
});
