import { useEndocs, UUID } from './endocs.mts';

const bench = useEndocs();
const requests = async () => (await bench.sandbox.control.summary('endocs')).requests;

describe('read', () => {
	test('gives the answer as it came, and fills in the request ID', async () => {
		const [answer] = await bench.rows('request', 'read', { path: 'Output/GetNewContracts/530/[RequestId]' });
		expect(answer).toMatchObject({ key: 6, value: expect.any(Array) });
		expect(Object.keys(answer ?? {})).toEqual(['key', 'value']);
		expect((await bench.journal())[0]?.path).toMatch(/^\/Output\/GetNewContracts\/530\/[\da-f-]{36}$/);
	});

	test('gives an item for each entry of a plain list, and none for an empty one', async () => {
		expect(await bench.rows('request', 'read', { path: '/Output/GetClientUsers' })).toHaveLength(4);
		await bench.sandbox.control.fault({ service: 'endocs', fault: { type: 'status', status: 200, body: [] } });
		expect(await bench.rows('request', 'read', { path: '/Output/GetClientUsers' })).toEqual([]);
	});

	test('an answer without a body is an item too', async () => {
		await bench.sandbox.control.fault({ service: 'endocs', fault: { type: 'empty', status: 204 } });
		expect(await bench.rows('request', 'read', { path: '/x' })).toEqual([{ accepted: true, operation: 'read', requestId: expect.stringMatching(UUID) }]);
	});

	test('query parameters travel, also several of one name', async () => {
		const parameter = [{ name: 'State', value: 'На согласовании / Юрист' }, { name: 'id', value: '1' }, { name: 'id', value: '2' }, { name: '', value: 'x' }];
		await bench.rows('request', 'read', { path: '/Output/GetClientUsers', query: { parameter } });
		expect((await bench.journal())[0]?.query).toEqual({ State: 'На согласовании / Юрист', id: ['1', '2'] });
	});

	test.each([
		'https://elsewhere.example/x', 'http:elsewhere', '//elsewhere.example', '\\\\elsewhere.example', '/\\elsewhere.example', 'javascript:x', 'a/../../x',
		'../x', './x', '%2e%2e/x', '/a/%2E./b', '/x?y=1', '/x#y',
	])('refuses the path %s before anything is sent', async (path) => {
		const complaint = await bench.complaint('request', 'read', { path: '={{ $json.path }}' }, { items: [{ json: { path } }] });
		expect(complaint).toContain("'Path'");
		expect(await requests()).toBe(0);
	});

	test('what is encoded already is not encoded twice, and a lone percent sign is', async () => {
		await bench.complaint('request', 'read', { path: '/Договор%20№ 1/100%/%D0%AF(2)' });
		expect((await bench.journal())[0]?.path).toBe(`/${encodeURIComponent('Договор № 1')}/100%25/%D0%AF(2)`);
	});

	test('goes below a base URL with a path', async () => {
		await bench.settings({ pathPrefix: 'api/v1' });
		const credentials = { enDocsCloudApi: bench.typed({ baseUrl: `${bench.sandbox.url}/endocs/api/v1/` }) };
		expect(await bench.rows('request', 'read', { path: '/Output/GetClientUsers' }, { credentials })).toHaveLength(4);
	});
});

describe('write', () => {
	const path = '/Dictionaries/AddOrUpdateContractor';

	test('adds the request ID to a body that lacks it, and only then', async () => {
		const [row] = await bench.rows('request', 'write', { path, bodyJson: { Ext_ID: 'K-5', Name: 'ИП' } as never });
		const { RequestID } = await bench.sent();
		expect(RequestID).toMatch(UUID);
		expect(row).toMatchObject({ ext_ID: 'K-5', requestId: RequestID });
		await bench.rows('request', 'write', { path, bodyJson: '{ "Ext_ID": "K-5", "Name": "ИП", "RequestID": "мой" }' });
		expect(await bench.sent()).toEqual({ Ext_ID: 'K-5', Name: 'ИП', RequestID: 'мой' });
		const without = { path, bodyJson: '{ "Ext_ID": "K-5", "Name": "ИП" }', options: { addRequestId: false } };
		expect(await bench.complaint('request', 'write', without)).toContain('Field RequestID is required');
		expect(await bench.sent()).toEqual({ Ext_ID: 'K-5', Name: 'ИП' });
	});

	test('the same request ID stands in address and body', async () => {
		await bench.complaint('request', 'write', { path: '/Some/[RequestID]', bodyJson: '{}', options: { requestId: 'abc' } });
		expect((await bench.journal())[0]).toMatchObject({ path: '/Some/abc', body: { RequestID: 'abc' } });
	});

	test('can send the bracketed number of the vendor’s pages', async () => {
		const body = { path: '/Dictionaries/AddOrUpdateContractor(2)', bodyJson: '{ "Ext_ID": "K-5", "Name": "ИП" }' };
		expect(await bench.complaint('request', 'write', body)).toContain('Not Found');
		await bench.settings({ brackets: true });
		expect(await bench.rows('request', 'write', body)).toHaveLength(1);
	});

	test('says which request it was when there is no answer to show', async () => {
		await bench.settings({ success: 'noContent' });
		const [row] = await bench.rows('request', 'write', { path, bodyJson: '{ "Ext_ID": "K-5", "Name": "ИП" }' });
		expect(row).toEqual({ accepted: true, operation: 'write', requestId: expect.stringMatching(UUID) });
	});

	test.each(['[1]', '"x"', '{'])('refuses the body %s', async (bodyJson) => {
		expect(await bench.complaint('request', 'write', { path, bodyJson })).toContain("'Body (JSON)'");
		expect(await requests()).toBe(0);
	});
});

