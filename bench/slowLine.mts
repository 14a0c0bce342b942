/**
 * The process of a long line: TLS in front of a server on loopback, every byte on its way for half a round trip. Needs no root; `openssl`
 * makes the certificate.
 *
 * What is modelled, and how: the handshake of TCP (the first bytes of a connection leave one round trip after it was opened), that of TLS 1.3
 * (real, and as slow as its bytes), and that a new connection begins slowly (10 segments, twice as many with each round trip). What is not:
 * loss, and a limit of bandwidth. A connection that is kept alive keeps its window.
 */
import { execFileSync } from 'node:child_process';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

const [targetPort = '', rtt = ''] = process.argv.slice(2);
const RTT_MS = Number(rtt);
/** RFC 6928, in bytes. */
const FIRST_WINDOW = 10 * 1460;

/** How many handshakes there were, and how many of them took an older session up again. */
const counts = { handshakes: 0, resumed: 0 };

const secure = createTlsServer(certificate(), (socket) => {
	counts.handshakes += 1;
	if (socket.isSessionReused()) counts.resumed += 1;
	const target = connect(Number(targetPort), '127.0.0.1');
	pair(socket, target);
	socket.pipe(target).pipe(socket);
});
secure.listen(0, '127.0.0.1', () => {
	const line = createServer({ allowHalfOpen: true }, (client) => {
		const server = connect({ port: portOf(secure), host: '127.0.0.1', allowHalfOpen: true });
		const opened = performance.now() + RTT_MS;
		pair(client, server);
		slow(client, server, opened);
		slow(server, client, opened);
	});
	line.listen(0, '127.0.0.1', () => process.send?.({ port: portOf(line) }));
});
process.on('message', () => {
	process.send?.({ ...counts });
	Object.assign(counts, { handshakes: 0, resumed: 0 });
});
process.on('disconnect', () => process.exit(0));

/** One direction of a connection. @param opened when the first byte may leave */
function slow(from: Socket, to: Socket, opened: number): void {
	const window = new Window(opened);
	const queue: Array<{ readonly due: number; readonly piece: Buffer | undefined }> = [];
	let latest = opened;
	let isTiming = false;
	const deliver = (): void => {
		isTiming = false;
		while (queue[0] && queue[0].due <= performance.now()) {
			const { piece } = queue.shift() ?? {};
			if (piece) to.write(piece);
			else to.end();
		}
		wake();
	};
	const wake = (): void => {
		if (isTiming || !queue[0]) return;
		isTiming = true;
		setTimeout(deliver, Math.max(0, queue[0].due - performance.now()));
	};
	const send = (at: number, piece?: Buffer): void => {
		latest = Math.max(latest, at);
		queue.push({ due: latest + RTT_MS / 2, piece });
		wake();
	};
	from.on('data', (bytes) => {
		for (let rest = bytes; rest.length > 0; ) {
			const { at, count } = window.take(rest.length, performance.now());
			send(at, rest.subarray(0, count));
			rest = rest.subarray(count);
		}
	});
	from.on('end', () => send(performance.now()));
}

/** How much of a connection may be on its way unconfirmed: the slow start of TCP. */
class Window {
	private size = FIRST_WINDOW;
	private left = FIRST_WINDOW;

	/** @param round when the current round trip has begun */
	constructor(private round: number) {}

	/** How many of so many bytes may leave at once, and when. */
	take(bytes: number, now: number): { at: number; count: number } {
		if (now >= this.round + RTT_MS) this.next(now, this.left === 0);
		else if (this.left === 0) this.next(this.round + RTT_MS, true);
		const count = Math.min(bytes, this.left);
		this.left -= count;
		return { at: Math.max(now, this.round), count };
	}

	private next(round: number, grows: boolean): void {
		if (grows) this.size *= 2;
		this.round = round;
		this.left = this.size;
	}
}

function pair(a: Socket, b: Socket): void {
	for (const [one, other] of [[a, b], [b, a]] as const) {
		one.on('error', () => other.destroy());
		one.on('close', () => other.destroySoon());
		one.setNoDelay(true);
	}
}

function portOf(server: Server): number {
	return (server.address() as AddressInfo).port;
}

function certificate(): { key: string; cert: string } {
	const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1', '-keyout', '-', '-out', '-'];
	const pem = execFileSync('openssl', made, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
	return { key: pem, cert: pem };
}
