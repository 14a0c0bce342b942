/** What a user gives arrives as it was meant, in every node: dates, nothing and null, long numbers, near-misses of automatic mapping. */
import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { useLab, type Bench, type Subject } from './lab.mts';
import { known as entu } from '../../sandbox/entu/seed.mts';

const lab = useLab(1);
const ZONES = ['America/New_York', 'America/Sao_Paulo', 'Europe/Berlin', 'Europe/Moscow', 'Asia/Kolkata', 'Asia/Kamchatka', 'Pacific/Apia', 'UTC'];
const subject = (node: string, key: string): Subject => {
	const found = lab.all.find((one) => one.node === node && one.key === key);
	if (!found) throw new Error(`There is no ${node} ${key}`);
	return found;
};

interface Sent {
	readonly query: IDataObject;
	readonly body: unknown;
}

/** What the service received of an operation, log-ins and look-ups left out; one entry for each item. */
async function sent(bench: Bench, target: Subject, parameters: INodeParameters, items: IDataObject[], timezone = 'UTC'): Promise<Sent[]> {
	await bench.fresh(target);
	const run = await bench.run(target, { parameters: { ...parameters, options: { parallelRequests: 1, ...(parameters.options as IDataObject) } }, items, timezone });
	if (run.error) throw run.error;
	const entries = (await bench.journal(target)).filter(({ method, path }) => !/\/auth|\/validate/.test(path) && (target.sample.list || target.key === 'entity:count' ? method === 'GET' && !/^\/\w+$/.test(path.replace(/^\/(staff|shifts)$/, '/a/b')) : method !== 'GET'));
	return entries.map(({ query, body }) => ({ query: query as IDataObject, body }));
}

describe('a date', () => {
	const ways: Array<[name: string, node: string, key: string, parameters: INodeParameters, read: (sent: Sent) => unknown, as: 'day' | 'dotted' | 'moment']> = [
		['written by EnDocs Cloud', 'enDocsCloud', 'document:upsert', { docDate: '={{ $json.date }}' }, ({ body }) => (body as IDataObject).DocDate, 'dotted'],
		['written by Entu', 'entu', 'entity:create', { propertiesJson: '={{ { name: "A", published: $json.date } }}' }, ({ body }) => valueIn(body, 'published').date, 'day'],
		['written by Entu as a moment', 'entu', 'entity:create', { propertiesJson: '={{ { name: "A", borrowed_at: $json.date } }}' }, ({ body }) => valueIn(body, 'borrowed_at').datetime, 'moment'],
		['in a filter of Entu', 'entu', 'entity:count', filterBy('published.date'), ({ query }) => query['published.date.gte'], 'day'],
		['in a filter of Entu for moments', 'entu', 'entity:count', filterBy('borrowed_at.datetime'), ({ query }) => query['borrowed_at.datetime.gte'], 'moment'],
		['in a filter of Ento', 'ento', 'employee:getAll', { filters: { commencementDate: '={{ $json.date }}' }, limit: 1 }, ({ query }) => query.commencement_date, 'day'],
		['in a range of Ento', 'ento', 'shift:getAll', { dateRange: 'custom', startDate: '={{ $json.date }}', endDate: '={{ $json.date }}', limit: 1 }, ({ query }) => query.start_date, 'day'],
	];
	const moments = fc.sample(fc.integer({ min: Date.UTC(2018, 0), max: Date.UTC(2027, 0) }), { numRuns: 12, seed: 7 });

	test.each(ways)('%s is the same day and moment in every form and zone', async (_, node, key, parameters, read, as) => {
		const target = subject(node, key);
		for (const zone of ZONES) {
			const day = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
			const dates = moments.flatMap((ms): Array<[form: unknown, day: string, moment: string]> => {
				const [iso, local] = [new Date(ms).toISOString(), day.format(ms)];
				return [[iso, local, iso], [new Date(ms), local, iso], [iso.replace('Z', '+00:00'), local, iso]];
			});
			const entries = await sent(lab.bench, target, parameters, dates.map(([date], i) => ({ ...target.sample.items?.[0], extId: `E-${i}`, date: date as never })), zone);
			const expected = dates.map(([, local, moment]) => ({ day: local, dotted: local.split('-').reverse().join('.'), moment })[as]);
			expect(entries.map(read)).toEqual(expected);
		}
	}, 300_000);

	test.each(ways)('%s is refused where it could be two days, and where there is no such day', async (_, node, key, parameters) => {
		const target = subject(node, key);
		await lab.bench.fresh(target);
		const items = ['12/05/2026', '2026-02-30', 2026].map((date) => ({ ...target.sample.items?.[0], date }));
		const run = await lab.bench.run(target, { parameters, items, onError: 'continueErrorOutput' });
		expect(run.outputs[0]).toEqual([]);
		expect((run.outputs[1] ?? []).map(({ json }) => json.error)).toEqual([
			expect.stringContaining('"12/05/2026" could be 12 May or 5 December'),
			expect.stringContaining('"2026-02-30" is not a date: there is no such day'),
			expect.stringContaining('"2026" is a year, not a date'),
		]);
	});
});

describe('what an expression finds nowhere is left out, and what is empty is sent', () => {
	const given = (value: string) => `={{ { a: "x", b: undefined, c: null, d: "" }.${value} }}`;
	const entries = ['a', 'b', 'c', 'd'].map((name) => ({ name, value: given(name) }));
	const four = { entries } as never;
	test.each<[string, string, string, INodeParameters, (sent: Sent) => unknown, unknown]>([
		['fields of Ento', 'ento', 'record:update', { fieldsMode: 'fields', fields: four }, ({ body }) => body, { a: 'x', c: '', d: '' }],
		['a query of Ento', 'ento', 'record:update', { options: { additionalQuery: four } }, ({ query }) => query, { a: 'x', c: '', d: '' }],
		['fields of Accutics', 'accutics', 'entity:update', { bodyMode: 'fields', bodyFields: { field: entries.map((entry) => ({ ...entry, type: 'text' })) } as never }, ({ body }) => body, { a: 'x', c: null, d: '' }],
		['a query of Accutics', 'accutics', 'entity:update', { queryParameters: { parameter: entries } as never }, ({ query }) => query, { a: 'x', c: '', d: '' }],
		['a query of EnDocs Cloud', 'enDocsCloud', 'request:write', { query: { parameter: entries } as never }, ({ query }) => query, { a: 'x', c: '', d: '' }],
		['variables of SmartConnect', 'smartConnect', 'integration:run', { variables: { values: entries } as never, options: { variablesFormat: 'list' } }, ({ body }) => body, [{ Key: 'a', Value: 'x' }, { Key: 'c', Value: '' }, { Key: 'd', Value: '' }]],
	])('%s', async (_, node, key, parameters, read, expected) => {
		const target = subject(node, key);
		const found = await sent(lab.bench, target, parameters, [{ ...target.sample.items?.[0] }]);
		expect(read(found.at(-1) as Sent)).toEqual(expected);
	});

	test('in Entu, what is missing clears nothing', async () => {
		const target = subject('entu', 'entity:update');
		const parameters = { propertiesJson: '={{ { pages: 98, isbn: $json.none } }}', options: { emptyValues: 'clear' } };
		const found = await sent(lab.bench, target, parameters, [{ id: entu.book }]);
		expect(found).toHaveLength(1);
		expect(found[0]?.body).toMatchObject([{ type: 'pages', number: 98 }]);
	});
});

describe('dates, booleans and lists in fields and queries', () => {
	const value = (code: string) => [{ name: 'a', value: `={{ ${code} }}` }];
	const date = 'new Date("2026-05-12T10:00:00Z")';
	test.each<[string, string, string, INodeParameters, (sent: Sent) => unknown, unknown]>([
		['a date in fields of Ento', 'ento', 'record:update', { fieldsMode: 'fields', fields: { entries: value(date) } }, ({ body }) => body, { a: '2026-05-12T10:00:00.000Z' }],
		['a date in a query of Ento', 'ento', 'record:update', { options: { additionalQuery: { entries: value(date) } } }, ({ query }) => query, { a: '2026-05-12T10:00:00.000Z' }],
		['a list in a query of Ento', 'ento', 'record:update', { options: { additionalQuery: { entries: value('[1, 2]') } } }, ({ query }) => query, { a: ['1', '2'] }],
		['a boolean in fields of Ento', 'ento', 'record:update', { fieldsMode: 'fields', fields: { entries: value('true') }, }, ({ body }) => body, { a: 'true' }],
		['a date as text of Accutics', 'accutics', 'entity:update', { bodyMode: 'fields', bodyFields: { field: [{ ...value(date)[0], type: 'text' }] } as never }, ({ body }) => body, { a: '2026-05-12T10:00:00.000Z' }],
		['a date in variables of SmartConnect', 'smartConnect', 'integration:run', { variables: { values: value(date) }, options: { variablesFormat: 'list' } }, ({ body }) => body, [{ Key: 'a', Value: '2026-05-12T10:00:00.000Z' }]],
	])('%s', async (_, node, key, parameters, read, expected) => {
		const target = subject(node, key);
		const found = await sent(lab.bench, target, parameters, [{ ...target.sample.items?.[0] }]);
		expect(read(found.at(-1) as Sent)).toEqual(expected);
	});
});

describe('whole numbers of any length', () => {
	const account = '40817810099910004312';

	test.each([
		['accutics', 'request:send', { method: 'PATCH', path: '/sandbox/items/1', bodyJson: `{"account":${account},"list":[${account}]}` }],
		['accutics', 'request:send', { method: 'PATCH', path: '/sandbox/items/1', bodyMode: 'fields', bodyFields: { field: [{ name: 'account', type: 'number', value: account }] } }],
		['enDocsCloud', 'contractor:upsert', { options: { additionalFieldsJson: `{"account":${account}}` } }],
		['enDocsCloud', 'request:write', { path: '/Dictionaries/AddOrUpdateContractor', bodyJson: `{"Ext_ID":"K-1","Name":"A","account":${account}}` }],
	])('%s %s sends them as they were given, and reads them as texts', async (node, key, parameters) => {
		const target = subject(node, key);
		await lab.bench.fresh(target);
		const { service } = target.samples;
		const trial = { parameters: parameters as never, items: [{ ...target.sample.items?.[0] }] };
		await lab.bench.control.fault({ service, fault: { type: 'echo', status: 400 } });
		expect((await lab.bench.run(target, trial)).error?.message).toContain(`"account":${account}`);
		await lab.bench.control.fault({ service, fault: { type: 'status', status: 200, body: `{"data":{"id":${account}}}`, when: 'after' } });
		const run = await lab.bench.run(target, trial);
		expect(run.error).toBeUndefined();
		expect(JSON.stringify(run.outputs[0]?.[0]?.json)).toContain(`"id":"${account}"`);
	});
});

function valueIn(body: unknown, type: string): IDataObject {
	return (body as IDataObject[]).find((value) => value.type === type) ?? {};
}

function filterBy(property: string): INodeParameters {
	return { filters: { conditions: [{ property, operator: 'greaterOrEqual', value: '={{ $json.date }}' }] } };
}
