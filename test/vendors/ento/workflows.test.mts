import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { readWorkflow, type WorkflowRun } from '../../support/engine.mts';
import { defined, useEnto } from './ento.mts';

const folder = 'workflows/ento';
const files = readdirSync(path.join(process.cwd(), folder));
const MANUAL = 'When clicking ‘Execute workflow’';
const BUILT_IN = /^n8n-nodes-base\.(convertToFile|manualTrigger|scheduleTrigger|set|sort|stickyNote|summarize)$/;

const bench = useEnto();

const runFile = async (file: string, startNode = MANUAL): Promise<WorkflowRun> => {
	const run = await bench.engine.runWorkflow({ ...readWorkflow(`${folder}/${file}.json`), settings: { executionOrder: 'v1', timezone: 'UTC' } }, { startNode });
	if (run.error) throw run.error;
	return run;
};
const rowsOf = (run: WorkflowRun, node: string) => (run.nodes[node]?.outputs[0] ?? []).map(({ json }) => json);
/** The shifts of some days as the sandbox holds them, past the node. */
const shifts = async (from: number, to: number, query = ''): Promise<IDataObject[]> => {
	const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
	const address = `${bench.sandbox.url}/ento/shifts?start_date=${day(from)}&end_date=${day(to)}${query}`;
	const answer = await fetch(address, { headers: { 'x-api-key': String(bench.credential.data.apiKey) } });
	return ((await answer.json()) as { data: IDataObject[] }).data;
};

describe('every example workflow', () => {
	test('is there', () => expect(files.length).toBeGreaterThanOrEqual(3));

	test.each(files)('%s can be imported as it is', (file) => {
		const workflow = readWorkflow(`${folder}/${file}`);
		expect(file).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*\.json$/);
		expect(workflow.id).toMatch(/^[A-Za-z0-9]{16}$/);
		expect(workflow.name).toMatch(/^Ento: /);
		const names = workflow.nodes.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
		expect(new Set(workflow.nodes.map(({ id }) => id)).size).toBe(names.length);
		for (const node of workflow.nodes) {
			if (node.type === 'n8n-nodes-backoffice.ento') expect(node.credentials?.entoApi).toEqual({ id: 'backofficeEnto01', name: 'Ento (sandbox)' });
			else expect(node.type).toMatch(BUILT_IN);
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

describe('who-works-today', () => {
	test.each([MANUAL, 'Every morning'])('writes one message for each location with all who come, from "%s"', async (trigger) => {
		const expected = await shifts(0, 0, '&assigned=true');
		const messages = rowsOf(await runFile('who-works-today', trigger), 'Write message');
		expect(messages.map(({ location }) => location).sort()).toEqual([...new Set(expected.map(({ area_id: area }) => area))].sort());
		expect(messages.reduce((sum, { people }) => sum + Number(people), 0)).toBe(expected.length);
		expect(messages[0]?.text).toMatch(/^On shift today at AR1000\d:\n(\d\d:00–\d\d:00 \w+ \w+ \(\w+\)\n?)+$/);
	});
});

describe('unassigned-shifts', () => {
	test.each([MANUAL, 'Every afternoon'])('writes one message with all of them, in order, from "%s"', async (trigger) => {
		const expected = await shifts(0, 6, '&assigned=false');
		expect(expected.length).toBeGreaterThan(3);
		const [message = {}, ...more] = rowsOf(await runFile('unassigned-shifts', trigger), 'Write message');
		expect(more).toEqual([]);
		expect(message.count).toBe(expected.length);
		const [, ...lines] = String(message.text).split('\n');
		expect(lines).toHaveLength(expected.length);
		expect(lines).toEqual([...lines].sort());
	});

	test('writes none when all shifts are filled', async () => {
		const body = { data: [] };
		await bench.sandbox.control.fault({ service: 'ento', fault: { type: 'status', status: 200, body } });
		expect(rowsOf(await runFile('unassigned-shifts'), 'Write message')).toEqual([]);
	});
});

describe('nightly-shift-export', () => {
	test.each([MANUAL, 'Every night'])('makes a file of all shifts of yesterday, from "%s"', async (trigger) => {
		const expected = await shifts(-1, -1);
		const run = await runFile('nightly-shift-export', trigger);
		const binary = defined(run.nodes['To CSV file']?.outputs[0]?.[0]?.binary?.data);
		expect(binary.fileName).toBe(`shifts-${String(expected[0]?.date)}.csv`);
		const [head, ...lines] = (await bench.engine.readBinary(binary)).toString('utf8').trim().split('\n');
		expect(head?.replace('\uFEFF', '')).toBe('id,date,location,role,employee,name,start,end,state,hours,cost');
		expect(lines.map((line) => line.split(',')[0])).toEqual(expected.map(({ id }) => id));
	});
});

describe('hours-per-location', () => {
	test.each([MANUAL, 'Every Monday'])('adds up the shifts of this week, from "%s"', async (trigger) => {
		const weekday = (new Date().getUTCDay() + 6) % 7;
		const expected = await shifts(-weekday, 6 - weekday);
		const rows = rowsOf(await runFile('hours-per-location', trigger), 'Write row');
		expect(rows).toHaveLength(5);
		expect(rows.map(({ location }) => location)).toContain('Harbour Cafe');
		expect(rows.reduce((sum, row) => sum + Number(row.shifts), 0)).toBe(expected.length);
		const hours = expected.reduce((sum, row) => sum + Number(row.billable_hours), 0);
		expect(rows.reduce((sum, row) => sum + Number(row.hours), 0)).toBeCloseTo(hours);
	});
});
