import assert from 'node:assert/strict';
import { outputOf, startNode, type Execution, type N8nApi } from '../../../demo/api.mts';
import { exampleCredentials } from '../../../demo/credentials.mts';
import { exampleWorkflows, type Example } from '../../../demo/examples.mts';
import type { Checks } from '../checks.mts';
import { packageNodes } from './loading.mts';
import { expectations } from './expectations.mts';
import type { Server } from '../server.mts';

/** Imports every example workflow as a person would, runs it against the fresh sandbox and looks at what came of it. */
export async function checkWorkflows({ check }: Checks, server: Server): Promise<void> {
	const examples = exampleWorkflows(process.cwd());
	const known = new Set(examples.map(({ file }) => file));
	await check('every expectation has its workflow', () => {
		assert.deepEqual(Object.keys(expectations).filter((file) => !known.has(file)), []);
	});
	const used = new Set(examples.flatMap(({ workflow }) => workflow.nodes.map(({ type }) => type)));
	await check('every node of the package is in an example', () => {
		assert.deepEqual(packageNodes().filter((type) => !used.has(type)), []);
	});
	for (const example of examples) {
		await check(example.file, async () => {
			const execution = await runExample(server, example);
			await expectations[example.file]?.({ ...server, execution, output: (node, branch) => outputOf(execution, node, branch) });
		});
	}
}

async function runExample({ api, control, sandboxUrl }: Server, { workflow }: Example): Promise<Execution> {
	const names = new Set(exampleCredentials(sandboxUrl).map(({ name }) => name));
	for (const { name, credentials = {} } of workflow.nodes) {
		for (const credential of Object.values(credentials)) {
			assert(names.has(credential.name), `The node "${name}" wants the credential "${credential.name}", which is not among the examples.`);
		}
	}
	await control.reset();
	const id = await api.createWorkflow(workflow);
	const execution = await runToEnd(api, id, startNode(workflow).name);
	const node = execution.lastNode ?? 'no node';
	assert(execution.status === 'success', `It ended with "${execution.status}" at "${node}": ${execution.error ?? 'no message'}`);
	assert(outputOf(execution, node).length > 0, `Its last node, "${node}", gave nothing out.`);
	return execution;
}

async function runToEnd(api: N8nApi, workflowId: string, trigger: string): Promise<Execution> {
	return await api.waitForExecution(await api.run(workflowId, trigger), 120_000);
}
