/** Every way we know in which an answer can go wrong, and what a user may expect then. */
import type { Socket } from 'node:net';
import type { Play } from './proxy.mts';
import { begun, bytes, changed, head, html, inCharset, json, packers, text, trickle, utf16, whole } from './shapes.mts';

export interface Fault {
	readonly name: string;
	/** What it belongs to in the report. */
	readonly kind: string;
	/** Whether the service has carried out the request. */
	readonly afterEffect: boolean;
	readonly play: Play;
	/** The answer is right, only unusual: nothing may come of it. */
	readonly good?: boolean;
	/** Says nothing about the next attempt, so that a read has to recover. */
	readonly passing?: boolean;
	/** Only a time-out ends it. */
	readonly stalls?: boolean;
	/** Well-formed data of another shape, which a request of free form can't tell from good ones. */
	readonly shape?: boolean;
	/** It says nothing, and a change may be content with that. */
	readonly silent?: boolean;
	/** Words of the service that the user has to read. */
	readonly says?: string;
}

interface Form extends Omit<Fault, 'kind' | 'name' | 'afterEffect'> {
	/** It needs the service's own answer, or nobody could tell before the effect. */
	readonly onlyAfter?: boolean;
	/** No service and no gateway says so after the effect. */
	readonly onlyBefore?: boolean;
}

type Forms = Readonly<Record<string, Form>>;

const PAGE = '<!DOCTYPE html><html><head><title>Error</title></head><body><h1>Something is wrong</h1></body></html>';
const GURU = '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html><head><title>503 Backend fetch failed</title></head><body><h1>Error 503 Backend fetch failed</h1><p>Guru Meditation:</p><p>XID: 32770</p></body></html>';
const SENTENCE = 'Документ не найден';
const passing = { passing: true } as const;
const good = { good: true, onlyAfter: true } as const;
const own = { onlyAfter: true, passing: true } as const;

const each = <T extends string | number>(values: readonly T[], form: (value: T) => Form, name: (value: T) => string = String): Forms =>
	Object.fromEntries(values.map((value) => [name(value), form(value)]));

const connection: Forms = {
	reset: { ...passing, play: (socket) => void socket.resetAndDestroy() },
	'closed without a byte': { ...passing, play: (socket) => void socket.end() },
	'closed in the status line': { ...passing, play: bytes('HTTP/1.1 20') },
	'closed in the head': { ...passing, play: bytes('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Le') },
	'closed after the head': { ...passing, play: bytes('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n') },
	'reset after the head': { ...passing, play: (socket) => void socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n', () => socket.resetAndDestroy()) },
	'no byte at all': { ...passing, stalls: true, play: () => undefined },
	'stalls in the head': { ...passing, stalls: true, play: (socket) => void socket.write('HTTP/1.1 200 OK\r\nContent-Ty') },
	'stalls after the head': { ...passing, stalls: true, play: (socket) => void socket.write('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n') },
	'stalls in the body': { ...own, stalls: true, play: begun({}, (socket, body) => void socket.write(body.subarray(0, Math.floor(body.length / 2)))) },
	'a head that trickles without end': { ...passing, stalls: true, play: (socket) => { socket.write('HTTP/1.1 200 OK\r\nX-Slow: '); trickle(socket, 'a'); } },
	'a body that trickles without end': { ...passing, stalls: true, play: trickling('') },
	'a JSON text that trickles without end': { ...passing, stalls: true, play: trickling('[{"name":"') },
	'1xx without end': { ...passing, stalls: true, play: (socket) => trickle(socket, 'HTTP/1.1 102 Processing\r\n\r\n') },
	'random bytes': { ...passing, play: bytes(Buffer.from(Array.from({ length: 600 }, (_, i) => (i * 89 + 7) % 256))) },
	'the greeting of another protocol': { ...passing, play: bytes('SSH-2.0-OpenSSH_9.6\r\n') },
	'a TLS alert': { ...passing, play: bytes(Buffer.from([0x15, 3, 1, 0, 2, 2, 40])) },
	'HTTP/0.9': { ...passing, play: bytes('{"ok":true}') },
};

function trickling(begin: string): Play {
	return (socket) => {
		socket.write(head(200, [['Content-Type', 'application/json'], ['Transfer-Encoding', 'chunked']]));
		if (begin) socket.write(`${begin.length.toString(16)}\r\n${begin}\r\n`);
		trickle(socket, '1\r\n \r\n');
	};
}

const cutAt = (where: (length: number) => number, end: (socket: Socket) => void = (socket) => socket.end()): Form => ({
	...own,
	play: begun({}, (socket, body) => void socket.write(body.subarray(0, where(body.length)), () => end(socket))),
});
const framedCut = (where: (length: number) => number): Form => ({ ...own, play: changed(({ body }) => ({ body: body.subarray(0, where(body.length)) })) });

const cut: Forms = {
	'after one byte': cutAt(() => 1),
	'in the middle': cutAt((length) => Math.floor(length / 2)),
	'before the last byte': cutAt((length) => length - 1),
	'in the middle, by a reset': cutAt((length) => Math.floor(length / 2), (socket) => void socket.resetAndDestroy()),
	'in the middle, length to match': framedCut((length) => Math.floor(length / 2)),
	'before the last byte, length to match': framedCut((length) => length - 1),
	'after one byte, length to match': framedCut(() => 1),
	'in the middle, no length told': { ...own, play: begun({ 'Content-Length': undefined }, (socket, body) => void socket.end(body.subarray(0, Math.floor(body.length / 2)))) },
	'to nothing': { ...own, play: changed(() => ({ body: Buffer.alloc(0) })) },
	'to nothing, no length told': { ...own, play: begun({ 'Content-Length': undefined }, (socket) => void socket.end()) },
};

const chunked = (write: (body: Buffer) => Array<Buffer | string>): Form['play'] =>
	begun({ 'Content-Length': undefined, 'Transfer-Encoding': 'chunked' }, (socket, body) => void socket.end(Buffer.concat(write(body).map((part) => Buffer.from(part)))));
/** Of nothing there is no chunk: one of length 0 would be the last. */
const chunk = (part: Buffer, size = part.length.toString(16), extension = '') => (part.length === 0 ? part : Buffer.concat([Buffer.from(`${size}${extension}\r\n`), part, Buffer.from('\r\n')]));

const framing: Forms = {
	'a length too large': { ...own, play: begun({ 'Content-Length': '9999999' }, (socket, body) => void socket.end(body)) },
	'a length too small': { ...own, play: begun({ 'Content-Length': '1' }, (socket, body) => void socket.end(body)) },
	'a negative length': { ...own, play: begun({ 'Content-Length': '-5' }, (socket, body) => void socket.end(body)) },
	'a length that is no number': { ...own, play: begun({ 'Content-Length': 'many' }, (socket, body) => void socket.end(body)) },
	'two lengths': { ...own, play: begun({ 'content-length': '3', 'Content-Length': '5' }, (socket, body) => void socket.end(body)) },
	'length and chunks': { ...own, play: begun({ 'Content-Length': '5', 'Transfer-Encoding': 'chunked' }, (socket, body) => void socket.end(Buffer.concat([chunk(body), Buffer.from('0\r\n\r\n')]))) },
	'right chunks': { ...good, play: chunked((body) => [chunk(body.subarray(0, 3)), chunk(body.subarray(3)), '0\r\n\r\n']) },
	'chunks with extensions': { ...good, play: chunked((body) => [chunk(body, undefined, ';a=b'), '0\r\n\r\n']) },
	'chunks with a trailer': { ...good, play: chunked((body) => [chunk(body), '0\r\nX-Sum: 1\r\n\r\n']) },
	'no last chunk': { ...own, play: chunked((body) => [chunk(body)]) },
	'a chunk that is cut': { ...own, play: chunked((body) => [chunk(body).subarray(0, Math.floor(body.length / 2) + 3)]) },
	'a chunk size that is no number': { ...own, play: chunked((body) => [chunk(body, 'xyz'), '0\r\n\r\n']) },
	'a chunk size too large': { ...own, play: chunked((body) => [chunk(body, 'fffff'), '0\r\n\r\n']) },
	'a chunk size too small': { ...own, play: chunked((body) => [chunk(body, '1'), '0\r\n\r\n']) },
	'a chunk size beyond all numbers': { ...own, play: chunked((body) => [chunk(body, 'f'.repeat(40)), '0\r\n\r\n']) },
	'chunks without line ends': { ...own, play: chunked((body) => [body.length.toString(16), body, '0']) },
	'a transfer encoding that nobody knows': { ...own, play: begun({ 'Content-Length': undefined, 'Transfer-Encoding': 'magic' }, (socket, body) => void socket.end(body)) },
	'no length, the end tells': { ...good, play: begun({ 'Content-Length': undefined }, (socket, body) => void socket.end(body)) },
	'HTTP/1.0': { ...good, play: (socket, { status, headers, body }) => void socket.end(Buffer.concat([head(`HTTP/1.0 ${status} OK`, headers), body])) },
	'HTTP/3.7': { ...passing, play: whole('HTTP/3.7 200 OK', {}, '{}') },
	'a status that is no number': { ...passing, play: whole('HTTP/1.1 abc OK', {}, '{}') },
	'a status of four digits': { ...passing, play: whole('HTTP/1.1 2000 OK', {}, '{}') },
	'no text beside the status': { ...good, play: (socket, { status, headers, body }) => void socket.end(Buffer.concat([head(`HTTP/1.1 ${status}`, headers), body])) },
	'a header without a colon': { ...passing, play: whole('HTTP/1.1 200 OK\r\nnothing here', {}, '{}') },
	'a header with a zero byte': { ...passing, play: whole(200, { 'X-Zero': 'a\0b' }, '{}') },
	'a header without a name': { ...passing, play: whole('HTTP/1.1 200 OK\r\n: empty', {}, '{}') },
	'line ends of one byte': { ...passing, play: bytes('HTTP/1.1 200 OK\nContent-Length: 2\n\n{}') },
	'a header of 20 KB': { ...passing, play: whole(200, { 'X-Big': 'a'.repeat(20_000) }, '{}') },
	'a header of 1 MB': { ...passing, play: whole(200, { 'X-Big': 'a'.repeat(1_000_000) }, '{}') },
	'5,000 headers': { ...passing, play: whole(200, Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`X-${i}`, i])), '{}') },
	'two answers at once': { ...good, play: (socket, { status, headers, body }) => void socket.end(Buffer.concat([head(status, headers), body, Buffer.from('HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n')])) },
};

const informational: Forms = {
	'100 before the answer': { ...good, play: preceded(100) },
	'102 before the answer': { ...good, play: preceded(102) },
	'103 before the answer': { ...good, play: preceded(103) },
	'199 before the answer': { ...good, play: preceded(199) },
	'100 and the end': { ...passing, play: bytes('HTTP/1.1 100 Continue\r\n\r\n') },
	'100 and nothing more': { ...passing, stalls: true, play: (socket) => void socket.write('HTTP/1.1 100 Continue\r\n\r\n') },
	'101 and nothing more': { ...passing, stalls: true, play: (socket) => void socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n') },
	'101 and the end': { ...passing, stalls: true, play: bytes('HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n') },
};

function preceded(status: number): Play {
	return (socket, answer) => void socket.end(Buffer.concat([head(status, []), head(answer.status, answer.headers), answer.body]));
}

const elsewhere: Record<string, Record<string, string>> = {
	'without an address': {},
	'to the same host': { Location: '/login' },
	'to another host': { Location: 'http://127.0.0.1:9/elsewhere' },
	'to no address': { Location: 'http://' },
};
const redirects: Forms = Object.fromEntries([
	...[301, 302, 303, 307, 308].flatMap((status) =>
		Object.entries(elsewhere).map(([where, headers]) => [`${status} ${where}`, { play: whole(status, headers) }]),
	),
	...[300, 304, 305, 306, 399].map((status) => [`${status}`, { play: whole(status, {}) }]),
]) as Forms;

const soon = (status: number): Forms => {
	const past = new Date(Date.now() - 5000).toUTCString();
	const times: Record<string, Record<string, string>> = {
		'without a time': {},
		'at once': { 'Retry-After': '0' },
		'in a second': { 'Retry-After': '1' },
		'at a date': { 'Retry-After': past },
		'before now': { 'Retry-After': '-5' },
		'at some time': { 'Retry-After': 'soon' },
		'in a year': { 'Retry-After': '31536000' },
		'at no time': { 'Retry-After': '1e400' },
	};
	return Object.fromEntries(
		Object.entries(times).flatMap(([when, headers]) => {
			const form = /year|no time/.test(when) ? {} : passing;
			return [
				[`${status} ${when}, as JSON`, { ...form, onlyBefore: status === 429, play: json(status, { message: 'Too much' }, headers) }],
				[`${status} ${when}, as a page`, { ...form, play: html(status, PAGE, headers) }],
			];
		}),
	) as Forms;
};

const throttling: Forms = { ...soon(429), ...soon(503), '503 of a cache': { ...passing, play: html(503, GURU, { 'Retry-After': '2', Server: 'Varnish' }) } };

const refusals: Forms = {
	...each([400, 401, 402, 403, 404, 405, 406, 407, 409, 410, 411, 413, 414, 415, 417, 418, 421, 422, 423, 426, 428, 431, 451, 498], (status) => ({ onlyBefore: true, play: html(status, PAGE) }), (status) => `${status} as a page`),
	...each([400, 403, 404, 409, 422], (status) => ({ onlyBefore: true, play: text(status, '') }), (status) => `${status} without a body`),
	...each([408, 425, 499], (status) => ({ ...passing, play: html(status, PAGE) }), (status) => `${status} as a page`),
	'400 in windows-1251': { onlyBefore: true, says: SENTENCE, play: whole(400, { 'Content-Type': 'application/json; charset=windows-1251' }, inCharset(errorBody(), 'windows-1251')) },
	'400 in KOI8-R': { onlyBefore: true, says: SENTENCE, play: whole(400, { 'Content-Type': 'application/json; charset=koi8-r' }, inCharset(errorBody(), 'koi8-r')) },
	'400 in UTF-16': { onlyBefore: true, says: SENTENCE, play: whole(400, { 'Content-Type': 'application/json; charset=utf-16' }, utf16(errorBody(), 'LE')) },
	'400 of 5 MB': { onlyBefore: true, play: html(400, PAGE + 'x'.repeat(5_000_000)) },
};

/** In the words that each of the services uses for a message. */
function errorBody(): string {
	return JSON.stringify({ message: SENTENCE, error: SENTENCE, Message: SENTENCE, errors: [{ message: SENTENCE }] });
}

const gateways: Forms = {
	...each([500, 501, 502, 504, 505, 507, 508, 511, 520, 521, 522, 523, 524, 525, 526, 527, 529, 530, 598, 599, 999], (status) => ({ ...passing, play: html(status, PAGE) }), (status) => `${status} as a page`),
	...each([500, 502, 504], (status) => ({ ...passing, play: json(status, { message: 'No' }) }), (status) => `${status} as JSON`),
	...each([500, 502, 504], (status) => ({ ...passing, play: text(status, '') }), (status) => `${status} without a body`),
	'500 with a time': { ...passing, play: json(500, { message: 'No' }, { 'Retry-After': '0' }) },
	'502 with a time': { ...passing, play: html(502, PAGE, { 'Retry-After': '0' }) },
	'200 with a page': { ...passing, play: html(200, PAGE) },
	'200 with a page called JSON': { ...passing, play: text(200, PAGE) },
	'200 with a log-in form': { ...passing, play: html(200, '<html><form action="/login"><input name="user"><input type="password" name="pw"></form></html>') },
	'200 with a question for humans': { ...passing, play: html(200, '<html><title>Just a moment...</title><script>challenge()</script></html>', { 'cf-mitigated': 'challenge' }) },
	'200 with a page called a file': { ...passing, play: whole(200, { 'Content-Type': 'application/octet-stream' }, PAGE) },
	'200 with XML': { ...passing, play: whole(200, { 'Content-Type': 'application/xml' }, '<?xml version="1.0"?><Error><Code>SlowDown</Code></Error>') },
	'203 with a page': { ...passing, play: html(203, PAGE) },
};

const bodies: Forms = {
	'200 and nothing': { ...passing, play: text(200, '') },
	'204': { ...own, silent: true, play: whole('HTTP/1.1 204 No Content\r\nX-A: b', {}) },
	'205': { ...own, silent: true, play: whole(205, {}) },
	'206 with half of it': { ...own, play: changed(({ body }) => ({ status: 206, body: body.subarray(0, Math.floor(body.length / 2)), headers: { 'Content-Range': `bytes 0-${Math.floor(body.length / 2) - 1}/${body.length}` } })) },
	'202 and nothing': { ...own, silent: true, play: text(202, '') },
	'only blanks': { ...passing, play: text(200, ' \r\n\t ') },
	'a word': { ...passing, play: text(200, 'OK') },
	JSONP: { ...own, play: changed(({ body }) => ({ body: Buffer.concat([Buffer.from('callback('), body, Buffer.from(');')]) })) },
	'something after the JSON': { ...own, play: changed(({ body }) => ({ body: Buffer.concat([body, Buffer.from('}<!-- 12 ms -->')]) })) },
	'something before the JSON': { ...own, play: changed(({ body }) => ({ body: Buffer.concat([Buffer.from('Warning: mysqli::connect() failed\n'), body]) })) },
	'the answer twice': { ...own, play: changed(({ body }) => ({ body: Buffer.concat([body, body]) })) },
	'JSON with a comma too many': { ...passing, play: text(200, '{"a":1,}') },
	'JSON in single quotes': { ...passing, play: text(200, "{'a':1}") },
	'JSON with NaN': { ...passing, play: text(200, '{"a":NaN}') },
	'JSON 200,000 lists deep': { onlyAfter: true, play: text(200, '['.repeat(200_000) + ']'.repeat(200_000)) },
	'JSON 5,000 objects deep': { onlyAfter: true, shape: true, play: text(200, '{"a":'.repeat(5000) + '1' + '}'.repeat(5000)) },
	'JSON 200,000 objects deep': { onlyAfter: true, play: text(200, '{"a":'.repeat(200_000) + '1' + '}'.repeat(200_000)) },
};

const shapes: Forms = each(
	['null', 'true', '0', '""', '[]', '{}', '[[]]', '[null]', '{"message":"ok"}', '{"data":null}', '{"data":{}}', '{"value":1e999}', '{"a":1,"a":2}', '{"__proto__":{"x":1}}', '{"items":"none"}'],
	(body) => ({ onlyAfter: true, shape: true, play: text(200, body) }),
);

const refusing: Forms = each(
	[
		'{"success":false,"message":"No"}', '{"success":"false","message":"No"}', '{"success":0}', '{"status":"error","message":"No"}', '{"status":"fail"}', '{"errors":[{"message":"No"}]}', '{"errors":["No"]}',
		'{"error":"No"}', '{"error":{"code":5,"message":"No"}}', '{"ok":false}', '{"status":500,"message":"No"}', '{"statusCode":409,"message":"No"}', '{"code":500,"error":"No"}', '{"isSuccess":false,"errorMessage":"No"}', '{"data":null,"error":true}',
	],
	(body) => ({ play: text(200, body) }),
);

const packed = (name: keyof typeof packers, label: string, part: (body: Buffer) => Buffer = (body) => body): Play =>
	changed(({ body }) => ({ headers: { 'Content-Encoding': label }, body: part(packers[name](body)) }));
const half = (body: Buffer) => body.subarray(0, Math.floor(body.length / 2));
const encodings: Forms = {
	gzip: { ...good, play: packed('gzip', 'gzip') },
	deflate: { ...good, play: packed('deflate', 'deflate') },
	br: { ...good, play: packed('br', 'br') },
	'deflate without a head': { ...good, play: packed('raw deflate', 'deflate') },
	'x-gzip': { ...good, play: packed('gzip', 'x-gzip') },
	identity: { ...good, play: changed(() => ({ headers: { 'Content-Encoding': 'identity' } })) },
	'gzip cut in half': { ...own, play: packed('gzip', 'gzip', half) },
	'deflate cut in half': { ...own, play: packed('deflate', 'deflate', half) },
	'br cut in half': { ...own, play: packed('br', 'br', half) },
	'gzip without its last 8 bytes': { ...own, play: packed('gzip', 'gzip', (body) => body.subarray(0, -8)) },
	'gzip with a wrong sum': { ...own, play: packed('gzip', 'gzip', (body) => Buffer.concat([body.subarray(0, -8), Buffer.alloc(8, 7)])) },
	'gzip to nothing': { ...own, play: packed('gzip', 'gzip', () => Buffer.alloc(0)) },
	'plain called gzip': { ...own, play: changed(() => ({ headers: { 'Content-Encoding': 'gzip' } })) },
	'plain called br': { ...own, play: changed(() => ({ headers: { 'Content-Encoding': 'br' } })) },
	'plain called deflate': { ...own, play: changed(() => ({ headers: { 'Content-Encoding': 'deflate' } })) },
	'gzip called br': { ...own, play: packed('gzip', 'br') },
	'gzip called nothing': { ...own, play: changed(({ body }) => ({ body: packers.gzip(body) })) },
	'an encoding that nobody knows': { ...own, play: packed('gzip', 'magic') },
	'zstd': { ...own, play: changed(({ body }) => ({ headers: { 'Content-Encoding': 'zstd' }, body: Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), body]) })) },
};

const labelled = (charset: string, encode: (content: string) => Buffer): Play =>
	changed(({ body }) => ({ headers: { 'Content-Type': `application/json; charset=${charset}` }, body: encode(body.toString('utf8')) }));
const charsets: Forms = {
	'UTF-8 with a BOM': { ...good, play: changed(({ body }) => ({ body: Buffer.concat([Buffer.from('\uFEFF'), body]) })) },
	'windows-1251': { ...good, play: labelled('windows-1251', (content) => inCharset(content, 'windows-1251')) },
	'KOI8-R': { ...good, play: labelled('koi8-r', (content) => inCharset(content, 'koi8-r')) },
	'windows-1252': { ...good, play: labelled('windows-1252', (content) => inCharset(content, 'windows-1252')) },
	'UTF-16 LE with a BOM': { ...good, play: labelled('utf-16', (content) => utf16(content, 'LE')) },
	'UTF-16 BE with a BOM': { ...good, play: labelled('utf-16', (content) => utf16(content, 'BE')) },
	'UTF-16 LE with a BOM, not told': { ...good, play: labelled('utf-8', (content) => utf16(content, 'LE')) },
	'windows-1251 called UTF-8': { ...own, play: labelled('utf-8', () => inCharset('{"Имя":"Ёлка"}', 'windows-1251')) },
	'a charset that nobody knows': { ...good, play: labelled('x-none', (content) => Buffer.from(content)) },
	'bytes that are no UTF-8': { ...own, play: whole(200, { 'Content-Type': 'application/json; charset=utf-8' }, Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xc3, 0x28, 0xff, 0xfe]), Buffer.from('"}')])) },
};

const kinds: Readonly<Record<string, Forms>> = {
	connection, cut, framing, '1xx': informational, '3xx': redirects, 'too many': throttling, '4xx': refusals, '5xx and gateways': gateways,
	bodies, 'another shape': shapes, 'a 200 that says no': refusing, encodings, charsets,
};


export const faults: readonly Fault[] = Object.entries(kinds).flatMap(([kind, forms]) =>
	Object.entries(forms).flatMap(([name, { onlyAfter, onlyBefore, ...form }]) =>
		[true, false].filter((afterEffect) => !(afterEffect ? onlyBefore : onlyAfter)).map((afterEffect) => ({ ...form, kind, afterEffect, name: `${name}, ${afterEffect ? 'after' : 'before'} the effect` })),
	),
);

/** What can go wrong before HTTP begins: nothing was sent then, and nobody needs to look whether it was carried out. */
export const doors: Readonly<Record<string, (socket: Socket) => void>> = {
	'closed at the greeting': (socket) => void socket.once('data', () => socket.end()),
	'reset at the greeting': (socket) => void socket.once('data', () => socket.resetAndDestroy()),
	'closed at once': (socket) => void socket.end(),
	'plain HTTP': (socket) => void socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n')),
	'no common cipher': (socket) => void socket.once('data', () => socket.end(Buffer.from([0x15, 3, 3, 0, 2, 2, 40]))),
	'no common version': (socket) => void socket.once('data', () => socket.end(Buffer.from([0x15, 3, 3, 0, 2, 2, 70]))),
	'a certificate is asked for': (socket) => void socket.once('data', () => socket.end(Buffer.from([0x15, 3, 3, 0, 2, 2, 116]))),
	'no such name': (socket) => void socket.once('data', () => socket.end(Buffer.from([0x15, 3, 3, 0, 2, 2, 112]))),
	'a greeting that is cut': (socket) => void socket.once('data', () => socket.end(Buffer.from([0x16, 3, 3, 0, 122, 2, 0, 0, 118, 3, 3]))),
	'a greeting that never comes': () => undefined,
	'random bytes': (socket) => void socket.once('data', () => socket.end(Buffer.alloc(300, 0x5a))),
};
