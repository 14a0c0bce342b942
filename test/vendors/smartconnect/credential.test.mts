import type { StoredCredential } from '../../support/engine.mts';
import { visibleText } from '../../support/engine.mts';
import { byId, consultant, defined, inactive, known, other, told, useSmartConnect } from './smartConnect.mts';

const bench = useSmartConnect();
const KEY = 'POST /login/v1/public-key';
const TOKEN = 'POST /API/GetToken';

const wrong = {
	'another password': { password: 'not-the-password' },
	'a user who is not active': inactive,
	'a company of somebody else': { ...other },
	'a customer ID that is none': { customerId: 'larkfield' },
};

/** What n8n may have stored with a credential before it is tested. */
const stored: Record<string, (row: StoredCredential) => Promise<void>> = {
	'no token': async () => {},
	'a fresh token': async (row) => {
		await bench.rows('connection', 'getAll');
		const { sessionToken, sessionFor } = bench.account.data;
		row.data = { ...row.data, sessionToken: defined(sessionToken), sessionFor: defined(sessionFor) };
	},
	'a stale token': async (row) => {
		await defined(stored['a fresh token'])(row);
		await bench.sandbox.control.expireSessions('smartconnect');
	},
	'a token of somebody else': async (row) => {
		row.data = { ...row.data, sessionToken: 'x'.repeat(40), sessionFor: 'made for another' };
	},
};

describe.each(Object.keys(stored))('the test of the web service credential, with %s stored', (state) => {
	const attempt = async (changes = {}) => {
		const row = bench.engine.credentials.add('smartConnectApi', bench.typed(changes));
		await defined(stored[state])(row);
		await bench.sandbox.control.clearJournal();
		return { ...(await bench.engine.testCredential('smartConnectApi', row)), ...(await bench.summary()) };
	};

	test('logs in and has the token confirmed', async () => {
		const { status, message, byRoute, effects } = await attempt();
		expect({ status, message }).toEqual({ status: 'OK', message: 'Connection successful!' });
		expect(byRoute).toEqual({ [KEY]: 1, [TOKEN]: 1, 'POST /API/validate': 2 });
		expect(effects.login).toBe(1);
	});

	test.each(Object.entries(wrong))('refuses %s after one attempt, and says what to do', async (_, changes) => {
		const { status, message, byRoute } = await attempt(changes);
		expect(status).toBe('Error');
		expect(message).toMatch(/does not accept this log-in\. Check e-mail, password and Customer ID/);
		expect(message).not.toContain('@');
		expect(byRoute[TOKEN]).toBe(1);
	});
});

describe('the test of the web service credential', () => {
	const attempt = async (changes = {}) => (await bench.engine.testCredential('smartConnectApi', bench.engine.credentials.add('smartConnectApi', bench.typed(changes)))).message;

	test('bears spaces and slashes', async () => {
		const changes = { apiUrl: ` ${bench.sandbox.url}/smartconnect/API/// `, email: ` ${consultant.email} `, customerId: ` ${known.companyA}` };
		expect(await attempt(changes)).toBe('Connection successful!');
	});

	test('refuses what is no web address, and names the field', async () => {
		expect(await attempt({ apiUrl: '' })).toMatch(/API URL.*is no web address.*https:/);
		expect(await attempt({ loginUrl: 'log in' })).toMatch(/Login URL.*is no web address.*https:/);
	});

	test('tells an address that is wrong from a password that is', async () => {
		expect(await attempt({ apiUrl: `${bench.sandbox.url}/smartconnect/nowhere` })).toMatch(/in an unknown form \(HTTP 404\)\. Check the API URL/);
		expect(await attempt({ loginUrl: `${bench.sandbox.url}/smartconnect/nowhere` })).toMatch(/public key was answered.*Check the Login URL/);
		for (const [fault, how] of [['html', 'with a web page'], ['empty', 'with nothing']] as const) {
			await bench.sandbox.control.fault({ service: 'smartconnect', path: 'GetToken', fault: { type: fault, status: 200 } });
			expect(await attempt()).toContain(`The log-in was answered ${how} (HTTP 200). Check the API URL`);
		}
		await bench.sandbox.control.fault({ service: 'smartconnect', path: 'public-key', fault: { type: 'html', status: 200 } });
		expect(await attempt()).toMatch(/did not answer with a public key\. Check the Login URL/);
	});

	test('a password of more than 117 bytes is told before it is sent', async () => {
		expect(await attempt({ password: 'ä'.repeat(59) })).toContain('longer than the 117 bytes');
		expect((await bench.summary()).byRoute[TOKEN]).toBeUndefined();
	});
});

test('a token that the service gives back where none is asked for does not show', async () => {
	await bench.rows('connection', 'getAll');
	const token = String(defined(bench.account.data.sessionToken));
	const body = [{ Id: known.companyA, Name: `for ${token}` }];
	await bench.sandbox.control.fault({ service: 'smartconnect', path: 'GetCompanyList', times: -1, fault: { type: 'status', status: 200, body } });
	const run = await bench.run('company', 'getAll');
	expect(run.outputs[0]?.map(({ json }) => json)).toEqual([{ Id: known.companyA, Name: 'for ***' }]);
});

test('the public key is fetched afresh for each log-in', async () => {
	await bench.settings({ rotateKeys: true });
	await bench.rows('connection', 'getAll');
	await bench.sandbox.control.expireSessions('smartconnect');
	await bench.rows('connection', 'getAll');
	expect((await bench.summary()).byRoute).toMatchObject({ [KEY]: 2, [TOKEN]: 2 });
});

test('a token is renewed after three months', async () => {
	await bench.rows('connection', 'getAll');
	await bench.sandbox.control.advanceClock(85 * 24 * 3_600_000);
	await bench.rows('connection', 'getAll');
	expect((await bench.summary()).logins).toBe(1);
	await bench.sandbox.control.advanceClock(10 * 24 * 3_600_000);
	await bench.rows('connection', 'getAll');
	expect((await bench.summary()).logins).toBe(2);
});

test.each(['401', '403', 'blank', 'message'] as const)('20 calls at once with a token that is over, answered with %s: one public key and one GetToken', async (badToken) => {
	await bench.rows('connection', 'getAll');
	await bench.sandbox.control.expireSessions('smartconnect');
	await bench.sandbox.control.clearJournal();
	await bench.settings({ badToken, latencyMs: 20 });
	const items = Array.from({ length: 20 }, () => ({ json: {} }));
	const run = await bench.run('connection', 'getAll', { options: { parallelRequests: 20 } }, { items });
	expect(run.error).toBeUndefined();
	expect(run.outputs[0]).toHaveLength(60);
	const { byRoute, maxInFlight } = await bench.summary();
	expect(byRoute).toMatchObject({ [KEY]: 1, [TOKEN]: 1 });
	expect(maxInFlight).toBeGreaterThan(10);
});

test('what is answered like an expired token and is none is not logged in for', async () => {
	await bench.rows('connection', 'getAll');
	await bench.sandbox.control.clearJournal();
	await bench.settings({ foreignProcess: '401' });
	const run = await bench.run('run', 'getAll', { integrationId: byId(known.foreign) });
	expect(told(run.error)).toContain('There is no such process');
	expect((await bench.summary()).byRoute).toEqual({ 'GET /API/GetHistoryForProcess': 1, 'POST /API/validate': 1 });
});

test('a token of one company is not used for another', async () => {
	const rowsOf = async () => (await bench.rows('integration', 'getAll')).map(({ MapId }) => MapId);
	expect(await rowsOf()).toContain('CUSTOMERS');
	bench.account.data = { ...bench.account.data, customerId: known.companyB };
	expect(await rowsOf()).toEqual(['JOURNAL']);
});

test('a wrong password is tried once, however many items there are, and shows nowhere', async () => {
	const credential = bench.engine.credentials.add('smartConnectApi', bench.typed({ password: 'Wrong+Password/1' }));
	const items = Array.from({ length: 20 }, () => ({ json: {} }));
	const run = await bench.run('connection', 'getAll', {}, { items, credentials: { smartConnectApi: credential }, onError: 'continueErrorOutput' });
	expect((await bench.summary()).byRoute).toEqual({ [KEY]: 1, [TOKEN]: 1 });
	expect(run.outputs[1]).toHaveLength(20);
	expect(run.outputs[1]?.[3]?.json.error).toContain('does not accept this log-in');
	expect(visibleText(run)).not.toMatch(/Wrong.{1,3}Password|@example|%40example/i);
});

describe('no secret shows', () => {
	const secretsOf = () => {
		const token = String(bench.account.data.sessionToken);
		const plain = [consultant.password, consultant.email, consultant.email.toLowerCase(), token];
		return plain.flatMap((secret) => [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')]);
	};
	const said = 'Log-in of CONSULTANT+N8N@EXAMPLE.TEST failed';
	const faults = {
		'the service repeats the e-mail': { type: 'status', status: 400, body: said },
		'the service repeats it as JSON': { type: 'status', status: 400, body: { Message: said } },
		'the connection breaks': { type: 'reset', when: 'before' },
		'a redirect': { type: 'redirect', status: 302, location: 'http://127.0.0.1:9/elsewhere' },
		'a web page': { type: 'html', status: 200 },
		'an empty answer': { type: 'empty', status: 200 },
		'an expired token': { type: 'expired', count: -1 },
	} as const;

	test.each(Object.entries(faults))('when there is %s', async (_, fault) => {
		await bench.rows('connection', 'getAll');
		for (const [resource, operation, path, parameters] of [
			['company', 'getAll', 'GetCompanyList', {}],
			['integration', 'run', 'runmap', { integrationId: byId(known.invoices) }],
		] as const) {
			await bench.sandbox.control.fault({ service: 'smartconnect', path, times: -1, fault });
			for (const onError of ['stopWorkflow', 'continueErrorOutput'] as const) {
				const run = await bench.run(resource, operation, parameters, { onError });
				expect(run.error ?? run.outputs[1]?.[0]?.json.error).toBeDefined();
				const text = visibleText(run).toLowerCase();
				expect(secretsOf().filter((secret) => text.includes(secret.toLowerCase()))).toEqual([]);
			}
		}
	}, 30_000);
});

describe("n8n's HTTP Request node with these credentials", () => {
	const http = async (url: string, type: 'smartConnectApi' | 'smartConnectRestApi' = 'smartConnectApi') =>
		await bench.engine.runNode({
			node: 'n8n-nodes-base.httpRequest',
			parameters: { url, method: 'POST', authentication: 'predefinedCredentialType', nodeCredentialType: type, options: {} },
			credentials: { [type]: type === 'smartConnectApi' ? bench.account : bench.restAccount },
		});

	test('logs in, uses the token, and renews it when it is over', async () => {
		const url = `${bench.sandbox.url}/smartconnect/API/GetMapList`;
		expect((await http(url)).outputs[0]).toHaveLength(6);
		await bench.sandbox.control.expireSessions('smartconnect');
		expect((await http(url)).outputs[0]).toHaveLength(6);
		expect(bench.account.logins).toBe(2);
	});

	test.each(['smartConnectApi', 'smartConnectRestApi'] as const)('sends nothing of them to another host (%s)', async (type) => {
		await bench.rows('connection', 'getAll');
		await bench.runRest();
		// The storage of the sandbox is another origin; what it is sent stands in its journal.
		await http(`${bench.sandbox.storageUrl}/entu/x`, type);
		const seen = JSON.stringify(await bench.sandbox.control.journal('entu-storage'));
		expect(seen).toContain('/x');
		for (const row of [bench.account, bench.restAccount]) {
			expect(seen).not.toContain(String(row.data.sessionToken));
			expect(seen).not.toContain(encodeURIComponent(String(row.data.sessionToken)));
		}
	});
});

describe('the REST API', () => {
	const routes = async () => (await bench.summary()).byRoute;

	test('its credential test is the log-in', async () => {
		const attempt = async (changes = {}) => await bench.engine.testCredential('smartConnectRestApi', bench.typedRest(changes));
		expect(await attempt()).toMatchObject({ status: 'OK' });
		for (const changes of [{ password: 'wrong' }, { clientSecret: 'wrong' }, { clientId: 'wrong' }]) {
			const { status, message } = await attempt(changes);
			expect(status).toBe('Error');
			expect(message).toMatch(/does not accept this log-in\. Check username, password, client ID and client secret/);
		}
	});

	test('refreshes its token before it has run out, and logs in again when that is over too', async () => {
		await bench.runRest();
		expect(await bench.runsDone()).toHaveLength(1);
		// n8n's own clock says when a token is too old for a run.
		const age = () => {
			bench.restAccount.data = { ...bench.restAccount.data, sessionUntil: String(Date.now() - 1) };
		};
		const first = bench.restAccount.data.sessionToken;
		age();
		await bench.runRest();
		const grants = async () => (await bench.journal()).filter(({ path }) => path.endsWith('/token')).map(({ body }) => (body as { grant_type: string }).grant_type);
		expect(await grants()).toEqual(['password', 'refresh_token']);
		expect(bench.restAccount.data.sessionToken).not.toBe(first);
		age();
		await bench.sandbox.control.advanceClock(8 * 24 * 3_600_000);
		expect((await bench.runRest()).error).toBeUndefined();
		expect(await grants()).toEqual(['password', 'refresh_token', 'refresh_token', 'password']);
		expect(await bench.runsDone()).toHaveLength(3);
	});

	test('renews a token that runs out in the middle of an execution, before it is refused', async () => {
		await bench.settings({ tellExpiry: true, accessLifeMs: 400, runMs: 120 });
		const run = await bench.runRest({ runFor: 'each' }, { items: Array.from({ length: 6 }, () => ({ json: {} })) });
		expect(run.error).toBeUndefined();
		expect(await bench.runsDone()).toHaveLength(6);
		const { byStatus, logins } = await bench.summary();
		expect(byStatus['401']).toBeUndefined();
		expect(logins).toBeGreaterThan(1);
	});

	test('uses a token as long as the service says', async () => {
		await bench.settings({ tellExpiry: true });
		await bench.runRest();
		const until = Number(bench.restAccount.data.sessionUntil) - Date.now();
		expect(until).toBeGreaterThan(1_700_000);
		expect(until).toBeLessThan(1_745_000);
	});

	test('a run whose token turns out to be over is not sent again; the next one has a new token', async () => {
		await bench.runRest();
		await bench.sandbox.control.expireSessions('smartconnect');
		await bench.sandbox.control.clearJournal();
		const refused = await bench.runRest();
		expect(refused.status).toBe('error');
		expect(refused.error?.description).toMatch(/a new one has begun\. Nothing was done for this item: run it again/);
		expect(await bench.runsDone()).toEqual([]);
		expect((await routes())['POST /rest/v1/run-integration/:id']).toBe(1);
		expect((await bench.runRest()).error).toBeUndefined();
		expect(await bench.runsDone()).toHaveLength(1);
	});

	test('a wrong password is told, and nothing of it shows', async () => {
		const credentials = { smartConnectRestApi: bench.engine.credentials.add('smartConnectRestApi', bench.typedRest({ password: 'Wrong+Password/1' })) };
		const run = await bench.runRest({}, { credentials });
		expect(told(run.error)).toContain('does not accept this log-in');
		expect(visibleText(run)).not.toMatch(/Wrong.{1,3}Password|@example|web-api-secret/i);
	});
});
