import fc from 'fast-check';
import { redact, redactData, redactJson } from '../../../nodes/shared/secrets/redact';

describe('redactData', () => {
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
