import type { Failure } from './failure';

/** The text of a body; blank and with the character set that it is not in, where its bytes are no text of that. */
export interface Decoded {
	readonly text: string;
	readonly notIn?: string;
}

/** So many bytes hold the declaration of an XML text. */
const DECLARATION_BYTES = 200;

/**
 * Reads a body in its character set: the first that its bytes are a text of, of its mark (BOM), the header, its XML declaration, and UTF-8.
 * Bytes that are none are never replaced by other characters.
 * @param contentType header of the answer
 */
export function decode(body: Uint8Array, contentType: unknown): Decoded {
	const charsets = [markOf(body), charsetIn(contentType), declaredIn(body), 'utf-8'].filter((name) => name !== undefined);
	for (const charset of charsets) {
		const text = textIn(body, charset);
		if (text !== undefined) return { text };
	}
	return { text: '', notIn: charsets[0] };
}

/** Nothing for bytes of another set, and for a set that nobody knows. */
function textIn(body: Uint8Array, charset: string): string | undefined {
	try {
		// Leaves out the mark, which would make a text no JSON.
		return new TextDecoder(charset, { fatal: true }).decode(body);
	} catch {
		return undefined;
	}
}

/** The failure for a success with a body that can't be read. */
export function undecodable(service: string, charset: string, status: number): Failure {
	return {
		reason: 'unreadable answer',
		message: `${service} sent an answer that is no text in ${charset}, the character set that it should be in`,
		fix: `Ask the support of ${service}, and look whether a proxy changes what passes through it`,
		status,
	};
}

function markOf([first, second, third]: Uint8Array): string | undefined {
	if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
	if (first === 0xff && second === 0xfe) return 'utf-16le';
	return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}

function charsetIn(contentType: unknown): string | undefined {
	const charset = /;\s*charset\s*=\s*["']?([^"';\s]+)/i.exec(String(contentType ?? ''))?.[1]?.toLowerCase();
	// Decoders take it for windows-1252, whose bytes beyond ASCII it does not have.
	return charset === 'us-ascii' || charset === 'ascii' ? 'utf-8' : charset;
}

/** The set that an XML text names, which in sets of two bytes shows by its first character. */
function declaredIn(body: Uint8Array): string | undefined {
	const [first, second] = body;
	if (first === 0x3c && second === 0) return 'utf-16le';
	if (first === 0 && second === 0x3c) return 'utf-16be';
	const start = Buffer.from(body.subarray(0, DECLARATION_BYTES)).toString('latin1');
	return /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/i.exec(start)?.[1]?.toLowerCase();
}
