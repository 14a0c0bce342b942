// n8n's own REST interface, as its editor uses it: enough to set up an n8n, fill it and run workflows.
import { randomUUID } from 'node:crypto';
import type { IBinaryData, IDataObject, INode, INodeCredentials, INodeParameters, IRunData, IWorkflowBase } from 'n8n-workflow';

export interface Account {
	email: string;
	password: string;
	firstName: string;
	lastName: string;
}

export interface CredentialInput {
	name: string;
	type: string;
	data: IDataObject;
}

export interface TestResult {
	status: 'OK' | 'Error';
	message: string;
}

export type ExampleWorkflow = Pick<IWorkflowBase, 'name' | 'nodes' | 'connections'> & Partial<IWorkflowBase> & { tags?: Array<{ name: string }> };

export interface Execution {
	id: string;
	/** `success`, `error`, `canceled`, `crashed`, `waiting`, `running`, `new` */
	status: string;
	/** The text of the error that stopped it, if one did. */
	error: string | undefined;
	runData: IRunData;
	lastNode: string | undefined;
}

/** What a field of a node's panel is filled with, and how n8n's editor asks for it. */
export type LookUpKind = 'resource-locator-results' | 'options' | 'resource-mapper-fields';

export interface LookUp {
	kind: LookUpKind;
	/** Name of the node's method that is behind the field. */
	method: string;
	/** Where the field is, such as `parameters.typeId`. */
	path: string;
	nodeType: string;
	version: number;
	credentials: INodeCredentials;
	/** All fields of the panel as they stand. */
	parameters: INodeParameters;
	filter?: string;
	paginationToken?: string;
}

/** An answer of n8n that is not 2xx. */
export class RefusedByN8n extends Error {
	readonly status: number;
	/** What n8n says, as the editor shows it: a message, and below it what to do about it. */
	readonly said: { message: string; description: string };
	constructor(what: string, status: number, text: string) {
		const said = saidIn(text);
		super(`${what} answered ${status}: ${said.message}`);
		this.status = status;
		this.said = said;
	}
}

const finished = new Set(['success', 'error', 'canceled', 'crashed']);

export type N8nApi = ReturnType<typeof n8nApi>;

/** The REST interface of the n8n at `url`. Every call rejects with `RefusedByN8n` unless the answer is 2xx. */
export function n8nApi(url: string) {
	// n8n binds the session cookie to this header.
	const browserId = randomUUID();
	let cookie = '';
	let projectId: string | undefined;
	let tagIds: Map<string, string> | undefined;

	async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
		const answer = await fetch(`${url}${path}`, {
			method,
			// A connection kept alive may be closed by n8n just as it is used again.
			headers: { 'content-type': 'application/json', 'browser-id': browserId, cookie, connection: 'close' },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const session = answer.headers.getSetCookie().find((line) => line.startsWith('n8n-auth='));
		if (session) cookie = session.split(';', 1)[0] ?? '';
		const text = await answer.text();
		if (!answer.ok) throw new RefusedByN8n(`${method} ${path}`, answer.status, text);
		return (text === '' ? {} : JSON.parse(text)) as T;
	}
	async function data<T>(method: string, path: string, body?: unknown): Promise<T> {
		return (await call<{ data: T }>(method, path, body)).data;
	}

	/** The id of a tag; one that n8n lacks is made, as its editor does with those of an imported file. */
	const tagId = async (name: string): Promise<string> => {
		tagIds ??= new Map((await data<Array<{ id: string; name: string }>>('GET', '/rest/tags')).map((tag) => [tag.name, tag.id]));
		const id = tagIds.get(name) ?? (await data<{ id: string }>('POST', '/rest/tags', { name })).id;
		tagIds.set(name, id);
		return id;
	};

	const getExecution = async (id: string): Promise<Execution> => {
		const raw = await data<{ id: string; status: string; data?: string }>('GET', `/rest/executions/${id}`);
		const result = (raw.data === undefined ? undefined : unflatten(raw.data)) as ExecutionData | undefined;
		const { runData = {}, error, lastNodeExecuted } = result?.resultData ?? {};
		return { id: raw.id, status: raw.status, error: error?.message, runData, lastNode: lastNodeExecuted };
	};

	const openBinary = async (id: string): Promise<Response> => {
		const query = new URLSearchParams({ id, action: 'download' }).toString();
		const answer = await fetch(`${url}/rest/binary-data?${query}`, { headers: { 'browser-id': browserId, cookie } });
		if (!answer.ok) throw new RefusedByN8n('GET /rest/binary-data', answer.status, await answer.text());
		return answer;
	};

	return {
		call,

		/** Whether this n8n still waits for its owner account. */
		needsOwner: async (): Promise<boolean> => {
			const settings = await data<{ userManagement?: { showSetupOnFirstLoad?: boolean } }>('GET', '/rest/settings');
			return settings.userManagement?.showSetupOnFirstLoad === true;
		},
		/** Makes the owner account and signs in. */
		setUpOwner: async (account: Account): Promise<void> => void (await call('POST', '/rest/owner/setup', account)),
		signIn: async ({ email, password }: Account): Promise<void> => void (await call('POST', '/rest/login', { emailOrLdapLoginId: email, password })),

		/** What "Settings → Community nodes → Install" does. Asked for the latest version, older releases of n8n want to hear from npm's own registry. */
		installCommunityPackage: async (name: string, version: string): Promise<void> => void (await call('POST', '/rest/community-packages', { name, version })),
		uninstallCommunityPackage: async (name: string): Promise<void> => void (await call('DELETE', `/rest/community-packages?name=${encodeURIComponent(name)}`)),

		/** Saves a credential and returns its id. */
		createCredential: async (credential: CredentialInput): Promise<string> => (await data<{ id: string }>('POST', '/rest/credentials', credential)).id,
		/** A saved credential as the editor sees it: secrets are masked. */
		getCredential: async (id: string): Promise<CredentialInput> => await data('GET', `/rest/credentials/${id}?includeData=true`),
		updateCredential: async (id: string, credential: CredentialInput): Promise<void> => void (await call('PATCH', `/rest/credentials/${id}`, credential)),
		/** What the editor's "Retry" does: tests the values given, together with what is stored under the id. */
		testCredential: async (id: string, credential: CredentialInput): Promise<TestResult> =>
			await data('POST', '/rest/credentials/test', { credentials: { id, ...credential } }),

		/** What the editor fetches for a field of a node's panel. */
		lookUp: async <T,>({ kind, method, nodeType, version, parameters, ...rest }: LookUp): Promise<T> =>
			await data('POST', `/rest/dynamic-node-parameters/${kind}`, {
				...rest,
				methodName: method,
				nodeTypeAndVersion: { name: nodeType, version },
				currentNodeParameters: parameters,
			}),

		/** Saves a workflow and returns its id; n8n finds the credentials by their names (older releases only if they are told the project, as their editor does). */
		createWorkflow: async ({ tags = [], ...workflow }: ExampleWorkflow): Promise<string> => {
			projectId ??= (await data<{ id: string }>('GET', '/rest/projects/personal')).id;
			const ids: string[] = [];
			for (const { name } of tags) ids.push(await tagId(name));
			return (await data<{ id: string }>('POST', '/rest/workflows', { active: false, ...workflow, tags: ids, projectId })).id;
		},
		getWorkflow: async (id: string): Promise<ExampleWorkflow> => await data('GET', `/rest/workflows/${id}`),
		/** Publishes the saved version, so that its triggers and webhooks work. n8n does so a moment later. */
		activate: async (id: string): Promise<void> => {
			const { versionId, name } = await data<{ versionId: string; name: string }>('GET', `/rest/workflows/${id}`);
			await call('POST', `/rest/workflows/${id}/activate`, { versionId, name });
		},
		deactivate: async (id: string): Promise<void> => void (await call('POST', `/rest/workflows/${id}/deactivate`, {})),
		/** Starts a saved workflow by hand at one of its triggers and returns the execution's id. */
		run: async (workflowId: string, trigger: string): Promise<string> => {
			// Older releases run what they are sent, newer ones what is saved.
			const workflowData = await data<ExampleWorkflow>('GET', `/rest/workflows/${workflowId}`);
			const started = await data<{ executionId?: string }>('POST', `/rest/workflows/${workflowId}/run`, { workflowData, triggerToStartFrom: { name: trigger } });
			if (!started.executionId) throw new Error(`The trigger "${trigger}" waits for a call from outside, so it cannot be started by hand.`);
			return started.executionId;
		},
		/** Ends an execution that runs, as the button "Stop" does. */
		stopExecution: async (id: string): Promise<void> => void (await call('POST', `/rest/executions/${id}/stop`)),
		/** The ids of the latest executions of a workflow (100 at most), oldest first. */
		executionsOf: async (workflowId: string): Promise<string[]> => {
			const filter = encodeURIComponent(JSON.stringify({ workflowId }));
			const { results } = await data<{ results: { id: string }[] }>('GET', `/rest/executions?limit=100&filter=${filter}`);
			return results.map(({ id }) => id).sort((a, b) => Number(a) - Number(b));
		},
		getExecution,
		/** The content of a file in the output of a node, as the editor's button "Download" gets it. */
		openBinary,
		/** The text of a file that a node gave out. */
		readText: async ({ id, data: inline }: IBinaryData): Promise<string> =>
			id === undefined ? Buffer.from(inline, 'base64').toString('utf8') : await (await openBinary(id)).text(),
		/** Waits until an execution has ended; rejects after `timeoutMs`. */
		waitForExecution: async (id: string, timeoutMs = 60_000): Promise<Execution> => {
			const deadline = Date.now() + timeoutMs;
			let endedAt: number | undefined;
			for (;;) {
				const execution = await getExecution(id);
				if (finished.has(execution.status)) endedAt ??= Date.now();
				// Older releases write that it has ended a moment before they write what came of it.
				const isWritten = execution.status === 'error' ? execution.error !== undefined : execution.lastNode !== undefined;
				if (endedAt !== undefined && (isWritten || Date.now() - endedAt > 3_000)) return execution;
				if (Date.now() > deadline) throw new Error(`Execution ${id} is still "${execution.status}" after ${timeoutMs / 1000} s.`);
				await new Promise((resolve) => setTimeout(resolve, 100));
			}
		},
	};
}

interface ExecutionData {
	resultData?: { runData?: IRunData; error?: { message?: string }; lastNodeExecuted?: string };
}

/** The trigger by which a person would start a workflow: the manual one if there is one. */
export function startNode(workflow: Pick<ExampleWorkflow, 'name' | 'nodes'>): INode {
	const isTrigger = ({ type, disabled }: INode) => !disabled && /trigger|webhook/i.test(type);
	const triggers = workflow.nodes.filter(isTrigger);
	const found = triggers.find(({ type }) => type === 'n8n-nodes-base.manualTrigger') ?? triggers[0];
	if (!found) throw new Error(`The workflow "${workflow.name}" has no trigger.`);
	return found;
}

/** The records a node gave out at one of its outputs, over all its runs. */
export function outputOf(execution: Execution, node: string, output = 0): IDataObject[] {
	const runs = execution.runData[node] ?? [];
	return runs.flatMap((run) => run.data?.main?.[output] ?? []).map((item) => item.json);
}

function saidIn(text: string): RefusedByN8n['said'] {
	try {
		const { message = text, description } = JSON.parse(text) as { message?: string; description?: string | null };
		return { message, description: description ?? '' };
	} catch {
		return { message: text.slice(0, 300), description: '' };
	}
}

/**
 * Run data comes as n8n stores it: a JSON array in which every object, array and string stands once, and each is referred
 * to by its position, written as a string ("flatted").
 */
export function unflatten(text: string): unknown {
	const parts = JSON.parse(text) as unknown[];
	const built = new Map<number, unknown>();
	const resolve = (value: unknown): unknown => (typeof value === 'string' ? build(Number(value)) : value);
	const build = (index: number): unknown => {
		if (built.has(index)) return built.get(index);
		const part = parts[index];
		if (typeof part !== 'object' || part === null) return part;
		const target: IDataObject | unknown[] = Array.isArray(part) ? [] : {};
		built.set(index, target);
		if (Array.isArray(part)) for (const value of part) (target as unknown[]).push(resolve(value));
		else for (const [key, value] of Object.entries(part)) (target as Record<string, unknown>)[key] = resolve(value);
		return target;
	};
	return build(0);
}
