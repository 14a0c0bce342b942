/** What the tests of the Entu node share: a credential for the sandbox, and short ways to run the node and look at what came of it. */
import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';
import { known, ownerKey, userKey } from '../../../sandbox/entu/seed-known.mts';
import { mixed, mixedOwnerKey, mixedUserKey } from '../../../sandbox/entu/seed-mixed-known.mts';
import { useEngine, type Engine, type NodeRun, type NodeRunOptions, type StoredCredential } from '../../support/engine.mts';
import { useSandbox, type Sandbox } from '../../support/sandbox.mts';

export { known, mixed, ownerKey, userKey };

export type Row = IDataObject;

export interface Bench {
	readonly engine: Engine;
	readonly sandbox: Sandbox;
	/** Stored credential of the owner, new before every test. */
	readonly owner: StoredCredential;
	/** Stored credential of the plain user, new before every test. */
	readonly user: StoredCredential;
	/** Stored credentials of the same two in the second database, which has what the museum lacks. */
	readonly mixedOwner: StoredCredential;
	readonly mixedUser: StoredCredential;
	/** The fields of a credential as a person types them. */
	typed(changes?: ICredentialDataDecryptedObject): ICredentialDataDecryptedObject;
	/** Runs an operation; one empty item, as the owner, unless said otherwise. */
	run(resource: string, operation: string, parameters?: INodeParameters, options?: Partial<NodeRunOptions>): Promise<NodeRun>;
	/** Runs an operation that must succeed; the JSON of what came out. */
	rows(resource: string, operation: string, parameters?: INodeParameters, options?: Partial<NodeRunOptions>): Promise<Row[]>;
	/** Asks the sandbox itself, past the node. */
	ask(path: string, options?: { method?: string; body?: unknown; key?: string; database?: string }): Promise<Row>;
	/** An entity as the sandbox holds it. */
	entity(id: string, database?: string): Promise<Record<string, Row[]>>;
	/** What the node has asked of the sandbox: method, path and query. */
	asked(): Promise<Array<{ method: string; path: string; query: Record<string, unknown> }>>;
	/** How often something happened, by kind of effect. */
	effects(): Promise<Record<string, number>>;
	/** The same without log-ins. */
	written(): Promise<Record<string, number>>;
}

export function useEntu(): Bench {
	const engine = useEngine();
	const sandbox = useSandbox();
	let owner: StoredCredential | undefined;
	let user: StoredCredential | undefined;
	let mixedOwner: StoredCredential | undefined;
	let mixedUser: StoredCredential | undefined;
	const tokens = new Map<string, Promise<string>>();

	const typed = (changes: ICredentialDataDecryptedObject = {}): ICredentialDataDecryptedObject => ({
		baseUrl: `${sandbox.url}/entu`,
		database: known.database,
		apiKey: ownerKey,
		...changes,
	});
	beforeEach(() => {
		engine.credentials.rows.length = 0;
		owner = engine.credentials.add('entuApi', typed(), { id: 'backofficeEntu01', name: 'Entu (sandbox)' });
		user = engine.credentials.add('entuApi', typed({ apiKey: userKey }));
		mixedOwner = engine.credentials.add('entuApi', typed({ database: mixed.database, apiKey: mixedOwnerKey }));
		mixedUser = engine.credentials.add('entuApi', typed({ database: mixed.database, apiKey: mixedUserKey }));
		tokens.clear();
	});

	const tokenFor = async (key: string, database: string): Promise<string> => {
		const answer = await fetch(`${sandbox.url}/entu/auth?db=${database}`, { headers: { Authorization: `Bearer ${key}` } });
		return String(((await answer.json()) as Row).token);
	};
	const bench: Bench = {
		engine,
		sandbox,
		get owner() {
			return defined(owner);
		},
		get user() {
			return defined(user);
		},
		get mixedOwner() {
			return defined(mixedOwner);
		},
		get mixedUser() {
			return defined(mixedUser);
		},
		typed,
		run: async (resource, operation, parameters = {}, options = {}) =>
			await engine.runNode({ node: 'entu', parameters: { resource, operation, ...parameters }, credentials: { entuApi: bench.owner }, ...options }),
		rows: async (...call) => {
			const run = await bench.run(...call);
			if (run.error) throw run.error;
			return run.outputs.flat().map(({ json }) => json);
		},
		ask: async (path, { method = 'GET', body, database = known.database, key = database === mixed.database ? mixedOwnerKey : ownerKey } = {}) => {
			const token = await (tokens.get(key) ?? tokens.set(key, tokenFor(key, database)).get(key));
			const answer = await fetch(`${sandbox.url}/entu/${database}${path}`, {
				method,
				headers: { Authorization: `Bearer ${String(token)}`, 'Content-Type': 'application/json' },
				...(body === undefined ? {} : { body: JSON.stringify(body) }),
			});
			if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
			return (await answer.json()) as Row;
		},
		entity: async (id, database) => (await bench.ask(`/entity/${id}`, { database })).entity as unknown as Record<string, Row[]>,
		asked: async () => (await sandbox.control.journal('entu')).filter(({ path }) => !path.endsWith('/auth')).map(({ method, path, query }) => ({ method, path, query })),
		effects: async () => (await sandbox.control.summary('entu')).effects,
		written: async () => Object.fromEntries(Object.entries(await bench.effects()).filter(([kind]) => kind !== 'login')),
	};
	return bench;
}

/** A resource locator with an ID typed in. */
export const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** Mapped columns as the editor stores them. */
export const columns = (value: IDataObject, matchingColumns: string[] = []): INodeParameters => ({
	columns: { mappingMode: 'defineBelow', value, matchingColumns, schema: [] } as unknown as INodeParameters,
});

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
