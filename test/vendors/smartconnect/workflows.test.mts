import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { IPinData } from 'n8n-workflow';
import { readWorkflow, visibleText, type WorkflowRun } from '../../support/engine.mts';
import { consultant, defined, known, useSmartConnect } from './smartConnect.mts';

const folder = 'workflows/smartconnect';
const files = readdirSync(path.join(process.cwd(), folder));
const MANUAL = 'When clicking ‘Execute workflow’';
const BUILT_IN = /^n8n-nodes-base\.(aggregate|convertToFile|emailSend|extractFromFile|filter|manualTrigger|readWriteFile|scheduleTrigger|set|stickyNote|webhook)$/;

const bench = useSmartConnect();

const runFile = async (file: string, startNode = MANUAL, pinData?: IPinData): Promise<WorkflowRun> => {
	const workflow = readWorkflow(`${folder}/${file}.json`);
	// A node that is switched off hands its items on; Jest can't load the modules of the mail node.
	const nodes = workflow.nodes.map((node) => (node.disabled ? { ...node, type: 'n8n-nodes-base.noOp', typeVersion: 1 } : node));
	const run = await bench.engine.runWorkflow({ ...workflow, nodes }, { startNode, pinData });
	if (run.error) throw run.error;
	expect(visibleText(run)).not.toContain(consultant.password);
	expect(visibleText(run)).not.toContain(String(bench.account.data.sessionToken));
	return run;
};
const rowsOf = (run: WorkflowRun, node: string, branch = 0) => (run.nodes[node]?.outputs[branch] ?? []).map(({ json }) => json);

describe('every example workflow', () => {
	test.each(files)('%s can be imported as it is', (file) => {
		const workflow = readWorkflow(`${folder}/${file}`);
		expect(file).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*\.json$/);
		expect(workflow.id).toMatch(/^[A-Za-z0-9]{16}$/);
		expect(workflow.name).toMatch(/^SmartConnect: /);
		const names = workflow.nodes.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
		expect(new Set(workflow.nodes.map(({ id }) => id)).size).toBe(names.length);
		for (const node of workflow.nodes) {
			if (node.type === 'n8n-nodes-backoffice.smartConnect') {
				expect(node.credentials?.smartConnectApi).toEqual({ id: 'backofficeSmart1', name: 'SmartConnect (sandbox)' });
			} else expect(node.type).toMatch(BUILT_IN);
		}
		expect(workflow.nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote')).toHaveLength(1);
		const targets = Object.values(workflow.connections).flatMap(({ main }) => (main ?? []).flat().map((to) => to?.node));
		for (const name of [...targets, ...Object.keys(workflow.connections)]) expect(names).toContain(name);
	});

	test('has an id of its own', () => {
		const ids = files.map((file) => readWorkflow(`${folder}/${file}`).id);
		expect(new Set(ids).size).toBe(ids.length);
	});
});

describe('run-from-webhook', () => {
	test.each([
		[MANUAL, undefined, 6],
		['Webhook', { Webhook: [{ json: { body: { city: 'Fargo' } } }] }, 6],
		['Webhook', { Webhook: [{ json: { body: { city: 'Nowhere' } } }] }, 0],
	])('runs for the city of the caller, from "%s"', async (start, pinData, records) => {
		const run = await runFile('run-from-webhook', start, pinData);
		expect(rowsOf(run, 'Answer')).toEqual([{ ok: true, run: 13, records, rejected: 0, message: '' }]);
		expect(await bench.runsDone()).toHaveLength(1);
	});

	test('answers a run that failed as well', async () => {
		await bench.settings({ runResult: 'failure' });
		expect(rowsOf(await runFile('run-from-webhook'), 'Answer')).toEqual([{ ok: false, run: 13, records: 6, rejected: 6, message: 'Posting date is closed.' }]);
	});
});

describe('spreadsheet-with-rejected-rows', () => {
	test('puts the rejected rows of one run into one mail', async () => {
		const run = await runFile('spreadsheet-with-rejected-rows');
		expect(await bench.runsDone()).toEqual([`${known.customers}#13`]);
		expect(rowsOf(run, 'Send mail')).toEqual([
			{
				subject: '2 rows were rejected in run 13',
				text: '(no number) Nameless Row: A key field is empty.\nC-103 Bad Debtors Ltd: The target refused the name.',
			},
		]);
		expect(run.nodes['All rows accepted']).toBeUndefined();
	});

	test('says so when all were accepted', async () => {
		await bench.settings({ runResult: 'success' });
		const run = await runFile('spreadsheet-with-rejected-rows');
		expect(rowsOf(run, 'All rows accepted')).toEqual([{ text: 'Run 13: 4 rows accepted' }]);
		expect(run.nodes['Write mail']).toBeUndefined();
	});
});

describe('nightly-history-watch', () => {
	test.each([MANUAL, 'Every night'])('reports the rejected rows of the last runs, from "%s"', async (trigger) => {
		const [report] = rowsOf(await runFile('nightly-history-watch', trigger), 'Report');
		expect(report?.subject).toBe('SmartConnect: 3 rejected rows');
		expect(String(report?.text).split('\n')[0]).toBe(
			'CUSTOMERS, run 12: Duplicate found. {"No":"A-1","Name":"Northwind","Email":"customer1@example.test","City":"Fargo"}',
		);
	});
});

describe('output-file-to-storage', () => {
	test.each([MANUAL, 'Every Monday'])('fetches the file of the run, from "%s"', async (trigger) => {
		const run = await runFile('output-file-to-storage', trigger);
		const [item] = run.nodes['Save file']?.outputs[0] ?? [];
		expect(item?.json).toMatchObject({ runNumber: 4, fileName: 'prices-4.csv' });
		expect((await bench.engine.readBinary(defined(item?.binary?.data))).toString()).toContain('7,Pen,4');
	});
});
