/** What the tests of the Ento node share: a credential for the sandbox, and short ways to run the node and look at what came of it. */
import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';
import type { Entry } from '../../../sandbox/client.mts';
import { apiKey, counts, known } from '../../../sandbox/ento/seed.mts';
import type { EntoSettings } from '../../../sandbox/ento/state.mts';
import { useEngine, type Engine, type NodeRun, type NodeRunOptions, type StoredCredential } from '../../support/engine.mts';
import { useSandbox, type Sandbox } from '../../support/sandbox.mts';

export { apiKey, counts, known };

export interface Bench {
	readonly engine: Engine;
	readonly sandbox: Sandbox;
	/** Stored credential, new before every test. */
	readonly credential: StoredCredential;
	/** The fields of a credential as a person types them. */
	typed(changes?: ICredentialDataDecryptedObject): ICredentialDataDecryptedObject;
	/** Sets switches of the sandbox. */
	set(settings: Partial<EntoSettings> & IDataObject): Promise<void>;
	/** Runs an operation; with one empty item unless said otherwise. */
	run(resource: string, operation: string, parameters?: INodeParameters, options?: Partial<NodeRunOptions>): Promise<NodeRun>;
	/** Runs an operation that must succeed; the JSON of what came out. */
	rows(resource: string, operation: string, parameters?: INodeParameters, options?: Partial<NodeRunOptions>): Promise<IDataObject[]>;
	/** Runs an operation that must not succeed; what the person reads. */
	refusal(resource: string, operation: string, parameters?: INodeParameters, options?: Partial<NodeRunOptions>): Promise<string>;
	/** What the sandbox has received, in order. */
	journal(): Promise<Entry[]>;
	/** The query of the first request. */
	query(): Promise<Record<string, unknown>>;
	/** How often something happened, by kind of effect. */
	effects(): Promise<Record<string, number>>;
}

export function useEnto(): Bench {
	const engine = useEngine();
	const sandbox = useSandbox();
	let credential: StoredCredential | undefined;
	const typed = (changes: ICredentialDataDecryptedObject = {}): ICredentialDataDecryptedObject => ({
		baseUrl: `${sandbox.url}/ento`,
		apiKey,
		employeesPath: '/staff',
		shiftsPath: '/shifts',
		...changes,
	});
	beforeEach(() => {
		engine.credentials.rows.length = 0;
		credential = engine.credentials.add('entoApi', typed(), { id: 'backofficeEnto01', name: 'Ento (sandbox)' });
	});
	const bench: Bench = {
		engine,
		sandbox,
		get credential() {
			return defined(credential);
		},
		typed,
		set: async (settings) => void (await sandbox.control.settings('ento', settings)),
		run: async (resource, operation, parameters = {}, options = {}) =>
			await engine.runNode({ node: 'ento', parameters: { resource, operation, ...parameters }, credentials: { entoApi: bench.credential }, ...options }),
		rows: async (...call) => {
			const run = await bench.run(...call);
			if (run.error) throw run.error;
			return run.outputs.flat().map(({ json }) => json);
		},
		refusal: async (...call) => told((await bench.run(...call)).error),
		journal: async () => await sandbox.control.journal('ento'),
		query: async () => defined((await bench.journal())[0]).query,
		effects: async () => (await sandbox.control.summary('ento')).effects,
	};
	return bench;
}

/** A node of a saved workflow: how its account differs from the proposals was said in its options. */
export const saved = { version: 1 } as const;

/** What the person reads: message and description of an error. */
export function told(error: unknown): string {
	const { message, description } = (error ?? {}) as { message?: string; description?: string };
	return `${message ?? ''} ${description ?? ''}`.trim();
}

export function defined<T>(value: T | undefined | null): T {
	if (value === undefined || value === null) throw new Error('Nothing is there');
	return value;
}

/** Names and values as the editor stores them. */
export const entries = (...pairs: Array<[name: string, value: string]>) => ({ entries: pairs.map(([name, value]) => ({ name, value })) });

/** Settings of the option 'Paging'. */
export const paging = (settings: INodeParameters) => ({ paging: { settings } });

export const ids = (rows: readonly IDataObject[]): unknown[] => rows.map(({ id }) => id);
