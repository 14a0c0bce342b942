/** JSON with whole numbers of any length: nothing else is read in another way than `JSON.parse` reads it. */
import fc from 'fast-check';
import { readGivenJson, readJson, writeJson } from '../../../nodes/shared/answer/json';
import { anyText } from '../../support/text.mts';

const account = '40817810099910004312';

describe('whole numbers', () => {
	test.each([
		[`{"account":${account}}`, { account }],
		[`[${account}, -${account},\n${account}]`, [account, `-${account}`, account]],
		[account, account],
		['9007199254740991', 9007199254740991],
		['-9007199254740991', -9007199254740991],
		['9007199254740992', '9007199254740992'],
		['{"a":[{"b":12345678901234567890123456789012345678901234567890}]}', { a: [{ b: '12345678901234567890123456789012345678901234567890' }] }],
	])('%s is read with all its digits', (text, value) => expect(readJson(text)).toEqual(value));

	test.each(['0.12345678901234567890', '12345678901234567890.5', '12345678901234567890e3', '1e-12345678901234567890', '1.5E+1234567890123456', '-0'])(
		'%s is no whole number, and is read as ever',
		(text) => expect(readJson(`[${text}]`)).toEqual(JSON.parse(`[${text}]`)),
	);

	test.each([`"a, ${account}, b"`, `"\\": ${account}"`, `{":${account},":"\\\\"}`, `["[${account}]",1]`])('%s holds them in texts, which stay as they are', (text) =>
		expect(readJson(text)).toEqual(JSON.parse(text)),
	);

	test.each([`{${account}:1}`, `0${account}`, `--${account}`, `[${account}x]`, `[${account}"a"]`, `[${account} 1]`, `+${account}`, '', ' '])('%s is no JSON', (text) => {
		expect(() => readJson(text)).toThrow(SyntaxError);
		expect(() => readGivenJson(text)).toThrow(SyntaxError);
	});

	test.each([['[', ']', 1], ['{"a":', '}', 1], ['[{"a":', '}]', 2]])('what is nested more than 1,000 deep can be read, but neither written nor kept by n8n: %s', (open, close, levels) => {
		const nested = (depth: number) => `${open.repeat(depth / levels)}1${close.repeat(depth / levels)}`;
		expect(readJson(nested(1_000))).toEqual(JSON.parse(nested(1_000)));
		expect(() => readJson(nested(1_002))).toThrow('nested too deeply');
		expect(() => readJson(`[${nested(200_000)}, {"more": 1}]`)).toThrow('nested too deeply');
		expect(readJson(JSON.stringify({ text: close.repeat(2_000) }))).toEqual({ text: close.repeat(2_000) });
	});

	test('what a user gives is sent as it was given', () => {
		const text = `{"number":${account},"text":"${account}","list":[-${account},1.5],"__proto__":${account}}`;
		expect(readGivenJson(text)).toMatchObject({ number: BigInt(account), text: account, list: [-BigInt(account), 1.5] });
		expect(writeJson(readGivenJson(text))).toBe(text);
	});
});

/** A JSON text and the value that it must have. */
interface Json {
	readonly source: string;
	readonly value: unknown;
}

/** As `JSON.parse` reads it. */
const plain = (source: string): Json => ({ source, value: JSON.parse(source) as unknown });
const numeric = (source: string): Json => (/^-?\d+$/.test(source) && !Number.isSafeInteger(Number(source)) ? { source, value: source } : plain(source));

/** Pieces that are easily mistaken for one another. */
const digits = fc.stringMatching(/^[1-9]\d{0,24}$/);
const long = fc.oneof(digits, digits.map((text) => `-${text}`)).map(numeric);
const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => numeric(JSON.stringify(value))), fc.maxSafeInteger().map(String).map(plain), long);
const text = fc.oneof(anyText, digits, digits.map((found) => `,${found},`), fc.constantFrom('\\', '"', '\\"', '":1234567890123456789,"')).map((value) => plain(JSON.stringify(value)));
const { document } = fc.letrec<{ document: Json }>((tie) => ({
	document: fc.oneof(
		{ depthSize: 'small' },
		number,
		text,
		fc.constantFrom('true', 'false', 'null', '{}', '[]').map(plain),
		fc.array(tie('document'), { maxLength: 5 }).map((entries) => ({ source: `[${entries.map(({ source }) => source).join(', ')}]`, value: entries.map(({ value }) => value) })),
		fc.array(fc.tuple(text, tie('document')), { maxLength: 5 }).map((entries) => ({
			source: `{${entries.map(([key, { source }]) => `${key.source}:${source}`).join(',\n')}}`,
			value: Object.fromEntries(entries.map(([key, { value }]) => [key.value, value])) as unknown,
		})),
	),
}));

test('everything else is read as JSON.parse reads it', () => {
	fc.assert(
		fc.property(document, ({ source, value }) => {
			expect(readJson(source)).toEqual(value);
			expect(readJson(writeJson(readGivenJson(source)))).toEqual(value);
		}),
		{ numRuns: 3000 },
	);
});

test('whatever is no JSON is none', () => {
	fc.assert(
		fc.property(fc.oneof(fc.string(), document.chain(({ source }) => fc.nat(source.length).map((end) => source.slice(0, end)))), (source) => {
			const parses = (parse: (source: string) => unknown): boolean => {
				try {
					parse(source);
					return true;
				} catch {
					return false;
				}
			};
			expect(parses(readJson)).toBe(parses(JSON.parse));
		}),
		{ numRuns: 3000 },
	);
});
