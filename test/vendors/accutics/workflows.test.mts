import { exampleWorkflows } from '../../../demo/examples.mts';
import { editions, MANUAL, workflowRunner } from '../../support/workflows.mts';
import { useAccutics } from './accutics.mts';

const bench = useAccutics();

const listed = async (name: string) => (await bench.ask(`/sandbox/${name}?page_size=100`)).data as Array<Record<string, unknown>>;

test.each(exampleWorkflows(process.cwd()).filter(({ file }) => file.startsWith('accutics/')))('$file takes its paths from the sandbox, as the public ones are not known', ({ workflow }) => {
	for (const { type, parameters } of workflow.nodes) if (type.endsWith('.accutics')) expect(parameters.path).toMatchObject({ value: expect.stringMatching(/^\/sandbox\//) });
});

describe.each(editions)('examples of $edition', ({ folder }) => {
	const example = workflowRunner(bench.engine, 'accutics', folder);

	describe('brief-to-record', () => {
		test.each([MANUAL, 'Every hour'])('creates a record for each approved brief, writes back to the right one, and does it once, from "%s"', async (trigger) => {
			await example.run('brief-to-record', trigger);
			expect(await bench.effects()).toEqual({ 'items.create': 2, 'briefs.update': 2 });
			expect(await listed('briefs')).toMatchObject([
				{ id: 1, status: 'approved', record_id: 246, generated_name: 'NL_SPRING-PUSH_246', generated_link: expect.stringContaining('utm_campaign=NL_SPRING-PUSH_246') },
				{ id: 2, status: 'draft', generated_name: null },
				{ id: 3, status: 'approved', record_id: 247, generated_name: 'DK_BACK-TO-SCHOOL_247' },
			]);
			await example.run('brief-to-record', trigger);
			expect(await bench.effects()).toEqual({ 'items.create': 2, 'briefs.update': 2 });
		});
	});

	describe('options-from-master-list', () => {
		test.each([MANUAL, 'Every morning'])('creates, updates and retires, and finds nothing to do the second time, from "%s"', async (trigger) => {
			await example.run('options-from-master-list', trigger);
			expect(await listed('options')).toEqual([
				{ id: 1, abbreviation: 'SH', label: 'Shoes', active: true },
				{ id: 2, abbreviation: 'BG', label: 'Bags and luggage', active: true },
				{ id: 3, abbreviation: 'HT', label: 'Hats', active: false },
				{ id: 4, abbreviation: 'SC', label: 'Scarves', active: true },
				{ id: 5, abbreviation: 'GL', label: 'Gloves', active: true },
			]);
			const done = { 'options.create': 1, 'options.update': 2 };
			expect(await bench.effects()).toEqual(done);
			await example.run('options-from-master-list', trigger);
			expect(await bench.effects()).toEqual(done);
		});
	});

	describe('nightly-export', () => {
		test.each([MANUAL, 'Every night'])('makes a file of all records, in order, from "%s"', async (trigger) => {
			const run = await example.run('nightly-export', trigger);
			const { name, lines: [head, ...lines] } = await example.file(run, 'To CSV file');
			expect(name).toMatch(/^records-\d{4}-\d\d-\d\d\.csv$/);
			expect(head).toBe('id,title,market,status,name,link');
			expect(lines.map((line) => Number(line.split(',')[0]))).toEqual(Array.from({ length: 245 }, (_, i) => i + 1));
			expect(lines[0]).toBe('1,Sample item 1,BE,open,BE_SAMPLE-ITEM-1_1,https://shop.example/?utm_campaign=BE_SAMPLE-ITEM-1_1');
		});
	});
});
