import { known } from '../../sandbox/endocs/seed.mts';
import { call, useSandbox, type Answer } from './support.mts';

const sandbox = useSandbox();
const bearer = { authorization: `Bearer ${known.token}` };
const REQUEST = '7a3e0c9e-58a7-4f0b-8d27-1b2f0d5c9a44';

const get = async (path: string, headers: Record<string, string> = bearer): Promise<Answer> => await call(`${sandbox.url}/endocs${path}`, { headers });
const post = async (path: string, body: unknown, method = 'POST'): Promise<Answer> =>
	await call(`${sandbox.url}/endocs${path}`, { method, headers: { ...bearer, 'content-type': 'application/json' }, body: JSON.stringify(body) });
const settings = async (changes: Record<string, unknown>) => void (await sandbox.control.settings('endocs', changes));
const idsIn = ({ body }: Answer) => [...(body.value ?? [])].map(({ id }) => Number(id));

describe('the token', () => {
	test.each([
		['bearer', bearer],
		['plain', { authorization: known.token }],
		['header', { 'x-token': known.token }],
	])('is taken as "%s" and in no other way', async (tokenIn, headers) => {
		await settings({ tokenIn });
		for (const sent of [bearer, { authorization: known.token }, { 'x-token': known.token }]) {
			const { status } = await get('/Output/GetClientUsers', sent as Record<string, string>);
			expect(status).toBe(JSON.stringify(sent) === JSON.stringify(headers) ? 200 : 401);
		}
	});

	test('is missed and unknown in the words of the endpoint pages, when wanted', async () => {
		await settings({ tokenErrors: 'endpointPages', errorForm: 'text' });
		expect(await get('/Output/GetClientUsers', {})).toMatchObject({ status: 400, body: 'No token received ( #err-30)' });
		const unknown = await get('/Output/GetClientUsers', { authorization: 'Bearer x' });
		expect(unknown).toMatchObject({ status: 401, body: 'Could not find any client for this token ( #err-40)' });
	});

	test('is asked for before anything else', async () => {
		expect((await get('/nothing', {})).status).toBe(401);
		expect((await get('/nothing')).status).toBe(404);
	});
});

describe('addresses', () => {
	test('lie under a prefix, when wanted, and then nowhere else', async () => {
		await settings({ pathPrefix: 'api/v1' });
		expect((await get('/api/v1/Output/GetClientUsers')).status).toBe(200);
		expect((await get('/Output/GetClientUsers')).status).toBe(404);
	});

	test('have no bracketed number, unless wanted', async () => {
		const body = { RequestID: REQUEST, Ext_ID: 'K', Name: 'К' };
		expect((await post('/Dictionaries/AddOrUpdateContractor(2)', body)).status).toBe(404);
		await settings({ brackets: true });
		expect((await post('/Dictionaries/AddOrUpdateContractor(2)', body)).status).toBe(200);
	});

	test.each(['PUT', 'PATCH', 'DELETE'])('know no %s', async (method) => {
		expect((await post('/Dictionaries/AddOrUpdateContractor', {}, method)).status).toBe(405);
	});
});

describe('lists', () => {
	test('hold enough for paging, with Cyrillic, nulls, an ext_ID that is a number and a state with a slash', async () => {
		await settings({ listCap: null });
		const contracts = await get(`/Output/GetNewContracts/0/${REQUEST}`);
		expect(idsIn(contracts).length).toBeGreaterThanOrEqual(30);
		expect(JSON.stringify(contracts.body)).toContain('"ext_ID":9000');
		expect(idsIn(await get(`/Output/GetNewInvoices/0/${REQUEST}`)).length).toBeGreaterThanOrEqual(60);
		const state = encodeURIComponent(known.oddState);
		expect(idsIn(await get(`/Output/GetMetaByTypeAndState/0/4/21/${state}/${REQUEST}`)).length).toBeGreaterThan(0);
		const unprocessed = await get(`/Output/GetMetaByTypeAndState/0/16/12/${encodeURIComponent('Новый')}/${REQUEST}`);
		expect(idsIn(unprocessed)).toHaveLength(known.unprocessed);
		expect(unprocessed.body.value?.[0]).toMatchObject({ dockindId: 12, currency: null, project: null });
	});

	test('go on after the given document, at most so many at once', async () => {
		expect(idsIn(await get(`/Output/GetNewContracts/530/${REQUEST}`))).toEqual([531, 532, 533, 534, 535, 536]);
		expect(idsIn(await get(`/Output/GetNewContracts/0/${REQUEST}`))).toHaveLength(20);
		await settings({ listCap: 3, listOrder: 'descending' });
		expect(idsIn(await get(`/Output/GetNewContracts/530/${REQUEST}`))).toEqual([533, 532, 531]);
		await settings({ ignoreCursor: true });
		expect(idsIn(await get(`/Output/GetNewContracts/530/${REQUEST}`))).toEqual([503, 502, 501]);
	});

	test.each([
		['keyed', { key: 1, value: [{ id: 536 }] }],
		['plain', [{ id: 536 }]],
		['nullValue', { key: 0, value: null }],
		['emptyValue', { key: 0, value: [] }],
		['missingValue', { key: 0 }],
		['emptyBody', ''],
	])('come in the form "%s"', async (listForm, body) => {
		await settings({ listForm });
		const answer = await get(`/Output/GetNewContracts/535/${REQUEST}`);
		expect(answer.status).toBe(200);
		if (typeof body === 'string') expect(answer.body).toBe(body);
		else expect(answer.body).toMatchObject(body);
	});

	test('may hold one document only, be late, and forget what was written', async () => {
		await settings({ literalDocId: true });
		const state = encodeURIComponent('Новый');
		expect(idsIn(await get(`/Output/GetMetaByTypeAndState/305/16/12/${state}/${REQUEST}`))).toEqual([305]);
		await settings({ lateArrival: true, hideWritten: true });
		expect(idsIn(await get(`/Output/GetNewContracts/0/${REQUEST}`))[0]).toBe(502);
		expect(idsIn(await get(`/Output/GetNewContracts/0/${REQUEST}`))[0]).toBe(501);
		await post('/Contract/AddOrUpdateContract', contract);
		expect(idsIn(await get(`/Output/GetNewContracts/536/${REQUEST}`))).toEqual([]);
		await settings({ hideWritten: false });
		expect(idsIn(await get(`/Output/GetNewContracts/536/${REQUEST}`))).toHaveLength(1);
	});
});

const contract = {
	RequestID: REQUEST, Ext_ID: 'CRM-1', DocNumber: 'Д-1', DocDate: '11.03.2025', Contractor: { Ext_ID: 'K-88' }, Organization: { Ext_ID: 'ORG-3' },
};

describe('writes', () => {
	test.each(Object.keys(contract))('a contract needs %s, in this spelling', async (field) => {
		const { [field]: value, ...rest } = contract as Record<string, unknown>;
		const answer = await post('/Contract/AddOrUpdateContract', { ...rest, [field.toLowerCase()]: value });
		expect(answer).toMatchObject({ status: 400, body: { error: `Field ${field} is required` } });
	});

	test('dates and sources are taken in the documented form only', async () => {
		expect((await post('/Contract/AddOrUpdateContract', { ...contract, DocDate: '2025-03-11' })).status).toBe(400);
		const paper = { RequestID: REQUEST, Ext_ID: 'E', DocDate: '11.03.2025', DocNumber: '1', DocTypeId: 14, Source: 'Incoming' };
		expect((await post('/Metadata/AddOrUpdateExtDoc', paper)).status).toBe(400);
		expect((await post('/Metadata/AddOrUpdateExtDoc', { ...paper, Source: 'Входящий' })).status).toBe(200);
	});

	test('the same Ext_ID updates; what is left out is kept, or blanked when wanted', async () => {
		const entries = async () => (await call(`${sandbox.url}/_control/endocs/entries/contractor`)).body;
		const path = '/Dictionaries/AddOrUpdateContractor';
		await post(path, { RequestID: REQUEST, Ext_ID: 'K-5', Name: 'ИП', Phone: '1', Odd: true });
		await post(path, { RequestID: REQUEST, Ext_ID: 'K-5', Name: 'ООО' });
		const found = async () => [...(await entries())].filter(({ extId }) => String(extId) === 'K-5').map(({ fields }) => fields);
		expect(await found()).toMatchObject([{ Name: 'ООО', Phone: '1', Odd: true }]);
		await settings({ leftOut: 'blanked' });
		await post(path, { RequestID: REQUEST, Ext_ID: 'K-5', Name: 'АО' });
		expect(await found()).toEqual([{ RequestID: REQUEST, Ext_ID: 'K-5', Name: 'АО' }]);
	});

	test('employees without an Ext_ID are made anew each time', async () => {
		const person = { RequestID: REQUEST, FirstName: 'Вера', LastName: 'Л', MiddleName: '' };
		await post('/Dictionaries/AddOrUpdateEmployee', person);
		await post('/Dictionaries/AddOrUpdateEmployee', person);
		expect((await sandbox.control.summary('endocs')).effects).toEqual({ 'employee.create': 2 });
	});

	test('a decision needs a document that is there, and is answered without a body or with a word', async () => {
		const decision = { NonFormID: known.firstUnprocessed, Approved: false, Approver: known.approver, Comment: 'к', RequestID: REQUEST };
		const missing = await post('/Metadata/DocApproval', { ...decision, NonFormID: 1 });
		expect(missing).toMatchObject({ status: 400, body: { error: 'No NonFormDoc with id 1 was found' } });
		expect(await post('/Metadata/DocApproval', decision)).toMatchObject({ status: 200, body: '' });
		await settings({ approvalAnswer: 'text' });
		expect(await post('/Metadata/DocApproval', decision)).toMatchObject({ status: 200, body: 'Success' });
	});

	test.each([
		['object', 200, { id: expect.any(Number) }],
		['created', 201, { id: expect.any(Number) }],
		['empty', 200, ''],
		['text', 200, 'Success'],
		['noContent', 204, ''],
	])('a success has the form "%s"', async (success, status, body) => {
		await settings({ success });
		const answer = await post('/Contract/AddOrUpdateContract', contract);
		expect(answer.status).toBe(status);
		if (typeof body === 'string') expect(answer.body).toBe(body);
		else expect(answer.body).toMatchObject(body);
	});

	test('a body that is no object is refused', async () => {
		expect((await post('/Contract/AddOrUpdateContract', [contract])).status).toBe(400);
	});
});

describe('refusals', () => {
	test.each([
		['object', 404, { error: 'Not Found' }],
		['text', 404, 'Not Found'],
		['jsonString', 404, 'Not Found'],
		['nested', 404, { error: { message: 'Not Found' } }],
		['problem', 404, { title: 'Bad Request', errors: { field: ['Not Found'] } }],
		['other', 404, { Result: 'refused', Reason: 'Not Found' }],
		['empty', 404, ''],
		['status200', 200, { error: 'Not Found' }],
	])('have the form "%s"', async (errorForm, status, body) => {
		await settings({ errorForm });
		const answer = await get('/nothing');
		expect(answer.status).toBe(status);
		expect(answer.body).toEqual(body);
	});

	test('the database fails as often as wanted', async () => {
		await settings({ databaseFailures: 2 });
		const statuses: number[] = [];
		for (let i = 0; i < 3; i++) statuses.push((await get('/Output/GetClientUsers')).status);
		expect(statuses).toEqual([500, 500, 200]);
		await settings({ databaseFailures: -1 });
		expect(await get('/Output/GetClientUsers')).toMatchObject({ status: 500, body: { error: 'Database Failure' } });
		expect((await get('/Output/GetClientUsers')).status).toBe(500);
	});

	test('more than 300 requests a minute for a token are refused, and the other token is not', async () => {
		const ask = async () => (await get('/Output/GetClientUsers')).status;
		const statuses = await Promise.all(Array.from({ length: 301 }, ask));
		expect(statuses.filter((status) => status === 429)).toHaveLength(1);
		expect((await get('/Output/GetClientUsers', { authorization: `Bearer ${known.otherToken}` })).status).toBe(200);
		await sandbox.control.advanceClock(60_000);
		expect(await ask()).toBe(200);
	});
});
