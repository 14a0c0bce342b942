/** The example workflows that begin with a trigger: what comes out of each, from the sample that the trigger gives by hand. */
import type { IDataObject } from 'n8n-workflow';
import { exampleCredentials } from '../../demo/credentials.mts';
import { known as entu } from '../../sandbox/entu/seed-known.mts';
import { useEngine } from '../support/engine.mts';
import { useSandbox } from '../support/sandbox.mts';
import { workflowRunner } from '../support/workflows.mts';

jest.setTimeout(60_000);
const engine = useEngine();
const sandbox = useSandbox();

beforeEach(() => {
	engine.credentials.rows.length = 0;
	for (const { name, type, data } of exampleCredentials(sandbox.url)) engine.credentials.add(type, data as never, { name });
});

const happen = async (service: string, what: string): Promise<IDataObject> => (await sandbox.control.happen(service, what)) as IDataObject;

test('failed-run-to-message', async () => {
	const example = workflowRunner(engine, 'smartconnect');
	const { runNumber } = await happen('smartconnect', 'fail');
	const run = await example.run('failed-run-to-message', 'When a run failed');
	expect(example.rows(run, 'Write message')).toEqual([{ subject: `Run ${String(runNumber)} rejected 2 of 12 rows`, text: expect.stringMatching(/^It ran at \d{4}-\d\d-\d\dT.* See System > History in SmartConnect\.com\.$/) }]);
});

test('rejected-rows-to-spreadsheet', async () => {
	const example = workflowRunner(engine, 'smartconnect');
	const { runNumber } = await happen('smartconnect', 'fail');
	const { name, lines } = await example.file(await example.run('rejected-rows-to-spreadsheet', 'When a run failed'), 'To CSV file');
	expect(name).toBe('rejected-rows.csv');
	expect(lines).toEqual(['run,row,name,reason', `${String(runNumber)},R${String(runNumber)}-1,Rejected 1,The target refused the name.`, `${String(runNumber)},R${String(runNumber)}-2,Rejected 2,The target refused the name.`]);
});

test('new-invoice-to-payment-list', async () => {
	const example = workflowRunner(engine, 'endocs');
	const { id, docNumber } = await happen('endocs', 'invoice');
	const { lines } = await example.file(await example.run('new-invoice-to-payment-list', 'When an invoice is new'), 'To CSV file');
	expect(lines).toEqual(['id,number,date,to,inn,amount,currency', expect.stringMatching(new RegExp(`^${String(id)},${String(docNumber)},2025-01-01,.+,\\d+,1200,RUB$`))]);
});

test('new-contract-to-crm', async () => {
	const example = workflowRunner(engine, 'endocs');
	const { id, docNumber } = await happen('endocs', 'contract');
	const [deal] = example.rows(await example.run('new-contract-to-crm', 'When a contract is new'), 'Write deal');
	expect(deal).toMatchObject({ externalId: `endocs-${String(id)}`, title: expect.stringContaining(`Contract ${String(docNumber)} with `), signed: '2025-01-01' });
});

test('free-shift-to-team', async () => {
	const example = workflowRunner(engine, 'ento');
	const [message] = example.rows(await example.run('free-shift-to-team', 'When a shift becomes free'), 'Write message');
	expect(message?.subject).toMatch(/^Who can work on \d{4}-\d\d-\d\d\?$/);
	expect(message?.text).toMatch(/^[A-Z]\w+ at [A-Z]\w+ [A-Z]\w+, \d\d:00 to \d\d:00 \(\w+\)\. Please answer to this mail\.$/);
});

test('new-entity-to-mail', async () => {
	const example = workflowRunner(engine, 'entu');
	const { _id, name } = await happen('entu', 'create');
	expect(example.rows(await example.run('new-entity-to-mail', 'When a book is new'), 'Write message')).toEqual([
		{ subject: `New book: ${String(name)}`, text: expect.stringMatching(new RegExp(`^It was added at \\d{4}.*Z: https://entu.app/labdb/${String(_id)}$`)) },
	]);
});

test('changed-entity-to-search-index', async () => {
	const example = workflowRunner(engine, 'entu');
	const trigger = engine.trigger({ node: 'entuTrigger', parameters: { event: 'entityCreatedOrUpdated', typeId: { __rl: true, mode: 'id', value: entu.typeBook } }, credentials: { entuApi: engine.credentials.rows.find(({ type }) => type === 'entuApi') as never } });
	const { items } = await trigger.call({ db: 'labdb', plugin: 'entity-edit-webhook', entity: { _id: entu.book } });
	const run = await example.run('changed-entity-to-search-index', 'When a book is new or changes', { 'When a book is new or changes': items });
	expect(example.rows(run, 'Write document')).toEqual([{ id: entu.book, title: 'The Hobbit', change: 'changed' }]);
});

test('removed-entity-to-clean-up', async () => {
	const example = workflowRunner(engine, 'accutics');
	const [key] = example.rows(await example.run('removed-entity-to-clean-up', 'When an entity is gone'), 'Write key');
	expect(key?.key).toMatch(/^accutics-\d+$/);
});
