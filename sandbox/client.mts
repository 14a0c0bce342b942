import { spawn, type ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ArmedFault, FaultOrder } from './faults.mts';
import type { Entry, Summary } from './journal.mts';
import type { Wish } from './service.mts';

export type { ArmedFault, Fault, FaultOrder } from './faults.mts';
export type { Effect, Entry, Summary } from './journal.mts';

/** Where a sandbox answers. */
export interface Addresses {
	url: string;
	storageUrl: string;
}

interface Child {
	/** The child's process id. */
	pid: number;
	/** Ends the child; resolves when it is gone. */
	stop(): Promise<void>;
	/** Lets this process end while the child runs; the child then ends as well. */
	unref(): void;
}

export interface SpawnedSandbox extends Addresses, Child {
	control: Control;
}

export interface SpawnedSandboxes extends Child {
	sandboxes: Addresses[];
}

export interface SpawnOptions {
	/** Ports of the first; 0, if not given, takes any free one. */
	port?: number;
	storagePort?: number;
	/** The program as one compiled file, which starts faster than the sources. */
	compiled?: string;
}

/** Starts the sandbox as a child process on free ports (or those given). Rejects with what it printed when it can't start. */
export async function spawnSandbox(options: SpawnOptions = {}): Promise<SpawnedSandbox> {
	const { sandboxes, ...child } = await spawnSandboxes(1, options);
	const [addresses] = sandboxes;
	if (!addresses) throw new Error('The sandbox told no address.');
	return { ...addresses, ...child, control: control(addresses.url) };
}

/** The same for several sandboxes in one child process, each with services and data of its own. */
export async function spawnSandboxes(count: number, { port = 0, storagePort = 0, compiled }: SpawnOptions = {}): Promise<SpawnedSandboxes> {
	const program = compiled === undefined ? ['--import', 'tsx', join(process.cwd(), 'sandbox', 'main.mts')] : [compiled];
	const args = [...program, '--json', '--port', port, '--storage-port', storagePort, '--count', count].map(String);
	// Options of the parent's Node (a test runner's, for example) are not meant for the child.
	const env = { ...process.env };
	delete env.NODE_OPTIONS;
	const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], env });
	const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
	const sandboxes = (await firstLines(child, count)).map((line) => JSON.parse(line) as Addresses);
	const stop = async () => {
		child.kill('SIGTERM');
		await ended;
	};
	const unref = () => {
		for (const handle of [child, child.channel, child.stdout as Socket | null, child.stderr as Socket | null]) handle?.unref();
	};
	return { sandboxes, pid: child.pid ?? 0, stop, unref };
}

async function firstLines(child: ChildProcess, count: number): Promise<string[]> {
	return await new Promise((resolve, reject) => {
		let complaint = '';
		child.stderr?.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
		child.once('error', reject);
		child.once('exit', (code) => reject(new Error(`The sandbox ended with code ${code}. ${complaint.trim()}`)));
		if (!child.stdout) return reject(new Error('The sandbox has no output.'));
		const lines: string[] = [];
		createInterface({ input: child.stdout }).on('line', (line) => {
			lines.push(line);
			if (lines.length === count) resolve(lines);
		});
	});
}

export type Control = ReturnType<typeof control>;

/** Typed access to the control interface of a sandbox at `url`. Every call rejects unless the answer is 2xx. */
export function control(url: string) {
	const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
		const answer = await fetch(`${url}/_control${path}`, {
			method,
			headers: { 'content-type': 'application/json' },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const text = await answer.text();
		if (!answer.ok) throw new Error(`${method} /_control${path} answered ${answer.status}: ${text}`);
		return JSON.parse(text);
	};
	return {
		/** Everything back to how it was at the start; of the named services only, if any are named. */
		reset: async (...services: string[]) => {
			await call('POST', '/reset', services.length > 0 ? { services } : {});
		},
		/** Merges settings of a service and returns them all. */
		settings: async (service: string, changes: Record<string, unknown> = {}) =>
			(await call('PATCH', `/settings/${service}`, changes)) as Record<string, unknown>,
		/** Arms a fault and returns its id. */
		fault: async (order: FaultOrder) => ((await call('POST', '/faults', order)) as { id: number }).id,
		faults: async () => (await call('GET', '/faults')) as ArmedFault[],
		clearFaults: async () => void (await call('DELETE', '/faults')),
		journal: async (service: string) => (await call('GET', `/journal?service=${service}`)) as Entry[],
		clearJournal: async () => void (await call('DELETE', '/journal')),
		summary: async (service: string) => (await call('GET', `/journal/summary?service=${service}`)) as Summary,
		/** Every secret that the services have handed out since the sandbox was started: tokens, signatures of addresses, keys. */
		issued: async () => (await call('GET', '/issued')) as string[],
		expireSessions: async (service = 'entu') => void (await call('POST', `/${service}/expire-sessions`, {})),
		advanceClock: async (advanceMs: number) => void (await call('POST', '/clock', { advanceMs })),
		/** Makes something happen in a service, as its page of buttons does; gives what happened. */
		happen: async (service: string, what: string, wish: Wish = {}) => (await call('POST', `/${service}/happen/${what}`, wish)) as Record<string, unknown>,
		/** Adds `count` records of a type; returns how many there are now. */
		seed: async (type: string, count: number, service = 'entu') =>
			((await call('POST', `/${service}/seed`, { type, count })) as { count: number }).count,
	};
}
