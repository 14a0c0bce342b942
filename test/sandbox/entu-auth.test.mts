import { call, items, known, login, ownerKey, person, useSandbox, userKey } from './support.mts';

const sandbox = useSandbox();
const auth = async (key: string | undefined, query = '?db=labdb', word = 'Bearer') =>
	await call(`${sandbox.url}/entu/auth${query}`, key === undefined ? {} : { headers: { authorization: `${word} ${key}` } });
const info = async (token: string) => (await call(`${sandbox.url}/entu/labdb`, { headers: { authorization: `Bearer ${token}` } }));

describe.each(['july', 'later'] as const)('a server of %s', (generation) => {
	beforeEach(async () => {
		await sandbox.control.settings('entu', { generation });
	});

	/** Later servers have one text for all faults of a token. */
	const july = (text: string) => (generation === 'july' ? text : 'Invalid token');

	describe('log-in', () => {
		it('exchanges a key for a token with accounts and expiry', async () => {
			const { status, body } = await auth(ownerKey);
			expect(status).toBe(200);
			expect(body).toMatchObject({ accounts: [{ _id: 'labdb', name: 'labdb', user: { _id: known.owner, name: 'Ada Admin' } }], user: {} });
			const hours = (Date.parse(String(body.expires)) - Date.now()) / 3_600_000;
			expect(hours).toBeCloseTo(12, 1);
			const claims = JSON.parse(Buffer.from(String(body.token).split('.')[1] ?? '', 'base64url').toString()) as object;
			expect(claims).toMatchObject({ accounts: { labdb: known.owner }, aud: '127.0.0.1', ...(generation === 'later' ? { use: 'access' } : {}) });
		});

		it('opens every database of the key without db', async () => {
			expect(items((await auth(ownerKey, '')).body.accounts).map((account) => account._id)).toEqual(['labdb', 'emptydb']);
			expect((await auth(userKey, '?account=emptydb')).body.accounts).toEqual(generation === 'later' ? undefined : []);
		});

		it('answers a wrong key with 200 and no accounts in July, 401 later', async () => {
			const wrong = await auth('wrong');
			if (generation === 'later') {
				expect(wrong).toMatchObject({ status: 401, body: { message: 'Invalid credential' } });
				return;
			}
			expect([wrong.status, wrong.body.accounts]).toEqual([200, []]);
			const bare = { authorization: `Bearer ${wrong.body.token}`, 'content-type': 'application/json' };
			const write = await call(`${sandbox.url}/entu/labdb/entity`, { method: 'POST', headers: bare, body: '[]' });
			expect([write.status, write.body.message]).toEqual([403, 'No user']);
		});

		it('needs a key, and the word Bearer with a capital letter', async () => {
			const missing = await auth(undefined);
			if (generation === 'later') expect([missing.status, missing.headers.has('location')]).toEqual([302, true]);
			else expect(missing).toMatchObject({ status: 400, body: { message: 'No key' } });
			const small = await auth(ownerKey, '?db=labdb', 'bearer');
			expect([small.status, small.body.accounts]).toEqual(generation === 'later' ? [401, undefined] : [200, []]);
			const token = await login(sandbox.url);
			const answer = await call(`${sandbox.url}/entu/labdb`, { headers: { authorization: `bearer ${token}` } });
			expect(answer.status).toBe(401);
		});

		it('works under a second base address with a prefix of two parts', async () => {
			const { body } = await call(`${sandbox.url}/entu-b/api/auth?db=labdb`, { headers: { authorization: `Bearer ${ownerKey}` } });
			const answer = await call(`${sandbox.url}/entu-b/api/labdb`, { headers: { authorization: `Bearer ${body.token}` } });
			expect(answer.status).toBe(200);
			expect((await sandbox.control.journal('entu'))[1]).toMatchObject({ service: 'entu', path: '/labdb' });
		});
	});

	describe('tokens', () => {
		it('expire, and say so in July only', async () => {
			await sandbox.control.settings('entu', { tokenLifeMs: 1_000 });
			const token = await login(sandbox.url);
			expect((await info(token)).status).toBe(200);
			await sandbox.control.advanceClock(1_001);
			expect(await info(token)).toMatchObject({ status: 401, body: { message: july('jwt expired') } });
			expect(await info('garbage')).toMatchObject({ status: 401, body: { message: july('jwt malformed') } });
		});

		it('are bound to the address of the caller', async () => {
			const token = await login(sandbox.url);
			await sandbox.control.settings('entu', { callerAddress: '192.0.2.7' });
			expect(await info(token)).toMatchObject({ status: 401, body: { message: july('Invalid JWT audience') } });
			expect((await info(await login(sandbox.url))).status).toBe(200);
		});

		it('can all be made invalid at once', async () => {
			const token = await login(sandbox.url);
			await sandbox.control.expireSessions();
			expect(await info(token)).toMatchObject({ status: 401, body: { message: july('jwt expired') } });
			expect((await info(await login(sandbox.url))).status).toBe(200);
		});

		it('are not taken without the mark of later servers', async () => {
			const token = await login(sandbox.url);
			await sandbox.control.settings('entu', { generation: 'later' });
			expect((await info(token)).status).toBe(generation === 'later' ? 200 : 401);
		});

		it('can be refreshed for fourteen days', async () => {
			const token = await login(sandbox.url);
			const refresh = async () => await call(`${sandbox.url}/entu/auth/refresh`, { headers: { authorization: `Bearer ${token}` } });
			await sandbox.control.advanceClock(13 * 86_400_000);
			const fresh = await refresh();
			expect(fresh.status).toBe(200);
			expect((await info(String(fresh.body.token))).status).toBe(200);
			await sandbox.control.advanceClock(2 * 86_400_000);
			expect((await refresh()).status).toBe(401);
		});
	});

	describe('databases', () => {
		it('tells usage to users only', async () => {
			const ada = await person(sandbox.url);
			const { body } = await ada.get('');
			expect(body).toMatchObject({ entities: { limit: 0 }, files: { usage: expect.any(Number) as number } });
			expect(Number(body.entities?.usage)).toBeGreaterThanOrEqual(5_000);
			expect(await call(`${sandbox.url}/entu/labdb`)).toMatchObject({ status: 403, body: { message: 'No user' } });
		});

		it('refuses unknown names, methods and routes', async () => {
			const messages = [];
			for (const [method, path] of [['GET', '/nodb/entity'], ['GET', '/No-Db/entity'], ['PUT', '/labdb/entity'], ['GET', '/labdb/nothing']] as const) {
				const { status, body } = await call(`${sandbox.url}/entu${path}`, { method });
				messages.push(`${status} ${body.message}`);
			}
			expect(messages).toEqual([
				'404 Account nodb not found',
				'400 Invalid database name: No-Db',
				`404 Cannot find any route matching [PUT] ${sandbox.url}/entu/labdb/entity`,
				`404 Cannot find any route matching [GET] ${sandbox.url}/entu/labdb/nothing`,
			]);
			expect((await call(`${sandbox.url}/entu/labdb`, { method: 'OPTIONS' })).status).toBe(204);
		});

		it('has a database with nothing but the base types', async () => {
			const ada = await person(sandbox.url, ownerKey, 'emptydb');
			expect(await ada.count('_type.string=book')).toBe(0);
			expect(await ada.names('_type.string=entity&sort=name.string')).toEqual(['database', 'entity', 'menu', 'person', 'plugin', 'property']);
		});
	});
});
