import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A host that none of our secrets is meant for. */
export interface ForeignHost {
	url: string;
	/** Everything that it was sent: addresses, headers, bodies. */
	received(): string;
	requests(): number;
	stop(): Promise<void>;
}

export async function startForeignHost(): Promise<ForeignHost> {
	const received: string[] = [];
	const server = createServer((request, response) => {
		let body = '';
		request.setEncoding('latin1').on('data', (text: string) => (body += text));
		request.on('end', () => {
			received.push(`${request.method} ${request.url}\n${request.rawHeaders.join('\n')}\n\n${body}`);
			response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":[]}');
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		received: () => received.join('\n\n'),
		requests: () => received.length,
		stop: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
