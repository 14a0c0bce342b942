/** What the tests of the EnDocs Cloud node share: a credential for the sandbox, and short ways to run the node and see what it sent. */
import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';
import type { Entry } from '../../../sandbox/client.mts';
import { known } from '../../../sandbox/endocs/seed.mts';
import type { EndocsSettings } from '../../../sandbox/endocs/settings.mts';
import type { CommonSettings } from '../../../sandbox/service.mts';
import { useEngine, type Engine, type NodeRun, type NodeRunOptions, type StoredCredential } from '../../support/engine.mts';
import { useSandbox, type Sandbox } from '../../support/sandbox.mts';

export { known };

export const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

export interface Bench {
	readonly engine: Engine;
	readonly sandbox: Sandbox;
	/** Stored credential, new before every test and so with a rate of its own. */
	readonly credential: StoredCredential;
	/** The fields of a credential as a person types them. */
	typed(changes?: ICredentialDataDecryptedObject): ICredentialDataDecryptedObject;
	settings(changes: Partial<EndocsSettings & CommonSettings>): Promise<void>;
	/** Runs an operation; one empty item unless said otherwise. */
	run(resource: string, operation: string, parameters?: INodeParameters, options?: Partial<NodeRunOptions>): Promise<NodeRun>;
	/** Runs an operation that must succeed; the JSON of what came out. */
	rows(resource: string, operation: string, parameters?: INodeParameters, options?: Partial<NodeRunOptions>): Promise<IDataObject[]>;
	/** Runs an operation that must fail; what a person reads. */
	complaint(resource: string, operation: string, parameters?: INodeParameters, options?: Partial<NodeRunOptions>): Promise<string>;
	/** What the service received. */
	journal(): Promise<Entry[]>;
	/** The body of the last request. */
	sent(): Promise<IDataObject>;
}

export function useEndocs(): Bench {
	const engine = useEngine();
	const sandbox = useSandbox();
	let credential: StoredCredential | undefined;

	const typed = (changes: ICredentialDataDecryptedObject = {}): ICredentialDataDecryptedObject => ({
		baseUrl: `${sandbox.url}/endocs`,
		apiToken: known.token,
		...changes,
	});
	beforeEach(() => {
		engine.credentials.rows.length = 0;
		credential = engine.credentials.add('enDocsCloudApi', typed(), { name: 'EnDocs Cloud (sandbox)' });
	});

	const bench: Bench = {
		engine,
		sandbox,
		get credential() {
			if (!credential) throw new Error('There is a credential only while a test runs');
			return credential;
		},
		typed,
		settings: async (changes) => void (await sandbox.control.settings('endocs', changes)),
		run: async (resource, operation, parameters = {}, options = {}) =>
			await engine.runNode({
				node: 'enDocsCloud',
				parameters: { resource, operation, ...parameters },
				credentials: { enDocsCloudApi: bench.credential },
				...options,
			}),
		rows: async (resource, operation, parameters, options) => {
			const run = await bench.run(resource, operation, parameters, options);
			if (run.error) throw run.error;
			return (run.outputs[0] ?? []).map(({ json }) => json);
		},
		complaint: async (resource, operation, parameters, options) => {
			const { error } = await bench.run(resource, operation, parameters, options);
			if (!error) throw new Error('It did not fail');
			return `${error.message} | ${error.description ?? ''}`;
		},
		journal: async () => await sandbox.control.journal('endocs'),
		sent: async () => ((await bench.journal()).at(-1)?.body ?? {}) as IDataObject,
	};
	return bench;
}
