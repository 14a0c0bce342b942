/**
 * Loads n8n's engine as a library, lazily, in a throw-away user folder, with every log line captured.
 *
 * `require` on purpose: n8n-core is CommonJS and needs the CommonJS copy of n8n-workflow, also when this file runs as ESM.
 * Under Jest it is Node's own require, so that a worker evaluates n8n's code once for all its test files. The engine and the built nodes share
 * one n8n-workflow and Node's own global objects: of a test's changes to them only `Date.now = …` reaches the engine; fake timers, module mocks
 * and `process.env` don't. What they give back fails `instanceof` and `toStrictEqual`: compare with `toEqual`, and an error by what it says.
 */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { jestWorker } from './jestWorker.mts';

export const projectRoot = process.cwd();
export const load = jestWorker?.require ?? createRequire(path.join(projectRoot, 'package.json'));

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
	/** Drops all instances. */
	reset(): void;
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

/** The environment that the engine sees: a test file of Jest has a copy of its own. */
function setEnvironment(folder: string) {
	const { env } = load('node:process') as NodeJS.Process;
	env.N8N_USER_FOLDER = folder;
	env.N8N_ENCRYPTION_KEY = 'a-key-for-tests-only';
	env.N8N_DIAGNOSTICS_ENABLED = 'false';
	env.N8N_DEFAULT_BINARY_DATA_MODE = 'filesystem';
	env.N8N_BINARY_DATA_STORAGE_PATH = path.join(folder, 'binary-data');
}

/** Forgets a package's modules and all they remember, so that a test file never meets what another one has left there. */
export function forgetModules(packageDir: string): void {
	const folder = path.join(realpathSync(packageDir), 'dist', path.sep);
	for (const file of Object.keys(load.cache)) if (file.startsWith(folder)) delete load.cache[file];
}

/** n8n logs through its container's Logger and through n8n-workflow's LoggerProxy: both end here. */
function captureLogs(logs: LogLine[]): Container {
	const core = (load('node:module') as typeof import('node:module')).createRequire(load.resolve('n8n-core'));
	const { Container } = core('@n8n/di') as { Container: Container };
	const { Logger } = core('@n8n/backend-common') as { Logger: unknown };
	const { LoggerProxy } = load('n8n-workflow') as N8nWorkflow;
	// Services with the settings of this folder and the log of this test file, whoever used the worker before.
	Container.reset();
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
