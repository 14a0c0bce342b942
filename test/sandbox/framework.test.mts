import { request } from 'node:http';
import { spawnSandbox } from '../../sandbox/client.mts';
import { call, known, login, person, useSandbox } from './support.mts';

const sandbox = useSandbox();
const list = '^/labdb/entity$';
const page = () => `${sandbox.url}/entu/labdb/entity?limit=2`;

describe('faults', () => {
	it('answers a status so many times, after letting so many pass', async () => {
		await sandbox.control.fault({ service: 'entu', path: list, skip: 1, times: 2, fault: { type: 'status', status: 429, headers: { 'retry-after': '1' } } });
		const statuses = [];
		for (let n = 0; n < 4; n += 1) statuses.push((await call(page())).status);
		expect(statuses).toEqual([200, 429, 429, 200]);
		expect((await sandbox.control.faults())[0]).toMatchObject({ fired: 2, passed: 1 });
	});

	it('sends the given headers and body, else the error of the service', async () => {
		await sandbox.control.fault({ service: 'entu', fault: { type: 'status', status: 503, headers: { 'retry-after': '2' } } });
		const first = await call(page());
		expect(first.headers.get('retry-after')).toBe('2');
		expect(first.body).toMatchObject({ error: true, status: 503 });
		await sandbox.control.fault({ service: 'entu', fault: { type: 'status', status: 500, body: 'oops' } });
		expect((await call(page())).body).toBe('oops');
	});

	it('resets the connection before or after the effect', async () => {
		const ada = await person(sandbox.url);
		for (const [when, effects] of [['before', 0], ['after', 1]] as const) {
			await sandbox.control.clearJournal();
			await sandbox.control.fault({ service: 'entu', method: 'POST', fault: { type: 'reset', when } });
			await expect(ada.create({ type: 'name', string: 'x' })).rejects.toThrow();
			const summary = await sandbox.control.summary('entu');
			expect(summary.effects['entity.create'] ?? 0).toBe(effects);
			expect(summary.byStatus).toEqual({ none: 1 });
			expect((await sandbox.control.journal('entu'))[0]).toMatchObject({ status: null, fault: 'reset' });
		}
	});

	it('hangs without an answer', async () => {
		await sandbox.control.fault({ service: 'entu', path: list, fault: { type: 'hang', when: 'before' } });
		await expect(fetch(page(), { signal: AbortSignal.timeout(80) })).rejects.toThrow(/timeout/);
	});

	it('truncates a body whose length was announced', async () => {
		await sandbox.control.fault({ service: 'entu', path: list, fault: { type: 'truncated' } });
		const answer = await fetch(page());
		expect(answer.status).toBe(200);
		await expect(answer.text()).rejects.toThrow();
	});

	it('cuts JSON in a well-formed answer', async () => {
		await sandbox.control.fault({ service: 'entu', path: list, fault: { type: 'cut' } });
		const answer = await fetch(page());
		const text = await answer.text();
		expect(answer.headers.get('content-length')).toBe(String(text.length));
		expect(() => JSON.parse(text) as unknown).toThrow();
	});

	it('answers HTML, nothing, redirects and late', async () => {
		await sandbox.control.fault({ service: 'entu', path: list, fault: { type: 'html', status: 200 } });
		await sandbox.control.fault({ service: 'entu', path: list, fault: { type: 'empty' } });
		await sandbox.control.fault({ service: 'entu', path: list, fault: { type: 'redirect', status: 307, location: 'http://127.0.0.1:9/' } });
		await sandbox.control.fault({ service: 'entu', path: list, fault: { type: 'slow', ms: 60 } });
		expect((await call(page())).body).toContain('<html>');
		expect(await call(page())).toMatchObject({ status: 200, body: '' });
		const redirect = await call(page());
		expect([redirect.status, redirect.headers.get('location')]).toEqual([307, 'http://127.0.0.1:9/']);
		const start = Date.now();
		expect((await call(page())).status).toBe(200);
		expect(Date.now() - start).toBeGreaterThanOrEqual(55);
	});

	it('tells all secrets that were handed out, also those from before a reset', async () => {
		const token = await login(sandbox.url);
		await sandbox.control.reset();
		expect(await sandbox.control.issued()).toContain(token);
	});

	it('repeats a request with its secrets in the error of the service', async () => {
		await sandbox.control.fault({ service: 'entu', path: list, fault: { type: 'echo', status: 400, copies: 2 } });
		const { status, body } = await call(page(), { headers: { authorization: 'Bearer not-a-token' } });
		expect(status).toBe(400);
		expect(String(body.message).match(/GET \/entu\/labdb\/entity\?limit=2 .*?Bearer not-a-token/g)).toHaveLength(2);
	});

	it("says the service's own session over, once per matching request", async () => {
		await sandbox.control.fault({ service: 'entu', path: list, fault: { type: 'expired', count: 2 } });
		const answers = await Promise.all([call(page()), call(page()), call(page())]);
		expect(answers.map((answer) => answer.status).sort()).toEqual([200, 401, 401]);
	});

	it('replaces an answer after the effect', async () => {
		const ada = await person(sandbox.url);
		await sandbox.control.fault({ service: 'entu', method: 'POST', fault: { type: 'status', status: 500, when: 'after' } });
		expect((await ada.create({ type: 'name', string: 'Made all the same' })).status).toBe(500);
		expect(await ada.count('_type.string=book&name.string=Made all the same')).toBe(1);
	});

	it('refuses unknown faults and settings', async () => {
		await expect(sandbox.control.fault({ service: 'entu', fault: { type: 'nonsense' } as never })).rejects.toThrow(/Unknown fault type/);
		await expect(sandbox.control.fault({ service: 'nobody', fault: { type: 'cut' } })).rejects.toThrow(/No service/);
		await expect(sandbox.control.seed('dragon', 1)).rejects.toThrow(/No seed for/);
		await expect(sandbox.control.settings('entu', { latency: 5 })).rejects.toThrow(/Unknown settings: latency/);
	});
});

describe('limits and latency', () => {
	it('limits per credential with Retry-After as seconds, as a date and without', async () => {
		for (const retryAfter of ['seconds', 'date', 'none'] as const) {
			await sandbox.control.reset();
			await sandbox.control.settings('entu', { rateLimit: { requests: 2, perMs: 5_000 }, retryAfter });
			const answers = [await call(page()), await call(page()), await call(page())];
			expect(answers.map((answer) => answer.status)).toEqual([200, 200, 429]);
			const header = answers[2]?.headers.get('retry-after') ?? null;
			if (retryAfter === 'seconds') expect(header).toBe('5');
			else if (retryAfter === 'date') expect(Date.parse(header ?? '')).toBeGreaterThan(Date.now());
			else expect(header).toBeNull();
			expect((await call(page(), { headers: { authorization: 'Bearer other' } })).status).toBe(401);
			await sandbox.control.advanceClock(5_000);
			expect((await call(page())).status).toBe(200);
		}
	});

	it('counts what is in flight', async () => {
		await sandbox.control.settings('entu', { latencyMs: 40 });
		await Promise.all([call(page()), call(page()), call(page())]);
		expect(await sandbox.control.summary('entu')).toMatchObject({ requests: 3, maxInFlight: 3 });
	});
});

describe('journal', () => {
	it('keeps requests in order with bodies, statuses, routes and effects', async () => {
		const ada = await person(sandbox.url);
		const { body } = await ada.create({ type: 'name', string: 'x' });
		await ada.get(`/entity/${String(body._id)}?props=name`);
		const [auth, create, get] = await sandbox.control.journal('entu');
		expect(auth).toMatchObject({ method: 'GET', path: '/auth', query: { db: 'labdb' }, status: 200, effects: [{ kind: 'login', id: known.owner }] });
		expect(create).toMatchObject({ method: 'POST', path: '/labdb/entity', status: 200, effects: [{ kind: 'entity.create', id: body._id }] });
		expect(create?.body).toEqual([{ type: '_type', reference: known.typeBook }, { type: 'name', string: 'x' }]);
		expect(get?.headers.authorization).toBe(`Bearer ${ada.token}`);
		expect(await sandbox.control.summary('entu')).toMatchObject({
			requests: 3,
			logins: 1,
			byRoute: { 'GET /auth': 1, 'POST /:db/entity': 1, 'GET /:db/entity/:id': 1 },
			byStatus: { 200: 3 },
		});
	});

	it('keeps counts only when told so', async () => {
		await sandbox.control.settings('entu', { journal: 'counts' });
		await call(page());
		expect(await sandbox.control.journal('entu')).toEqual([]);
		expect((await sandbox.control.summary('entu')).requests).toBe(1);
	});
});

describe('reset', () => {
	it('puts back data, settings, faults, journal and sessions', async () => {
		const ada = await person(sandbox.url);
		await ada.delete(`/entity/${known.book}`);
		await sandbox.control.settings('entu', { generation: 'july', latencyMs: 1 });
		await sandbox.control.fault({ service: 'entu', fault: { type: 'status', status: 500 } });
		await sandbox.control.reset('entu');
		expect(await sandbox.control.faults()).toEqual([]);
		expect(await sandbox.control.journal('entu')).toEqual([]);
		expect(await sandbox.control.settings('entu')).toMatchObject({ generation: 'later', latencyMs: 0 });
		expect((await ada.get(`/entity/${known.book}`)).status).toBe(401);
		expect((await (await person(sandbox.url)).get(`/entity/${known.book}`)).status).toBe(200);
	});

	it('adds many records at once', async () => {
		expect(await sandbox.control.seed('book', 2_000)).toBeGreaterThan(5_500);
		const ada = await person(sandbox.url);
		expect(await ada.count(`_type.reference=${known.typeBook}`)).toBeGreaterThan(5_500);
	});
});

describe('program', () => {
	it('runs as a child, refuses a taken port in one sentence and stops at once, hanging requests or not', async () => {
		const child = await spawnSandbox();
		const port = Number(new URL(child.url).port);
		await expect(spawnSandbox({ port })).rejects.toThrow(new RegExp(`code 1. Port ${port} is in use`));
		expect(await login(child.url)).toMatch(/^ey/);
		await child.control.fault({ service: 'entu', fault: { type: 'hang', when: 'before' } });
		const hanging = fetch(`${child.url}/entu/labdb/entity`).catch(() => 'dropped');
		while ((await child.control.journal('entu')).length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
		const start = Date.now();
		await child.stop();
		expect(Date.now() - start).toBeLessThan(10_000);
		expect(await hanging).toBe('dropped');
	});
});

describe('who may use the control interface', () => {
	/** Node's fetch has a mind of its own about these headers. */
	const ask = async (method: string, path: string, headers: Record<string, string>): Promise<{ status: number; text: string }> =>
		await new Promise((resolve, reject) => {
			const sent = request(`${sandbox.url}/_control${path}`, { method, headers }, (answer) => {
				let text = '';
				answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
				answer.once('end', () => resolve({ status: answer.statusCode ?? 0, text }));
			});
			sent.once('error', reject);
			sent.end();
		});
	const port = () => new URL(sandbox.url).port;

	it.each(['127.0.0.1', 'localhost', '[::1]'])('answers at %s', async (name) => {
		const host = `${name}:${port()}`;
		expect((await ask('GET', '/journal', { host })).status).toBe(200);
		expect((await ask('GET', '/journal', { host, origin: `http://${host}` })).status).toBe(200);
	});

	it.each(['evil.test', '127.0.0.1.evil.test', 'evil.test@127.0.0.1', '192.168.0.7'])('not at "%s"', async (name) => {
		const { status, text } = await ask('GET', '/journal', { host: `${name}:${port()}` });
		expect(status).toBe(403);
		expect(text).toContain('answers at 127.0.0.1 or localhost only');
	});

	it.each(['https://evil.test', 'null', 'http://127.0.0.1:1', ''])('takes nothing from a web page at "%s"', async (origin) => {
		await call(page());
		const refused = await ask('POST', '/reset', { host: `127.0.0.1:${port()}`, origin, 'content-type': 'text/plain' });
		expect(refused).toEqual({ status: 403, text: expect.stringContaining('takes no requests of web pages') });
		expect(await sandbox.control.journal('entu')).toHaveLength(1);
	});
});
