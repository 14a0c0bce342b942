/** Runs the example workflows of a service through the engine and reads what its nodes gave out. */
import { readdirSync } from 'node:fs';
import type { IDataObject, IPinData } from 'n8n-workflow';
import { readWorkflow, type Engine, type WorkflowRun } from './engine.mts';

/** The trigger that n8n's editor adds first. */
export const MANUAL = 'When clicking ‘Execute workflow’';

const RELEASED = 'test/released';

/** The folder of the examples of a release, such as `0.1.0`. */
export const releasedIn = (release: string): string => `${RELEASED}/${release}/workflows`;

const releases = readdirSync(RELEASED, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);

/** The examples of today, and those of each release, which people have saved: what holds for one holds for all, unless its test says since when. */
export const editions = [{ edition: 'today', folder: 'workflows' }, ...releases.map((edition) => ({ edition, folder: releasedIn(edition) }))];

export interface WorkflowRunner {
	/** Runs `<folder>/<file>.json` of the examples to its end; rejects with the error that stopped it. */
	run(file: string, startNode?: string, pinData?: IPinData): Promise<WorkflowRun>;
	/** The records a node gave out at an output; none if it did not run. */
	rows(run: WorkflowRun, node: string, output?: number): IDataObject[];
	/** Name and text of the file a node gave out, without byte order mark. */
	file(run: WorkflowRun, node: string): Promise<{ name: string; lines: string[] }>;
}

/** @param examples the folder of the examples, of one of the `editions` */
export function workflowRunner(engine: Engine, folder: string, examples = 'workflows'): WorkflowRunner {
	return {
		run: async (file, startNode = MANUAL, pinData) => {
			const workflow = readWorkflow(`${examples}/${folder}/${file}.json`);
			// A node that is switched off hands its items on; Jest can't load the modules of the mail node.
			const nodes = workflow.nodes.map((node) => (node.disabled ? { ...node, type: 'n8n-nodes-base.noOp', typeVersion: 1 } : node));
			const settings = { ...workflow.settings, executionOrder: 'v1' as const, timezone: 'UTC' };
			const run = await engine.runWorkflow({ ...workflow, nodes, settings }, { startNode, pinData });
			if (run.error) throw run.error;
			return run;
		},
		rows: (run, node, output = 0) => (run.nodes[node]?.outputs[output] ?? []).map(({ json }) => json),
		file: async (run, node) => {
			const binary = run.nodes[node]?.outputs[0]?.[0]?.binary?.data;
			if (!binary) throw new Error(`"${node}" gave no file out.`);
			const text = (await engine.readBinary(binary)).toString('utf8').replace('\uFEFF', '');
			return { name: binary.fileName ?? '', lines: text.trim().split('\n') };
		},
	};
}
