/** The workflow that `npm start` shows first: what comes out of each of its rows. */
import { exampleCredentials } from '../../demo/credentials.mts';
import { useEngine } from '../support/engine.mts';
import { useSandbox } from '../support/sandbox.mts';
import { workflowRunner } from '../support/workflows.mts';

jest.setTimeout(60_000);
const engine = useEngine();
const sandbox = useSandbox();
const example = workflowRunner(engine, '.');

beforeEach(() => {
	engine.credentials.rows.length = 0;
	for (const { name, type, data } of exampleCredentials(sandbox.url)) engine.credentials.add(type, data as never, { name });
});

test('the roster has names of people, roles and places', async () => {
	const roster = example.rows(await example.run('start-here', '1 Who works today'), 'Get roster');
	expect(roster.length).toBeGreaterThan(3);
	const name = expect.stringMatching(/^[A-Z][a-z]+/);
	for (const shift of roster) expect(shift).toMatchObject({ employee_name: name, role_name: name, area_name: name });
});

test('invoices come as a table', async () => {
	expect(example.rows(await example.run('start-here', '2 New invoices'), 'Get invoices')).toHaveLength(20);
});

test('a preview shows both requests and sends none', async () => {
	const shown = example.rows(await example.run('start-here', '3 Look before you send'), 'Create record');
	expect(shown).toMatchObject([{ previewOnly: true }, { previewOnly: true }]);
	expect((await sandbox.control.summary('accutics')).effects).toEqual({});
});

test('what is wrong leaves by the error output, with what to do', async () => {
	const run = await example.run('start-here', '4 When something is wrong');
	expect(example.rows(run, 'Found')).toEqual([{ book: 'The Hobbit' }]);
	expect(example.rows(run, 'To look at')).toEqual([
		{ book: '65a0000000000000000fffff', error: expect.stringContaining('not found'), whatToDo: expect.stringMatching(/^[A-Z].{20,}/) },
		{ book: 'The Hobbit', error: expect.stringContaining('The Hobbit'), whatToDo: expect.stringMatching(/^[A-Z].{20,}/) },
	]);
});

test('the trigger gives a sample by hand', async () => {
	const [message] = example.rows(await example.run('start-here', '5 A workflow that starts by itself'), 'Write message');
	expect(message?.subject).toMatch(/^Run \d+ rejected \d+ of \d+ rows$/);
});
