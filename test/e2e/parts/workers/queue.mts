// n8n in queue mode: a main process and workers, each with a home of its own as in separate containers.
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { logTail, startN8n } from '../../../../demo/n8n.mjs';
import { freePorts } from '../../../../demo/ports.mjs';
import { startServer, type Server } from '../../server.mts';
import { startPostgres, startRedis } from './services.mts';
import { until } from '../../until.mts';

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
	/** What n8n's environment holds beside that of a single process: for a main process that starts again. */
	settings: Record<string, string>;
	/** Those that run. */
	workers(): Worker[];
	startWorker(name: string): Promise<Worker>;
	/** The worker that began an execution; throws if none did or several. */
	workerOf(executionId: string): Worker;
}

/** How soon n8n takes a worker that is silent for dead, and how often it looks (ms). Its defaults are a minute and half of one. */
export const patience = { QUEUE_WORKER_LOCK_DURATION: '10000', QUEUE_WORKER_LOCK_RENEW_TIME: '2000', QUEUE_WORKER_STALLED_INTERVAL: '2000' };

/**
 * Starts Redis, PostgreSQL and the main process, which installs our package; the workers are the caller's to start.
 * `stop` ends all of them.
 */
export async function startQueue(release: string): Promise<Queue> {
	const stops: (() => Promise<void>)[] = [];
	const stop = async () => {
		for (const end of stops.splice(0).reverse()) await end();
	};
	try {
		const redis = await startRedis();
		stops.push(redis.stop);
		const postgres = await startPostgres();
		stops.push(postgres.stop);
		const settings = {
			EXECUTIONS_MODE: 'queue',
			OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
			N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
			N8N_REINSTALL_MISSING_PACKAGES: 'true',
			...redis.settings,
			...postgres.settings,
			...patience,
		};
		const server = await startServer(release, settings);
		stops.push(server.stop);
		const extra = { ...settings, PATH: server.env.PATH ?? '' };
		const all: Worker[] = [];
		const running = new Set<Worker>();
		stops.push(async () => void (await Promise.all([...running].map(async (worker) => await worker.stop()))));
		return {
			...server,
			settings: extra,
			workers: () => [...running],
			startWorker: async (name) => {
				const worker = await startWorker(server.host, name, path.join(server.home, name), extra, (ended) => running.delete(ended));
				all.push(worker);
				running.add(worker);
				return worker;
			},
			workerOf: (executionId) => {
				const found = all.filter((worker) => worker.executions().includes(executionId));
				if (found.length !== 1 || !found[0]) throw new Error(`Execution ${executionId} was begun by ${found.length} workers.`);
				return found[0];
			},
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}

async function startWorker(host: string, name: string, home: string, settings: Record<string, string>, ended: (worker: Worker) => void): Promise<Worker> {
	const [port = 0, brokerPort = 0] = await freePorts(2);
	mkdirSync(home);
	const logFile = path.join(home, 'n8n.log');
	const extra = { ...settings, QUEUE_HEALTH_CHECK_ACTIVE: 'true', QUEUE_HEALTH_CHECK_PORT: String(port), N8N_WORKER_SERVER_ADDRESS: '127.0.0.1' };
	const n8n = startN8n({ host, home, port, brokerPort, logFile, extra, command: ['worker'] });
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
