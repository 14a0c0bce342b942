/**
 * The sandbox of the five services for a test.
 *
 * ```ts
 * const sandbox = useSandbox();                   // once in a Jest file, outside of all tests
 * test('…', async () => {
 *   await sandbox.control.fault({ … });           // in a test or a `beforeAll`; see sandbox/client.mts
 *   fetch(`${sandbox.url}/entu/…`);
 * });
 * ```
 *
 * It is back in its first state before every test. A Jest worker starts its sandboxes (one process, compiled by `compileSandbox.mjs`) when its
 * first test file asks, and keeps them for all files; they end with the worker. A test that stops its sandbox starts its own with `spawnSandbox`.
 * Tests of several sandboxes at once: `useLab` in `test/contract/lab.mts`.
 */
import { statSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { control, spawnSandboxes, type Addresses, type Control } from '../../sandbox/client.mts';
import { jestWorker } from './jestWorker.mts';

const compiled = path.resolve('node_modules/.cache/backoffice-sandbox.mjs');
/** How many a worker has: as many as tests run at once (`maxConcurrency` in jest.config.js). */
const SANDBOXES = 6;

/** After this, the process under test knows nothing any more of what a service has told it before. */
const A_WHILE_MS = 3_600_000;
let passedMs = 0;
const realNow = performance.now.bind(performance);

/** Puts forward the clock that nobody sets, for all code of this process. Not while a test is under way that waits for something. */
export function passTime(ms: number): void {
	passedMs += ms;
	performance.now = () => realNow() + passedMs;
}

export interface Sandbox {
	/** Origin of the services; a service answers under `<url>/<its name>`. */
	readonly url: string;
	/** Origin of the storage that signed uploads go to. */
	readonly storageUrl: string;
	/** Faults, settings, journal, clock. */
	readonly control: Control;
}

export function useSandbox(): Sandbox {
	let sandbox: Sandbox | undefined;
	beforeAll(async () => {
		sandbox = await sandboxOfWorker();
	});
	beforeEach(async () => {
		await sandbox?.control.reset();
		passTime(A_WHILE_MS);
	});
	const started = () => {
		if (!sandbox) throw new Error('The sandbox runs only while tests run: use it inside a test or a beforeAll');
		return sandbox;
	};
	return {
		get url() {
			return started().url;
		},
		get storageUrl() {
			return started().storageUrl;
		},
		get control() {
			return started().control;
		},
	};
}

/** One of the worker's sandboxes, in its first state; all are started if they don't run. @param number from 0 */
export async function sandboxOfWorker(number = 0): Promise<Sandbox> {
	// In watch mode, a change of the sandbox means other ones.
	const key = `sandboxes of ${statSync(compiled).mtimeMs} ${process.env.ENTU_GENERATION ?? ''}`;
	const started = (jestWorker?.kept.get(key) as Promise<Addresses[]> | undefined) ?? start();
	jestWorker?.kept.set(key, started);
	const addresses = (await started)[number];
	if (!addresses) throw new Error(`A worker has ${SANDBOXES} sandboxes, none with number ${number}`);
	const sandbox = { ...addresses, control: control(addresses.url) };
	await sandbox.control.reset();
	return sandbox;
}

async function start(): Promise<Addresses[]> {
	const { sandboxes, unref } = await spawnSandboxes(SANDBOXES, { compiled });
	unref();
	return sandboxes;
}
