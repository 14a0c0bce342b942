import { readdirSync } from 'node:fs';
import path from 'node:path';
import { readWorkflow, type WorkflowRun } from '../../support/engine.mts';
import { defined, known, useEntu } from './entu.mts';

const folder = 'workflows/entu';
const files = readdirSync(path.join(process.cwd(), folder));
const MANUAL = 'When clicking ‘Execute workflow’';
const BUILT_IN = /^n8n-nodes-base\.(aggregate|convertToFile|extractFromFile|filter|if|manualTrigger|noOp|scheduleTrigger|set|splitOut|stickyNote|stopAndError|summarize)$/;

const bench = useEntu();

const runFile = async (file: string, startNode = MANUAL): Promise<WorkflowRun> => {
	const run = await bench.engine.runWorkflow(readWorkflow(`${folder}/${file}.json`), { startNode });
	if (run.error) throw run.error;
	return run;
};
const rowsOf = (run: WorkflowRun, node: string) => (run.nodes[node]?.outputs[0] ?? []).map(({ json }) => json);
const fileOf = async (run: WorkflowRun, node: string): Promise<string> => {
	const binary = defined(run.nodes[node]?.outputs[0]?.[0]?.binary?.data);
	return (await bench.engine.readBinary(binary)).toString('utf8');
};

describe('every example workflow', () => {
	test.each(files)('%s can be imported as it is', (file) => {
		const workflow = readWorkflow(`${folder}/${file}`);
		expect(file).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*\.json$/);
		expect(workflow.id).toMatch(/^[A-Za-z0-9]{16}$/);
		expect(workflow.name).toMatch(/^Entu: /);
		const names = workflow.nodes.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
		expect(new Set(workflow.nodes.map(({ id }) => id)).size).toBe(names.length);
		for (const node of workflow.nodes) {
			if (node.type === 'n8n-nodes-backoffice.entu') expect(node.credentials?.entuApi).toEqual({ id: 'backofficeEntu01', name: 'Entu (sandbox)' });
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

describe('spreadsheet-to-entities', () => {
	test('creates new books, updates the known one, and does nothing new the second time', async () => {
		const run = await runFile('spreadsheet-to-entities');
		expect(rowsOf(run, 'Create or update book')).toHaveLength(4);
		expect(await bench.effects()).toMatchObject({ 'entity.create': 3, 'entity.update': 1 });

		const hobbit = await bench.entity(known.book);
		expect(hobbit.pages).toMatchObject([{ number: 320 }]);
		expect(hobbit.genre?.map(({ string }) => string).sort()).toEqual(['children', 'fiction']);
		expect(hobbit.description).toHaveLength(2);

		const { entities } = await bench.ask(`/entity?_type.reference=${known.typeBook}&isbn.string=978-9949-01-002-8`);
		expect(entities).toMatchObject([
			{
				name: [{ string: 'Birds of the Bog' }],
				pages: [{ number: 312 }],
				price: [{ number: 24.5 }],
				published: [{ date: '2021-09-03T00:00:00.000Z' }],
				available: [{ boolean: true }],
				_parent: [{ reference: known.folder }],
			},
		]);

		await bench.sandbox.control.clearJournal();
		await runFile('spreadsheet-to-entities');
		expect(await bench.effects()).toEqual({});
	});
});

describe('nightly-export', () => {
	test.each([MANUAL, 'Every night'])('makes a file of all authors, from "%s"', async (trigger) => {
		const run = await runFile('nightly-export', trigger);
		const { count } = await bench.ask(`/entity?_type.reference=${known.typeAuthor}&limit=1`);
		const [head, ...lines] = (await fileOf(run, 'To CSV file')).trim().split('\n');
		expect(head?.replace('\uFEFF', '')).toBe('name,born,country,biography,website,link');
		expect(lines).toHaveLength(count as number);
		expect(lines).toContain(`J. R. R. Tolkien,1892-01-03,GB,,,https://entu.app/labdb/${known.author}`);
		const names = lines.map((line) => line.split(',')[0]);
		expect(names).toEqual([...names].sort());
		expect(run.nodes['To CSV file']?.outputs[0]?.[0]?.binary?.data?.fileName).toMatch(/^authors-\d{4}-\d{2}-\d{2}\.csv$/);
	});
});

describe('attach-and-fetch-file', () => {
	test('the file in Entu is the one that was made', async () => {
		const run = await runFile('attach-and-fetch-file');
		expect(run.nodes['All is well']?.outputs[0]).toHaveLength(1);
		expect(run.nodes.Differs).toBeUndefined();
		const { scan } = await bench.entity(known.book);
		expect(scan).toMatchObject([{ filename: expect.stringMatching(/^agreement-.*\.txt$/), filetype: 'text/plain' }]);
		expect((await bench.sandbox.control.summary('entu-storage')).effects).toEqual({ 'file.upload': 1 });
	});
});

describe('grant-rights-to-staff', () => {
	test('gives those their right who are in Entu', async () => {
		const run = await runFile('grant-rights-to-staff');
		expect(rowsOf(run, 'Grant right')).toEqual([
			{ _id: known.closedFolder, person: known.person, right: 'editor' },
			{ _id: known.closedFolder, person: known.user, right: 'viewer' },
		]);
		const granted = (await bench.entity(known.closedFolder))._viewer?.map(({ reference, property_type: right }) => [reference, right]);
		expect(granted).toEqual(
			expect.arrayContaining([
				[known.person, '_editor'],
				[known.user, '_viewer'],
			]),
		);
		expect(rowsOf(run, 'Show access')).toHaveLength(1);
	});
});

describe('clean-up-old-values', () => {
	test.each([MANUAL, 'Every Sunday'])('takes one tag off and leaves the others, from "%s"', async (trigger) => {
		await bench.ask(`/entity/${known.book}`, { method: 'POST', body: [{ type: 'tags', string: 'reading room' }] });
		const tagged = `/entity?_type.reference=${known.typeBook}&tags.string=reading room&limit=1`;
		const { count } = await bench.ask(tagged);
		expect(count).toBeGreaterThan(50);
		await runFile('clean-up-old-values', trigger);
		expect((await bench.ask(tagged)).count).toBe(0);
		expect((await bench.effects())['property.delete']).toBe(count);
		expect((await bench.entity(known.book)).tags?.map(({ string }) => string)).toEqual(['signed', 'first edition']);
	});
});

describe('overdue-lendings', () => {
	test('writes one reminder for each borrower with all that is due', async () => {
		const run = await runFile('overdue-lendings');
		const today = new Date().toISOString().slice(0, 10);
		const { entities } = await bench.ask(`/entity?_type.reference=${known.typeLending}&due.date.lt=${today}&returned.boolean=false&limit=5000`);
		const lendings = entities as unknown as Array<Record<string, Array<Record<string, string>>>>;
		const borrowers = new Set(lendings.map(({ borrower }) => borrower?.[0]?.reference));
		const reminders = rowsOf(run, 'Write reminder');
		expect(reminders).toHaveLength(borrowers.size);
		const lines = reminders.flatMap(({ text }) => String(text).split('please return:\n')[1]?.split('\n') ?? []);
		expect(lines).toHaveLength(lendings.length);
		expect(reminders.find(({ to }) => to === 'rita@example.org')?.text).toContain('The Hobbit (due 2024-02-01)');
	});
});
