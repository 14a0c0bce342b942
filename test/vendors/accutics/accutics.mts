/** What the tests of the Accutics node share: credentials for the sandbox, and short ways to run the node and look at what came of it. */
import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';
import { editorToken, readerToken } from '../../../sandbox/accutics/seed.mts';
import type { Entry } from '../../../sandbox/client.mts';
import { useEngine, type Engine, type NodeRun, type NodeRunOptions, type StoredCredential } from '../../support/engine.mts';
import { useSandbox, type Sandbox } from '../../support/sandbox.mts';

export { editorToken, readerToken };

export interface Bench {
	readonly engine: Engine;
	readonly sandbox: Sandbox;
	/** Stored credential of the editor, new before every test. */
	readonly editor: StoredCredential;
	/** The fields of a credential as a person types them. */
	typed(changes?: ICredentialDataDecryptedObject): ICredentialDataDecryptedObject;
	/** Runs an operation; one empty item, as the editor, unless said otherwise. */
	run(operation: string, parameters?: INodeParameters, options?: Partial<NodeRunOptions>): Promise<NodeRun>;
	/** Runs an operation that must succeed; the JSON of what came out. */
	rows(operation: string, parameters?: INodeParameters, options?: Partial<NodeRunOptions>): Promise<IDataObject[]>;
	/** Sends a request past the node. */
	ask(path: string): Promise<IDataObject>;
	settings(changes: Record<string, unknown>): Promise<void>;
	journal(): Promise<Entry[]>;
	/** How often something happened, by kind of effect. */
	effects(): Promise<Record<string, number>>;
}

export function useAccutics(): Bench {
	const engine = useEngine();
	const sandbox = useSandbox();
	let editor: StoredCredential | undefined;
	beforeEach(() => {
		engine.credentials.rows.length = 0;
		editor = engine.credentials.add('accuticsApi', bench.typed(), { id: 'backofficeAccu01', name: 'Accutics (sandbox)' });
	});
	const bench: Bench = {
		engine,
		sandbox,
		get editor() {
			if (!editor) throw new Error('The credential is there only while tests run');
			return editor;
		},
		typed: (changes = {}) => ({ baseUrl: `${sandbox.url}/accutics`, token: editorToken, ...changes }),
		run: async (operation, parameters = {}, options = {}) => {
			const resource = operation === 'send' ? 'request' : 'entity';
			return await engine.runNode({
				node: 'accutics',
				parameters: { resource, operation, path: '/sandbox/items', ...parameters },
				credentials: { accuticsApi: bench.editor },
				...options,
			});
		},
		rows: async (...call) => {
			const run = await bench.run(...call);
			if (run.error) throw run.error;
			return run.outputs.flat().map(({ json }) => json);
		},
		ask: async (path) => {
			const answer = await fetch(`${sandbox.url}/accutics${path}`, { headers: { Authorization: `Bearer ${editorToken}` } });
			return (await answer.json()) as IDataObject;
		},
		settings: async (changes) => void (await sandbox.control.settings('accutics', changes)),
		journal: async () => await sandbox.control.journal('accutics'),
		effects: async () => (await sandbox.control.summary('accutics')).effects,
	};
	return bench;
}

/** Entries of 'Query Parameters'. */
export const query = (...parameter: Array<{ name: string; value: unknown }>) => ({ queryParameters: { parameter } }) as unknown as INodeParameters;

/** Entries of 'Fields'. */
export const fields = (...field: Array<{ name: string; value: unknown; type?: string }>) =>
	({ bodyMode: 'fields', bodyFields: { field } }) as unknown as INodeParameters;

export const items = (...rows: IDataObject[]) => rows.map((json) => ({ json }));

/** What the person reads: message and description of an error. */
export function told(error: unknown): string {
	const { message, description } = error as { message?: string; description?: string };
	return `${message ?? ''} ${description ?? ''}`;
}

/** A JWT that no service has signed, with these claims. */
export function unsignedToken(claims: object): string {
	const part = (data: object) => Buffer.from(JSON.stringify(data)).toString('base64url');
	return `${part({ alg: 'none' })}.${part(claims)}.signature`;
}
