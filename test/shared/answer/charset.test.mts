/** Texts in the character sets that services use: read as what they are, or not at all. */
import { decode } from '../../../nodes/shared/answer/charset';

const WORDS = 'Договор № 17 «Ремонт»';
/** `Привет` in both. */
const WINDOWS_1251 = Buffer.from('cff0e8e2e5f2', 'hex');
const KOI8_R = Buffer.from('f0d2c9d7c5d4', 'hex');
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();
const xml = (charset: string, text: Buffer) => Buffer.concat([Buffer.from(`<?xml version="1.0" encoding="${charset}"?><a>`), text, Buffer.from('</a>')]);

test.each([
	['UTF-8', Buffer.from(WORDS), undefined, WORDS],
	['UTF-8 with a mark', Buffer.from(`\uFEFF${WORDS}`), 'application/json', WORDS],
	['windows-1251 by header', WINDOWS_1251, 'text/html; charset=windows-1251', 'Привет'],
	['cp1251, as some call it, in quotes', WINDOWS_1251, 'application/json; charset="CP1251"', 'Привет'],
	['KOI8-R by header', KOI8_R, 'text/plain;charset=koi8-r', 'Привет'],
	['windows-1251 by declaration', xml('windows-1251', WINDOWS_1251), 'application/xml', '<?xml version="1.0" encoding="windows-1251"?><a>Привет</a>'],
	['windows-1251 by declaration, against the header', xml('windows-1251', WINDOWS_1251), 'text/xml; charset=utf-8', '<?xml version="1.0" encoding="windows-1251"?><a>Привет</a>'],
	['UTF-16 with a mark', Buffer.from(`\uFEFF${WORDS}`, 'utf16le'), 'application/json; charset=utf-16', WORDS],
	['UTF-16 the other way round', utf16be(`\uFEFF${WORDS}`), 'application/json; charset=utf-8', WORDS],
	['UTF-16 by header', Buffer.from(WORDS, 'utf16le'), 'application/json; charset=utf-16le', WORDS],
	['UTF-16 of an XML text', utf16be('<a>я</a>'), undefined, '<a>я</a>'],
	['ASCII in name only', Buffer.from(WORDS), 'text/plain; charset=us-ascii', WORDS],
	['a set that nobody knows', Buffer.from(WORDS), 'text/plain; charset=klingon', WORDS],
	['nothing', Buffer.alloc(0), 'application/json', ''],
])('%s', (_, body, type, text) => expect(decode(body, type)).toEqual({ text }));

test.each([
	['windows-1251 without a word', WINDOWS_1251, 'application/json', 'utf-8'],
	['a character that was cut', Buffer.from(WORDS).subarray(0, -1), 'application/json; charset=utf-8', 'utf-8'],
	['half a character of UTF-16', Buffer.from(`\uFEFF${WORDS}`, 'utf16le').subarray(0, -1), undefined, 'utf-16le'],
	['a compressed body', Buffer.from('1f8b0800000000000003ab56', 'hex'), 'application/json', 'utf-8'],
])('%s is no text', (_, body, type, notIn) => expect(decode(body, type)).toEqual({ text: '', notIn }));
