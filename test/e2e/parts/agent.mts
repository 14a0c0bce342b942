import assert from 'node:assert/strict';
import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Entry } from '../../../sandbox/client.mts';
import { AGENT, callTool, saveAgent, toolName, toolOutput, type Agent, type Tool, type ToolCall } from './agent/agents.mts';
import { finalWords, startChatModel, type ChatModel, type OfferedTool } from './agent/chatModel.mts';
import type { Checks } from '../checks.mts';
import { saveExamples } from '../examples.mts';
import { packageJson, type Server } from '../server.mts';
import { packageNodes } from './loading.mts';
import { refusals, toolCases, type Refusal, type ToolCase } from './agent/toolCalls.mts';

const SERVICES: Readonly<Record<string, string>> = { accutics: 'accutics', enDocsCloud: 'endocs', ento: 'ento', entu: 'entu', smartConnect: 'smartconnect' };
const MALFORMED = '{ "title": "From a chat';

interface NodeType {
	name: string;
	version: number | number[];
	group: string[];
	defaults: { name: string };
	outputs: unknown;
	properties: INodeProperties[];
	codex?: { categories?: string[]; subcategories?: Record<string, string[]> };
}

/** How the JSON parameter of a tool is declared to the model. */
type JsonType = 'json' | 'string';

/** What all checks of this part work with. */
interface Setting {
	server: Server;
	model: ChatModel;
	types: NodeType[];
	/** Ids of saved credentials, by type. */
	credentials: Record<string, string>;
	counts: { calls: number; logins: number };
}

/** Lets a model use the nodes as tools of n8n's AI agent. */
export async function checkAgent(checks: Checks, server: Server): Promise<void> {
	const model = await startChatModel();
	try {
		const types = await server.api.call<NodeType[]>('GET', '/types/nodes.json');
		const setting: Setting = { server, model, types, credentials: await saveExamples(server), counts: { calls: 0, logins: 0 } };
		await checkOffer(checks, setting);
		await checkNewest(checks, setting);
		await checkOlder(checks, setting);
		checks.figure('tool calls', `${setting.counts.calls}, with ${setting.counts.logins} log-ins (every session is made to end before each call)`);
	} finally {
		await model.stop();
		await server.control.reset();
	}
}

async function checkOffer({ check }: Checks, { types }: Setting): Promise<void> {
	const [triggers, tools] = [packageNodes().filter((name) => isTrigger(types, name)), packageNodes().filter((name) => !isTrigger(types, name))];
	for (const name of tools) await check(`${name} is listed among the tools of agents`, () => isListed(types, name));
	for (const name of triggers) await check(`${name} begins workflows and is no tool`, () => assert(!types.some((type) => type.name === `${name}Tool`)));
	await check('every operation with a JSON parameter is tried', () => {
		assert.deepEqual(toolCases.filter(hasJson).map(({ node, operation }) => `${node} ${operation}`).sort(), operationsWithJson(types));
	});
}

function isTrigger(types: NodeType[], name: string): boolean {
	return types.find((type) => type.name === name)?.group.includes('trigger') ?? false;
}

function isListed(types: NodeType[], name: string): void {
	const tool = types.find((type) => type.name === `${name}Tool`);
	assert(tool, `n8n has no "${name}Tool".`);
	assert.deepEqual(tool.outputs, ['ai_tool']);
	const { categories = [], subcategories = {} } = tool.codex ?? {};
	assert(categories.includes('AI'), 'It is not in the category "AI".');
	assert(subcategories.AI?.includes('Tools'), 'It is not in the subcategory "Tools".');
	assert(tool.properties.some((property) => property.name === 'toolDescription'), 'A person cannot describe it to the model.');
}

function operationsWithJson(types: NodeType[]): string[] {
	const found = packageNodes().flatMap((name) => {
		const { properties = [] } = types.find((type) => type.name === name) ?? {};
		const shows = properties.filter(hasJsonField).map(({ displayOptions }) => displayOptions?.show ?? {});
		return shows.flatMap(({ resource = [], operation = [] }) => resource.flatMap((one) => operation.map((two) => `${name.split('.')[1]} ${String(one)}:${String(two)}`)));
	});
	return [...new Set(found)].sort();
}

/** Whether it is JSON, or a collection with JSON among its options. */
const hasJsonField = ({ type, options = [] }: INodeProperties): boolean => type === 'json' || (type === 'collection' && options.some((option) => 'type' in option && option.type === 'json'));

const hasJson = ({ args }: ToolCase): boolean => 'values' in args;

/** The newest version of a node that this n8n has; of the agent, 3 in n8n 1.123, 3.1 in 2.8. */
function newestOf(types: NodeType[], node: string): number {
	return Math.max(...types.filter(({ name }) => name === node).flatMap(({ version }) => version));
}

/** The newest agent, with all tools at once. */
async function checkNewest(checks: Checks, setting: Setting): Promise<void> {
	const { check, figure } = checks;
	const version = newestOf(setting.types, AGENT);
	const agent = await check(`an agent of version ${version}, the newest, with all tools is saved`, async () => await saveAgent(setting.server.api, setting.model, version, toolCases.map((one) => toolOf(setting, one))));
	const offered = agent && (await check('the tools are offered to the model', async () => await offeredTools(setting, agent)));
	if (!offered) return;
	for (const one of toolCases) await check(`offered to the model: ${nameOf(one)}`, () => isUsable(offered, one, setting.types));
	for (const one of toolCases) await checkCalls(checks, setting, agent, one);
	for (const refusal of refusals) await checkRefusal(checks, setting, agent, refusal);
	figure('tools offered to one agent', String(offered.length));
}

/** The agent before, which runs tools by itself, with one tool of each node that writes and one that reads. */
async function checkOlder(checks: Checks, setting: Setting): Promise<void> {
	const nodes = [...new Set(toolCases.map(({ node }) => node))];
	const writes = nodes.flatMap((node) => toolCases.find((one) => one.node === node && hasJson(one)) ?? []);
	const cases = [...writes, ...toolCases.filter((one) => !hasJson(one))];
	// It checks arguments against the schema: JSON as a text needs a tool that declares a text.
	const tools = [...cases.map((one) => toolOf(setting, one)), ...writes.map((one) => toolOf(setting, one, 'string'))];
	const agent = await checks.check('an agent of version 2.2 with tools of all nodes is saved', async () => await saveAgent(setting.server.api, setting.model, 2.2, tools));
	if (!agent) return;
	for (const one of cases) await checkCalls(checks, setting, agent, one);
	const hasTool = (refusal: Refusal) => cases.some((one) => nameOf(one) === nameOf(refusal));
	for (const refusal of refusals.filter(hasTool)) await checkRefusal(checks, setting, agent, refusal);
}

const nameOf = ({ node, operation }: Pick<ToolCase, 'node' | 'operation'>, jsonType: JsonType = 'json'): string => `${node} ${operation}${jsonType === 'string' ? ' as text' : ''}`;

function toolOf({ credentials, types }: Setting, one: ToolCase, jsonType: JsonType = 'json'): Tool {
	const type = `${one.node}Api`;
	const id = credentials[type] ?? assert.fail(`There is no credential for ${one.node}.`);
	const [resource = '', operation = ''] = one.operation.split(':');
	const declared = JSON.parse(JSON.stringify(one.parameters).replaceAll("'json')", `'${jsonType}')`)) as ToolCase['parameters'];
	const node = `${packageJson().name}.${one.node}Tool`;
	return { name: nameOf(one, jsonType), type: node, typeVersion: newestOf(types, node), parameters: { resource, operation, ...declared }, credentials: { [type]: { id, name: type } } };
}

async function offeredTools({ server, model }: Setting, agent: Agent): Promise<OfferedTool[]> {
	const [first] = toolCases;
	assert(first);
	await callTool(server.api, model, agent, nameOf(first), first.args);
	return model.conversation().offered;
}

/** A name that models take, a description that says what happens where, and a schema of what the model must give. */
function isUsable(offered: OfferedTool[], one: ToolCase, types: NodeType[]): void {
	const tool = offered.find(({ name }) => name === toolName(nameOf(one)));
	assert(tool, 'It is not among the tools.');
	assert.match(tool.name, /^[\w-]{1,64}$/);
	assert.equal(tool.description, descriptionOf(types, one));
	const { type, properties, required = [] } = tool.parameters;
	assert.equal(type, 'object');
	assert.deepEqual(Object.keys(properties).sort(), Object.keys(one.args).sort());
	assert.deepEqual([...required].sort(), Object.keys(one.args).sort());
	for (const [key, schema] of Object.entries(properties)) {
		assert(String(schema.description ?? '').length > 0, `"${key}" is not described.`);
		// n8n leaves JSON without a type.
		assert(schema.type !== undefined || key === 'values', `"${key}" has no type.`);
	}
}

function descriptionOf(types: NodeType[], { node, operation: key }: ToolCase): string {
	const { properties = [], defaults = { name: '' } } = types.find(({ name }) => name === `${packageJson().name}.${node}`) ?? {};
	const [resource = '', value] = key.split(':');
	const lists = properties.filter(({ name, displayOptions }) => name === 'operation' && displayOptions?.show?.resource?.includes(resource));
	const { action } = lists.flatMap(({ options = [] }) => options as INodePropertyOptions[]).find((option) => option.value === value) ?? {};
	assert(action && /^[A-Z][a-z]+ \w/.test(action), `The operation has no action that reads as an order: "${action}"`);
	return `${action} in ${defaults.name}`;
}

/** The same call with JSON as an object and as a text, and with a text that is no JSON. */
async function checkCalls({ check }: Checks, setting: Setting, agent: Agent, one: ToolCase): Promise<void> {
	const about = `agent ${agent.version}, ${nameOf(one)}`;
	if (!hasJson(one)) {
		await check(`${about}: the call reaches the service, its record the model`, async () => await reaches(setting, agent, one, nameOf(one), one.args));
		return;
	}
	const textTool = nameOf(one, agent.version < 3 ? 'string' : 'json');
	const asText = { ...one.args, values: JSON.stringify(one.args.values) };
	await check(`${about}: JSON as an object`, async () => await reaches(setting, agent, one, nameOf(one), one.args));
	await check(`${about}: JSON as a text`, async () => await reaches(setting, agent, one, textTool, asText));
	await check(`${about}: a text that is no JSON`, async () =>
		await isRefused(setting, agent, one, textTool, { ...one.args, values: MALFORMED }, [/is not valid JSON/, /Check quotes, commas and brackets/]));
}

async function reaches(setting: Setting, agent: Agent, one: ToolCase, tool: string, args: IDataObject): Promise<void> {
	const { call, entries } = await performed(setting, agent, one, tool, args);
	const { method, path, body } = one.request;
	// A request with a session that is over is not carried out, and sent again with a new one.
	const carriedOut = entries.filter((entry) => entry.method === method && entry.path === path && entry.status !== 401);
	assert.equal(carriedOut.length, 1, `${method} ${path} was carried out ${carriedOut.length} times. Sent: ${entries.map((entry) => `${entry.method} ${entry.path}`).join(', ')}`);
	if (body !== undefined) assert.deepEqual(carriedOut[0]?.body, body);
	assert.deepEqual(changesIn(entries), one.changes ?? [], 'The service did not change what was ordered, or something else.');

	const records = JSON.parse(call.heard) as IDataObject[];
	assert(Array.isArray(records) && records[0], `The model got no record: ${call.heard}`);
	for (const [key, value] of Object.entries(one.answer)) assert.deepEqual(records[0][key], value, `The model got as "${key}": ${JSON.stringify(records[0][key])}`);
	assert.deepEqual(toolOutput(call, agent, tool), records, 'n8n shows another output of the tool than the model got.');
}

async function checkRefusal({ check }: Checks, setting: Setting, agent: Agent, refusal: Refusal): Promise<void> {
	await check(`agent ${agent.version}, ${nameOf(refusal)}: ${refusal.what}`, async () =>
		await isRefused(setting, agent, refusal, nameOf(refusal), refusal.args, refusal.told));
}

async function isRefused(setting: Setting, agent: Agent, one: Pick<ToolCase, 'node'>, tool: string, args: IDataObject, told: readonly RegExp[]): Promise<void> {
	const { call, entries } = await performed(setting, agent, one, tool, args);
	for (const words of told) assert.match(call.heard, words, `The model was told: ${call.heard}`);
	assert.deepEqual(changesIn(entries), [], 'Something was written.');
}

/** Calls a tool on a fresh sandbox; what the service received comes along. */
async function performed({ server, model, counts }: Setting, agent: Agent, { node }: Pick<ToolCase, 'node'>, tool: string, args: IDataObject): Promise<{ call: ToolCall; entries: Entry[] }> {
	const service = SERVICES[node] ?? assert.fail(`There is no service for ${node}.`);
	await server.control.reset();
	const call = await callTool(server.api, model, agent, tool, args);
	assert.equal(call.said, finalWords + call.heard);
	counts.calls += 1;
	counts.logins += (await server.control.summary(service)).logins;
	return { call, entries: await server.control.journal(service) };
}

/** What was changed for good; a log-in changes nothing. */
function changesIn(entries: Entry[]): string[] {
	return entries.flatMap(({ effects }) => effects.map(({ kind }) => kind)).filter((kind) => kind !== 'login');
}
