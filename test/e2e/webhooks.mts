// Workflows that are started by a call from outside, as they run in production.
import { setTimeout } from 'node:timers/promises';
import type { IConnections, INode, INodeParameters } from 'n8n-workflow';
import type { ExampleWorkflow, N8nApi } from '../../demo/api.mts';
import { exampleCredentials } from '../../demo/credentials.mts';
import { packageJson, type Server } from './server.mts';
import { until } from './until.mts';

/** A published workflow: Webhook → one node of ours, which answers the call with all that it gives out. */
export interface Hooked {
	workflowId: string;
	/** Calls the webhook and waits for the answer; undefined when n8n has run the workflow and never answers, as happens now and then in queue mode. */
	call(body: unknown): Promise<Answer | undefined>;
}

export interface Answer {
	status: number;
	text: string;
}

/** The name of our node in these workflows. */
export const NODE = 'Node';

/** Our nodes, by their names in workflows, as people know them. */
export const displayNames = { accutics: 'Accutics', enDocsCloud: 'EnDocs Cloud', ento: 'Ento', entu: 'Entu', smartConnect: 'SmartConnect' };

export type OurNode = keyof typeof displayNames;

interface Wanted {
	node: OurNode;
	/** The node sees what was sent to the webhook as `$json`; each row of a `rows` in it is an item, if `splits`. */
	parameters: INodeParameters;
	splits?: boolean;
}

/** Saves and publishes a workflow, and waits until n8n takes calls for it. */
export async function hook({ api, url, sandboxUrl }: Server, path: string, wanted: Wanted): Promise<Hooked> {
	const workflowId = await api.createWorkflow(workflowOf(path, wanted, sandboxUrl));
	await api.activate(workflowId);
	const address = `${url}/webhook/${path}`;
	// Asked with another method, n8n says whether it knows the webhook without running it.
	await until(`n8n takes calls of ${path}`, async () => (await (await fetch(address)).text()).includes('Did you mean to make a POST'));
	return {
		workflowId,
		call: async (body) => await unlessLost(api, workflowId, async (signal) => {
			const answer = await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), signal });
			return { status: answer.status, text: await answer.text() };
		}),
	};
}

/** Waits for an answer as long as an execution of the workflow runs, and a while longer. */
async function unlessLost(api: N8nApi, workflowId: string, send: (signal: AbortSignal) => Promise<Answer>): Promise<Answer | undefined> {
	const given = new AbortController();
	const answer = send(given.signal);
	for (let idle = 0; idle < 2; idle = (await isIdle(api, workflowId)) ? idle + 1 : 0) {
		const first = await Promise.race([answer, setTimeout(8_000)]);
		if (first) return first;
	}
	answer.catch(() => undefined); // it is given up
	given.abort();
	return undefined;
}

async function isIdle(api: N8nApi, workflowId: string): Promise<boolean> {
	const executions = await Promise.all((await api.executionsOf(workflowId)).map(async (id) => await api.getExecution(id)));
	return executions.length > 0 && executions.every(({ status }) => !['new', 'running', 'waiting'].includes(status));
}

function workflowOf(path: string, { node, parameters, splits = false }: Wanted, sandboxUrl: string): ExampleWorkflow {
	const type = `${packageJson().name}.${node}`;
	const credentialType = `${node}Api`;
	const credential = exampleCredentials(sandboxUrl).find((example) => example.type === credentialType);
	if (!credential) throw new Error(`There is no example credential of the type ${credentialType}.`);
	const chain: INode[] = [
		nodeOf('Webhook', 'n8n-nodes-base.webhook', 2, { httpMethod: 'POST', path, responseMode: 'lastNode', responseData: 'allEntries', options: {} }),
		splits
			? nodeOf('Rows', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'body.rows', options: {} })
			: nodeOf('Body', 'n8n-nodes-base.set', 3.4, { mode: 'raw', jsonOutput: '={{ $json.body }}', options: {} }),
		{ ...nodeOf(NODE, type, 1, parameters), credentials: { [credentialType]: { id: null, name: credential.name } } },
	];
	const connections: IConnections = {};
	for (const [i, { name }] of chain.slice(0, -1).entries()) connections[name] = { main: [[{ node: chain[i + 1]?.name ?? '', type: 'main', index: 0 }]] };
	return { name: `On a call of ${path}`, nodes: chain, connections };
}

const nodeOf = (name: string, type: string, typeVersion: number, parameters: INodeParameters): INode => ({
	id: name.toLowerCase(),
	name,
	type,
	typeVersion,
	position: [0, 0],
	parameters,
});
