/** The endpoints that the credential names: picked in the panel, with the columns that their entities have. */
import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';
import { items, told, useAccutics } from './accutics.mts';

const bench = useAccutics();
const endpoints = ['Items = /sandbox/items', ' Options = sandbox/options/ ; abbreviation ', '', 'Labels = /sandbox/labels'].join('\n');
const named = (changes: ICredentialDataDecryptedObject = {}) => ({ accuticsApi: bench.typed({ endpoints, ...changes }) });
const picked = (path: string): INodeParameters => ({ path: { __rl: true, mode: 'list', value: path } });

const search = async (filter = '', credentials = named()) =>
	(await bench.engine.callMethod({ node: 'accutics', kind: 'listSearch', method: 'searchEndpoints', filter, credentials })).results;
const columns = async (path: string) =>
	(await bench.engine.callMethod({ node: 'accutics', kind: 'resourceMapping', method: 'getColumns', parameters: { resource: 'entity', operation: 'create', ...picked(path) }, credentials: named() })).fields;

describe('the picker', () => {
	test('offers what the credential names, and asks nobody', async () => {
		expect(await search()).toEqual([
			{ name: 'Items', value: '/sandbox/items' },
			{ name: 'Options', value: '/sandbox/options' },
			{ name: 'Labels', value: '/sandbox/labels' },
		]);
		expect(await search('LAB')).toEqual([{ name: 'Labels', value: '/sandbox/labels' }]);
		expect(await bench.journal()).toEqual([]);
	});

	test('is there in the trigger too', async () => {
		const { results } = await bench.engine.callMethod({ node: 'accuticsTrigger', kind: 'listSearch', method: 'searchEndpoints', credentials: named() });
		expect(results).toHaveLength(3);
	});

	test('says where to enter them when the credential names none', async () => {
		const error = await search('', named({ endpoints: '' })).catch((caught: unknown) => caught);
		expect(told(error)).toMatch(/names no endpoints.*fill in 'Endpoints', or choose 'By Path'/);
	});

	test('takes the JSON of Account > Check', async () => {
		const json = JSON.stringify({ Items: '/sandbox/items', Options: { path: '/sandbox/options', idField: 'abbreviation' } });
		expect((await search('', named({ endpoints: json }))).map(({ value }) => value)).toEqual(['/sandbox/items', '/sandbox/options']);
	});

	test.each(['Items', '= /items', 'Items =', 'Items = https://elsewhere.example/items', 'Items = /items?page=1', 'Items = /a\nItems = /b', '{ "Items": 1 }'])('"%s" in the credential is refused by its test and by the node, with what to write', async (bad) => {
		const test = await bench.engine.testCredential('accuticsApi', bench.typed({ endpoints: bad, testPath: '/sandbox/items' }));
		expect(test).toMatchObject({ status: 'Error', message: expect.stringContaining('Write one per line, such as: Campaigns = /campaigns') });
		const run = await bench.run('getAll', {}, { credentials: named({ endpoints: bad }) });
		expect(told(run.error)).toContain('Campaigns = /campaigns');
		expect(await bench.journal()).toEqual([]);
	});
});

describe('a path', () => {
	test('is obeyed as picked, as typed, and as a workflow of before holds it', async () => {
		for (const path of [picked('/sandbox/groups').path, { __rl: true, mode: 'id', value: 'sandbox/groups' }, '/sandbox/groups', '={{ "/sandbox/groups" }}']) {
			for (const version of [1, 1.1]) {
				expect(await bench.rows('getAll', { path: path ?? '', returnAll: true }, { version })).toHaveLength(8);
			}
		}
	});

	test('that is missing is refused', async () => {
		const run = await bench.run('getAll', { path: { __rl: true, mode: 'id', value: '={{ $json.nothing }}' } });
		expect(told(run.error)).toContain("'Endpoint' is empty");
	});
});

describe('columns', () => {
	test('are those of the first entities, with the types seen; the ID is not filled in at first', async () => {
		const found = await columns('/sandbox/options');
		expect(found.map(({ id, type, removed }) => [id, type, removed])).toEqual([
			['id', 'number', false],
			['abbreviation', 'string', true],
			['label', 'string', false],
			['active', 'boolean', false],
		]);
		expect(found.filter(({ display }) => !display)).toEqual([]);
		expect((await bench.journal())[0]?.query).toEqual({ page: '1', page_size: '10' });
	});

	test('of an endpoint without entities: what to do', async () => {
		await bench.sandbox.control.fault({ service: 'accutics', fault: { type: 'status', status: 200, body: { data: [], meta: { endpoint: 'x' } } } });
		expect(told(await columns('/sandbox/items').catch((caught: unknown) => caught))).toMatch(/no entity yet.*Fields by Name/);
	});

	const mapped = (value: INodeParameters): INodeParameters => ({ ...picked('/sandbox/items'), columns: { mappingMode: 'defineBelow', value, schema: [] } });

	test('that have a value are sent, in their types', async () => {
		await bench.rows('create', mapped({ title: '={{ $json.title }}', market: null, budget: 12, tags: ['a'], empty: '' }), { items: items({ title: 'Spring' }) });
		expect((await bench.journal())[0]).toMatchObject({ method: 'POST', path: '/sandbox/items' });
		expect((await bench.journal())[0]?.body).toEqual({ title: 'Spring', budget: 12, tags: ['a'], empty: '' });
	});

	test('without any value: nothing is sent', async () => {
		const run = await bench.run('create', mapped({ title: null }));
		expect(told(run.error)).toContain("'Columns' holds no field");
		expect(await bench.journal()).toEqual([]);
	});

	test.each([['with the columns that the panel has loaded', [{ id: 'id', displayName: 'id' }, { id: 'title', displayName: 'title' }, { id: 'market', displayName: 'market' }]], ['without', []]])('are filled from fields of the same name, but for the ID, %s', async (_, schema) => {
		const row = { id: 'of another system', Title: 'Spring', market: 'NL', stranger: true };
		const rows = await bench.rows('create', { ...picked('/sandbox/items'), columns: { mappingMode: 'autoMapInputData', value: null, schema } as never }, { items: items(row, { ...row, Title: 'Summer' }) });
		expect(rows.map(({ id, title }) => [id, title])).toEqual([[246, 'Spring'], [247, 'Summer']]);
		const posts = (await bench.journal()).filter(({ method }) => method === 'POST');
		expect(posts[0]?.body).toEqual({ title: 'Spring', market: 'NL' });
	});
});

describe('what the credential says of the account', () => {
	test('is how updates are sent', async () => {
		const values = { bodyMode: 'json', bodyJson: '{ "status": "archived" }', entityId: '3' };
		await bench.rows('update', values, { credentials: named() });
		await bench.rows('update', { ...values, updateMethod: 'PATCH' }, { credentials: named({ updateMethod: 'PUT' }) });
		// A node of a saved workflow says it itself.
		await bench.rows('update', { ...values, updateMethod: 'PUT' }, { credentials: named(), version: 1 });
		expect((await bench.journal()).map(({ method }) => method)).toEqual(['PATCH', 'PUT', 'PUT']);
	});

	test('is the field that tells entities apart', async () => {
		const credentials = named();
		// Pages overlap when the list moves: an entity that comes again is known by its ID.
		const page = (keys: string[], next: string | null) => ({ type: 'status' as const, status: 200, body: { data: keys.map((abbreviation) => ({ abbreviation })), meta: { endpoint: 'x', pagination: { next } } } });
		await bench.sandbox.control.fault({ service: 'accutics', path: 'page=2', fault: page(['BG', 'HT'], null) });
		await bench.sandbox.control.fault({ service: 'accutics', fault: page(['SH', 'BG'], '?page=2') });
		expect(await bench.rows('getAll', { ...picked('/sandbox/options'), returnAll: true }, { credentials })).toEqual(['SH', 'BG', 'HT'].map((abbreviation) => ({ abbreviation })));
		const row = bench.engine.credentials.add('accuticsApi', credentials.accuticsApi);
		const trigger = bench.engine.trigger({ node: 'accuticsTrigger', parameters: { event: 'entityCreated', ...picked('/sandbox/options'), options: { onlyIds: true } }, credentials: { accuticsApi: row } });
		await trigger.poll({ activation: 'activate' });
		await bench.sandbox.control.fault({ service: 'accutics', times: 2, fault: page(['SH', 'NEW'], null) });
		expect(await trigger.rows()).toEqual([{ abbreviation: 'NEW' }]);
	});
});
