/** How answers are written to a bare connection. */
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import type { Socket } from 'node:net';
import type { Answer, Play } from './proxy.mts';

export type Headers = Readonly<Record<string, string | number>>;

/** A whole answer of our own; `Content-Length` is right unless `headers` says otherwise. */
export const whole = (status: number | string, headers: Headers, body: Buffer | string = ''): Play => (socket) =>
	void socket.end(message(status, headers, Buffer.from(body)));

export const json = (status: number, body: unknown, headers: Headers = {}): Play => text(status, JSON.stringify(body), headers);

export const text = (status: number, body: string, headers: Headers = {}): Play =>
	whole(status, { 'Content-Type': 'application/json; charset=utf-8', ...headers }, body);

export const html = (status: number, body: string, headers: Headers = {}): Play => whole(status, { 'Content-Type': 'text/html', ...headers }, body);

/** Bytes, and then the end of the connection. */
export const bytes = (...parts: Array<Buffer | string>): Play => (socket) => void socket.end(Buffer.concat(parts.map((part) => Buffer.from(part))));

/** By HTTP it has no body, so that there is nothing in it to be damaged: it goes on as it is. */
const hasNoBody = ({ status }: Answer): boolean => status === 204;
const passOn: Play = (socket, answer) => void socket.end(head(answer.status, ownHeaders(answer, { 'Content-Length': undefined })));

/** The service's own answer with another body or other headers; of a header that is `undefined` nothing stays. */
export const changed = (change: (answer: Answer) => { headers?: Record<string, string | undefined>; body?: Buffer; status?: number }): Play => (socket, answer) => {
	if (hasNoBody(answer)) return passOn(socket, answer);
	const { headers = {}, body = answer.body, status = answer.status } = change(answer);
	socket.end(Buffer.concat([head(status, ownHeaders(answer, { 'Content-Length': String(body.length), ...headers })), body]));
};

/** Begins the service's own answer, and goes on as `rest` says. */
export const begun = (headers: Record<string, string | undefined>, rest: (socket: Socket, body: Buffer) => void): Play => (socket, answer) => {
	if (hasNoBody(answer)) return passOn(socket, answer);
	socket.write(head(answer.status, ownHeaders(answer, headers)));
	rest(socket, answer.body);
};

export function head(status: number | string, headers: ReadonlyArray<readonly [string, string]>): Buffer {
	const line = typeof status === 'string' ? status : `HTTP/1.1 ${status} Answer`;
	return Buffer.from([line, ...headers.map(([name, value]) => `${name}: ${value}`), '', ''].join('\r\n'), 'latin1');
}

function message(status: number | string, headers: Headers, body: Buffer): Buffer {
	const all = { 'Content-Length': body.length, Connection: 'close', ...headers };
	return Buffer.concat([head(status, Object.entries(all).map(([name, value]) => [name, String(value)])), body]);
}

function ownHeaders({ headers }: Answer, changes: Record<string, string | undefined>): Array<[string, string]> {
	const names = new Set(Object.keys(changes).map((name) => name.toLowerCase()));
	const kept = headers.filter(([name]) => !names.has(name.toLowerCase()) && name.toLowerCase() !== 'connection');
	const added = Object.entries(changes).filter((entry): entry is [string, string] => entry[1] !== undefined);
	return [...kept.map(([name, value]): [string, string] => [name, value]), ...added, ['Connection', 'close']];
}

/** Writes the same again and again until the other side has had enough. */
export function trickle(socket: Socket, what: Buffer | string, everyMs = 40): void {
	const timer = setInterval(() => socket.write(what), everyMs);
	socket.once('close', () => clearInterval(timer));
}

export const packers = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync, 'raw deflate': deflateRawSync };

/** In a charset of one byte a letter; what it lacks is written as JSON writes it, in XML as XML does. */
export function inCharset(content: string, charset: string): Buffer {
	const letters = new TextDecoder(charset).decode(Uint8Array.from({ length: 256 }, (_, i) => i));
	const codes = new Map([...letters].map((letter, code) => [letter, code]));
	const encoded = [...content].flatMap((letter) => {
		const code = codes.get(letter);
		return code === undefined ? [...Buffer.from(content.startsWith('<') ? `&#${letter.codePointAt(0)};` : escaped(letter))] : [code];
	});
	return Buffer.from(encoded);
}

const escaped = (letter: string) => Array.from({ length: letter.length }, (_, i) => `\\u${letter.charCodeAt(i).toString(16).padStart(4, '0')}`).join('');

export function utf16(content: string, order: 'LE' | 'BE', mark = true): Buffer {
	const encoded = Buffer.from((mark ? '\uFEFF' : '') + content, 'utf16le');
	return order === 'LE' ? encoded : encoded.swap16();
}
