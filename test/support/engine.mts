/**
 * n8n's own execution engine (n8n-core) around the package as built, and around n8n's own nodes for whole workflows.
 * Nothing of the engine is replaced; what a whole n8n adds to it (credential rows, task runner) stands in
 * `credentials.mts` and `code-runner.mts`.
 *
 * ```ts
 * const engine = useEngine();                     // in a Jest file; `createEngine()` elsewhere
 * const entu = engine.credentials.add('entuApi', { baseUrl, database, apiKey });
 * const run = await engine.runNode({ node: 'entu', parameters, items: [{ json: {} }], credentials: { entuApi: entu } });
 * run.outputs[0];                                 // items with pairedItem; run.outputs[1]: the error output
 * ```
 */
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { inspect } from 'node:util';
import type {
	ExecutionError,
	IBinaryData,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	INode,
	INodeCredentials,
	INodeExecutionData,
	INodeListSearchResult,
	INodeParameters,
	INodePropertyOptions,
	INodeType,
	IPinData,
	IRun,
	ITaskData,
	IWorkflowBase,
	IWorkflowExecuteAdditionalData,
	IWorkflowSettings,
	NodeExecutionHint,
	OnError,
	ResourceMapperFields,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { runCode } from './code-runner.mts';
import { CredentialsHelper, CredentialStore, StoredCredential } from './credentials.mts';
import { testCredential, type CredentialTestResult } from './credential-test.mts';
import { loadN8n, projectRoot, type LogLine, type N8n } from './n8n.mts';
import { loadNodeTypes, type NodeTypeSource } from './node-types.mts';
import { TriggerNode, type TriggerOptions } from './triggers.mts';

export { StoredCredential };
export type { LogLine, TriggerNode };

export type BinaryMode = 'filesystem' | 'default';

export interface EngineOptions {
	/** Folder of the package under test, already built. Default: this project. */
	packageDir?: string;
}

/** A credential of a run: a stored row (kept between runs), or plain data (a fresh row for this run only). */
export type CredentialInput = StoredCredential | ICredentialDataDecryptedObject;

export interface NodeRunOptions {
	/** `entu` means `<package name>.entu`; a name with a dot is taken as it is. */
	node: string;
	parameters?: INodeParameters;
	/** What flows into the node. Default: one empty item. */
	items?: INodeExecutionData[];
	/** By credential type. */
	credentials?: Record<string, CredentialInput>;
	onError?: OnError;
	retryOnFail?: boolean;
	maxTries?: number;
	/** Milliseconds; n8n's default is 1000. */
	waitBetweenTries?: number;
	executeOnce?: boolean;
	alwaysOutputData?: boolean;
	/** Stops the execution, as a user would, after so many milliseconds. */
	cancelAfterMs?: number;
	signal?: AbortSignal;
	/** Where n8n keeps files: on disk (default) or as base64 in the item. */
	binaryMode?: BinaryMode;
	mode?: WorkflowExecuteMode;
	settings?: IWorkflowSettings;
	/** Node version; default: the newest. */
	version?: number;
}

interface Outcome {
	status: 'success' | 'error' | 'canceled';
	/** What ended the execution; also what the last node threw under a continue mode, where nothing should be thrown. */
	error?: ExecutionError;
	/** All that n8n and the nodes logged during the run. */
	logs: LogLine[];
	durationMs: number;
}

export interface NodeRun extends Outcome {
	/** Items by output: [0] success, [1] error output. Untouched, `pairedItem` included. */
	outputs: INodeExecutionData[][];
	hints: NodeExecutionHint[];
	/** The rows used, by type: `data` as it is stored now, and the counts `logins`, `saves`, `reads`. */
	credentials: Record<string, StoredCredential>;
}

export interface ToolRunOptions extends Omit<NodeRunOptions, 'items'> {
	args?: IDataObject;
}

export interface ToolRun extends NodeRun {
	/** What the model is told about the tool. */
	description: string;
	/** What the model gets back: the JSON of the items. */
	answer: IDataObject[];
}

export interface WorkflowRunOptions {
	/** Rows for the workflow's credentials, matched by id, else by name, else by type. Default: the engine's store. */
	credentials?: StoredCredential[];
	/** Output to use in place of running a node, by node name. */
	pinData?: IPinData;
	/** Name of the node to start from; default: the workflow's trigger. */
	startNode?: string;
	cancelAfterMs?: number;
	signal?: AbortSignal;
	binaryMode?: BinaryMode;
	/** Default `manual`: triggers emit at once, as in the editor. */
	mode?: WorkflowExecuteMode;
}

export interface WorkflowRun extends Outcome {
	/** The last run of each node that ran, by node name. */
	nodes: Record<string, { outputs: INodeExecutionData[][]; error?: ExecutionError; hints: NodeExecutionHint[]; status: string }>;
	/** All runs of each node (more than one in a loop), as n8n keeps them. */
	runData: Record<string, ITaskData[]>;
}

export interface MethodResults {
	listSearch: INodeListSearchResult;
	resourceMapping: ResourceMapperFields;
	loadOptions: INodePropertyOptions[];
}

export interface MethodCall<K extends keyof MethodResults> {
	node: string;
	kind: K;
	method: string;
	/** What the panel holds at that moment; the node's defaults are filled in. */
	parameters?: INodeParameters;
	credentials?: Record<string, CredentialInput>;
	filter?: string;
	paginationToken?: string;
	/** Path of the parameter that asks. */
	path?: string;
}

export type WorkflowJson = Pick<IWorkflowBase, 'nodes' | 'connections'> & Partial<IWorkflowBase>;

export function createEngine(options: EngineOptions = {}): Engine {
	return new Engine(options);
}

/** For a Jest file: the engine is loaded on first use and its temporary folder removed after the last test. */
export function useEngine(options: EngineOptions = {}): Engine {
	const engine = createEngine(options);
	afterAll(() => engine.close());
	return engine;
}

export class Engine {
	readonly credentials = new CredentialStore();
	private readonly packageDir: string;
	private parts?: { n8n: N8n; types: NodeTypeSource; helper: CredentialsHelper };
	private binaryMode?: BinaryMode;
	private executions = 0;

	constructor({ packageDir = projectRoot }: EngineOptions) {
		this.packageDir = packageDir;
	}

	/** Everything n8n logged since the engine was loaded. */
	get logs(): LogLine[] {
		return this.n8n.logs;
	}

	close(): void {
		this.parts?.n8n.close();
		this.parts = undefined;
	}

	/** Runs one node behind a manual trigger that hands it `items`. */
	async runNode(options: NodeRunOptions): Promise<NodeRun> {
		const { parameters = {}, items = [{ json: {} }] } = options;
		const credentials = this.rows(options.credentials);
		const type = this.typeName(options.node);
		const description = this.types.getByNameAndVersion(type, options.version).description;
		const isTool = description.outputs.includes('ai_tool' as never);
		const node: INode = {
			...(isTool ? { rewireOutputLogTo: 'ai_tool' } : {}),
			id: 'node',
			name: 'Node',
			type,
			typeVersion: options.version ?? newestVersion(description.version, description.defaultVersion),
			position: [200, 0],
			parameters,
			credentials: detailsOf(credentials),
			...pick(options, ['onError', 'retryOnFail', 'maxTries', 'waitBetweenTries', 'executeOnce', 'alwaysOutputData']),
		};
		const workflow: WorkflowJson = {
			nodes: [startNode, node],
			connections: { Start: { main: [[{ node: 'Node', type: 'main', index: 0 }]] } },
			settings: options.settings,
		};
		const { run, ...outcome } = await this.execute(workflow, {
			...pick(options, ['cancelAfterMs', 'signal', 'binaryMode']),
			mode: options.mode ?? 'trigger',
			pinData: { Start: items },
		});
		const task = run.data.resultData.runData.Node?.at(-1);
		return { ...outcome, outputs: outputsOf(task), hints: task?.hints ?? [], credentials };
	}

	/** Runs one node as an agent's tool: `args` is what the model gave, reached by `$fromAI` in the parameters. */
	async runAsTool({ args = {}, ...options }: ToolRunOptions): Promise<ToolRun> {
		const node = `${this.typeName(options.node)}Tool`;
		const run = await this.runNode({ ...options, node, items: [{ json: { ...args, toolCallId: 'call' } }] });
		const { description: type } = this.types.getByNameAndVersion(node);
		const description = this.n8n.workflow.NodeHelpers.makeDescription(options.parameters ?? {}, type);
		return { ...run, description, answer: run.outputs.flat().map(({ json }) => json) };
	}

	/** Runs a workflow file's content from its trigger to its end. */
	async runWorkflow(workflow: WorkflowJson, options: WorkflowRunOptions = {}): Promise<WorkflowRun> {
		const rows = options.credentials ?? this.credentials.rows;
		const nodes = workflow.nodes.map((node) => ({ ...node, credentials: this.matchCredentials(node, rows) }));
		const { run, ...outcome } = await this.execute({ ...workflow, nodes }, { mode: 'manual', ...options });
		const { runData } = run.data.resultData;
		const last: WorkflowRun['nodes'] = {};
		for (const [name, tasks] of Object.entries(runData)) {
			const task = tasks.at(-1);
			const status = task?.executionStatus ?? 'unknown';
			last[name] = { outputs: outputsOf(task), error: task?.error, hints: task?.hints ?? [], status };
		}
		return { ...outcome, nodes: last, runData };
	}

	/** A trigger node in a workflow of its own: see `triggers.mts`. */
	trigger(options: TriggerOptions): TriggerNode {
		const credentials = this.rows(options.credentials);
		const type = this.typeName(options.node);
		const { description } = this.types.getByNameAndVersion(type);
		const node: INode = {
			id: options.id ?? 'trigger-node',
			name: options.name ?? 'Trigger',
			type,
			typeVersion: newestVersion(description.version, description.defaultVersion),
			position: [0, 0],
			parameters: { pollTimes: { item: [{ mode: 'everyMinute' }] }, ...options.parameters },
			credentials: detailsOf(credentials),
			webhookId: options.webhookId,
		};
		const json: WorkflowJson = { nodes: [node], connections: {}, settings: options.settings, staticData: options.staticData };
		return new TriggerNode({
			n8n: this.n8n,
			workflow: () => this.workflow(json),
			nodeType: this.types.getByNameAndVersion(type),
			additionalData: (mode) => ({ ...this.additionalData(mode, json), ...options.addresses }),
		});
	}

	/**
	 * Tests a credential as n8n does when it is saved; `data` are the typed values, or a stored row. Without `keepsCause`, as those
	 * releases do whose errors lose what caused them.
	 */
	async testCredential(type: string, credential: CredentialInput, { keepsCause = true } = {}): Promise<CredentialTestResult> {
		const row = this.row(type, credential);
		const additionalData = this.additionalData('internal', { nodes: [], connections: {} });
		const data = this.helper.withDefaults(additionalData, structuredClone(row.data), type, 'internal');
		const decrypted = { id: row.id, name: row.name, type, data };
		return await testCredential(this.n8n, this.types.credential(type), decrypted, additionalData, keepsCause);
	}

	/** What stands below the name of a node on the canvas: the editor works it out with nothing but the node's parameters. */
	subtitle(name: string, parameters: INodeParameters): string {
		const type = this.typeName(name);
		const { description } = this.types.getByNameAndVersion(type);
		const node: INode = { id: 'uuid-1234', name: 'Node', type, typeVersion: newestVersion(description.version, description.defaultVersion), position: [0, 0], parameters };
		const workflow = this.workflow({ nodes: [node], connections: {} });
		return String(workflow.expression.getSimpleParameterValue(node, description.subtitle, 'internal', {}));
	}

	/** Calls a method behind a dynamic field as the editor does. */
	async callMethod<K extends keyof MethodResults>(call: MethodCall<K>): Promise<MethodResults[K]> {
		const { kind, method, filter, paginationToken } = call;
		const type = this.typeName(call.node);
		const nodeType = this.types.getByNameAndVersion(type);
		const { description } = nodeType;
		const node: INode = {
			id: 'uuid-1234',
			name: 'Temp-Node',
			type,
			typeVersion: newestVersion(description.version, description.defaultVersion),
			position: [0, 0],
			parameters: call.parameters ?? {},
			credentials: detailsOf(this.rows(call.credentials)),
		};
		const workflow = this.workflow({ nodes: [node], connections: {} });
		const temporary = workflow.nodes['Temp-Node'];
		if (!temporary) throw new Error('The temporary node is missing');
		const additionalData = this.additionalData('internal', { nodes: [node], connections: {} });
		additionalData.currentNodeParameters = temporary.parameters;
		const context = new this.n8n.core.LoadOptionsContext(workflow, temporary, additionalData, call.path ?? '');
		const methods = nodeType.methods?.[kind] as Record<string, (...args: unknown[]) => Promise<unknown>> | undefined;
		if (!methods?.[method]) throw new Error(`Node type ${type} has no ${kind} method "${method}"`);
		const result = await methods[method].call(context, filter, paginationToken);
		return result as MethodResults[K];
	}

	/** An item with a file in it, stored as n8n stores files in the current binary mode. */
	async binaryItem(
		content: Buffer | { path: string },
		{ fileName, mimeType, property = 'data', json = {} }: BinaryItemOptions,
	): Promise<INodeExecutionData> {
		await this.setBinaryMode(this.binaryMode ?? 'filesystem');
		const service = this.n8n.service(this.n8n.core.BinaryDataService);
		const location = this.n8n.core.FileLocation.ofExecution(workflowId, 'input');
		const source = Buffer.isBuffer(content) ? content : createReadStream(content.path);
		const extension = path.extname(fileName).slice(1);
		const empty: IBinaryData = { data: '', mimeType, fileName, fileExtension: extension };
		return { json, binary: { [property]: await service.store(location, source, empty) } };
	}

	async readBinary(binary: IBinaryData): Promise<Buffer> {
		return await this.n8n.service(this.n8n.core.BinaryDataService).getAsBuffer(binary);
	}

	/** A stream of a stored file; for large ones. Only in filesystem mode. */
	async streamBinary(binary: IBinaryData): Promise<Readable> {
		if (!binary.id) throw new Error('The file lies in memory; read it with readBinary');
		return await this.n8n.service(this.n8n.core.BinaryDataService).getAsStream(binary.id);
	}

	async setBinaryMode(mode: BinaryMode): Promise<void> {
		if (this.binaryMode === mode) return;
		const { BinaryDataConfig, BinaryDataService } = this.n8n.core;
		this.n8n.service(BinaryDataConfig).mode = mode;
		await this.n8n.service(BinaryDataService).init();
		this.binaryMode = mode;
	}

	/** The description of a node as n8n sees it after loading. */
	nodeType(node: string): INodeType {
		return this.types.getByNameAndVersion(this.typeName(node));
	}

	/** Names of the package's own nodes. */
	get nodeNames(): string[] {
		return this.types.nodeNames;
	}

	/** Names of the package's own credential types. */
	get credentialNames(): string[] {
		return this.types.credentialNames;
	}

	credentialType(name: string): ICredentialType {
		return this.types.credential(name);
	}

	/** The loaded n8n-core and n8n-workflow, for tests that need more than this class offers. */
	get n8n(): N8n {
		return this.loaded.n8n;
	}

	private get types() {
		return this.loaded.types;
	}

	private get helper() {
		return this.loaded.helper;
	}

	private get loaded() {
		if (!this.parts) {
			const n8n = loadN8n();
			const types = loadNodeTypes(n8n, this.packageDir);
			const helper = new CredentialsHelper(n8n, this.credentials, (name) => types.credential(name));
			this.parts = { n8n, types, helper };
		}
		return this.parts;
	}

	private async execute(json: WorkflowJson, options: WorkflowRunOptions): Promise<Outcome & { run: RunResult }> {
		const { mode = 'trigger', pinData = json.pinData } = options;
		await this.setBinaryMode(options.binaryMode ?? 'filesystem');
		const firstLog = this.n8n.logs.length;
		const workflow = this.workflow(json);
		const start = options.startNode ? workflow.getNode(options.startNode) : workflow.getStartNode();
		if (!start) throw new Error('The workflow has no node to start from');
		const executor = new this.n8n.core.WorkflowExecute(this.additionalData(mode, json), mode);

		const startedAt = performance.now();
		const finish = (run: RunResult, error = run.data.resultData.error): Outcome & { run: RunResult } => ({
			run,
			status: run.status === 'canceled' ? 'canceled' : error ? 'error' : 'success',
			error,
			logs: this.n8n.logs.slice(firstLog),
			durationMs: performance.now() - startedAt,
		});
		try {
			return finish(await cancellable(executor.run({ workflow, startNode: start, pinData }), options));
		} catch (error) {
			// Thrown when the workflow is refused before it runs, e.g. for a required parameter that is blank.
			return finish({ status: 'error', data: { resultData: { runData: {} } } }, error as ExecutionError);
		}
	}

	private workflow({ nodes, connections, name, settings, staticData }: WorkflowJson): Workflow {
		return new this.n8n.workflow.Workflow({
			id: workflowId,
			name: name ?? 'Test',
			nodes: structuredClone(nodes),
			connections,
			active: false,
			nodeTypes: this.types,
			settings: { executionOrder: 'v1', ...settings },
			staticData,
		});
	}

	private additionalData(mode: WorkflowExecuteMode, json: WorkflowJson): IWorkflowExecuteAdditionalData {
		const executionId = String(++this.executions);
		const data: IWorkflowBase = {
			id: workflowId,
			name: 'Test',
			active: false,
			isArchived: false,
			createdAt: new Date(),
			updatedAt: new Date(),
			activeVersionId: null,
			...json,
		};
		return {
			...addresses,
			credentialsHelper: this.helper,
			externalSecretsProxy: new this.n8n.core.ExternalSecretsProxy(),
			hooks: new this.n8n.core.ExecutionLifecycleHooks(mode, executionId, data),
			executionId,
			workflowId,
			currentNodeExecutionIndex: 0,
			variables: {},
			logAiEvent: () => {},
			getRunExecutionData: async () => undefined,
			getRuntimeCredential: async () => undefined,
			executeWorkflow: async () => {
				throw new Error('Sub-workflows are not run by this harness');
			},
			startRunnerTask: runCode,
		};
	}

	private typeName(node: string): string {
		return node.includes('.') ? node : `${this.types.packageName}.${node}`;
	}

	private rows(inputs: Record<string, CredentialInput> = {}): Record<string, StoredCredential> {
		return Object.fromEntries(Object.entries(inputs).map(([type, input]) => [type, this.row(type, input)]));
	}

	private row(type: string, input: CredentialInput): StoredCredential {
		if (!(input instanceof StoredCredential)) return this.credentials.add(type, input);
		if (!this.credentials.rows.includes(input)) this.credentials.rows.push(input);
		return input;
	}

	private matchCredentials(node: INode, rows: StoredCredential[]): INodeCredentials | undefined {
		if (!node.credentials) return undefined;
		const matched: INodeCredentials = {};
		for (const [type, wanted] of Object.entries(node.credentials)) {
			const candidates = rows.filter((row) => row.type === type);
			const row =
				candidates.find(({ id }) => id === wanted.id) ??
				candidates.find(({ name }) => name === wanted.name) ??
				(candidates.length === 1 ? candidates[0] : undefined);
			if (!row) throw new Error(`Node "${node.name}" wants a ${type} credential "${wanted.name}", none was given`);
			matched[type] = { id: row.id, name: row.name };
		}
		return matched;
	}
}

export interface BinaryItemOptions {
	fileName: string;
	mimeType: string;
	/** Name of the item's binary property. Default `data`. */
	property?: string;
	json?: IDataObject;
}

/**
 * Everything of a run that a person, a log file or n8n's database may come to see, as one text to search for secrets. Credential rows are left
 * out: they are where secrets belong.
 */
export function visibleText(run: NodeRun | WorkflowRun): string {
	const whole = { depth: Infinity, maxArrayLength: null, maxStringLength: null, showHidden: true } as const;
	return inspect({ ...run, credentials: undefined }, whole);
}

/** Reads an example workflow of the project, e.g. `workflows/entu/export.json`. */
export function readWorkflow(file: string): WorkflowJson {
	const absolute = path.resolve(projectRoot, file);
	if (!existsSync(absolute)) throw new Error(`No workflow file ${file}`);
	return JSON.parse(readFileSync(absolute, 'utf8')) as WorkflowJson;
}

type RunResult = Pick<IRun, 'status'> & { data: Pick<IRun['data'], 'resultData'> };

interface Cancellable extends Promise<IRun> {
	cancel(): void;
}

/** Stops a running execution after a time or at a signal; resolves when its code has ended. */
async function cancellable(running: Cancellable, { cancelAfterMs, signal }: WorkflowRunOptions): Promise<IRun> {
	const cancel = () => running.cancel();
	const timer = cancelAfterMs === undefined ? undefined : setTimeout(cancel, cancelAfterMs);
	signal?.addEventListener('abort', cancel, { once: true });
	if (signal?.aborted) cancel();
	try {
		return await running;
	} finally {
		clearTimeout(timer);
		signal?.removeEventListener('abort', cancel);
	}
}

const workflowId = 'workflow';

const startNode: INode = {
	id: 'start',
	name: 'Start',
	type: 'n8n-nodes-base.manualTrigger',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

const base = 'http://localhost:5678/';
const addresses = {
	restApiUrl: `${base}rest`,
	instanceBaseUrl: base,
	formBaseUrl: `${base}form`,
	formWaitingBaseUrl: `${base}form-waiting`,
	formTestBaseUrl: `${base}form-test`,
	webhookBaseUrl: `${base}webhook`,
	webhookWaitingBaseUrl: `${base}webhook-waiting`,
	webhookTestBaseUrl: `${base}webhook-test`,
	mcpBaseUrl: `${base}mcp`,
	mcpTestBaseUrl: `${base}mcp-test`,
};

function newestVersion(version: number | number[], preferred?: number): number {
	if (preferred !== undefined) return preferred;
	return Array.isArray(version) ? Math.max(...version) : version;
}

function detailsOf(rows: Record<string, StoredCredential>): INodeCredentials {
	return Object.fromEntries(Object.entries(rows).map(([type, { id, name }]) => [type, { id, name }]));
}

function outputsOf(task: ITaskData | undefined): INodeExecutionData[][] {
	return (task?.data?.main ?? task?.data?.ai_tool ?? []).map((items) => items ?? []);
}

function pick<T extends object, K extends keyof T>(source: T, keys: K[]): Pick<T, K> {
	const entries = keys.filter((key) => source[key] !== undefined).map((key) => [key, source[key]]);
	return Object.fromEntries(entries) as Pick<T, K>;
}
