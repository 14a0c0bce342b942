// n8n in queue mode: Redis, a main process and workers, each with a home of its own as in separate containers.
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { programFile } from '../../demo/debian.mjs';
import { hostFolder, logTail, startN8n } from '../../demo/n8n.mjs';
import { freePorts } from '../../demo/ports.mjs';
import { launch } from '../../scripts/processes.mjs';
import { startServer, type Server } from './server.mts';
import { until } from './until.mts';

export interface Worker {
	name: string;
	home: string;
	/** All that it has printed. */
	log(): string;
	/** The executions that it has begun, by its own log. */
	executions(): string[];
	/** Ends it as a crash does: no signal handler runs. */
	kill(): Promise<void>;
	/** Asks it to end (SIGTERM) and waits until it has. */
	stop(): Promise<void>;
}

export interface Queue extends Server {
	/** Those that run. */
	workers(): Worker[];
	startWorker(name: string): Promise<Worker>;
	/** The worker that began an execution; throws if none did or several. */
	workerOf(executionId: string): Worker;
}

/** How soon n8n takes a worker that is silent for dead, and how often it looks (ms). Its defaults are a minute and half of one. */
export const patience = { QUEUE_WORKER_LOCK_DURATION: '10000', QUEUE_WORKER_LOCK_RENEW_TIME: '2000', QUEUE_WORKER_STALLED_INTERVAL: '2000' };

/** Starts Redis and the main process, which installs our package; the workers are the caller's to start. All is ended by `stop`. */
export async function startQueue(): Promise<Queue> {
	const redis = await startRedis();
	const settings = {
		EXECUTIONS_MODE: 'queue',
		OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(redis.port),
		N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
		N8N_REINSTALL_MISSING_PACKAGES: 'true',
		...patience,
	};
	const all: Worker[] = [];
	const running = new Set<Worker>();
	try {
		const server = await startServer(settings);
		const extra = { ...settings, PATH: server.env.PATH ?? '', DB_SQLITE_DATABASE: server.databaseFile };
		return {
			...server,
			workers: () => [...running],
			startWorker: async (name) => {
				const worker = await startWorker(name, path.join(server.home, name), extra, (ended) => running.delete(ended));
				all.push(worker);
				running.add(worker);
				return worker;
			},
			workerOf: (executionId) => {
				const found = all.filter((worker) => worker.executions().includes(executionId));
				if (found.length !== 1 || !found[0]) throw new Error(`Execution ${executionId} was begun by ${found.length} workers.`);
				return found[0];
			},
			stop: async () => {
				await Promise.all([...running].map(async (worker) => await worker.stop()));
				await server.stop();
				await redis.stop();
			},
		};
	} catch (error) {
		await redis.stop();
		throw error;
	}
}

async function startWorker(name: string, home: string, settings: Record<string, string>, ended: (worker: Worker) => void): Promise<Worker> {
	const [port = 0, brokerPort = 0] = await freePorts(2);
	mkdirSync(home);
	const logFile = path.join(home, 'n8n.log');
	const extra = { ...settings, QUEUE_HEALTH_CHECK_ACTIVE: 'true', QUEUE_HEALTH_CHECK_PORT: String(port), N8N_WORKER_SERVER_ADDRESS: '127.0.0.1' };
	const n8n = startN8n({ host: hostFolder(), home, port, brokerPort, logFile, extra, command: ['worker'] });
	const log = () => readFileSync(logFile, 'utf8');
	const worker: Worker = {
		name,
		home,
		log,
		executions: () => [...log().matchAll(/Worker started execution (\d+) \(job/g)].map(([, id = '']) => id),
		kill: async () => {
			n8n.child.kill('SIGKILL');
			await n8n.exited;
			await n8n.stop(); // its task runner is still there
			ended(worker);
		},
		stop: async () => {
			await n8n.stop(60_000);
			ended(worker);
		},
	};
	try {
		await until(`${name} is ready`, async () => await isReady(n8n.url), { timeoutMs: 120_000, everyMs: 200 });
	} catch (error) {
		await n8n.stop();
		throw new Error(`${(error as Error).message}\n${logTail(logFile, 25)}`);
	}
	return worker;
}

async function isReady(url: string): Promise<boolean> {
	try {
		return (await fetch(`${url}/healthz/readiness`)).ok;
	} catch {
		return false;
	}
}

/** A Redis that keeps nothing, on a free loopback port. */
async function startRedis(): Promise<{ port: number; stop(): Promise<void> }> {
	const file = programFile('redis');
	if (!file) throw new Error('redis-server is not installed.');
	const folder = mkdtempSync(path.join(tmpdir(), 'backoffice-redis-'));
	const [port = 0] = await freePorts(1);
	const redis = launch(file, ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder], { stdio: 'ignore' });
	const stop = async () => {
		await redis.stop();
		rmSync(folder, { recursive: true, force: true });
	};
	try {
		await until('Redis answers', async () => await answers(port), { timeoutMs: 20_000 });
	} catch (error) {
		await stop();
		throw error;
	}
	return { port, stop };
}

async function answers(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = connect({ host: '127.0.0.1', port }, () => socket.write('PING\r\n'));
		socket.once('data', (data) => {
			socket.destroy();
			resolve(data.toString().startsWith('+PONG'));
		});
		socket.once('error', () => resolve(false));
	});
}
