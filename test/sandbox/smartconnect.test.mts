/** The traps of SmartConnect.com's sandbox, asked past the node. */
import { constants, createPublicKey, publicEncrypt } from 'node:crypto';
import { consultant, inactive, known, restClient } from '../../sandbox/smartconnect/seed.mts';
import { useSandbox } from '../support/sandbox.mts';

const sandbox = useSandbox();
const service = 'smartconnect';

async function ask(method: string, path: string, { query = {}, body, headers = {} }: { query?: Record<string, string>; body?: string; headers?: Record<string, string> } = {}) {
	const search = new URLSearchParams(query).toString();
	const answer = await fetch(`${sandbox.url}/smartconnect${path}${search ? `?${search}` : ''}`, { method, body, headers });
	return { status: answer.status, text: await answer.text() };
}

async function encrypted(password: string): Promise<string> {
	const xml = JSON.parse((await ask('POST', '/login/v1/public-key')).text) as string;
	const part = (name: string) => Buffer.from(new RegExp(`<${name}>(.*)</${name}>`).exec(xml)?.[1] ?? '', 'base64').toString('base64url');
	const key = createPublicKey({ key: { kty: 'RSA', n: part('Modulus'), e: part('Exponent') }, format: 'jwk' });
	return publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.from(password)).toString('base64');
}

async function logIn({ email, password }: { email: string; password: string } = consultant, companyId: string = known.companyA) {
	return await ask('POST', '/API/GetToken', { query: { email, password: await encrypted(password), companyId } });
}

const tokenFor = async (company: string = known.companyA) => JSON.parse((await logIn(consultant, company)).text) as string;

describe('the log-in', () => {
	test('takes a ciphertext of the newest key only', async () => {
		const password = await encrypted(consultant.password);
		const query = { email: consultant.email, password, companyId: known.companyA };
		expect((await ask('POST', '/API/GetToken', { query })).status).toBe(200);
		await fetch(`${sandbox.url}/_control/smartconnect/rotate-key`, { method: 'POST' });
		expect((await ask('POST', '/API/GetToken', { query })).status).toBe(401);
	});

	test('fails for a ciphertext whose + is not encoded', async () => {
		let password = '';
		while (!password.includes('+')) password = await encrypted(consultant.password);
		const raw = `/API/GetToken?email=${encodeURIComponent(consultant.email)}&companyId=${known.companyA}&password=${password}`;
		expect((await ask('POST', raw)).status).toBe(401);
		expect((await ask('POST', raw.replace(password, encodeURIComponent(password)))).status).toBe(200);
	});

	test('refuses users without the right, and companies of others', async () => {
		expect((await logIn(inactive)).status).toBe(401);
		expect((await logIn(consultant, known.missing)).status).toBe(401);
		expect((await logIn({ ...consultant, password: 'x' })).status).toBe(401);
	});
});

describe('tokens', () => {
	const list = async (token: string) => await ask('POST', '/API/GetMapList', { query: { token } });
	const validate = async (token: string) => (await ask('POST', '/API/validate', { query: { token } })).text;

	test('are bound to a company, and end after three months', async () => {
		const token = await tokenFor();
		expect(token).toMatch(/[+].*=|=.*[+]/);
		expect(JSON.parse((await list(token)).text)).toHaveLength(6);
		expect(JSON.parse((await list(await tokenFor(known.companyB))).text)).toHaveLength(1);
		expect(await validate(token)).toBe('true');
		await sandbox.control.advanceClock(93 * 24 * 3_600_000);
		expect(await validate(token)).toBe('false');
		expect((await list(token)).status).toBe(401);
		await sandbox.control.settings(service, { badToken: 'blank' });
		expect(await list(token)).toEqual({ status: 200, text: '' });
	});

	test.each([['blank', { status: 200, text: '' }], ['401', { status: 401 }], ['404', { status: 404 }]])('do not open integrations of other companies (%s)', async (foreignProcess, answer) => {
		await sandbox.control.settings(service, { foreignProcess });
		expect(await ask('POST', '/API/GetMapColumns', { query: { token: await tokenFor(), mapKey: known.foreign } })).toMatchObject(answer);
	});
});

describe('calls', () => {
	test('are told by their method, whatever the case of the path', async () => {
		const token = await tokenFor();
		expect((await ask('GET', '/API/GetMapList', { query: { token } })).status).toBe(405);
		expect((await ask('POST', '/api/getmaplist', { query: { token } })).status).toBe(200);
		expect((await ask('POST', '/API/GetMapInfo', { query: { token } })).status).toBe(404);
	});

	test('take both forms of variables and of rows, and refuse malformed XML', async () => {
		const query = { token: await tokenFor(), mapKey: known.customers };
		const run = async (path: string, body: string, type = 'text/xml') => await ask('POST', `/API/${path}`, { query, body, headers: { 'content-type': type } });
		const count = ({ text }: { text: string }) => (JSON.parse(text) as { RecordCount: number }).RecordCount;
		const list = '[{"Key":"GBL_CITY","Value":"Tartu"}]';
		expect(count(await run('RunMapWithVariables', list, 'application/json'))).toBe(6);
		expect(count(await run('RunMapWithVariables', JSON.stringify({ Variables: list, Xml: '' }), 'application/json'))).toBe(6);
		expect(count(await run('RunMapDataTable', '<RequestData><Table><No>1</No></Table></RequestData>'))).toBe(1);
		expect(count(await run('RunMapDataTable', '<RequestData><Variables/><Xml><Table><No>1</No></Table></Xml></RequestData>'))).toBe(1);
		expect(count(await run('RunMapXml', '<RequestData><Xml>&lt;DataSet&gt;&lt;Table&gt;&lt;No&gt;1&lt;/No&gt;&lt;/Table&gt;&lt;/DataSet&gt;</Xml></RequestData>'))).toBe(1);
		for (const body of ['<RequestData><Table></RequestData>', '<RequestData>', 'no xml', '<a/>', '<RequestData>&x;</RequestData>']) expect((await run('RunMapXml', body)).status).toBe(400);
	});

	test('tell rejected rows by the way they were sent', async () => {
		const query = { token: await tokenFor(), mapKey: known.customers };
		const body = '<RequestData><Table><Name>No key</Name></Table><Table><No>1</No></Table></RequestData>';
		const run = async (path: string) => JSON.parse((await ask('POST', `/API/${path}`, { query, body, headers: { 'content-type': 'text/xml' } })).text) as Record<string, unknown>;
		expect(await run('RunMapDataTable')).toMatchObject({ Status: 1, ErrorCount: 1, RecordCount: 2, Errors: '', RunNumber: 13 });
		expect((await run('RunMapDataTableWithErrors')).Errors).toMatch(/^<NewDataSet>\r\n {2}<xs:schema.*<ErrorTable>\r\n<Name>No key<\/Name>/s);
		await sandbox.control.settings(service, { errorsForm: 'escaped' });
		expect((await run('RunMapDataTableWithErrors')).Errors).toMatch(/^&lt;NewDataSet&gt;/);
	});

	test('download a file with a good token only', async () => {
		const query = { token: await tokenFor(), key: known.outputs[0] };
		expect((await ask('GET', '/API/getfile', { query })).text).toContain('Pen');
		expect((await ask('GET', '/API/getfile', { query: { ...query, token: 'x' } })).status).toBe(401);
		expect((await ask('GET', '/API/getfile', { query: { ...query, token: await tokenFor(known.companyB) } })).status).toBe(404);
	});
});

describe('the newer API', () => {
	const token = async (fields: Record<string, string>) => {
		const body = new URLSearchParams({ client_id: restClient.clientId, client_secret: restClient.clientSecret, ...fields }).toString();
		return await ask('POST', '/rest/token', { body, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
	};
	const run = async (bearer: string) =>
		await ask('POST', `/rest/v1/run-integration/${known.customers}`, { query: { returnErrors: 'true' }, body: '{"Variables":[]}', headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` } });

	test('has tokens of 30 minutes, refreshed for 7 days', async () => {
		const first = await token({ grant_type: 'password', username: consultant.email, password: consultant.password });
		const { access_token: access, refresh_token: refresh } = JSON.parse(first.text) as Record<string, string>;
		expect((await run(access ?? '')).status).toBe(200);
		await sandbox.control.advanceClock(31 * 60_000);
		expect((await run(access ?? '')).status).toBe(401);
		const second = await token({ grant_type: 'refresh_token', refresh_token: refresh ?? '' });
		expect((await run((JSON.parse(second.text) as Record<string, string>).access_token ?? '')).status).toBe(200);
		await sandbox.control.advanceClock(8 * 24 * 3_600_000);
		expect((await token({ grant_type: 'refresh_token', refresh_token: refresh ?? '' })).status).toBe(400);
		expect((await token({ grant_type: 'password', username: consultant.email, password: 'x' })).status).toBe(400);
	});
});
