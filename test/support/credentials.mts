/**
 * Stands in for the credentials helper that n8n's command-line package hands to the engine: same calls, same order,
 * same rules about defaults, expressions, log-in hook and storing, over rows in memory in place of a database.
 */
import { randomUUID } from 'node:crypto';
import type {
	ICredentialDataDecryptedObject,
	ICredentials,
	ICredentialsDecrypted,
	ICredentialsExpressionResolveValues,
	ICredentialsHelper,
	ICredentialType,
	IExecuteData,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INode,
	INodeCredentialsDetails,
	INodeParameters,
	INodeProperties,
	INodeTypes,
	IRequestOptionsSimplified,
	IWorkflowExecuteAdditionalData,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import type { N8n } from './n8n.mts';

/** A credential as n8n's database holds it. Tests may read and change `data` at any time. */
export class StoredCredential implements ICredentialsDecrypted {
	/** How often n8n ran the credential type's log-in hook (preAuthentication) for this row. */
	logins = 0;
	/** How often n8n saved the row. */
	saves = 0;
	/** How often n8n read (and would have decrypted) the row. */
	reads = 0;

	constructor(
		readonly id: string,
		readonly name: string,
		readonly type: string,
		public data: ICredentialDataDecryptedObject,
	) {}
}

export class CredentialStore {
	readonly rows: StoredCredential[] = [];

	/** Saves a credential; `name` and `id` are made up when left out, an ID that no test before had: the process remembers what it knows by credential. */
	add(type: string, data: ICredentialDataDecryptedObject, { id, name }: { id?: string; name?: string } = {}) {
		const key = id ?? `credential-${randomUUID()}`;
		const row = new StoredCredential(key, name ?? `${type} ${key}`, type, structuredClone(data));
		this.rows.push(row);
		return row;
	}

	find({ id, name }: { id?: string | null; name?: string }, type: string): StoredCredential | undefined {
		const rows = this.rows.filter((row) => row.type === type);
		return rows.find((row) => row.id === id) ?? (id ? undefined : rows.find((row) => row.name === name));
	}

	get({ id, name }: INodeCredentialsDetails, type: string): StoredCredential {
		if (!id) throw new Error(`Found credential with no ID: "${name}" of type "${type}"`);
		const row = this.find({ id }, type);
		if (!row) throw new Error(`Credential with ID "${id}" does not exist for type "${type}".`);
		return row;
	}
}

type Resolver = ICredentialsExpressionResolveValues;

/** Implements what the engine calls; everything that belongs to licences, OAuth and external secrets is left out. */
export class CredentialsHelper implements ICredentialsHelper {
	constructor(
		private readonly n8n: N8n,
		private readonly store: CredentialStore,
		private readonly typeOf: (name: string) => ICredentialType,
	) {}

	getParentTypes(name: string): string[] {
		const parents = this.typeOf(name).extends ?? [];
		return parents.flatMap((parent) => [parent, ...this.getParentTypes(parent)]);
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	getCredentialsProperties(name: string): INodeProperties[] {
		const type = this.typeOf(name);
		if (!type.extends) return type.properties;
		const { mergeNodeProperties } = this.n8n.workflow.NodeHelpers;
		const merged: INodeProperties[] = [];
		for (const parent of type.extends) mergeNodeProperties(merged, this.getCredentialsProperties(parent));
		mergeNodeProperties(merged, type.properties);
		return merged;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		request: IHttpRequestOptions | IRequestOptionsSimplified,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		const options = request as IHttpRequestOptions;
		const { authenticate } = this.typeOf(typeName);
		if (!authenticate) return options;
		if (typeof authenticate === 'function') return await authenticate(credentials, options);
		if (!workflow || !node) throw new Error('Workflow and node are required for declarative credential authentication');

		// The caller's own objects are written into, as n8n does it.
		const target = options as unknown as Record<string, Record<string, string>>;
		target.headers ??= {};
		const resolve = (value: unknown) => this.resolve(value, credentials, workflow, node);
		for (const [part, values] of Object.entries(authenticate.properties)) {
			for (const [key, value] of Object.entries(values as Record<string, unknown>)) {
				const section = (target[part] ??= {});
				section[resolve(key)] = resolve(value);
			}
		}
		return options;
	}

	private resolve(value: unknown, credentials: ICredentialDataDecryptedObject, workflow: Workflow, node: INode): string {
		if (typeof value !== 'string' || !value.startsWith('=')) return value as string;
		const keys = { $credentials: credentials };
		const result = workflow.expression.getSimpleParameterValue(node, value, 'internal', keys, undefined, '');
		return result ? String(result) : '';
	}

	/** Runs the log-in hook when the expirable value is blank or refused, stores what it returned and hands it back. */
	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		node: INode,
		expired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const type = this.typeOf(typeName);
		const expirable = type.properties.find((p) => p.type === 'hidden' && p.typeOptions?.expirable === true);
		if (!expirable || !type.preAuthentication) return undefined;

		const isTest = node.parameters.temp === '' && node.type === 'n8n-nodes-base.noOp';
		if (credentials[expirable.name] !== '' && !expired && !isTest) return undefined;

		const details = node.credentials?.[type.name];
		const row = details?.id ? this.store.find(details, type.name) : undefined;
		if (row) row.logins++;
		const output = await this.runHook(type, helpers, credentials);
		if (output?.[expirable.name] === undefined) return undefined;
		if (!node.credentials) return undefined;

		const stored = this.store.get(details ?? { id: null, name: '' }, type.name).data;
		const next = { ...stored };
		for (const [key, value] of Object.entries(output)) {
			if (key === expirable.name || !this.n8n.workflow.isExpression(stored[key])) next[key] = value;
		}
		await this.updateCredentials(details as INodeCredentialsDetails, type.name, next);
		return Object.assign(credentials, output);
	}

	async runPreAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		return await this.runHook(this.typeOf(typeName), helpers, credentials);
	}

	/** The hook gets `httpRequest` only, confined to the credential's allowed domains where its owner set any. */
	private async runHook(type: ICredentialType, helpers: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject) {
		const httpRequest = async (options: IHttpRequestOptions): Promise<unknown> => {
			const allowedDomains = this.n8n.workflow.getCredentialOwnRequestAllowedDomains(credentials);
			if (allowedDomains === undefined) return await helpers.helpers.httpRequest(options);
			return await helpers.helpers.httpRequest({ ...options, allowedDomains });
		};
		const output = await type.preAuthentication?.call({ helpers: { httpRequest } }, credentials);
		return output as ICredentialDataDecryptedObject | undefined;
	}

	async getCredentials(details: INodeCredentialsDetails, type: string): Promise<ICredentials> {
		const row = this.store.get(details, type);
		const credentials = new this.n8n.core.Credentials({ id: row.id, name: row.name }, row.type);
		await credentials.setData(row.data);
		return credentials;
	}

	async getDecrypted(
		additionalData: IWorkflowExecuteAdditionalData,
		details: INodeCredentialsDetails,
		type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		raw?: boolean,
		resolver?: Resolver,
	): Promise<ICredentialDataDecryptedObject> {
		const row = this.store.get(details, type);
		row.reads++;
		const data = structuredClone(row.data);
		return raw ? data : this.withDefaults(additionalData, data, type, mode, executeData, resolver);
	}

	/** Adds the type's default values, then resolves the expressions in the fields. */
	withDefaults(
		additionalData: IWorkflowExecuteAdditionalData,
		stored: ICredentialDataDecryptedObject,
		type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		resolver?: Resolver,
	): ICredentialDataDecryptedObject {
		const { NodeHelpers } = this.n8n.workflow;
		const properties = this.getCredentialsProperties(type);
		const data = NodeHelpers.getNodeParameters(properties, stored as INodeParameters, true, false, null, null) ?? {};
		for (const key of ['oauthTokenData', 'allowedHttpRequestDomains', 'allowedDomains']) {
			if (data[key] === undefined && stored[key] !== undefined) data[key] = stored[key] as string;
		}
		const keys = this.n8n.core.getAdditionalKeys(additionalData, mode, null, { isCredential: true });
		const resolved = resolver
			? this.resolveInExecution(data, mode, keys, resolver, executeData)
			: this.resolveAlone(data, mode, keys);
		return resolved as ICredentialDataDecryptedObject;
	}

	private resolveInExecution(
		data: INodeParameters,
		mode: WorkflowExecuteMode,
		keys: Parameters<Workflow['expression']['getParameterValue']>[7],
		{ workflow, node, runExecutionData, runIndex, itemIndex, connectionInputData }: Resolver,
		executeData?: IExecuteData,
	) {
		return workflow.expression.getParameterValue(
			data,
			runExecutionData,
			runIndex,
			itemIndex,
			node.name,
			connectionInputData,
			mode,
			keys,
			executeData,
			false,
			data,
		);
	}

	private resolveAlone(
		data: INodeParameters,
		mode: WorkflowExecuteMode,
		keys: Parameters<Workflow['expression']['getComplexParameterValue']>[3],
	) {
		const node: INode = { id: '', name: '', typeVersion: 1, type: 'mock', position: [0, 0], parameters: {} };
		const nodeTypes: INodeTypes = {
			getByName: () => mockType,
			getByNameAndVersion: () => mockType,
			getKnownTypes: () => ({}),
		};
		const workflow = new this.n8n.workflow.Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
		return workflow.expression.getComplexParameterValue(node, data, mode, keys, undefined, undefined, data);
	}

	async updateCredentials(
		details: INodeCredentialsDetails,
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		const row = this.store.get(details, type);
		row.saves++;
		row.data = structuredClone(data);
	}

	async updateCredentialsOauthTokenData(): Promise<void> {
		throw new Error('OAuth credentials are not supported by this harness');
	}
}

const mockType = {
	description: {
		displayName: 'Mock',
		name: 'mock',
		group: [],
		version: 1,
		description: '',
		defaults: {},
		inputs: [],
		outputs: [],
		properties: [],
	},
};
