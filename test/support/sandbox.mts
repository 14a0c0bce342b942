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
 * It is back in its first state before every test. A Jest worker starts one when its first test file asks, compiled (`compileSandbox.mjs`), and keeps it for all files:
 * it ends with the worker. A test that stops its sandbox or needs one to itself starts its own with `spawnSandbox`. Tests of several sandboxes at once:
 * `useLab` in `test/contract/lab.mts`.
 */
import { statSync } from 'node:fs';
import path from 'node:path';
import { control, spawnSandbox, type Control } from '../../sandbox/client.mts';
import { jestWorker } from './jestWorker.mts';

const compiled = path.resolve('node_modules/.cache/backoffice-sandbox.mjs');

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

/** The worker's sandbox of that number, in its first state; started if it does not run. */
export async function sandboxOfWorker(number = 0): Promise<Sandbox> {
	// In watch mode, a change of the sandbox means another one.
	const key = `sandbox ${number} of ${statSync(compiled).mtimeMs}`;
	const known = await running(key);
	if (known) return known;
	const spawned = await spawnSandbox({ compiled });
	spawned.unref();
	jestWorker?.kept.set(key, { url: spawned.url, storageUrl: spawned.storageUrl });
	return spawned;
}

async function running(key: string): Promise<Sandbox | undefined> {
	const addresses = jestWorker?.kept.get(key) as Pick<Sandbox, 'url' | 'storageUrl'> | undefined;
	if (!addresses) return undefined;
	const sandbox = { ...addresses, control: control(addresses.url) };
	const answers = await sandbox.control.reset().then(() => true, () => false);
	return answers ? sandbox : undefined;
}
