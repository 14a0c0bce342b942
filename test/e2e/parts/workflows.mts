import assert from 'node:assert/strict';
import type { IBinaryData, INode } from 'n8n-workflow';
import { outputOf, startNode, type ExampleWorkflow, type Execution } from '../../../demo/api.mts';
import { exampleWorkflows, type Example } from '../../../demo/examples.mts';
import { duration } from '../../../scripts/install.mjs';
import type { Checks } from '../checks.mts';
import { expectations } from './workflows/expectations.mts';
import type { Expectation, Outcome } from './workflows/outcome.mts';
import { saveExamples } from '../examples.mts';
import type { Server } from '../server.mts';
import { until } from '../until.mts';
import { packageNodes } from './loading.mts';

const LIMIT_MS = 120_000;

/** Imports every example workflow as a person would, runs it against the fresh sandbox and compares what came of it with what the sandbox holds. */
export async function checkWorkflows({ check, figure }: Checks, server: Server): Promise<void> {
	const examples = exampleWorkflows(process.cwd());
	await check('every example has its expectation, and every expectation its example', () => {
		assert.deepEqual(Object.keys(expectations).sort(), examples.map(({ file }) => file).sort());
	});
	await check('every node of the package is in an example', () => {
		const used = new Set(examples.flatMap(({ workflow }) => workflow.nodes.map(({ type }) => type)));
		assert.deepEqual(packageNodes().filter((type) => !used.has(type)), []);
	});
	await saveExamples(server);
	const begun = Date.now();
	const imported: Imported[] = [];
	for (const example of examples) {
		const { file, workflow } = example;
		const id = await check(`${file}: imported`, async () => await server.api.createWorkflow(workflow));
		if (id === undefined) continue;
		imported.push({ ...example, id });
		const expected = expectationOf(file);
		await check(`${file}: started by hand`, async () => await runByHand(server, id, startNode(workflow).name, expected));
		for (const [trigger, other] of Object.entries(expected.startedAt ?? {})) {
			await check(`${file}: started by hand at "${trigger}"`, async () => await runByHand(server, id, trigger, other));
		}
		const webhook = webhookOf(workflow);
		if (webhook) await check(`${file}: started by a call of its webhook`, async () => await callWebhook(server, { ...example, id }, webhook));
	}
	figure('Example workflows executed', `${examples.length}, in ${duration(Date.now() - begun)}`);
	await check('every example with a trigger of its own can be published', async () => await publish(server, imported));
}

interface Imported extends Example {
	/** n8n's own. */
	id: string;
}

async function runByHand(server: Server, workflowId: string, trigger: string, expected: Expectation): Promise<void> {
	const { api, control } = server;
	const { before, happen } = expected;
	await control.reset();
	await before?.(control);
	const id = happen ? await runWhenCalled(server, workflowId, trigger, happen) : await api.run(workflowId, trigger);
	const execution = await api.waitForExecution(id, LIMIT_MS);
	await judgeBy(expected, server, execution, undefined);
}

/** Listens for a test event, as the editor does, and makes it happen. @returns the execution that it started */
async function runWhenCalled({ api, control }: Server, workflowId: string, trigger: string, happen: (control: Server['control']) => Promise<unknown>): Promise<string> {
	const { data: workflowData } = await api.call<{ data: ExampleWorkflow }>('GET', `/rest/workflows/${workflowId}`);
	const { data } = await api.call<{ data: { waitingForWebhook?: boolean } }>('POST', `/rest/workflows/${workflowId}/run`, { workflowData, triggerToStartFrom: { name: trigger } });
	assert(data.waitingForWebhook === true, `"${trigger}" does not wait for a call.`);
	await happen(control);
	return await until('the call starts an execution', async () => (await api.executionsOf(workflowId)).at(-1));
}

/** Compares what came of an example with what the sandbox holds; throws a sentence. */
export async function judge(server: Server, { file }: Pick<Example, 'file'>, execution: Execution, answer: unknown): Promise<void> {
	await judgeBy(expectationOf(file), server, execution, answer);
}

async function judgeBy(expected: Expectation, server: Server, execution: Execution, answer: unknown): Promise<void> {
	const node = execution.lastNode ?? 'no node';
	assert(execution.status === 'success', `It ended with "${execution.status}" at "${node}": ${execution.error ?? 'no message'}`);
	assert(outputOf(execution, node).length > 0, `Its last node, "${node}", gave nothing out.`);
	const outcome: Outcome = {
		...server,
		execution,
		answer,
		output: (name, branch) => outputOf(execution, name, branch),
		file: async (name) => {
			const file = fileOf(execution, name);
			return { name: file.fileName ?? '', text: await server.api.readText(file) };
		},
	};
	await expected.check(outcome);
}

function expectationOf(file: string): Expectation {
	const found = expectations[file];
	assert(found, 'Nobody has said what must come of it: see test/e2e/parts/workflows.');
	return found;
}

function fileOf({ runData }: Execution, node: string): IBinaryData {
	const [item] = runData[node]?.[0]?.data?.main?.[0] ?? [];
	const file = item?.binary?.data;
	assert(file, `"${node}" gave no file out.`);
	return file;
}

function webhookOf({ nodes }: ExampleWorkflow): INode | undefined {
	return nodes.find(({ type, disabled }) => !disabled && type === 'n8n-nodes-base.webhook');
}

/** Publishes the workflow, calls its webhook as another system would, and looks at the answer and at the execution. */
async function callWebhook(server: Server, example: Imported, { parameters }: INode): Promise<void> {
	const { api, control, url } = server;
	const { id, file } = example;
	const { call } = expectationOf(file);
	assert(call, 'Nobody has said what to send to its webhook: see test/e2e/parts/workflows.');
	const before = new Set(await api.executionsOf(id));
	await control.reset();
	await api.activate(id);
	try {
		const answer = await callWhenThere(`${url}/webhook/${String(parameters.path)}`, String(parameters.httpMethod ?? 'GET'), call);
		const [execution, ...more] = (await api.executionsOf(id)).filter((one) => !before.has(one));
		assert(execution !== undefined && more.length === 0, `One execution was expected, not ${more.length + (execution === undefined ? 0 : 1)}.`);
		await judge(server, example, await api.waitForExecution(execution, LIMIT_MS), answer);
	} finally {
		await api.deactivate(id);
	}
}

/** n8n opens a webhook a moment after its workflow was published; until then it answers 404. */
async function callWhenThere(address: string, method: string, body: object): Promise<unknown> {
	const text = await until(`n8n takes calls of ${address}`, async () => {
		const answer = await fetch(address, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
		const said = await answer.text();
		assert(answer.ok || answer.status === 404, `The webhook answered ${answer.status}: ${said.slice(0, 300)}`);
		return answer.ok && said;
	});
	return JSON.parse(text);
}

/** Switches every example on, and off again. */
async function publish({ api }: Server, examples: readonly Imported[]): Promise<void> {
	const isStarter = ({ type }: INode) => /(Trigger|webhook)$/.test(type) && type !== 'n8n-nodes-base.manualTrigger';
	for (const { id } of examples.filter(({ workflow }) => workflow.nodes.some(isStarter))) {
		await api.activate(id);
		await api.deactivate(id);
	}
}
