/**
 * A trigger node with n8n's own contexts for it. One object stands for one registration in n8n: its static data live as long as it does, and what
 * n8n would store is `stored`.
 */
import type { IDataObject, INode, INodeExecutionData, INodeParameters, INodeType, IWebhookData, IWebhookResponseData, IWorkflowExecuteAdditionalData, IWorkflowSettings, Workflow, WorkflowActivateMode, WorkflowExecuteMode } from 'n8n-workflow';
import type { CredentialInput } from './engine.mts';
import type { N8n } from './n8n.mts';

export interface TriggerOptions {
	/** `entuTrigger` means `<package name>.entuTrigger`. */
	node: string;
	parameters?: INodeParameters;
	credentials?: Record<string, CredentialInput>;
	/** As n8n has stored it for the workflow. */
	staticData?: IDataObject;
	settings?: IWorkflowSettings;
	/** Of the node. */
	name?: string;
	id?: string;
	webhookId?: string;
	/** Where n8n says that it is, such as `webhookBaseUrl`. */
	addresses?: Partial<IWorkflowExecuteAdditionalData>;
}

interface Parts {
	n8n: N8n;
	workflow: () => Workflow;
	nodeType: INodeType;
	additionalData: (mode: WorkflowExecuteMode) => IWorkflowExecuteAdditionalData;
}

export interface PollOptions {
	/** Default `trigger`; `manual` is "Fetch Test Event". */
	mode?: 'trigger' | 'manual';
	/** What n8n says about why it polls; it says the same for all polls of a registration. Default `update`. */
	activation?: WorkflowActivateMode;
	/** As n8n before 2.37, which tells no budget. */
	withoutBudget?: true;
}

/** What a caller of the webhook gets. */
export interface WebhookAnswer {
	status: number | undefined;
	response: IWebhookResponseData;
	/** The items that the workflow starts with. */
	items: INodeExecutionData[];
}

export class TriggerNode {
	private readonly workflow: Workflow;
	private readonly contexts = new Map<string, ThisParameterType<NonNullable<INodeType['poll']>>>();

	constructor(private readonly parts: Parts) {
		this.workflow = parts.workflow();
	}

	private get node(): INode {
		const [node] = Object.values(this.workflow.nodes);
		if (!node) throw new Error('The workflow is empty');
		return node;
	}

	async poll(options: PollOptions = {}): Promise<INodeExecutionData[] | null> {
		const result = await this.parts.nodeType.poll?.call(this.pollContext(options));
		return result ? result.flat() : null;
	}

	/** The same, as the JSON of the items; none for a poll without any. */
	async rows(options: PollOptions = {}): Promise<IDataObject[]> {
		return ((await this.poll(options)) ?? []).map(({ json }) => json);
	}

	/** What n8n would store now for the whole workflow. */
	get stored(): IDataObject {
		return JSON.parse(JSON.stringify(this.workflow.staticData)) as IDataObject;
	}

	/** The state of the node, as one text. */
	get state(): string {
		return String(this.workflow.getStaticData('node', this.node).state ?? '');
	}

	/** One of the methods of a webhook's life. */
	async hook(method: 'checkExists' | 'create' | 'delete', { isTest = false }: { isTest?: boolean } = {}): Promise<boolean> {
		const { n8n, nodeType, additionalData } = this.parts;
		const mode = isTest ? 'manual' : 'trigger';
		const context = new n8n.core.HookContext(this.workflow, this.node, additionalData(mode), mode, isTest ? 'manual' : 'activate', this.webhookData(isTest));
		const call = nodeType.webhookMethods?.default?.[method];
		if (!call) throw new Error(`There is no ${method}`);
		return await call.call(context);
	}

	/** Calls the webhook as the service does. */
	async call(body: unknown, { isTest = false }: { isTest?: boolean } = {}): Promise<WebhookAnswer> {
		const { n8n, nodeType, additionalData } = this.parts;
		const mode = isTest ? 'manual' : 'webhook';
		let status: number | undefined;
		const httpResponse = {
			status(code: number) {
				status = code;
				return this;
			},
			end() {
				status ??= 200;
				return this;
			},
		};
		const httpRequest = { body, headers: { 'content-type': 'application/json' }, params: {}, query: {}, method: 'POST', rawBody: Buffer.from(JSON.stringify(body)) };
		const data = { ...additionalData(mode), httpRequest, httpResponse } as unknown as IWorkflowExecuteAdditionalData;
		const context = new n8n.core.WebhookContext(this.workflow, this.node, data, mode, this.webhookData(isTest), [], null);
		const response = await nodeType.webhook?.call(context);
		if (!response) throw new Error('The node has no webhook');
		return { status, response, items: (response.workflowData ?? []).flat() };
	}

	private webhookData(isTest: boolean): IWebhookData {
		const [webhookDescription] = this.parts.nodeType.description.webhooks ?? [];
		if (!webhookDescription) throw new Error('The node has no webhook');
		return { httpMethod: 'POST', node: this.node.name, path: this.node.webhookId ?? '', webhookDescription, workflowId: this.workflow.id, workflowExecuteAdditionalData: this.parts.additionalData('trigger'), isTest } as IWebhookData;
	}

	private pollContext({ mode = 'trigger', activation = mode === 'manual' ? 'manual' : 'update', withoutBudget }: PollOptions) {
		const key = JSON.stringify([mode, activation, withoutBudget]);
		const { n8n, additionalData } = this.parts;
		const known = this.contexts.get(key);
		if (known) return known;
		const context = new n8n.core.PollContext(this.workflow, this.node, additionalData(mode), mode, activation);
		if (withoutBudget) Object.assign(context, { getPollBudgetMs: undefined });
		this.contexts.set(key, context as never);
		return context as never as ThisParameterType<NonNullable<INodeType['poll']>>;
	}
}
