/**
 * Stands between the nodes and a sandbox. Requests pass through untouched until one is to be struck: its answer is then written to
 * the bare connection byte by byte, so that it may be anything, HTTP or not.
 */
import { createServer as createHttpServer, request as sendRequest, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server as TcpServer, type Socket } from 'node:net';
import { buffer as readBuffer } from 'node:stream/consumers';

const HOST = '127.0.0.1';

/** What the service itself answered, or what stands for it where it was not asked. */
export interface Answer {
	readonly status: number;
	readonly headers: ReadonlyArray<readonly [string, string]>;
	readonly body: Buffer;
}

/** Writes an answer to the connection; whoever plays ends it, or leaves it open on purpose. */
export type Play = (socket: Socket, answer: Answer) => void;

export interface Strike {
	readonly method: string;
	/** End of the path of the request, as the sandbox's journal has it; IDs that were made up meanwhile may be others. */
	readonly path: string;
	/** So many matching requests pass first. */
	readonly skip: number;
	/** Whether the service gets the request first, so that it has its effect. */
	readonly afterEffect: boolean;
	readonly play: Play;
}

interface Origins {
	readonly url: string;
	readonly storageUrl: string;
}

/** IDs that Entu has made up meanwhile; those of the sandbox's own data begin with the same time. */
export const NEW_ID = /\b(?!65a0)[0-9a-f]{24}\b/g;
const lasting = (path: string): string => path.replace(NEW_ID, 'NEW ID');

const NO_ANSWER: Answer = { status: 200, headers: [['Content-Type', 'application/json']], body: Buffer.from('{"_id":"0","id":0,"name":"Ёлка"}') };

export class FaultProxy {
	private strike?: Strike;
	private passed = 0;
	private struckOnce = false;
	private readonly servers: Array<Server | TcpServer> = [];
	private readonly sockets = new Set<Socket>();
	private own: Origins = { url: '', storageUrl: '' };

	private constructor(private readonly target: Origins) {}

	/** Both doors of a sandbox, on loopback and free ports. */
	static async open(target: Origins): Promise<FaultProxy> {
		const proxy = new FaultProxy(target);
		const doors = [target.url, target.storageUrl].map(async (origin) => await proxy.listen(origin));
		const [url = '', storageUrl = ''] = await Promise.all(doors);
		proxy.own = { url, storageUrl };
		return proxy;
	}

	get url(): string {
		return this.own.url;
	}

	/** Whether the armed fault has struck. */
	get struck(): boolean {
		return this.struckOnce;
	}

	/** Arms one fault, which strikes once; disarms the one before. */
	arm(strike?: Strike): void {
		this.strike = strike;
		this.passed = 0;
		this.struckOnce = false;
	}

	/** Drops every connection, also those that a fault holds open. */
	dropAll(): void {
		for (const socket of this.sockets) socket.destroy();
	}

	async close(): Promise<void> {
		this.dropAll();
		await Promise.all(this.servers.map(stop));
	}

	private async listen(origin: string): Promise<string> {
		const server = createHttpServer({ keepAliveTimeout: 600_000, requestTimeout: 0 }, (req, res) => void this.handle(origin, req, res));
		server.on('connection', (socket: Socket) => this.keep(socket));
		this.servers.push(server);
		return await listening(server);
	}

	private keep(socket: Socket): void {
		this.sockets.add(socket);
		socket.on('error', () => undefined);
		socket.once('close', () => this.sockets.delete(socket));
	}

	private async handle(origin: string, req: IncomingMessage, res: ServerResponse): Promise<void> {
		const body = await readBuffer(req).catch(() => undefined);
		if (!body) return;
		const strike = this.strikeFor(req);
		const answer = strike?.afterEffect === false ? NO_ANSWER : await this.forward(origin, req, body).catch(() => undefined);
		if (!answer) return void req.socket.destroy();
		if (strike) return strike.play(req.socket, answer);
		res.writeHead(answer.status, answer.headers.flat());
		res.end(answer.body);
	}

	private strikeFor({ method, url = '' }: IncomingMessage): Strike | undefined {
		const { strike } = this;
		const [path = ''] = url.split('?');
		if (!strike || this.struckOnce || method !== strike.method || !lasting(path).endsWith(lasting(strike.path))) return undefined;
		if (this.passed++ < strike.skip) return undefined;
		this.struckOnce = true;
		return strike;
	}

	private async forward(origin: string, { method, url, headers }: IncomingMessage, body: Buffer): Promise<Answer> {
		return await new Promise((resolve, reject) => {
			const outgoing = sendRequest(origin + (url ?? ''), { method, headers: { ...headers, 'accept-encoding': 'identity' } }, (response) => {
				readBuffer(response).then((content) => resolve(this.rewritten(response, content)), reject);
			});
			outgoing.once('error', reject);
			outgoing.end(body);
		});
	}

	/** Addresses of the sandbox that the answer names become those of the proxy. */
	private rewritten(response: IncomingMessage, content: Buffer): Answer {
		const headers: Array<[string, string]> = [];
		for (let i = 0; i < response.rawHeaders.length; i += 2) {
			const name = response.rawHeaders[i] ?? '';
			if (/^(content-length|transfer-encoding|connection|keep-alive)$/i.test(name)) continue;
			headers.push([name, this.renamed(response.rawHeaders[i + 1] ?? '')]);
		}
		const isText = /json|text|xml/.test(response.headers['content-type'] ?? '');
		const body = isText ? Buffer.from(this.renamed(content.toString('utf8'))) : content;
		return { status: response.statusCode ?? 0, headers: [...headers, ['Content-Length', String(body.length)]], body };
	}

	private renamed(text: string): string {
		return text.replaceAll(this.target.storageUrl, this.own.storageUrl).replaceAll(this.target.url, this.own.url);
	}
}

/** A door that never gets as far as HTTP: `greet` gets each new connection. */
export async function openDoor(greet: (socket: Socket) => void): Promise<{ port: number; close: () => Promise<void> }> {
	const sockets = new Set<Socket>();
	const server = createTcpServer((socket) => {
		sockets.add(socket);
		socket.on('error', () => undefined);
		greet(socket);
	});
	const url = await listening(server);
	const close = async () => {
		for (const socket of sockets) socket.destroy();
		await stop(server);
	};
	return { port: Number(new URL(url).port), close };
}

async function listening(server: Server | TcpServer): Promise<string> {
	return await new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(0, HOST, () => resolve(`http://${HOST}:${(server.address() as AddressInfo).port}`));
	});
}

async function stop(server: Server | TcpServer): Promise<void> {
	await new Promise<void>((resolve) => server.close(() => resolve()));
}
