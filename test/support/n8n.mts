/**
 * Loads n8n's engine as a library: once per process (per test file under Jest), lazily, in a throw-away user folder,
 * with every log line captured.
 *
 * `require` on purpose: n8n-core is CommonJS and needs the CommonJS copy of n8n-workflow, also when this file runs as ESM.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const projectRoot = process.cwd();
export const load = createRequire(path.join(projectRoot, 'package.json'));

type Core = typeof import('n8n-core');
type N8nWorkflow = typeof import('n8n-workflow');

export interface LogLine {
	level: 'error' | 'warn' | 'info' | 'debug';
	message: string;
	meta?: unknown;
}

export interface N8n {
	core: Core;
	workflow: N8nWorkflow;
	/** Everything n8n has logged so far, debug lines included. */
	logs: LogLine[];
	/** The throw-away n8n user folder; stored binary data lies in it. */
	folder: string;
	service<T>(type: new (...args: never[]) => T): T;
	close(): void;
}

interface Container {
	get<T>(type: unknown): T;
	set(type: unknown, value: unknown): void;
}

let loaded: N8n | undefined;

export function loadN8n(): N8n {
	loaded ??= start();
	return loaded;
}

function start(): N8n {
	const folder = mkdtempSync(path.join(tmpdir(), 'n8n-engine-'));
	setEnvironment(folder);
	load('reflect-metadata');
	const logs: LogLine[] = [];
	const container = captureLogs(logs);
	return {
		core: load('n8n-core') as Core,
		workflow: load('n8n-workflow') as N8nWorkflow,
		logs,
		folder,
		service: (type) => container.get(type),
		close: () => {
			rmSync(folder, { recursive: true, force: true });
			loaded = undefined;
		},
	};
}

function setEnvironment(folder: string) {
	process.env.N8N_USER_FOLDER = folder;
	process.env.N8N_ENCRYPTION_KEY = 'a-key-for-tests-only';
	process.env.N8N_DIAGNOSTICS_ENABLED = 'false';
	process.env.N8N_DEFAULT_BINARY_DATA_MODE = 'filesystem';
	process.env.N8N_BINARY_DATA_STORAGE_PATH = path.join(folder, 'binary-data');
}

/** n8n logs through its container's Logger and through n8n-workflow's LoggerProxy: both end here. */
function captureLogs(logs: LogLine[]): Container {
	const core = createRequire(load.resolve('n8n-core'));
	const { Container } = core('@n8n/di') as { Container: Container };
	const { Logger } = core('@n8n/backend-common') as { Logger: unknown };
	const { LoggerProxy } = load('n8n-workflow') as N8nWorkflow;
	const write = (level: LogLine['level']) => (message: string, meta?: unknown) =>
		void logs.push({ level, message, meta });
	const logger = {
		error: write('error'),
		warn: write('warn'),
		info: write('info'),
		debug: write('debug'),
		scoped: () => logger,
	};
	Container.set(Logger, logger);
	LoggerProxy.init(logger);
	return Container;
}
