import type { Request, Response } from 'express';
import type { Fault, When } from './faults.mts';
import type { Door } from './service.mts';

const HTML = '<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>';

const wait = async (ms: number) => await new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Plays a fault on a request. Resolves to `true` when the service shall still handle it. */
export async function strike(fault: Fault, door: Door, req: Request, res: Response): Promise<boolean> {
	if (fault.type === 'truncated') {
		truncate(res);
		return true;
	}
	if (fault.type === 'sessionsEnd') {
		door.expireSessions?.();
		return true;
	}
	if (moment(fault) === 'after') {
		capture(res, (body) => void play(fault, door, req, res, body));
		return true;
	}
	if (fault.type === 'slow') {
		await wait(fault.ms);
		return true;
	}
	await play(fault, door, req, res, Buffer.alloc(0));
	return false;
}

function moment(fault: Exclude<Fault, { type: 'sessionsEnd' }>): When {
	return fault.when ?? (fault.type === 'cut' ? 'after' : 'before');
}

/** Sends what the fault says instead of the service's own answer, whose body is `original`. */
async function play(fault: Fault, door: Door, req: Request, res: Response, original: Buffer): Promise<void> {
	switch (fault.type) {
		case 'hang':
			return;
		case 'reset':
			res.socket?.destroy();
			return;
		case 'slow':
			await wait(fault.ms);
			res.end(original);
			return;
		case 'cut':
			res.setHeader('Content-Length', Math.floor(original.length / 2));
			res.end(original.subarray(0, Math.floor(original.length / 2)));
			return;
		default:
			blank(res);
			replace(fault, door, req, res);
	}
}

function replace(fault: Fault, door: Door, req: Request, res: Response): void {
	switch (fault.type) {
		case 'expired':
			door.sessionOver(req, res);
			return;
		case 'redirect':
			res.status(fault.status).set('Location', fault.location).end();
			return;
		case 'echo':
			if (fault.forms) capture(res, (body) => void res.end(withEscapes(res, body)));
			door.refuse(req, res, fault.status, Array<string>(fault.copies ?? 1).fill(fault.forms ? inAllForms(echoOf(req)) : echoOf(req)).join('; '));
			return;
		case 'empty':
			res.status(fault.status ?? 200).set('Content-Length', '0').end();
			return;
		case 'html':
			res.status(fault.status ?? 502).type('html').send(HTML);
			return;
		case 'status':
			for (const [name, value] of Object.entries(fault.headers ?? {})) res.setHeader(name, value);
			if (fault.body === undefined) door.refuse(req, res, fault.status, `Fault ${fault.status}`);
			else if (typeof fault.body === 'string') res.status(fault.status).send(fault.body);
			else res.status(fault.status).json(fault.body);
			return;
		default: // The others need the service's own answer; `play` and `strike` know them.
	}
}

function echoOf(req: Request): string {
	const body: unknown = req.body;
	return `${req.method} ${req.originalUrl} ${JSON.stringify(req.headers)} ${Buffer.isBuffer(body) ? body.toString('utf8') : ''}`;
}

const CUT = 20;

/** A text as services write what they were sent: in other letters, encoded once and twice, cut to pieces. */
function inAllForms(text: string): string {
	const bytes = Buffer.from(text);
	const asHtml = text.replace(/[^\w ]/g, (character) => `&#${character.codePointAt(0)};`);
	const pieces = text.match(new RegExp(`[^]{1,${CUT}}`, 'g')) ?? [];
	return [
		text, text.toUpperCase(), text.toLowerCase(), encodeURIComponent(text), encodeURIComponent(encodeURIComponent(text)), asHtml, JSON.stringify(text),
		bytes.toString('base64'), bytes.toString('base64url'), bytes.toString('hex'), bytes.toString('hex').toUpperCase(), ...pieces,
	].join('; ');
}

/** JSON with escapes where it needs none. */
function withEscapes(res: Response, body: Buffer): Buffer {
	const text = body.toString('utf8');
	const escaped = text.startsWith('{') ? text.replace(/[+/=&]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`) : text;
	const bytes = Buffer.from(escaped);
	res.setHeader('Content-Length', bytes.length);
	return bytes;
}

function blank(res: Response): void {
	for (const name of res.getHeaderNames()) res.removeHeader(name);
	res.statusCode = 200;
}

function toBuffer(chunk: unknown, encoding: unknown): Buffer {
	if (typeof chunk === 'string') return Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8');
	return chunk instanceof Uint8Array ? Buffer.from(chunk) : Buffer.alloc(0);
}

/** Lets the handler believe that it answers; the body goes to `onEnd` and nothing to the caller. */
function capture(res: Response, onEnd: (body: Buffer) => void): void {
	const { write, end } = res;
	const chunks: Buffer[] = [];
	res.write = ((chunk: unknown, encoding: unknown) => {
		chunks.push(toBuffer(chunk, encoding));
		return true;
	}) as Response['write'];
	res.end = ((chunk: unknown, encoding: unknown) => {
		chunks.push(toBuffer(chunk, encoding));
		res.write = write;
		res.end = end;
		onEnd(Buffer.concat(chunks));
		return res;
	}) as Response['end'];
}

/** Sends the correct head and the first half of the body, then drops the connection. Streams. */
function truncate(res: Response): void {
	const write = res.write.bind(res);
	let left: number | undefined;
	const forward = (chunk: Buffer) => {
		left ??= Math.floor(Number(res.getHeader('content-length') ?? chunk.length) / 2);
		if (left < 0) return true;
		const part = chunk.subarray(0, left);
		left -= chunk.length;
		if (left > 0) return write(part);
		left = -1;
		write(part, () => res.socket?.destroy());
		return true;
	};
	res.write = ((chunk: unknown, encoding: unknown) => forward(toBuffer(chunk, encoding))) as Response['write'];
	res.end = ((chunk: unknown, encoding: unknown) => {
		const last = toBuffer(chunk, encoding);
		// An empty body has no half; dropping the connection is all there is.
		if (last.length > 0) forward(last);
		else res.socket?.destroy();
		return res;
	}) as Response['end'];
}
