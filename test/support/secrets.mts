/** Finds secrets where they must not be. */
import type { Entry } from '../../sandbox/client.mts';

/** A text that must be found nowhere. */
export interface Secret {
	/** What it is; the only thing about it that is ever shown. */
	name: string;
	value: string;
}

export interface Hit {
	secret: string;
	form: string;
}

/** So many characters of a secret in a row count as the secret: a text that was cut may hold a part of it. */
const PIECE = 12;
/** The ways in which a secret can be written; each gives one text or several. */
const FORMS: Readonly<Record<string, (value: string) => string[]>> = {
	plain: (value) => [value],
	'in other letters': (value) => [value.toUpperCase(), value.toLowerCase()],
	hex: (value) => [Buffer.from(value).toString('hex'), Buffer.from(value).toString('hex').toUpperCase()],
	'URL-encoded': (value) => [encodeURIComponent(value), new URLSearchParams([['', value]]).toString().slice(1)],
	'JSON-escaped': (value) => [escaped(value), escaped(escaped(value))],
	base64: (value) => [0, 1, 2].map((offset) => insideBase64(value, offset)),
	'base64 for URLs': (value) => [0, 1, 2].map((offset) => insideBase64(value, offset).replaceAll('+', '-').replaceAll('/', '_')),
};

/** How many forms of each secret are looked for; `Bearer <secret>` holds the plain one, `Basic <user:secret>` one in base64. */
export const formCount = Object.keys(FORMS).length;

/** Of a JWT, its signature: the rest is the same in many of them, and of no use without it. */
const essence = (value: string): string => /^eyJ[\w-]+\.[\w-]+\.([\w-]+)$/.exec(value)?.[1] ?? value;

const escaped = (value: string): string => JSON.stringify(value).slice(1, -1);

/** What base64 makes of a text that follows `offset` bytes of something else, without the characters at both ends that depend on its neighbours. */
function insideBase64(value: string, offset: number): string {
	const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(value)]);
	const whole = Math.floor((bytes.length * 8) / 6);
	return bytes.toString('base64').slice(Math.ceil((offset * 8) / 6), whole);
}

/** A text in all forms. */
export function writtenForms(value: string): { form: string; text: string }[] {
	return Object.entries(FORMS).flatMap(([form, write]) => write(value).map((text) => ({ form, text })));
}

/** Looks for many secrets at once, in all their forms, whole or in part. */
export class Search {
	private readonly pieces = new Map<string, Hit>();
	/** Which first four bytes a piece may have, so that nearly all positions are passed over quickly. */
	private readonly beginnings = new Uint8Array(1 << 24);

	constructor(secrets: readonly Secret[]) {
		for (const { name, value } of secrets) {
			if (value.length < PIECE) throw new Error(`${name} is too short to be told from other texts.`);
			for (const { form, text } of writtenForms(essence(value))) this.add(Buffer.from(text), { secret: name, form });
		}
	}

	/** What of the secrets is in there; each form of each secret once. */
	in(bytes: Buffer): Hit[] {
		const hits = new Map<string, Hit>();
		for (let at = 0; at <= bytes.length - PIECE; at++) {
			if (this.beginnings[beginning(bytes, at)] === 0) continue;
			const hit = this.pieces.get(bytes.toString('latin1', at, at + PIECE));
			if (hit) hits.set(`${hit.secret} ${hit.form}`, hit);
		}
		return [...hits.values()];
	}

	private add(text: Buffer, hit: Hit): void {
		for (let at = 0; at <= text.length - PIECE; at++) {
			const piece = text.toString('latin1', at, at + PIECE);
			if (this.pieces.has(piece)) continue;
			this.pieces.set(piece, hit);
			this.beginnings[beginning(text, at)] = 1;
		}
	}
}

/** 24 bits made of the four bytes at a position. */
function beginning(bytes: Buffer, at: number): number {
	const four = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
	return Math.imul(four, 0x9e3779b1) >>> 8;
}

const HEADERS = ['authorization', 'x-api-key'];
const FIELDS = ['token', 'password', 'client_secret', 'refresh_token', 'X-Amz-Signature'];

/** The secrets in requests as they were received: keys and tokens in headers, tokens, passwords (also encrypted ones) and signatures elsewhere. */
export function sentSecrets(entries: readonly Entry[]): string[] {
	const found = entries.flatMap(({ headers, query, body }) => [
		...HEADERS.map((name) => String(headers[name] ?? '').replace(/^Bearer /, '')),
		...[query, typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}].flatMap((fields) => FIELDS.map((name) => fields[name])),
	]);
	return [...new Set(found.filter((value): value is string => typeof value === 'string' && value.length >= 12))];
}
