/** A small Entu whose parts answer as a test tells them to: cut, stalled, trickling, or something else. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { buffer as readBuffer } from 'node:stream/consumers';
import type { INodeParameters } from 'n8n-workflow';
import type { Engine, NodeRun, StoredCredential } from './engine.mts';

export const content = Buffer.from('A file that was announced with all of its bytes, of which there are some more than eighty.');
export const picture = Buffer.concat([Buffer.from('ffd8', 'hex'), Buffer.from('a small picture'), Buffer.from('ffd9', 'hex')]);
export const session = JSON.stringify({ accounts: [{ _id: 'db', name: 'db' }], token: 'T'.repeat(40) });
export const ID = '65a000000000000000000001';

export type Answer = (response: ServerResponse, request: IncomingMessage) => void;
type Part = 'log-in' | 'data' | 'file' | 'upload' | 'thumbnail';

/** A small Entu: each part answers as told, one answer after the other and the last one again and again. */
export class SmallEntu {
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

export const json = (text: string): Answer => bytes(Buffer.from(text), { 'content-type': 'application/json' });
export function bytes(body: Buffer, headers: Record<string, string> = {}, status = 200): Answer {
	return (response) => void response.writeHead(status, { 'content-length': body.length, connection: 'close', ...headers }).end(body);
}
export const page = (status = 200): Answer => bytes(Buffer.from('<!DOCTYPE html><html><body>Sorry</body></html>'), { 'content-type': 'text/html' }, status);
export const half = (whole: Buffer) => whole.subarray(0, Math.floor(whole.length / 2));
export const raw = (text: string): Answer => (response) => void response.socket?.write(text);
/** Neither ends nor falls silent. */
export const trickle = (begin: string): Answer => (response) => {
	response.writeHead(200, { 'content-type': 'application/json' });
	response.write(begin);
	const timer = setInterval(() => response.write(' '), 20);
	response.on('close', () => clearInterval(timer));
};
export const upgrade = raw('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
export const stalls = (whole: Buffer): Answer => (response) => void response.writeHead(200, { 'content-length': whole.length }).write(half(whole));
export const byId = { __rl: true, mode: 'id', value: ID };
export const calls = {
	download: { resource: 'file', operation: 'download', fileBy: 'id', fileId: ID, binaryPropertyName: 'data' },
	thumbnail: { resource: 'file', operation: 'getThumbnail', thumbnailOf: 'file', fileId: ID, binaryPropertyName: 'data' },
	get: { resource: 'entity', operation: 'get', entityId: byId, output: 'raw' },
	remove: { resource: 'entity', operation: 'delete', entityId: byId },
} satisfies Record<string, INodeParameters>;

interface RunOptions {
	readonly timeout?: number;
	readonly row?: StoredCredential;
	readonly items?: number;
	readonly parallel?: number;
}

/** One for each test, with what runs the Entu node against it. */
export function useSmallEntu(engine: Engine) {
	let service: SmallEntu;
	beforeEach(async () => {
		service = new SmallEntu();
		await service.open();
	});
	afterEach(async () => await service.close());

	const credential = () => engine.credentials.add('entuApi', { baseUrl: service.url, database: 'db', apiKey: 'a key of some length' });
	return {
		get service() {
			return service;
		},
		credential,
		async run(parameters: INodeParameters, { timeout, row = credential(), items = 1, parallel }: RunOptions = {}): Promise<NodeRun> {
			const options = { ...(timeout ? { timeout } : {}), ...(parallel ? { parallelRequests: parallel } : {}) };
			return await engine.runNode({ node: 'entu', parameters: { ...parameters, options }, items: Array.from({ length: items }, () => ({ json: {} })), credentials: { entuApi: row } });
		},
		async fileOf({ outputs, error }: NodeRun): Promise<Buffer | string> {
			const binary = outputs[0]?.[0]?.binary?.data;
			return binary ? await engine.readBinary(binary) : `none: ${error?.message}`;
		},
	};
}
