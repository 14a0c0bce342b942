import fc from 'fast-check';
import { normalizeBaseUrl, originOf } from '../../../nodes/shared/addresses';
import { path } from '../../../nodes/shared/service/paths';

describe('path', () => {
	test('encodes what is put in as one segment', () => {
		fc.assert(
			fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (segment) => {
				fc.pre(!['.', '..'].includes(segment));
				const { pathname } = new URL(path`/fixed/${segment}/end`, 'https://host.example');
				expect(pathname.split('/')).toHaveLength(4);
				expect(decodeURIComponent(pathname.split('/')[2] ?? '')).toBe(segment);
			}),
		);
	});

	test.each(['', '.', '..', 'cut \ud83d'])('refuses "%s", which would lead elsewhere', (segment) => {
		expect(() => path`/x/${segment}`).toThrow("can't be part of an address");
	});

	test('says what half of a character comes from', () => {
		expect(() => path`/x/${'cut \ud83d'}`).toThrow(expect.objectContaining({ failure: expect.objectContaining({ message: expect.stringContaining('"cut \uFFFD" holds half of a character'), fix: 'Look where the text is cut: an emoji counts as two' }) }));
	});
});

test.each([
	[' https://api.example.com/ ', 'https://api.example.com'],
	['https://api.example.com/base//', 'https://api.example.com/base'],
	[undefined, ''],
])('the base URL %j', (given, expected) => expect(normalizeBaseUrl(given)).toBe(expected));

test('the origin of an address', () => {
	expect(originOf('https://a.example:8443/x?y')).toBe('https://a.example:8443');
	expect(originOf('/x')).toBeUndefined();
});
