/** The sandbox of the five services for a Jest file: started once, back to its first state before every test, stopped at the end. */
import { spawnSandbox, type Control, type SpawnedSandbox } from '../../sandbox/client.mts';

export interface Sandbox {
	/** Origin of the services; a service answers under `<url>/<its name>`. */
	readonly url: string;
	/** Origin of the storage that signed uploads go to. */
	readonly storageUrl: string;
	/** Faults, settings, journal, clock. */
	readonly control: Control;
}

export function useSandbox(): Sandbox {
	let running: SpawnedSandbox | undefined;
	beforeAll(async () => {
		running = await spawnSandbox();
	});
	beforeEach(async () => {
		await running?.control.reset();
	});
	afterAll(async () => {
		await running?.stop();
	});
	const started = () => {
		if (!running) throw new Error('The sandbox runs only while tests run: use it inside a test or a beforeAll');
		return running;
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
