import fc from 'fast-check';
import { DataRedactor, redact, redactJson } from '../../../nodes/shared/secrets/redact';

const redactData = (text: string, keys: readonly string[]): string => new DataRedactor(keys).text(text);

describe('DataRedactor', () => {
	const key = 'k+y/0815=ABCDEF';

	test.each([key, encodeURIComponent(key), encodeURIComponent(key).replace(/%../g, (escape) => escape.toLowerCase()), Buffer.from(key).toString('base64')])('hides a key written as %s', (form) => {
		expect(redactData(`{"next":"https://x.test/?token=${form}&page=2"}`, [key])).toBe('{"next":"https://x.test/?token=***&page=2"}');
	});

	test('leaves short texts alone, which data may hold by chance', () => {
		expect(redactData('{"name":"test"}', ['test'])).toBe('{"name":"test"}');
	});
});

describe('redact', () => {
	const secret = 'p@ss/w "rd+ä';

	test('leaves alone what is too short to be a secret, in every form', () => {
		for (const text of ['ab', 'YWI=', '6162', `${Buffer.from('me:ab').toString('base64')}`]) expect(redact(`before ${text} after`, ['ab', 'me', ' ', ''])).toBe(`before ${text} after`);
	});

	test.each([secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64'), JSON.stringify(secret).slice(1, -1)])('hides %s', (form) => {
		expect(redact(`before ${form} after`, [secret])).toBe('before *** after');
	});

	test('hides the rest of a secret that holds another one, whatever their order', () => {
		for (const secrets of [['pass', 'pass-0815'], ['pass-0815', 'pass']]) expect(redact('with pass-0815 and pass', secrets)).toBe('with *** and ***');
	});

	test('hides it as a form holds it', () => {
		const words = "it's a (secret)!";
		expect(redact(`a=1&password=${new URLSearchParams({ p: words }).toString().slice(2)}`, [words])).toBe('a=1&password=***');
	});

	test('copes with half a character', () => expect(redact('a pass\ud83d here', ['pass\ud83d'])).toBe('a *** here'));

	test('hides it whatever its case, marks of patterns included', () => {
		expect(redact('Ada.B+C@EXAMPLE.test and adaxb+c@example.test', ['ada.b+c@example.TEST'])).toBe('*** and adaxb+c@example.test');
	});

	test('hides it anywhere in a value, names included', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (value) => {
				const shown = JSON.stringify(redactJson({ value, list: [{ [secret]: secret }] }, [secret]));
				expect(shown).not.toContain(JSON.stringify(secret).slice(1, -1));
			}),
		);
	});

	test('leaves a text without secrets as it is', () => {
		expect(redact('nothing to see', [secret, ''])).toBe('nothing to see');
	});
});

/** The ways in which services are known to write what they were sent. */
const WRITTEN: Readonly<Record<string, (text: string) => string>> = {
	'as it is': (text) => text,
	'upper case': (text) => text.toUpperCase(),
	'lower case': (text) => text.toLowerCase(),
	'escapes of JSON for all that is no letter': (text) => text.replace(/[^A-Za-z0-9]/g, unicode),
	'escapes of JSON for everything': (text) => text.replace(/[^]/g, unicode),
	'escaped slashes': (text) => text.replaceAll('/', '\\/'),
	'JSON in JSON': (text) => escaped(escaped(text.replace(/[^A-Za-z0-9]/g, unicode))),
	'an address': (text) => encodeURIComponent(text),
	'an address in an address': (text) => encodeURIComponent(encodeURIComponent(text)),
	'a form': (text) => new URLSearchParams([['', text]]).toString().slice(1),
	'HTML': (text) => text.replace(/[&<>"'+/=]/g, (character) => `&#${character.charCodeAt(0)};`),
	'HTML in hex': (text) => text.replace(/[^A-Za-z0-9]/g, (character) => `&#x${character.charCodeAt(0).toString(16)};`),
	'XML': (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&apos;'),
	'HTML in HTML': (text) => text.replace(/[&<>"'+/=]/g, (character) => `&amp;#${character.charCodeAt(0)};`),
	'HTML in an address': (text) => encodeURIComponent(text.replace(/[&<>"'+/=]/g, (character) => `&#${character.charCodeAt(0)};`)),
	base64: (text) => Buffer.from(text).toString('base64'),
	'base64 for addresses': (text) => Buffer.from(text).toString('base64url'),
	'base64 of user and key': (text) => Buffer.from(`api-user:${text}`).toString('base64'),
	'base64 in the middle of something': (text) => Buffer.from(`{"k":"${text}","x":1}`).toString('base64url'),
	hex: (text) => Buffer.from(text).toString('hex'),
	'hex in upper case': (text) => Buffer.from(text).toString('hex').toUpperCase(),
	'its beginning, cut': (text) => text.slice(0, 12),
	'its end, cut': (text) => text.slice(-12),
	'its middle': (text) => text.slice(3, 17),
};
const unicode = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
const escaped = (text: string) => JSON.stringify(text).slice(1, -1);

const KEYS = ['k+y/0815=ABCD&EF<12>x"y', '9f86d081884c7d659a2feaa0c55ad015', 'Zm9vYmFy/c3VwZXI+c2VjcmV0a2V5==', "it's a (long) secret!"];

describe.each(Object.entries(WRITTEN))('a key written as %s', (_, write) => {
	test.each(KEYS)('is hidden in data and in errors', (key) => {
		const form = write(key);
		const text = `{"before": 1, "at": "https://x.test/?a=b&t=`;
		// Of a form in base64, what its neighbours have a part in may be left.
		for (const hidden of [redactData(text + form + '&c=d"}', [key]), redact(text + form + '&c=d"}', [key])]) {
			expect(hidden.startsWith(text)).toBe(true);
			expect(hidden.endsWith('&c=d"}')).toBe(true);
			expect(hidden).toContain('***');
			expect(hidden.length).toBeLessThan(text.length + 20 + Math.max(0, form.length - Buffer.from(key).toString('base64').length));
		}
	});
});

describe('a key in JSON', () => {
	test.each(KEYS)('is hidden under whatever escapes, and all else stays as it is', (key) => {
		fc.assert(
			fc.property(fc.jsonValue(), fc.array(fc.boolean(), { minLength: key.length, maxLength: key.length }), (value, escapes) => {
				const written = [...key].map((character, i) => (escapes[i] ? unicode(character) : escaped(character))).join('');
				const rest = JSON.stringify(value);
				const shown = JSON.parse(redactData(`{"rest":${rest},"key":"${written}"}`, [key])) as unknown;
				expect(shown).toEqual({ rest: JSON.parse(rest) as unknown, key: '***' });
			}),
		);
	});
});

test('of a short password, base64 with the user name is hidden too', () => {
	const header = `Basic ${Buffer.from('ada@example.test:s3cr3t').toString('base64')}`;
	expect(redact(`sent ${header}!`, ['ada@example.test', 's3cr3t'])).toBe('sent Basic ***!');
});

test('what many tokens have in common is no secret, and an address is one as a whole', () => {
	const token = (payload: string, signature: string) => `eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.${payload}.${signature}`;
	const own = token('eyJ1c2VyIjoiYWRhIn0', 'SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c');
	const other = token('eyJ1c2VyIjoiYm9iIn0', 'b0eYh2d4kq1xqk5o2yZ7mXn3cVt8uWp6rSs9aLfGhJk');
	expect(redactData(`${own} ${other}`, [own])).toBe(`*** ${other}`);
	expect(redact('SmartConnect.com knows nobody called eve@smartconnect.com', ['ada@smartconnect.com'])).toBe('SmartConnect.com knows nobody called eve@smartconnect.com');
});
