import { editions, MANUAL, workflowRunner } from '../../support/workflows.mts';
import { known, useEntu } from './entu.mts';

const bench = useEntu();

describe.each(editions)('examples of $edition', ({ folder }) => {
	const example = workflowRunner(bench.engine, 'entu', folder);

	describe('spreadsheet-to-entities', () => {
		test('creates new books, updates the known one, and does nothing new the second time', async () => {
			const run = await example.run('spreadsheet-to-entities');
			expect(example.rows(run, 'Create or update book')).toHaveLength(4);
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
			await example.run('spreadsheet-to-entities');
			expect(await bench.effects()).toEqual({});
		});
	});

	describe('nightly-export', () => {
		test.each([MANUAL, 'Every night'])('makes a file of all authors, from "%s"', async (trigger) => {
			const run = await example.run('nightly-export', trigger);
			const { count } = await bench.ask(`/entity?_type.reference=${known.typeAuthor}&limit=1`);
			const { name, lines: [head, ...lines] } = await example.file(run, 'To CSV file');
			expect(head).toBe('name,born,country,biography,website,link');
			expect(lines).toHaveLength(count as number);
			expect(lines).toContain(`J. R. R. Tolkien,1892-01-03,GB,,,https://entu.app/labdb/${known.author}`);
			const names = lines.map((line) => line.split(',')[0]);
			expect(names).toEqual([...names].sort());
			expect(name).toMatch(/^authors-\d{4}-\d{2}-\d{2}\.csv$/);
		});
	});

	describe('attach-and-fetch-file', () => {
		test('the file in Entu is the one that was made', async () => {
			const run = await example.run('attach-and-fetch-file');
			expect(run.nodes['All is well']?.outputs[0]).toHaveLength(1);
			expect(run.nodes.Differs).toBeUndefined();
			const { scan } = await bench.entity(known.book);
			expect(scan).toMatchObject([{ filename: expect.stringMatching(/^agreement-.*\.txt$/), filetype: 'text/plain' }]);
			expect((await bench.sandbox.control.summary('entu-storage')).effects).toEqual({ 'file.upload': 1 });
		});
	});

	describe('grant-rights-to-staff', () => {
		test('gives those their right who are in Entu', async () => {
			const run = await example.run('grant-rights-to-staff');
			expect(example.rows(run, 'Grant right')).toEqual([
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
			expect(example.rows(run, 'Show access')).toHaveLength(1);
		});
	});

	describe('clean-up-old-values', () => {
		test.each([MANUAL, 'Every Sunday'])('takes one tag off and leaves the others, from "%s"', async (trigger) => {
			await bench.ask(`/entity/${known.book}`, { method: 'POST', body: [{ type: 'tags', string: 'reading room' }] });
			const tagged = `/entity?_type.reference=${known.typeBook}&tags.string=reading room&limit=1`;
			const { count } = await bench.ask(tagged);
			expect(count).toBeGreaterThan(50);
			await example.run('clean-up-old-values', trigger);
			expect((await bench.ask(tagged)).count).toBe(0);
			expect((await bench.effects())['property.delete']).toBe(count);
			expect((await bench.entity(known.book)).tags?.map(({ string }) => string)).toEqual(['signed', 'first edition']);
		});
	});

	describe('overdue-lendings', () => {
		test('writes one reminder for each borrower with all that is due', async () => {
			const run = await example.run('overdue-lendings');
			const today = new Date().toISOString().slice(0, 10);
			const { entities } = await bench.ask(`/entity?_type.reference=${known.typeLending}&due.date.lt=${today}&returned.boolean=false&limit=5000`);
			const lendings = entities as unknown as Array<Record<string, Array<Record<string, string>>>>;
			const borrowers = new Set(lendings.map(({ borrower }) => borrower?.[0]?.reference));
			const reminders = example.rows(run, 'Write reminder');
			expect(reminders).toHaveLength(borrowers.size);
			const lines = reminders.flatMap(({ text }) => String(text).split('please return:\n')[1]?.split('\n') ?? []);
			expect(lines).toHaveLength(lendings.length);
			expect(reminders.find(({ to }) => to === 'rita@example.org')?.text).toContain('The Hobbit (due 2024-02-01)');
		});
	});
});
