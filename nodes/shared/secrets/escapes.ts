/** A text from which escapes were taken off, and where each of its characters came from. */
export interface Unescaped {
	readonly text: string;
	/** Position of each character in the text as it came; one more for its end. */
	readonly origin: readonly number[];
}

/** So often may a text have been escaped: a JSON text in a JSON text, an address in an address. */
export const MOST_LAYERS = 3;

/** Escapes of the characters of ASCII, in addresses, JSON, HTML and XML. */
const ASCII = /%[2-7][\da-f]|\\(?:u00[2-7][\da-f]|["\\/])|&(?:amp|lt|gt|quot|apos|#\d{2,5}|#x[\da-f]{2,5});/gi;
/** And of all others. */
const ALL = /%[\da-f]{2}|\\(?:u[\da-f]{4}|["\\/])|&(?:amp|lt|gt|quot|apos|#\d{2,5}|#x[\da-f]{2,5});/gi;

export function escapesFor(secrets: readonly string[]): RegExp {
	return secrets.every((secret) => /^[\x20-\x7e]*$/.test(secret)) ? ASCII : ALL;
}

/** Takes one layer of escapes off. */
export function unescaped(text: string, escapes: RegExp): string {
	return text.replace(escapes, characterOf);
}

/** The same, with the places that the characters came from. */
export function unescapedWithOrigin(layer: Unescaped, escapes: RegExp): Unescaped {
	const characters: string[] = [];
	const origin: number[] = [];
	let at = 0;
	const copyUpTo = (end: number): void => {
		for (; at < end; at++) {
			characters.push(layer.text.charAt(at));
			origin.push(layer.origin[at] ?? 0);
		}
	};
	for (const match of layer.text.matchAll(escapes)) {
		copyUpTo(match.index);
		characters.push(characterOf(match[0]));
		origin.push(layer.origin[at] ?? 0);
		at += match[0].length;
	}
	copyUpTo(layer.text.length);
	return { text: characters.join(''), origin: [...origin, layer.origin.at(-1) ?? 0] };
}

/** A text as it came. */
export function asItCame(text: string): Unescaped {
	return { text, origin: Array.from({ length: text.length + 1 }, (_, i) => i) };
}

const NAMED = [['amp;', '&'], ['lt;', '<'], ['gt;', '>'], ['quot;', '"'], ['apos;', "'"]] as const;

/** What an escape stands for: one character. */
function characterOf(escape: string): string {
	return String.fromCharCode(within(escape.charCodeAt(0), escape, 1)?.code ?? 0);
}

/** What every escape begins with. */
export const INTRODUCERS = ['%', '\\', '&'] as const;
const [PERCENT, AMPERSAND] = [0x25, 0x26];
export const BACKSLASH = 0x5c;

export function isIntroducer(code: number): boolean {
	return code === PERCENT || code === BACKSLASH || code === AMPERSAND;
}

/** A character as it is written in a text. */
interface Unit {
	readonly code: number;
	readonly length: number;
}

/** The character at a place, with the escapes taken off that begin there, one inside the other. */
export function unitAt(text: string, at: number): Unit {
	let code = text.charCodeAt(at);
	let length = 1;
	for (let depth = 0; depth < MOST_LAYERS && isIntroducer(code); depth++) {
		const rest = within(code, text, at + length);
		if (!rest) break;
		code = rest.code;
		length += rest.length;
	}
	return { code, length };
}

/** What follows the beginning of an escape. */
function within(introducer: number, text: string, at: number): Unit | undefined {
	if (introducer === PERCENT) return hexAt(text, at, 2);
	if (introducer === AMPERSAND) return entityAt(text, at);
	const next = text.charAt(at);
	if (next === '"' || next === '\\' || next === '/') return { code: next.charCodeAt(0), length: 1 };
	const hex = next === 'u' ? hexAt(text, at + 1, 4) : undefined;
	return hex && { code: hex.code, length: 5 };
}

function hexAt(text: string, at: number, length: number): Unit | undefined {
	let code = 0;
	for (let i = at; i < at + length; i++) {
		const digit = hexDigit(text.charCodeAt(i));
		if (digit === undefined) return undefined;
		code = code * 16 + digit;
	}
	return { code, length };
}

function hexDigit(code: number): number | undefined {
	if (code >= 0x30 && code <= 0x39) return code - 0x30;
	const letter = code | 0x20;
	return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : undefined;
}

function entityAt(text: string, at: number): Unit | undefined {
	if (text.charAt(at) !== '#') {
		const named = NAMED.find(([name]) => text.slice(at, at + name.length).toLowerCase() === name);
		return named && { code: named[1].charCodeAt(0), length: named[0].length };
	}
	const [all, hex, decimal] = /^#(?:x([\da-f]{2,5})|(\d{2,5}));/i.exec(text.slice(at, at + 8)) ?? [];
	if (all === undefined) return undefined;
	return { code: hex === undefined ? Number(decimal) : Number.parseInt(hex, 16), length: all.length };
}
