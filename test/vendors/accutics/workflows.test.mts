import { readdirSync } from 'node:fs';
import path from 'node:path';
import { readWorkflow, type WorkflowRun } from '../../support/engine.mts';
import { useAccutics } from './accutics.mts';

const folder = 'workflows/accutics';
const files = readdirSync(path.join(process.cwd(), folder));
const MANUAL = 'When clicking ‘Execute workflow’';
const BUILT_IN = /^n8n-nodes-base\.(compareDatasets|convertToFile|filter|manualTrigger|scheduleTrigger|set|splitOut|stickyNote)$/;

const bench = useAccutics();

const runFile = async (file: string, startNode = MANUAL): Promise<WorkflowRun> => {
	const run = await bench.engine.runWorkflow(readWorkflow(`${folder}/${file}.json`), { startNode });
	if (run.error) throw run.error;
	return run;
};
const listed = async (name: string) => (await bench.ask(`/sandbox/${name}?page_size=100`)).data as Array<Record<string, unknown>>;

describe('every example workflow', () => {
	test.each(files)('%s can be imported as it is', (file) => {
		const workflow = readWorkflow(`${folder}/${file}`);
		expect(file).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*\.json$/);
		expect(workflow.id).toMatch(/^[A-Za-z0-9]{16}$/);
		expect(workflow.name).toMatch(/^Accutics: /);
		const names = workflow.nodes.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
		expect(new Set(workflow.nodes.map(({ id }) => id)).size).toBe(names.length);
		for (const node of workflow.nodes) {
			if (node.type !== 'n8n-nodes-backoffice.accutics') {
				expect(node.type).toMatch(BUILT_IN);
				continue;
			}
			expect(node.credentials?.accuticsApi).toEqual({ id: 'backofficeAccu01', name: 'Accutics (sandbox)' });
			// The service's own paths are not public: nobody must take these for them.
			expect(node.parameters.path).toMatch(/^\/sandbox\//);
		}
		expect(workflow.nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote')).toHaveLength(1);
		const targets = Object.values(workflow.connections).flatMap(({ main }) => (main ?? []).flat().map((to) => to?.node));
		for (const name of [...targets, ...Object.keys(workflow.connections)]) expect(names).toContain(name);
	});

	test('has an id of its own', () => {
		expect(files.length).toBeGreaterThanOrEqual(3);
		expect(new Set(files.map((file) => readWorkflow(`${folder}/${file}`).id)).size).toBe(files.length);
	});
});

describe('brief-to-record', () => {
	test.each([MANUAL, 'Every hour'])('creates a record for each approved brief, writes back to the right one, and does it once, from "%s"', async (trigger) => {
		await runFile('brief-to-record', trigger);
		expect(await bench.effects()).toEqual({ 'items.create': 2, 'briefs.update': 2 });
		expect(await listed('briefs')).toMatchObject([
			{ id: 1, status: 'approved', record_id: 246, generated_name: 'NL_SPRING-PUSH_246', generated_link: expect.stringContaining('utm_campaign=NL_SPRING-PUSH_246') },
			{ id: 2, status: 'draft', generated_name: null },
			{ id: 3, status: 'approved', record_id: 247, generated_name: 'DK_BACK-TO-SCHOOL_247' },
		]);
		await runFile('brief-to-record', trigger);
		expect(await bench.effects()).toEqual({ 'items.create': 2, 'briefs.update': 2 });
	});
});

describe('options-from-master-list', () => {
	test.each([MANUAL, 'Every morning'])('creates, updates and retires, and finds nothing to do the second time, from "%s"', async (trigger) => {
		await runFile('options-from-master-list', trigger);
		expect(await listed('options')).toEqual([
			{ id: 1, abbreviation: 'SH', label: 'Shoes', active: true },
			{ id: 2, abbreviation: 'BG', label: 'Bags and luggage', active: true },
			{ id: 3, abbreviation: 'HT', label: 'Hats', active: false },
			{ id: 4, abbreviation: 'SC', label: 'Scarves', active: true },
			{ id: 5, abbreviation: 'GL', label: 'Gloves', active: true },
		]);
		const done = { 'options.create': 1, 'options.update': 2 };
		expect(await bench.effects()).toEqual(done);
		await runFile('options-from-master-list', trigger);
		expect(await bench.effects()).toEqual(done);
	});
});

describe('nightly-export', () => {
	test.each([MANUAL, 'Every night'])('makes a file of all records, in order, from "%s"', async (trigger) => {
		const run = await runFile('nightly-export', trigger);
		const binary = run.nodes['To CSV file']?.outputs[0]?.[0]?.binary?.data;
		if (!binary) throw new Error('There is no file');
		expect(binary.fileName).toMatch(/^records-\d{4}-\d\d-\d\d\.csv$/);
		const [head, ...lines] = (await bench.engine.readBinary(binary)).toString('utf8').trim().split('\n');
		expect(head?.replace('\uFEFF', '')).toBe('id,title,market,status,name,link');
		expect(lines.map((line) => Number(line.split(',')[0]))).toEqual(Array.from({ length: 245 }, (_, i) => i + 1));
		expect(lines[0]).toBe('1,Sample item 1,BE,open,BE_SAMPLE-ITEM-1_1,https://shop.example/?utm_campaign=BE_SAMPLE-ITEM-1_1');
	});
});
