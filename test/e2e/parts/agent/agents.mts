// AI agents in n8n that have our nodes as tools.
import assert from 'node:assert/strict';
import type { IDataObject, INode } from 'n8n-workflow';
import type { ExampleWorkflow, Execution, N8nApi } from '../../../../demo/api.mts';
import type { ChatModel } from './chatModel.mts';

const LANGCHAIN = '@n8n/n8n-nodes-langchain';
/** n8n's node AI Agent. */
export const AGENT = `${LANGCHAIN}.agent`;

/** A node that is a tool of an agent. */
export type Tool = Pick<INode, 'name' | 'type' | 'typeVersion' | 'parameters' | 'credentials'>;

/** An agent that is saved in n8n. */
export interface Agent {
	/** Of n8n's node AI Agent. */
	version: number;
	workflowId: string;
}

/** What came of one call of a tool. */
export interface ToolCall {
	execution: Execution;
	/** What the model was given as the result of the tool. */
	heard: string;
	/** What the agent gave out in the end. */
	said: string;
}

/** Saves a workflow: a trigger, an agent, its model and its tools. */
export async function saveAgent(api: N8nApi, model: ChatModel, version: number, tools: readonly Tool[]): Promise<Agent> {
	const openAi = { type: 'openAiApi', name: `Stand-in model for agent ${version}`, data: { apiKey: 'stand-in-key', url: model.url, header: false } };
	const modelNode = {
		type: `${LANGCHAIN}.lmChatOpenAi`,
		typeVersion: 1.2,
		parameters: { model: { __rl: true, mode: 'id', value: 'stand-in' }, options: { maxRetries: 0 } },
		credentials: { openAiApi: { id: await api.createCredential(openAi), name: openAi.name } },
	};
	const nodes: Omit<INode, 'id' | 'position'>[] = [
		{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} },
		{ name: 'Agent', type: AGENT, typeVersion: version, parameters: { promptType: 'define', text: 'Do what was ordered.', options: {} } },
		{ name: 'Model', ...modelNode },
		...tools,
	];
	const toAgent = (type: 'main' | 'ai_languageModel' | 'ai_tool') => ({ [type]: [[{ node: 'Agent', type, index: 0 }]] });
	const workflow: ExampleWorkflow = {
		name: `Agent ${version}`,
		nodes: nodes.map((node) => ({ id: node.name, position: [0, 0], ...node })),
		connections: {
			Start: toAgent('main'),
			Model: toAgent('ai_languageModel'),
			...Object.fromEntries(tools.map(({ name }) => [name, toAgent('ai_tool')])),
		},
		// As in workflows made in the editor; without it, an agent of version 3 goes on before its tool has run.
		settings: { executionOrder: 'v1' },
	};
	return { version, workflowId: await api.createWorkflow(workflow) };
}

/** What n8n makes of a node's name for the model. */
export const toolName = (node: string): string => node.replace(/[^\w-]+/g, '_');

/** Lets the model call a tool once; rejects unless the execution ends well and the model has got its result. */
export async function callTool(api: N8nApi, model: ChatModel, { workflowId }: Agent, tool: string, args: IDataObject): Promise<ToolCall> {
	model.order(toolName(tool), args);
	const execution = await api.waitForExecution(await api.run(workflowId, 'Start'));
	assert.equal(execution.status, 'success', `The agent's execution ended with "${execution.status}": ${execution.error}`);
	const { heard } = model.conversation();
	assert.equal(heard.length, 1, `The model was given ${heard.length} results of the tool.`);
	const output = execution.runData.Agent?.at(-1)?.data?.main?.[0]?.[0]?.json.output;
	return { execution, heard: heard[0] ?? '', said: String(output) };
}

/** The records that n8n shows as the output of a tool. */
export function toolOutput({ execution }: ToolCall, { version }: Agent, tool: string): unknown {
	const shown = execution.runData[tool]?.at(-1)?.data?.ai_tool?.[0]?.map(({ json }) => json);
	return version < 3 ? shown?.[0]?.response : shown;
}
