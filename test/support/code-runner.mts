/**
 * Runs the JavaScript of a Code node in place of n8n's task runner, which is a process of its own in a real n8n: a fresh context
 * with the workflow's data and no Node.js globals; results cross as JSON, as they do there.
 */
import { createContext, runInContext } from 'node:vm';
import type { IExecuteFunctions, IWorkflowExecuteAdditionalData } from 'n8n-workflow';

interface Job {
	code: string;
	nodeMode: 'runOnceForAllItems' | 'runOnceForEachItem';
	chunk?: { startIndex: number; count: number };
}

type Runner = IWorkflowExecuteAdditionalData['startRunnerTask'];

export const runCode = (async (_data: unknown, _type: unknown, settings: unknown, context: IExecuteFunctions) => {
	try {
		return { ok: true, result: await run(settings as Job, context) };
	} catch (error) {
		return { ok: false, error };
	}
}) as Runner;

async function run(job: Job, context: IExecuteFunctions): Promise<unknown> {
	if (job.nodeMode === 'runOnceForAllItems') {
		return overTheWire(await evaluate(job.code, { ...scope(context, 0), items: context.getInputData() }));
	}
	const { startIndex, count } = job.chunk ?? { startIndex: 0, count: context.getInputData().length };
	const results: unknown[] = [];
	for (let index = startIndex; index < startIndex + count; index++) {
		const item = context.getInputData()[index];
		const result = overTheWire(await evaluate(job.code, { ...scope(context, index), item }));
		results.push(pairWith(result, index));
	}
	return results;
}

const scope = (context: IExecuteFunctions, index: number) => ({ ...context.getWorkflowDataProxy(index), console });

async function evaluate(code: string, variables: Record<string, unknown>): Promise<unknown> {
	return await runInContext(`(async () => {${code}\n})()`, createContext(variables));
}

const overTheWire = (value: unknown): unknown =>
	value === undefined ? undefined : JSON.parse(JSON.stringify(value));

function pairWith(result: unknown, item: number): unknown {
	if (typeof result !== 'object' || result === null) return result;
	const output = 'json' in result ? result : { json: result };
	return { ...output, pairedItem: { item } };
}
