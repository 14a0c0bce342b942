/** What the services do to triggers: late records, lists that move, days that pass, what is gone before anybody looks. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { known as entu } from '../../sandbox/entu/seed-known.mts';
import { known as smartConnect } from '../../sandbox/smartconnect/seed.mts';
import { useEngine, type TriggerNode } from '../support/engine.mts';
import { useSandbox } from '../support/sandbox.mts';
import { eventSamples } from './samples/events.mts';

jest.setTimeout(60_000);
const engine = useEngine();
const sandbox = useSandbox();
const byId = (value: string): INodeParameters[string] => ({ __rl: true, mode: 'id', value });
const DAY_MS = 86_400_000;

let registrations = 0;
async function started(node: string, parameters: INodeParameters): Promise<TriggerNode> {
	const { samples } = eventSamples[node] ?? {};
	if (!samples) throw new Error(`No samples for ${node}`);
	const row = engine.credentials.add(samples.credentialType, samples.credential(sandbox.url));
	const trigger = engine.trigger({ node, id: `trap-${++registrations}`, parameters, credentials: { [samples.credentialType]: row } });
	expect(await trigger.poll({ activation: 'activate' })).toBeNull();
	return trigger;
}

const happen = async (service: string, what: string, wish = {}): Promise<IDataObject> => (await sandbox.control.happen(service, what, wish)) as IDataObject;
const { now } = Date;
afterEach(() => void (Date.now = now));

describe('SmartConnect.com', () => {
	const runs = (event: string, options = {}): INodeParameters => ({ event, integrationId: byId(smartConnect.customers), options });

	test('says how many runs it could not see', async () => {
		const trigger = await started('smartConnectTrigger', runs('runCompleted'));
		const numbers = [];
		for (let i = 0; i < 13; i++) numbers.push((await happen('smartconnect', 'succeed')).runNumber);
		const rows = await trigger.rows();
		expect(rows.map(({ RunNumber }) => RunNumber)).toEqual(numbers.slice(3));
		expect(rows.map(({ missedRuns }) => missedRuns)).toEqual([3, ...Array<undefined>(9).fill(undefined)]);
	});

	test('keeps that number until there is a run to say it with', async () => {
		const trigger = await started('smartConnectTrigger', runs('runFailed'));
		for (let i = 0; i < 12; i++) await happen('smartconnect', 'succeed');
		expect(await trigger.poll()).toBeNull();
		await happen('smartconnect', 'fail');
		expect(await trigger.rows()).toEqual([expect.objectContaining({ missedRuns: 2 })]);
	});

	test('adds the rejected rows', async () => {
		const trigger = await started('smartConnectTrigger', runs('runFailed', { includeRejectedRows: true }));
		await happen('smartconnect', 'fail', { count: 3 });
		const [row] = await trigger.rows();
		expect(row?.rejectedRows).toHaveLength(3);
	});
});

describe('EnDocs Cloud', () => {
	test('a contract that shows up late is missed, unless all are read again', async () => {
		const usual = await started('enDocsCloudTrigger', { event: 'newContract' });
		const careful = await started('enDocsCloudTrigger', { event: 'newContract', options: { rereadFromStart: true } });
		await happen('endocs', 'contract');
		expect([await usual.rows(), await careful.rows()].map(({ length }) => length)).toEqual([1, 1]);
		const { id } = await happen('endocs', 'lateContract');
		expect(await usual.poll()).toBeNull();
		expect((await careful.rows()).map((row) => row.id)).toEqual([id]);
	});

	test.each(['nullValue', 'missingValue', 'emptyBody'])('an answer that is no list (%s) proves nothing', async (listForm) => {
		const trigger = await started('enDocsCloudTrigger', { event: 'documentInState', documentType: 14, documentKindId: '31', state: 'Согласовано' });
		const before = trigger.state;
		await sandbox.control.settings('endocs', { listForm });
		expect(await trigger.poll()).toBeNull();
		expect(trigger.state).toBe(before);
		await sandbox.control.settings('endocs', { listForm: 'keyed' });
		expect(await trigger.poll()).toBeNull();
	});

	test('before the first list has come, nothing counts as new', async () => {
		await sandbox.control.settings('endocs', { listForm: 'nullValue' });
		const trigger = await started('enDocsCloudTrigger', { event: 'newInvoice' });
		await sandbox.control.settings('endocs', { listForm: 'keyed' });
		expect(await trigger.poll()).toBeNull();
		const { id } = await happen('endocs', 'invoice');
		expect((await trigger.rows()).map((row) => row.id)).toEqual([id]);
	});

	test.each(['ascending', 'descending'])('many at once come in the order of their IDs, however the list is sent (%s)', async (listOrder) => {
		await sandbox.control.settings('endocs', { listOrder });
		const trigger = await started('enDocsCloudTrigger', { event: 'newInvoice' });
		await sandbox.control.seed('invoice', 70, 'endocs');
		const ids = (await trigger.rows()).map(({ id }) => Number(id));
		expect(ids).toHaveLength(70);
		expect(ids).toEqual([...ids].sort((a, b) => a - b));
	});

	test('a document that leaves the state and comes back starts the workflow again', async () => {
		const trigger = await started('enDocsCloudTrigger', { event: 'documentInState', documentType: 14, documentKindId: '31', state: 'Согласовано' });
		const { id } = await happen('endocs', 'approve');
		expect(await trigger.rows()).toHaveLength(1);
		await happen('endocs', 'reopen', { id: String(id) });
		expect(await trigger.poll()).toBeNull();
		await happen('endocs', 'approve', { id: String(id) });
		expect((await trigger.rows()).map((row) => row.id)).toEqual([id]);
	});
});

describe('Ento', () => {
	test('a day that comes into view brings nothing new; what happens on it then does', async () => {
		const trigger = await started('entoTrigger', { event: 'shiftCreatedOrChanged', daysBack: 1, daysAhead: 2 });
		Date.now = () => now() + DAY_MS;
		expect(await trigger.poll()).toBeNull();
		Date.now = now;
	});

	test('a day that passes takes its shifts along: none of them was removed', async () => {
		const trigger = await started('entoTrigger', { event: 'shiftRemoved', daysBack: 0, daysAhead: 3 });
		Date.now = () => now() + DAY_MS;
		await sandbox.control.clearJournal();
		expect(await trigger.poll()).toBeNull();
		expect((await sandbox.control.journal('ento')).filter(({ path }) => path !== '/shifts')).toEqual([]);
		Date.now = now;
	});

	test('a shift that is taken and becomes free again asks again', async () => {
		const trigger = await started('entoTrigger', { event: 'shiftUnassigned', daysBack: 0, daysAhead: 2 });
		const { id } = await happen('ento', 'freeShift');
		expect((await trigger.rows()).map((row) => row.id)).toEqual([id]);
		await happen('ento', 'takeShift', { id });
		expect(await trigger.poll()).toBeNull();
		await happen('ento', 'freeShift', { id });
		expect((await trigger.rows()).map((row) => row.id)).toEqual([id]);
	});

	test('a filter that Ento does not know is noticed', async () => {
		const samples = eventSamples.entoTrigger?.samples;
		const row = engine.credentials.add('entoApi', { ...samples?.credential(sandbox.url), apiDifferences: '{ "parameterNames": { "assigned": "is_assigned" } }' });
		const trigger = engine.trigger({ node: 'entoTrigger', parameters: { event: 'shiftUnassigned', daysBack: 0, daysAhead: 2 }, credentials: { entoApi: row } });
		await expect(trigger.poll({ activation: 'activate' })).rejects.toThrow(/asked for shifts without an employee and sent shift \d+, which has one/);
	});
});

describe('Accutics', () => {
	const items = (event: string, more = {}): INodeParameters => ({ event, path: '/sandbox/items', idField: 'id', options: { pageSize: 50 }, ...more });

	test.each(['entityCreated', 'entityRemoved', 'entityChanged'])('a list that moves while it is read makes no difference to %s', async (event) => {
		const trigger = await started('accuticsTrigger', items(event));
		await sandbox.control.settings('accutics', { drift: 2 });
		const told = [...(await trigger.rows()), ...(await trigger.rows()), ...(await trigger.rows())].map(({ id }) => Number(id)).sort((a, b) => a - b);
		const due: Record<string, number[]> = { entityCreated: [246, 247], entityRemoved: [1, 2], entityChanged: [] };
		expect(told).toEqual(due[event]);
	});

	test('a record without the ID field is named, with the field to correct', async () => {
		const samples = eventSamples.accuticsTrigger?.samples;
		const row = engine.credentials.add('accuticsApi', samples?.credential(sandbox.url) ?? {});
		const trigger = engine.trigger({ node: 'accuticsTrigger', parameters: items('entityCreated', { idField: 'uuid' }), credentials: { accuticsApi: row } });
		await expect(trigger.poll({ activation: 'activate' })).rejects.toMatchObject({ description: expect.stringContaining('a text or a number in "uuid"') });
	});

	test('what changes by itself can be left out', async () => {
		const trigger = await started('accuticsTrigger', items('entityChanged', { options: { ignoredFields: 'title' } }));
		await happen('accutics', 'change', { id: '3' });
		expect(await trigger.poll()).toBeNull();
	});

	test('10,000 entities are watched within 220 KB; more are refused', async () => {
		await sandbox.control.seed('items', 9_755, 'accutics');
		for (const event of ['entityCreated', 'entityChanged', 'entityRemoved']) {
			const trigger = await started('accuticsTrigger', { ...items(event), options: { pageSize: 100 } });
			expect(JSON.stringify(trigger.stored).length).toBeLessThanOrEqual(220 * 1024 + 200);
		}
		await happen('accutics', 'create');
		const samples = eventSamples.accuticsTrigger?.samples;
		const row = engine.credentials.add('accuticsApi', samples?.credential(sandbox.url) ?? {});
		const trigger = engine.trigger({ node: 'accuticsTrigger', parameters: items('entityCreated'), credentials: { accuticsApi: row } });
		await expect(trigger.poll({ activation: 'activate' })).rejects.toMatchObject({ message: 'There are 10001 records; more than 10,000 can\'t be watched', description: expect.stringContaining('Query Parameters') });
	}, 60_000);
});

describe('Entu', () => {
	test('entities that show up late, and at the same moment, come once each', async () => {
		const trigger = await started('entuPollingTrigger', { event: 'entityCreated', typeId: byId(entu.typeBook) });
		await sandbox.control.settings('entu', { lateMs: 20_000 });
		const due = [(await happen('entu', 'create'))._id, (await happen('entu', 'create'))._id, (await happen('entu', 'create'))._id];
		expect(await trigger.poll()).toBeNull();
		await sandbox.control.advanceClock(30_000);
		await sandbox.control.settings('entu', { lateMs: 0 });
		due.push((await happen('entu', 'create'))._id);
		expect((await trigger.rows()).map(({ _id }) => _id).sort()).toEqual([...due].sort());
		expect(await trigger.poll()).toBeNull();
	});

	test('one that is out of sight for a moment does not come again', async () => {
		const trigger = await started('entuPollingTrigger', { event: 'entityCreated', typeId: byId(entu.typeBook) });
		const early = (await happen('entu', 'create'))._id;
		await sandbox.control.settings('entu', { lateMs: 1 });
		expect((await trigger.rows()).map(({ _id }) => _id)).toEqual([early]);
		await sandbox.control.settings('entu', { lateMs: 3_600_000 });
		expect(await trigger.poll()).toBeNull();
		await sandbox.control.settings('entu', { lateMs: 0 });
		expect(await trigger.poll()).toBeNull();
	});
});
