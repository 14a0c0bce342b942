import type { StoredCredential } from '../../support/engine.mts';
import { visibleText } from '../../support/engine.mts';
import { defined, known, ownerKey, told, useEntu, userKey } from './entu.mts';

const bench = useEntu();

const wrong = {
	'another key': { apiKey: 'Some-Other-Key-Of-32-Characters!' },
	'a key of another database': { database: 'emptydb', apiKey: userKey },
	'a database that does not exist': { database: 'nosuchdb' },
};

/** What n8n may have stored with a credential before it is tested. */
const stored: Record<string, (row: StoredCredential) => Promise<void>> = {
	'no token': async () => {},
	'a fresh token': async (row) => {
		const good = bench.engine.credentials.add('entuApi', bench.typed());
		await bench.rows('database', 'get', {}, { credentials: { entuApi: good } });
		row.data = { ...row.data, sessionToken: defined(good.data.sessionToken), sessionFor: defined(good.data.sessionFor) };
	},
	'a stale token': async (row) => {
		await defined(stored['a fresh token'])(row);
		await bench.sandbox.control.expireSessions();
	},
	'a token of somebody else': async (row) => {
		await bench.rows('database', 'get', {}, { credentials: { entuApi: bench.user } });
		row.data = { ...row.data, sessionToken: defined(bench.user.data.sessionToken), sessionFor: 'made for another' };
	},
};

describe.each(['july', 'later'])('the credential test, on servers of %s', (generation) => {
	beforeEach(async () => {
		await bench.sandbox.control.settings('entu', { generation });
	});

	describe.each(Object.keys(stored))('with %s stored', (state) => {
		const test1 = async (changes = {}) => {
			const row = bench.engine.credentials.add('entuApi', bench.typed(changes));
			await defined(stored[state])(row);
			return await bench.engine.testCredential('entuApi', row);
		};

		test('accepts the right key', async () => {
			expect(await test1()).toEqual({ status: 'OK', message: 'Connection successful!' });
		});

		test.each(Object.entries(wrong))('refuses %s and says what to do', async (_, changes) => {
			const { status, message } = await test1(changes);
			expect(status).toBe('Error');
			expect(message).toMatch(/does not accept this API key for this database.*Check/s);
			expect(message).not.toContain(ownerKey);
		});
	});
});

describe('the credential test', () => {
	test('bears spaces and slashes around the address and the database', async () => {
		const row = bench.engine.credentials.add('entuApi', bench.typed({ baseUrl: ` ${bench.sandbox.url}/entu/// `, database: ' labdb ' }));
		expect(await bench.engine.testCredential('entuApi', row)).toMatchObject({ status: 'OK' });
		expect(await bench.rows('database', 'get', {}, { credentials: { entuApi: row } })).toHaveLength(1);
	});

	test('bears blanks and a line end around the key, which come along when it is pasted', async () => {
		const row = bench.engine.credentials.add('entuApi', bench.typed({ apiKey: ` ${ownerKey}\n` }));
		expect(await bench.engine.testCredential('entuApi', row)).toMatchObject({ status: 'OK' });
		expect(await bench.rows('database', 'get', {}, { credentials: { entuApi: row } })).toHaveLength(1);
	});

	test.each(['', '   '])('refuses a key that is blank: "%s"', async (apiKey) => {
		const { status, message } = await bench.engine.testCredential('entuApi', bench.typed({ apiKey }));
		expect(status).toBe('Error');
		expect(message).toMatch(/API key/);
	});

	test.each(['', 'api.entu.app'])('refuses what is no web address: "%s"', async (baseUrl) => {
		const { status, message } = await bench.engine.testCredential('entuApi', bench.typed({ baseUrl }));
		expect([status, message]).toEqual(['Error', expect.stringMatching(/base URL.*is no web address.*https:/)]);
	});

	test('works with the older form of the address', async () => {
		const row = bench.engine.credentials.add('entuApi', bench.typed({ baseUrl: `${bench.sandbox.url}/entu-b/api` }));
		expect(await bench.engine.testCredential('entuApi', row)).toMatchObject({ status: 'OK' });
		expect(await bench.rows('entity', 'get', { entityId: { __rl: true, mode: 'id', value: known.book } }, { credentials: { entuApi: row } })).toHaveLength(1);
	});

	test.each([
		['an address without Entu', (url: string) => `${url}/nothing/here`],
		['a host that refuses', () => 'http://127.0.0.1:9'],
		['a text that is no address', () => 'api entu app'],
	])('is not happy with %s', async (_, address) => {
		const { status, message } = await bench.engine.testCredential('entuApi', bench.typed({ baseUrl: address(bench.sandbox.url) }));
		expect(status).toBe('Error');
		expect(message).toMatch(/\S/);
	});

	test('is not happy while the service is down', async () => {
		await bench.sandbox.control.fault({ service: 'entu', times: -1, fault: { type: 'status', status: 503 } });
		expect(await bench.engine.testCredential('entuApi', bench.owner)).toMatchObject({ status: 'Error' });
	});
});

describe('the first run', () => {
	test.each(['july', 'later'])('with a wrong key tries it once and tells what to correct (%s)', async (generation) => {
		await bench.sandbox.control.settings('entu', { generation });
		const row = bench.engine.credentials.add('entuApi', bench.typed({ apiKey: 'Some-Other-Key-Of-32-Characters!' }));
		const run = await bench.run('entity', 'getAll', {}, { credentials: { entuApi: row }, items: [{ json: {} }, { json: {} }, { json: {} }], onError: 'continueErrorOutput' });
		expect(run.outputs[1]).toHaveLength(3);
		expect(run.outputs[1]?.[0]?.json).toMatchObject({ error: expect.stringContaining('does not accept this API key'), message: { reason: 'log-in refused', description: expect.stringMatching(/credential/) } });
		const journal = await bench.sandbox.control.journal('entu');
		expect(journal.filter(({ path }) => path === '/auth')).toHaveLength(1);
		expect(visibleText(run)).not.toContain('Some-Other-Key');
	});

	test('with a key that is known in another database only is refused like a wrong one, and goes no further', async () => {
		const body = { accounts: [{ _id: 'emptydb', name: 'emptydb' }], token: 'a-token-of-somewhere-else' };
		await bench.sandbox.control.fault({ service: 'entu', path: '^/auth', times: -1, fault: { type: 'status', status: 200, body } });
		const { error } = await bench.run('database', 'get');
		expect(told(error)).toMatch(/does not accept this API key for this database/);
		expect((await bench.sandbox.control.journal('entu')).filter(({ path }) => path !== '/auth')).toEqual([]);
	});

	test('while the service is down says so, and not that the key is wrong', async () => {
		await bench.sandbox.control.fault({ service: 'entu', path: '^/auth', times: -1, fault: { type: 'html', status: 502 } });
		const { error } = await bench.run('database', 'get');
		expect(told(error)).not.toMatch(/accept this API key/);
		expect(told(error)).toMatch(/502/);
	});

	test('is patient with a log-in that is not possible for a moment, and logs in once', async () => {
		await bench.sandbox.control.fault({ service: 'entu', path: '^/auth', fault: { type: 'status', status: 429, headers: { 'Retry-After': '0' } } });
		await bench.sandbox.control.fault({ service: 'entu', path: '^/auth', fault: { type: 'status', status: 503 } });
		const items = Array.from({ length: 20 }, () => ({ json: {} }));
		expect(await bench.rows('database', 'get', { options: { parallelRequests: 20 } }, { items })).toHaveLength(20);
		const { logins, byRoute } = await bench.sandbox.control.summary('entu');
		expect(logins).toBe(1);
		expect(byRoute['GET /auth']).toBeLessThanOrEqual(3);
	});

	test('tries the log-in again for the next item, when it was not possible for the one before', async () => {
		// As often as a request is sent at most.
		await bench.sandbox.control.fault({ service: 'entu', path: '^/auth', times: 4, fault: { type: 'status', status: 502 } });
		const items = Array.from({ length: 3 }, () => ({ json: {} }));
		const run = await bench.run('database', 'get', { options: { parallelRequests: 1 } }, { items, onError: 'continueErrorOutput' });
		expect(run.outputs[1]?.map(({ json }) => json)).toMatchObject([
			{ error: 'Entu can’t log in anybody at the moment (HTTP 502)', message: { reason: 'service down', description: expect.stringMatching(/^Try again later/) } },
		]);
		expect(run.outputs[0]).toHaveLength(2);
		expect((await bench.sandbox.control.summary('entu')).logins).toBe(1);
	});

	test('does not keep for all items what could not be loaded for the first', async () => {
		await bench.rows('database', 'get');
		await bench.sandbox.control.fault({ service: 'entu', path: '^/labdb/entity', times: 4, fault: { type: 'status', status: 502 } });
		const parameters = { typeId: { __rl: true, mode: 'id', value: known.typeFolder }, propertiesMode: 'json', propertiesJson: '{ "name": "Shelf" }' };
		const run = await bench.run('entity', 'create', parameters, { items: [{ json: {} }, { json: {} }], onError: 'continueErrorOutput' });
		expect([run.outputs[1]?.length, run.outputs[0]?.length]).toEqual([1, 1]);
	});

	test('logs in once, and later runs use the token', async () => {
		await bench.rows('database', 'get', {}, { items: Array.from({ length: 30 }, () => ({ json: {} })) });
		await bench.rows('database', 'get');
		expect(bench.owner.logins).toBe(1);
		expect((await bench.sandbox.control.summary('entu')).logins).toBe(1);
	});
});

describe('a session', () => {
	/** Ends all sessions as soon as the run under way has come so far. */
	const expireWhen = async (isFar: () => Promise<boolean>) => {
		while (!(await isFar()));
		await bench.sandbox.control.expireSessions();
	};
	const hundred = Array.from({ length: 100 }, (_, i) => ({ json: { i } }));

	test('that ends while twenty requests are under way is renewed by one log-in', async () => {
		await bench.rows('database', 'get');
		await bench.sandbox.control.settings('entu', { latencyMs: 40 });
		const expired = expireWhen(async () => (await bench.sandbox.control.summary('entu')).requests > 25);
		const run = await bench.run('entity', 'get', { entityId: { __rl: true, mode: 'id', value: known.book }, options: { parallelRequests: 20 } }, { items: hundred });
		expect(run.status).toBe('success');
		expect(run.outputs[0]).toHaveLength(100);
		await expired;
		expect((await bench.sandbox.control.summary('entu')).logins).toBe(2);
	});

	test('that ends between writes repeats none of them', async () => {
		await bench.rows('database', 'get');
		await bench.sandbox.control.settings('entu', { latencyMs: 15 });
		const expired = expireWhen(async () => ((await bench.effects())['entity.create'] ?? 0) > 2);
		const parameters = { typeId: { __rl: true, mode: 'id', value: known.typeFolder }, propertiesMode: 'json', propertiesJson: '={{ ({ name: "n" + $json.i }) }}' };
		expect(await bench.rows('entity', 'create', parameters, { items: hundred.slice(0, 20) })).toHaveLength(20);
		await expired;
		expect(await bench.effects()).toMatchObject({ 'entity.create': 20, login: 2 });
	});

	test('whose end is told in the body only is renewed', async () => {
		await bench.sandbox.control.settings('entu', { badTokenStatus: 200 });
		await bench.rows('database', 'get');
		await bench.sandbox.control.fault({ service: 'entu', method: 'POST', skip: 4, fault: { type: 'sessionsEnd' } });
		const parameters = { typeId: { __rl: true, mode: 'id', value: known.typeFolder }, propertiesMode: 'json', propertiesJson: '={{ ({ name: "n" + $json.i }) }}' };
		expect(await bench.rows('entity', 'create', parameters, { items: hundred.slice(0, 10) })).toHaveLength(10);
		expect(await bench.effects()).toMatchObject({ 'entity.create': 10, login: 2 });
	});

	test('bound to another address is renewed', async () => {
		await bench.rows('database', 'get');
		await bench.sandbox.control.settings('entu', { callerAddress: '203.0.113.9' });
		expect(await bench.rows('database', 'get')).toHaveLength(1);
		expect(bench.owner.logins).toBe(2);
	});

	test('of the key before is not used after the key was changed', async () => {
		await bench.rows('database', 'get');
		bench.owner.data = { ...bench.owner.data, apiKey: userKey };
		const { error } = await bench.run('entity', 'get', { entityId: { __rl: true, mode: 'id', value: known.privateEntity } });
		expect(told(error)).toMatch(/No accessible properties/);
		expect(bench.owner.logins).toBe(2);
	});

	test('that the server refuses again and again comes to an end', async () => {
		await bench.sandbox.control.fault({ service: 'entu', path: '^/labdb', times: -1, fault: { type: 'expired' } });
		const { error } = await bench.run('database', 'get');
		expect(told(error)).toMatch(/Invalid token|jwt expired/);
		expect((await bench.sandbox.control.summary('entu')).logins).toBeLessThanOrEqual(4);
	});
});

describe("n8n's HTTP Request node with this credential", () => {
	const http = async (url: string, row = bench.owner) =>
		await bench.engine.runNode({
			node: 'n8n-nodes-base.httpRequest',
			parameters: { url, authentication: 'predefinedCredentialType', nodeCredentialType: 'entuApi', options: {} },
			credentials: { entuApi: row },
		});

	test('logs in, uses the token, and renews it when it is over', async () => {
		const url = `${bench.sandbox.url}/entu/labdb/entity/${known.book}`;
		const first = await http(url);
		expect(first.outputs[0]?.[0]?.json).toMatchObject({ entity: { _id: known.book } });
		await bench.sandbox.control.expireSessions();
		const second = await http(url);
		expect(second.outputs[0]?.[0]?.json).toMatchObject({ entity: { _id: known.book } });
		expect(bench.owner.logins).toBe(2);
	});

	test('with a key that was changed gets a token of that key', async () => {
		await bench.rows('database', 'get');
		bench.owner.data = { ...bench.owner.data, apiKey: userKey };
		const run = await http(`${bench.sandbox.url}/entu/labdb/entity/${known.privateEntity}`);
		expect(told(run.error)).toMatch(/403|Forbidden/);
	});

	test('sends nothing of it to another host', async () => {
		const run = await http(`${bench.sandbox.storageUrl}/entu/labdb/entity`);
		expect(run.error?.message).toContain(`The API key of this credential is sent to ${bench.sandbox.url} only`);
	});

	test('the key itself never leaves for another address than the log-in', async () => {
		expect(await http(`${bench.sandbox.url}/entu/labdb`)).toMatchObject({ status: 'success' });
		const journal = await bench.sandbox.control.journal('entu');
		for (const { path, headers } of journal) expect(headers.authorization === `Bearer ${ownerKey}`).toBe(path === '/auth');
	});
});
