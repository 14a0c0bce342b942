import type { INode, INodeParameters } from 'n8n-workflow';
import { n8nApi, type ExampleWorkflow, type N8nApi } from '../../../../demo/api.mts';
import { exampleCredentials } from '../../../../demo/credentials.mts';
import { demoAccount } from '../../../../demo/examples.mts';
import { startN8n } from '../../../../demo/n8n.mjs';
import { known as entu } from '../../../../sandbox/entu/seed-known.mts';
import { known as smartConnect } from '../../../../sandbox/smartconnect/seed.mts';
import { packageJson, type Server } from '../../server.mts';

export type Scheduler = 'memory' | 'durable';

/** n8n's switches for polls that are jobs in its database, whose state is stored with the execution. */
export const DURABLE = { N8N_SCHEDULER_ENABLED: 'true', N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true', N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true' };
/** n8n refuses an interval of less than a minute, but takes several. */
export const EVERY_MS = 10_000;
const OFTEN: INodeParameters = { item: [0, 10, 20, 30, 40, 50].map((second) => ({ mode: 'custom', cronExpression: `${second} * * * * *` })) };
/** The name of the trigger in a workflow. */
export const TRIGGER = 'Trigger';
export const RENAMED = 'Trigger, renamed';

const NOTHING = { type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} };

export const byId = (value: string): INodeParameters[string] => ({ __rl: true, mode: 'id', value });

/** One polling trigger of each service: how it is watched, and what makes it start. */
export const KINDS = [
	{ node: 'smartConnectTrigger', service: 'smartconnect', credential: 'smartConnectApi', what: 'succeed', parameters: { event: 'runCompleted', integrationId: byId(smartConnect.customers) } },
	{ node: 'enDocsCloudTrigger', service: 'endocs', credential: 'enDocsCloudApi', what: 'invoice', parameters: { event: 'newInvoice' } },
	{ node: 'entoTrigger', service: 'ento', credential: 'entoApi', what: 'addShift', parameters: { event: 'shiftCreated' } },
	{ node: 'accuticsTrigger', service: 'accutics', credential: 'accuticsApi', what: 'create', parameters: { event: 'entityCreated', path: '/sandbox/items' } },
	{ node: 'entuPollingTrigger', service: 'entu', credential: 'entuApi', what: 'create', parameters: { event: 'entityCreated', typeId: byId(entu.typeBook) } },
] as const;
export type Kind = (typeof KINDS)[number];

/** Keeps an n8n that can be killed and started again on the same database. */
export class Host {
	api: N8nApi;
	private pid: number;
	private n8n: ReturnType<typeof startN8n> | undefined;

	constructor(private readonly server: Server) {
		this.api = server.api;
		this.pid = server.pid;
	}

	kill(): void {
		process.kill(this.pid, 'SIGKILL');
	}

	async start(extra: Record<string, string>): Promise<void> {
		const { host, home, env, logFile } = this.server;
		this.n8n = startN8n({ host, home, port: Number(env.N8N_PORT), brokerPort: Number(env.N8N_RUNNERS_BROKER_PORT), logFile: logFile.replace('.log', '-again.log'), extra });
		await this.n8n.ready();
		this.pid = this.n8n.child.pid ?? 0;
		this.api = n8nApi(this.n8n.url);
		await this.api.signIn(demoAccount);
	}

	async stop(): Promise<void> {
		await this.n8n?.stop();
	}
}

/** Which change an item tells of. */
export function identityOf({ _id, id, RunNumber, runNumber }: Record<string, unknown>): string {
	return String(_id ?? id ?? RunNumber ?? runNumber);
}

/** A workflow that begins with the trigger. @param next the node behind it, by itself one that does nothing */
export function workflowOf({ node, credential, parameters }: Kind, sandboxUrl: string, next?: Pick<INode, 'type' | 'typeVersion' | 'parameters'>): ExampleWorkflow {
	const found = exampleCredentials(sandboxUrl).find(({ type }) => type === credential);
	return { name: `On ${node}`, ...chain(nodeOf(node, { ...parameters, pollTimes: OFTEN }, credential, found?.name ?? ''), next) };
}

export function nodeOf(node: string, parameters: INodeParameters, credentialType: string, credential: string): INode {
	return { id: `${node}-1`, name: TRIGGER, type: `${packageJson().name}.${node}`, typeVersion: 1, position: [0, 0], parameters, credentials: { [credentialType]: { id: null, name: credential } } };
}

export function chain(trigger: INode, next: Pick<INode, 'type' | 'typeVersion' | 'parameters'> = NOTHING): Pick<ExampleWorkflow, 'nodes' | 'connections'> {
	const after: INode = { id: 'after', name: 'After', position: [300, 0], ...next };
	return { nodes: [trigger, after], connections: { [TRIGGER]: { main: [[{ node: 'After', type: 'main', index: 0 }]] } } };
}
