/**
 * What comes whole or not at all, through n8n's engine: files, answers and log-ins of a service that cuts, stalls, trickles or says
 * something else.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { buffer as readBuffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import type { INodeParameters } from 'n8n-workflow';
import { useEngine, type NodeRun } from '../support/engine.mts';

const engine = useEngine();
const content = Buffer.from('A file that was announced with all of its bytes, of which there are some more than eighty.');
const picture = Buffer.concat([Buffer.from('ffd8', 'hex'), Buffer.from('a small picture'), Buffer.from('ffd9', 'hex')]);
const session = JSON.stringify({ accounts: [{ _id: 'db', name: 'db' }], token: 'T'.repeat(40) });
const ID = '65a000000000000000000001';

type Answer = (response: ServerResponse, request: IncomingMessage) => void;
type Part = 'log-in' | 'data' | 'file' | 'upload' | 'thumbnail';

/** A small Entu: each part answers as told, one answer after the other and the last one again and again. */
class Service {
	readonly asked: Part[] = [];
	readonly effects: string[] = [];
	private readonly script = new Map<Part, Answer[]>();
	private readonly sockets = new Set<Socket>();
	private server?: Server;
	url = '';

	async open(): Promise<void> {
		this.server = createServer((request, response) => void this.handle(request, response));
		this.server.on('connection', (socket) => this.sockets.add(socket));
		await new Promise<void>((resolve) => this.server?.listen(0, '127.0.0.1', resolve));
		this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	async close(): Promise<void> {
		for (const socket of this.sockets) socket.destroy();
		await new Promise((resolve) => this.server?.close(resolve));
	}

	will(part: Part, ...answers: Answer[]): this {
		this.script.set(part, answers);
		return this;
	}

	count(part: Part): number {
		return this.asked.filter((one) => one === part).length;
	}

	private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const { url = '', method = '' } = request;
		const part: Part = url.startsWith('/auth') ? 'log-in' : url.startsWith('/file') ? (method === 'PUT' ? 'upload' : 'file') : url.startsWith('/picture') ? 'thumbnail' : 'data';
		this.asked.push(part);
		if (part === 'data' && method !== 'GET') this.effects.push(`${method} ${url}`);
		if (part !== 'upload') await readBuffer(request);
		const answers = this.script.get(part) ?? [];
		const answer = answers.length > 1 ? answers.shift() : answers[0];
		(answer ?? this.usual(part, url, method))(response, request);
	}

	private usual(part: Part, url: string, method: string): Answer {
		if (part === 'log-in') return json(session);
		if (part === 'file') return bytes(content, { 'content-type': 'text/plain' });
		if (part === 'thumbnail') return bytes(picture, { 'content-type': 'image/jpeg' });
		if (part === 'upload') return (response, request) => void readBuffer(request).then(() => response.end());
		if (method === 'POST') return json(JSON.stringify({ _id: ID, properties: [{ _id: ID, upload: { url: `${this.url}/file`, method: 'PUT', headers: {} } }] }));
		if (/entity\?/.test(url)) return json(JSON.stringify({ entities: [{ _id: ID, name: [{ string: 'photo' }], type: [{ string: 'file' }] }], count: 1 }));
		if (url.includes('thumbnail')) return json(JSON.stringify({ url: `${this.url}/picture` }));
		if (url.includes('property')) return json(JSON.stringify({ _id: ID, filename: 'note.txt', filesize: content.length, filetype: 'text/plain', url: `${this.url}/file` }));
		return json(JSON.stringify({ entity: { _id: ID, _type: [{ reference: ID }], name: [{ string: 'photo' }] } }));
	}
}

const json = (text: string): Answer => bytes(Buffer.from(text), { 'content-type': 'application/json' });
function bytes(body: Buffer, headers: Record<string, string> = {}, status = 200): Answer {
	return (response) => void response.writeHead(status, { 'content-length': body.length, connection: 'close', ...headers }).end(body);
}
const page = (status = 200): Answer => bytes(Buffer.from('<!DOCTYPE html><html><body>Sorry</body></html>'), { 'content-type': 'text/html' }, status);
const half = (whole: Buffer) => whole.subarray(0, Math.floor(whole.length / 2));
const raw = (text: string): Answer => (response) => void response.socket?.write(text);
/** Neither ends nor falls silent. */
const trickle = (begin: string): Answer => (response) => {
	response.writeHead(200, { 'content-type': 'application/json' });
	response.write(begin);
	const timer = setInterval(() => response.write(' '), 20);
	response.on('close', () => clearInterval(timer));
};
const upgrade = raw('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
const stalls = (whole: Buffer): Answer => (response) => void response.writeHead(200, { 'content-length': whole.length }).write(half(whole));

let service: Service;
beforeEach(async () => {
	service = new Service();
	await service.open();
});
afterEach(async () => await service.close());

const credential = () => engine.credentials.add('entuApi', { baseUrl: service.url, database: 'db', apiKey: 'a key of some length' });
const byId = { __rl: true, mode: 'id', value: ID };
const calls = {
	download: { resource: 'file', operation: 'download', fileBy: 'id', fileId: ID, binaryPropertyName: 'data' },
	thumbnail: { resource: 'file', operation: 'getThumbnail', thumbnailOf: 'file', fileId: ID, binaryPropertyName: 'data' },
	get: { resource: 'entity', operation: 'get', entityId: byId, simplify: false },
	remove: { resource: 'entity', operation: 'delete', entityId: byId },
} satisfies Record<string, INodeParameters>;

async function run(parameters: INodeParameters, { timeout, row = credential(), items = 1, parallel }: { timeout?: number; row?: ReturnType<typeof credential>; items?: number; parallel?: number } = {}): Promise<NodeRun> {
	const options = { ...(timeout ? { timeout } : {}), ...(parallel ? { parallelRequests: parallel } : {}) };
	return await engine.runNode({ node: 'entu', parameters: { ...parameters, options }, items: Array.from({ length: items }, () => ({ json: {} })), credentials: { entuApi: row } });
}

async function fileOf({ outputs, error }: NodeRun): Promise<Buffer | string> {
	const binary = outputs[0]?.[0]?.binary?.data;
	return binary ? await engine.readBinary(binary) : `none: ${error?.message}`;
}

const broken: Record<string, Answer> = {
	'half of it': bytes(half(content)),
	'nothing': bytes(Buffer.alloc(0)),
	'nothing, and no length': (response) => void response.socket?.end('HTTP/1.1 200 OK\r\n\r\n'),
	'a 204': (response) => void response.writeHead(204).end(),
	'a part': bytes(half(content), {}, 206),
	'a web page': page(),
	'more than it': bytes(Buffer.concat([content, content])),
	'half of it, packed': bytes(half(gzipSync(content)), { 'content-encoding': 'gzip' }),
	'a wrong chunk': raw('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnone\r\n'),
	'half of it, and the end of the connection': (response) => {
		response.writeHead(200, { 'content-length': content.length }).write(half(content), () => response.socket?.destroy());
	},
};

describe('a file', () => {
	test.each(Object.keys(broken))('of which %s comes is asked for anew', async (name) => {
		service.will('file', broken[name] as Answer, bytes(content));
		expect(await fileOf(await run(calls.download))).toEqual(content);
		expect(service.count('file')).toBe(2);
	});

	test.each(Object.keys(broken))('of which %s comes every time is none', async (name) => {
		service.will('file', broken[name] as Answer);
		const { error, outputs } = await run(calls.download);
		expect(outputs).toEqual([]);
		expect(error?.message).toContain('note.txt');
		expect(error?.description).toMatch(/^Try again later/);
		expect(service.count('file')).toBe(3);
	});

	test('is held in memory whole or not at all, where n8n keeps files there', async () => {
		const inMemory = async () => await engine.runNode({ node: 'entu', parameters: { ...calls.download, options: { timeout: 300 } }, credentials: { entuApi: credential() }, binaryMode: 'default' });
		service.will('file', stalls(content), bytes(half(content)), bytes(content));
		expect(await fileOf(await inMemory())).toEqual(content);
		service.will('file', page());
		expect((await inMemory()).error?.message).toContain('note.txt');
	});

	test('that comes packed though nobody asked for that is taken when it is whole', async () => {
		service.will('file', bytes(gzipSync(content), { 'content-encoding': 'gzip' }));
		expect(await fileOf(await run(calls.download))).toEqual(content);
	});

	test.each<[string, Answer]>([
		['a web page', page()],
		['a web page that is called a picture', bytes(Buffer.from('<html>Sorry</html>'), { 'content-type': 'image/jpeg' })],
		['half a picture', bytes(half(picture), { 'content-type': 'image/jpeg' })],
		['nothing', bytes(Buffer.alloc(0), { 'content-type': 'image/jpeg' })],
		['a message', json('{"message":"busy"}')],
	])('whose size nobody names: %s is no thumbnail', async (_name, answer) => {
		service.will('thumbnail', answer, bytes(picture, { 'content-type': 'image/jpeg' }));
		expect(await fileOf(await run(calls.thumbnail))).toEqual(picture);
		service.will('thumbnail', answer);
		expect((await run(calls.thumbnail)).outputs).toEqual([]);
	});

	test('that falls silent half-way is given up after the time of the user, and asked for anew', async () => {
		service.will('file', stalls(content), bytes(content));
		const { durationMs, ...done } = await run(calls.download, { timeout: 300 });
		expect(await fileOf(done as NodeRun)).toEqual(content);
		expect(durationMs).toBeLessThan(5000);
	});

	test('may take longer than that time, as long as it comes', async () => {
		service.will('file', (response) => {
			response.writeHead(200, { 'content-length': content.length });
			let sent = 0;
			const timer = setInterval(() => {
				response.write(content.subarray(sent, sent + 10));
				sent += 10;
				if (sent >= content.length) clearInterval(timer);
			}, 100);
		});
		const done = await run(calls.download, { timeout: 500 });
		expect(await fileOf(done)).toEqual(content);
		expect(service.count('file')).toBe(1);
		expect(done.durationMs).toBeGreaterThan(800);
	});

	test('keeps its place among the requests until it is there', async () => {
		let open = 0;
		let most = 0;
		service.will('file', (response) => {
			most = Math.max(most, ++open);
			response.writeHead(200, { 'content-length': content.length }).write(half(content));
			setTimeout(() => {
				open--;
				response.end(content.subarray(half(content).length));
			}, 150);
		});
		const { outputs } = await run(calls.download, { items: 9, parallel: 3 });
		expect(outputs[0]).toHaveLength(9);
		expect(most).toBeLessThanOrEqual(3);
	});
});

describe('an upload', () => {
	const upload = async (timeout?: number) => {
		const item = await engine.binaryItem(Buffer.alloc(300_000, 'x'), { fileName: 'big.bin', mimeType: 'application/octet-stream' });
		return await engine.runNode({
			node: 'entu',
			parameters: { resource: 'file', operation: 'upload', entityId: byId, propertyName: 'photo', binaryPropertyName: 'data', options: timeout ? { timeout } : {} },
			items: [item],
			credentials: { entuApi: credential() },
		});
	};
	const busy = (status: number): Answer => (response, request) => void readBuffer(request).then(() => response.writeHead(status, { 'retry-after': '0' }).end());

	test.each([429, 503])('to a storage that answers %i is waited for and not taken back', async (status) => {
		service.will('upload', busy(status), (response, request) => void readBuffer(request).then(() => response.end()));
		const { error } = await upload();
		expect(error).toBeUndefined();
		expect(service.effects.filter((effect) => effect.startsWith('DELETE'))).toEqual([]);
	});

	test('that nobody answers comes to an end', async () => {
		service.will('upload', (_response, request) => void request.resume());
		const { error, durationMs } = await upload(300);
		expect(error?.message).toContain('did not answer in time');
		expect(durationMs).toBeLessThan(10_000);
	});
});

describe('an answer without an end', () => {
	const endless: Record<string, Answer> = { 'a 101': upgrade, 'a trickle': trickle(''), 'a trickle of JSON': trickle('{"entity":'), 'a head that stops': raw('HTTP/1.1 200 OK\r\nContent-Le'), 'other 1xx': raw('HTTP/1.1 102 Processing\r\n\r\n') };

	test.each(Object.keys(endless))('%s: a read recovers', async (name) => {
		service.will('data', endless[name] as Answer, json(JSON.stringify({ entity: { _id: ID } })));
		const { error, durationMs } = await run(calls.get, { timeout: 200 });
		expect(error).toBeUndefined();
		expect(durationMs).toBeLessThan(4000);
	});

	test.each(Object.keys(endless))('%s: a change is sent once, and says that nobody knows', async (name) => {
		service.will('data', endless[name] as Answer);
		const { error, durationMs } = await run(calls.remove, { timeout: 200 });
		expect(error?.message).toMatch(/did not answer in time|before its answer was complete/);
		expect(error?.message).toContain('may have been carried out');
		expect(service.effects).toHaveLength(1);
		expect(durationMs).toBeLessThan(4000);
	});

	test.each(Object.keys(endless))('%s at the log-in: that execution ends, and the next one succeeds', async (name) => {
		const row = credential();
		service.will('log-in', endless[name] as Answer);
		const first = await run(calls.remove, { timeout: 100, row });
		expect(first.error?.message).toMatch(/did not answer in time|before its answer was complete/);
		expect(first.error?.message).not.toContain('may have been carried out');
		service.will('log-in', json(session));
		expect((await run(calls.get, { row })).error).toBeUndefined();
	}, 20_000);
});

describe('a log-in that does not settle', () => {
	test('holds up no other execution for longer than that one waits', async () => {
		const row = credential();
		service.will('log-in', upgrade, json(session));
		const patient = engine.runNode({ node: 'entu', parameters: { ...calls.get, options: { timeout: 3000 } }, credentials: { entuApi: row } });
		while (service.count('log-in') === 0) await new Promise((resolve) => setTimeout(resolve, 10));
		const { error, durationMs } = await run(calls.get, { timeout: 100, row });
		expect(error).toBeUndefined();
		expect(durationMs).toBeLessThan(3000);
		expect((await patient).error).toBeUndefined();
	}, 30_000);

	test('does not hold an execution that is stopped', async () => {
		const row = credential();
		service.will('log-in', upgrade);
		const options = { node: 'entu', parameters: calls.get, credentials: { entuApi: row } };
		const first = engine.runNode({ ...options, cancelAfterMs: 1500 });
		while (service.count('log-in') === 0) await new Promise((resolve) => setTimeout(resolve, 10));
		const { error, durationMs } = await engine.runNode({ ...options, cancelAfterMs: 100 });
		expect(error?.message).toContain('stopped');
		expect(durationMs).toBeLessThan(1000);
		await first;
	}, 20_000);
});

describe('one glitch at the log-in is none of the credential', () => {
	const glitches: Record<string, Answer> = {
		'damaged gzip': bytes(Buffer.from('no gzip'), { 'content-encoding': 'gzip', 'content-type': 'application/json' }),
		'cut gzip': bytes(half(gzipSync(session)), { 'content-encoding': 'gzip', 'content-type': 'application/json' }),
		'cut JSON': json(session.slice(0, -5)),
		'another JSON': json('{}'),
		'a web page': page(),
		'a redirect': bytes(Buffer.alloc(0), { location: '/elsewhere' }, 302),
		'a 408': page(408),
		'a wrong chunk': raw('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnone\r\n'),
		nothing: bytes(Buffer.alloc(0)),
	};

	test.each(Object.keys(glitches))('%s', async (name) => {
		service.will('log-in', glitches[name] as Answer, json(session));
		const { error } = await run(calls.get, { items: 5 });
		expect(error).toBeUndefined();
		expect(service.count('log-in')).toBe(2);
		service.will('log-in', glitches[name] as Answer);
		const refused = await run(calls.get);
		expect(refused.error?.description).toMatch(/^Try again later/);
		expect(refused.error?.message).not.toMatch(/not accept|credential/);
	}, 20_000);

	test.each([400, 401, 403, 404])('but a %i stands', async (status) => {
		service.will('log-in', bytes(Buffer.from('{"message":"No"}'), { 'content-type': 'application/json' }, status), json(session));
		const { error } = await run(calls.get, { items: 5 });
		expect(error).toBeDefined();
		expect(service.count('log-in')).toBe(1);
	});
});

test('a change that is confirmed with nothing is one', async () => {
	service.will('data', (response) => void response.writeHead(204).end());
	const { error, outputs } = await run(calls.remove);
	expect(error).toBeUndefined();
	expect(outputs[0]?.[0]?.json).toMatchObject({ deleted: true });
	expect(service.effects).toHaveLength(1);
});

test('an answer that can’t be unpacked is asked for anew, and told in words to act on', async () => {
	const damaged = bytes(Buffer.from('no gzip'), { 'content-encoding': 'gzip', 'content-type': 'application/json' });
	service.will('data', damaged, json(JSON.stringify({ entity: { _id: ID } })));
	expect((await run(calls.get)).error).toBeUndefined();
	service.will('data', damaged);
	const { error } = await run(calls.get);
	expect(error?.message).toContain('sent an answer that can’t be read');
	expect(error?.description).toMatch(/^Try again later/);
});

describe('a request that is too long', () => {
	const list = (search: string): INodeParameters => ({ resource: 'entity', operation: 'getAll', entityType: '', search });

	test.each([414, 431])('for the service (%i) is told with what makes it so', async (status) => {
		service.will('data', page(status));
		const { error } = await run(list('x'.repeat(3000)));
		expect(error?.message).toContain(`finds the request too long (HTTP ${status})`);
		expect(error?.description).toMatch(/alone is 3\d\d\d characters long/);
	});

	test('for any service is not sent', async () => {
		const { error } = await run(list('x'.repeat(70_000)));
		expect(error?.description).toMatch(/alone is 7\d{4} characters long\. Nothing was sent/);
		expect(service.asked).toEqual([]);
	});
});
