import { connect, createServer } from 'node:net';

/** Whether a port of this machine is free: nobody answers there, and it can be opened on loopback. */
export async function isFree(port) {
	const answers = await Promise.all(['127.0.0.1', '::1'].map((host) => answersAt(host, port)));
	return !answers.includes(true) && (await canListen(port));
}

/** Free loopback ports, all different. */
export async function freePorts(count) {
	const servers = await Promise.all(Array.from({ length: count }, () => listen(0)));
	const ports = servers.map((server) => server.address().port);
	await Promise.all(servers.map(close));
	return ports;
}

/** A port number from text; undefined if it is none. */
export function parsePort(text) {
	const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
	return port >= 1 && port <= 65_535 ? port : undefined;
}

async function canListen(port) {
	try {
		await close(await listen(port));
		return true;
	} catch {
		return false;
	}
}

function answersAt(host, port) {
	return new Promise((resolve) => {
		const socket = connect({ host, port });
		const settle = (answers) => {
			socket.destroy();
			resolve(answers);
		};
		socket.setTimeout(1000, () => settle(false));
		socket.once('connect', () => settle(true));
		socket.once('error', () => settle(false));
	});
}

function listen(port) {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(port, '127.0.0.1', () => resolve(server));
	});
}

function close(server) {
	return new Promise((resolve) => server.close(resolve));
}
