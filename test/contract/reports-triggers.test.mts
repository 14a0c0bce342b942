/** Public bug reports about triggers that no other test holds, tried on all triggers that they can concern (docs/tried.md). */
import type { RequestListener } from 'node:http';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { known as entu, ownerKey } from '../../sandbox/entu/seed-known.mts';
import { known as smartConnect } from '../../sandbox/smartconnect/seed.mts';
import { useEngine, type StoredCredential, type TriggerNode } from '../support/engine.mts';
import { useSandbox } from '../support/sandbox.mts';
import { serve } from '../support/serve.mts';
import { eventSamples } from './samples/events.mts';

jest.setTimeout(60_000);
const engine = useEngine();
const sandbox = useSandbox();
const byId = (value: string): INodeParameters[string] => ({ __rl: true, mode: 'id', value });
const { now } = Date;
afterEach(() => void (Date.now = now));

/** One event of each polling trigger. */
const EVENTS = { accuticsTrigger: 'entityCreated', enDocsCloudTrigger: 'newInvoice', entoTrigger: 'shiftCreated', entuPollingTrigger: 'entityCreated', smartConnectTrigger: 'runCompleted' } as const;
const all = Object.entries(EVENTS) as Array<[keyof typeof EVENTS, string]>;

function samplesOf(node: string) {
	const found = eventSamples[node];
	if (!found) throw new Error(`No samples for ${node}`);
	return found.samples;
}

interface Registered {
	readonly name?: string;
	readonly parameters: INodeParameters;
	readonly row?: StoredCredential;
	readonly timezone?: string;
}

let registrations = 0;
function register(node: string, { name = 'Trigger', parameters, row = rowFor(node), timezone }: Registered, id = `report-${++registrations}`): TriggerNode {
	const { credentialType } = samplesOf(node);
	return engine.trigger({ node, name, id, parameters, credentials: { [credentialType]: row }, ...(timezone ? { settings: { timezone } } : {}) });
}

function rowFor(node: string, changes: IDataObject = {}): StoredCredential {
	const { credentialType, credential } = samplesOf(node);
	return engine.credentials.add(credentialType, { ...credential(sandbox.url), ...changes } as ReturnType<typeof credential>);
}

test.each(all)('%s: two triggers of a workflow that share the ID of their node each give a change, once', async (node, event) => {
	const sample = eventSamples[node]?.events[event];
	if (!sample) throw new Error('No sample');
	const id = `copied-${node}`;
	const parameters = { event, ...sample.parameters };
	const row = rowFor(node);
	const both = [register(node, { name: 'Original', parameters, row }, id), register(node, { name: 'Original1', parameters, row }, id)];
	for (const one of both) expect(await one.poll({ activation: 'activate' })).toBeNull();
	const wanted = sample.idOf(await sample.happen(sandbox.control, 0));
	for (const one of both) expect((await one.rows()).map(sample.idOf)).toEqual([wanted]);
	for (const one of both) expect(await one.poll()).toBeNull();
});

describe('Fetch Test Event where there is nothing yet', () => {
	const EMPTY: Record<keyof typeof EVENTS, INodeParameters> = {
		accuticsTrigger: { path: '/sandbox/items', idField: 'id', queryParameters: { parameter: [{ name: 'status', value: 'nowhere' }] } },
		enDocsCloudTrigger: {},
		entoTrigger: { daysBack: 0, daysAhead: 0, filters: { area: byId('AR99999') } },
		entuPollingTrigger: { typeId: byId(entu.typeBook), filters: { conditions: [{ property: 'name.string', operator: 'equals', value: 'No book is called so' }] } },
		smartConnectTrigger: { integrationId: byId(smartConnect.empty) },
	};

	test.each(all)('%s says so, and what to do', async (node, event) => {
		await sandbox.control.settings('endocs', { listForm: 'emptyValue' });
		const trigger = register(node, { parameters: { event, ...EMPTY[node] } });
		await expect(trigger.poll({ mode: 'manual' })).rejects.toMatchObject({
			message: 'There is nothing yet that this event could be shown by',
			description: expect.stringContaining('let it happen once in the service'),
		});
		expect(await trigger.poll({ activation: 'activate' })).toBeNull();
	});
});

test.each([
	['Pacific/Auckland', '2026-06-02'],
	['America/Los_Angeles', '2026-06-01'],
	['UTC', '2026-06-01'],
])('Ento: the days that are watched are those of the workflow’s time zone (%s)', async (timezone, today) => {
	Date.now = () => Date.parse('2026-06-01T20:30:00Z');
	const trigger = register('entoTrigger', { parameters: { event: 'shiftCreated', daysBack: 0, daysAhead: 0 }, timezone });
	expect(await trigger.poll({ activation: 'activate' })).toBeNull();
	const [asked] = (await sandbox.control.journal('ento')).filter(({ path }) => path === '/shifts');
	expect(asked?.query).toMatchObject({ start_date: expect.stringContaining(today), end_date: expect.stringContaining(today) });
});

describe('Ento: a shift without a day', () => {
	const today = new Date().toISOString().slice(0, 10);
	const shift = (id: number, date: string | null) => ({ id, date, label: `Shift ${id}` });

	async function roster(work: (shifts: Array<ReturnType<typeof shift>>, started: (event: string) => Promise<TriggerNode>) => Promise<void>): Promise<void> {
		const shifts = [shift(1, today), shift(2, null)];
		const answer: RequestListener = (request, response) => {
			const [path = '', query = ''] = (request.url ?? '').split('?');
			const id = path.split('/shifts/')[1];
			response.setHeader('content-type', 'application/json');
			if (id === undefined) return void response.end(JSON.stringify(/(^|&)page=[2-9]/.test(query) ? [] : shifts));
			const found = shifts.find((one) => String(one.id) === id);
			response.statusCode = found ? 200 : 404;
			response.end(JSON.stringify(found ?? { message: 'No such shift' }));
		};
		await serve(answer, async (baseUrl) => {
			await work(shifts, async (event) => {
				const trigger = register('entoTrigger', { parameters: { event, daysBack: 1, daysAhead: 1 }, row: rowFor('entoTrigger', { baseUrl }) });
				expect(await trigger.poll({ activation: 'activate' })).toBeNull();
				return trigger;
			});
		});
	}
	const ids = (rows: IDataObject[]) => rows.map(({ id }) => String(id));

	test('does not keep the others from being told, and is told itself', async () => {
		await roster(async (shifts, started) => {
			const [created, changed, removed] = [await started('shiftCreated'), await started('shiftChanged'), await started('shiftRemoved')];
			shifts.push(shift(3, today), shift(4, null));
			expect(ids(await created.rows())).toEqual(['3', '4']);
			expect(await created.poll()).toBeNull();
			Object.assign(shifts[1] ?? {}, { label: 'Another' });
			expect(ids(await changed.rows())).toEqual(['2']);
			shifts.splice(1, 1);
			expect(ids(await removed.rows())).toEqual(['2']);
			expect(await removed.poll()).toBeNull();
		});
	});

	test('is refused where no shift has one: the field is named wrongly then', async () => {
		await roster(async (shifts, started) => {
			shifts.splice(0, 1);
			await expect(started('shiftCreated')).rejects.toThrow("The day of shift 2 can't be read");
		});
	});
});

test('Entu: a call that comes while the key is refused starts the workflow with what is wrong, and is not lost', async () => {
	const row = engine.credentials.add('entuApi', { baseUrl: `${sandbox.url}/entu`, database: entu.database, apiKey: ownerKey.replace(/.$/, '!') });
	const trigger = engine.trigger({ node: 'entuTrigger', parameters: { event: 'entityUpdated', typeId: byId(entu.typeBook), simplify: true }, credentials: { entuApi: row }, webhookId: '5f0c6a52-0000-4000-8000-00000000abce' });
	const { status, items } = await trigger.call({ db: entu.database, plugin: 'entity-edit-webhook', entity: { _id: entu.book }, token: 'a.b.c' });
	expect(status).toBe(200);
	expect(items).toEqual([{ json: { id: entu.book, error: expect.stringMatching(/key.*(Correct|Enter|Check)/i) } }]);
});
