// One node of the package in a workflow of its own, as a person would try it.
import assert from 'node:assert/strict';
import type { IDataObject, INode, INodeExecutionData, INodeParameters, OnError } from 'n8n-workflow';
import type { Execution, N8nApi } from '../../demo/api.mts';
import { packageJson } from './server.mts';

export interface NodeToRun {
	/** `entu` means the node of that name in our package; a name with a dot is taken as it is. */
	node: string;
	parameters: INodeParameters;
	/** What flows into it. Default: one empty item. */
	items?: IDataObject[];
	/** By credential type: the id of a saved credential. */
	credentials?: Record<string, string>;
	onError?: OnError;
	/** A node between the trigger and it, such as one that reads a file. */
	before?: Pick<INode, 'type' | 'parameters'>;
}

const START: INode = { id: 'start', name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} };
/** The name of the node under test in its workflow. */
export const SUBJECT = 'Subject';

/** Saves a workflow of a manual trigger, whose output is pinned, and the node; returns the workflow's id. */
export async function saveNode(api: N8nApi, { node, parameters, items = [{}], credentials = {}, onError, before }: NodeToRun): Promise<string> {
	const subject: INode = {
		...START,
		id: 'subject',
		name: SUBJECT,
		type: node.includes('.') ? node : `${packageJson().name}.${node}`,
		position: [200, 0],
		parameters,
		credentials: Object.fromEntries(Object.entries(credentials).map(([type, id]) => [type, { id, name: type }])),
		...(onError ? { onError } : {}),
	};
	const between: INode[] = before ? [{ ...START, id: 'before', name: 'Before', position: [100, 0], ...before }] : [];
	const nodes = [START, ...between, subject];
	return await api.createWorkflow({
		name: `Try ${node}`,
		nodes,
		connections: Object.fromEntries(nodes.slice(1).map(({ name }, i) => [nodes[i]?.name, { main: [[{ node: name, type: 'main', index: 0 }]] }])),
		pinData: { [START.name]: items.map((json) => ({ json })) },
	});
}

/** Runs a saved workflow to its end. */
export async function runSaved(api: N8nApi, workflowId: string, timeoutMs?: number): Promise<Execution> {
	return await api.waitForExecution(await api.run(workflowId, START.name), timeoutMs);
}

export function assertSuccess({ status, error }: Execution): void {
	assert(status === 'success', `The execution ended with "${status}": ${error}`);
}

/** The items that the node under test gave out at one of its outputs. */
export function itemsOf({ runData }: Execution, output = 0): INodeExecutionData[] {
	return (runData[SUBJECT] ?? []).flatMap((run) => run.data?.main?.[output] ?? []);
}

/** The positions of the incoming items that these come from. */
export function originsOf(items: readonly INodeExecutionData[]): unknown[] {
	return items.map(({ pairedItem }) => (typeof pairedItem === 'object' && !Array.isArray(pairedItem) ? pairedItem.item : pairedItem));
}
