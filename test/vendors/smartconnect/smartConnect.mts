/** What the tests of the SmartConnect.com node share: credentials for the sandbox, and short ways to run the node and look at what came of it. */
import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';
import type { Entry, Summary } from '../../../sandbox/client.mts';
import { consultant, inactive, known, other, restClient } from '../../../sandbox/smartconnect/seed.mts';
import type { SmartConnectSettings } from '../../../sandbox/smartconnect/state.mts';
import { useEngine, type Engine, type NodeRun, type NodeRunOptions, type StoredCredential } from '../../support/engine.mts';
import { useSandbox, type Sandbox } from '../../support/sandbox.mts';

export { consultant, inactive, known, other, restClient };

export interface Bench {
	readonly engine: Engine;
	readonly sandbox: Sandbox;
	/** Stored credential of the web service, new before every test. */
	readonly account: StoredCredential;
	/** Stored credential of the REST API, new before every test. */
	readonly restAccount: StoredCredential;
	/** The fields of the credentials as a person types them. */
	typed(changes?: ICredentialDataDecryptedObject): ICredentialDataDecryptedObject;
	typedRest(changes?: ICredentialDataDecryptedObject): ICredentialDataDecryptedObject;
	/** Runs an operation over the web service; one empty item unless said otherwise. */
	run(resource: string, operation: string, parameters?: INodeParameters, options?: Partial<NodeRunOptions>): Promise<NodeRun>;
	/** Runs an operation that must succeed; the JSON of what came out. */
	rows(resource: string, operation: string, parameters?: INodeParameters, options?: Partial<NodeRunOptions>): Promise<IDataObject[]>;
	/** Runs an integration over the REST API. */
	runRest(parameters?: INodeParameters, options?: Partial<NodeRunOptions>): Promise<NodeRun>;
	settings(changes: Partial<SmartConnectSettings> & { latencyMs?: number }): Promise<void>;
	journal(): Promise<Entry[]>;
	summary(): Promise<Summary>;
	/** Runs that the service has carried out, as `<integration>#<number>`. */
	runsDone(): Promise<string[]>;
}

export function useSmartConnect(): Bench {
	const engine = useEngine();
	const sandbox = useSandbox();
	let account: StoredCredential | undefined;
	let restAccount: StoredCredential | undefined;
	beforeEach(() => {
		engine.credentials.rows.length = 0;
		account = engine.credentials.add('smartConnectApi', bench.typed(), { id: 'backofficeSmart1', name: 'SmartConnect (sandbox)' });
		restAccount = engine.credentials.add('smartConnectRestApi', bench.typedRest());
	});
	const bench: Bench = {
		engine,
		sandbox,
		get account() {
			return defined(account);
		},
		get restAccount() {
			return defined(restAccount);
		},
		typed: (changes = {}) => ({
			apiUrl: `${sandbox.url}/smartconnect/API`,
			loginUrl: `${sandbox.url}/smartconnect/login`,
			customerId: known.companyA,
			...consultant,
			...changes,
		}),
		typedRest: (changes = {}) => ({
			region: 'custom',
			host: `${sandbox.url}/smartconnect/rest`,
			username: consultant.email,
			password: consultant.password,
			...restClient,
			...changes,
		}),
		run: async (resource, operation, parameters = {}, options = {}) =>
			await engine.runNode({
				node: 'smartConnect',
				parameters: { resource, operation, ...parameters },
				credentials: { smartConnectApi: bench.account },
				...options,
			}),
		rows: async (...call) => jsonOf(await bench.run(...call)),
		runRest: async (parameters = {}, options = {}) =>
			await engine.runNode({
				node: 'smartConnect',
				parameters: { authentication: 'restApi', resource: 'integration', operation: 'run', integrationId: known.customers, ...parameters },
				credentials: { smartConnectRestApi: bench.restAccount },
				...options,
			}),
		settings: async (changes) => void (await sandbox.control.settings('smartconnect', changes)),
		journal: async () => await sandbox.control.journal('smartconnect'),
		summary: async () => await sandbox.control.summary('smartconnect'),
		runsDone: async () => (await bench.journal()).flatMap(({ effects }) => effects.filter(({ kind }) => kind === 'run').map(({ id }) => id)),
	};
	return bench;
}

/** The JSON of what came out of a run that must have succeeded. */
export function jsonOf(run: NodeRun): IDataObject[] {
	if (run.error) throw run.error;
	return run.outputs.flat().map(({ json }) => json);
}

/** A resource locator with an ID typed in. */
export const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** Items of rows. */
export const items = (...rows: IDataObject[]) => rows.map((json) => ({ json }));

/** What the person reads: message and description of an error. */
export function told(error: unknown): string {
	const { message, description } = error as { message?: string; description?: string };
	return `${message ?? ''} ${description ?? ''}`;
}

export function defined<T>(value: T | undefined | null): T {
	if (value === undefined || value === null) throw new Error('Nothing is there');
	return value;
}
