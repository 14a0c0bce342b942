import { apiKey, counts, known } from '../../sandbox/ento/seed.mts';
import { call, items, useSandbox, type Answer } from './support.mts';

const sandbox = useSandbox();
const ask = async (path: string, init: RequestInit = {}): Promise<Answer> =>
	await call(`${sandbox.url}/ento${path}`, { ...init, headers: { 'x-api-key': apiKey, ...init.headers } });
const set = async (settings: Record<string, unknown>) => await sandbox.control.settings('ento', settings);
const statusOf = async (path: string, init: RequestInit = {}) => (await ask(path, init)).status;
const form = (text: string, method = 'POST'): RequestInit => ({ method, body: text, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
const listed = async (path: string) => items((await ask(path)).body.data);

describe('entrance', () => {
	it('wants the key in its header', async () => {
		expect((await call(`${sandbox.url}/ento/staff?x-api-key=${apiKey}`)).status).toBe(401);
		expect(await statusOf('/staff', { headers: { 'x-api-key': 'wrong' } })).toBe(401);
		await set({ gateway: true });
		expect(await statusOf('/staff', { headers: { 'x-api-key': 'wrong' } })).toBe(403);
		expect(await statusOf('/staff')).toBe(200);
	});

	it('refuses what is marked as plain HTTP, unless told otherwise', async () => {
		const plain = { headers: { 'x-forwarded-proto': 'http' } };
		expect(await statusOf('/staff', plain)).toBe(400);
		await set({ refusePlain: false });
		expect(await statusOf('/staff', plain)).toBe(200);
	});

	it('speaks JSON only', async () => {
		expect(await statusOf('/staff', { headers: { accept: 'text/csv' } })).toBe(406);
		expect(await statusOf('/staff', { headers: { accept: 'application/*' } })).toBe(200);
	});

	it('knows its paths, also behind a prefix', async () => {
		expect(await statusOf('/nowhere')).toBe(404);
		expect(await statusOf('/staff/nobody')).toBe(404);
		await set({ prefix: '/v1' });
		expect(await statusOf('/staff')).toBe(404);
		expect(await statusOf('/v1/employees')).toBe(200);
	});

	it.each([
		['message', { message: 'Resource not found' }],
		['error', { error: 'Resource not found' }],
		['nested', { error: { message: 'Resource not found' } }],
		['errors', { errors: ['Resource not found', expect.any(String)] }],
		['fields', { errors: { request: ['Resource not found'] } }],
		['detail', { detail: 'Resource not found' }],
	])('refuses in the form "%s"', async (errorBody, body) => {
		await set({ errorBody });
		expect((await ask('/nowhere')).body).toMatchObject(body);
	});

	it('refuses in plain text and without a body', async () => {
		await set({ errorBody: 'text' });
		expect((await ask('/nowhere')).body).toBe('Resource not found');
		await set({ errorBody: 'empty' });
		expect((await ask('/nowhere')).body).toBe('');
	});

	it('limits requests, and tells when to come back', async () => {
		await set({ rateLimit: { requests: 1, perMs: 60_000 } });
		expect(await statusOf('/staff')).toBe(200);
		const refused = await ask('/staff');
		expect(refused.status).toBe(429);
		expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
	});

	it.each([500, 503])('answers %i in its own words when told to', async (status) => {
		await sandbox.control.fault({ service: 'ento', fault: { type: 'status', status } });
		expect(await ask('/staff')).toMatchObject({ status, body: { message: expect.any(String) } });
	});
});

describe('data', () => {
	it('holds people of all kinds', async () => {
		const today = new Date().toISOString().slice(0, 10);
		const present = await listed('/staff');
		expect(present.length).toBeGreaterThanOrEqual(40);
		expect(await listed('/staff?deleted=true')).toHaveLength(counts.staff - present.length);
		expect((await listed('/staff?status=inactive')).length).toBeGreaterThan(0);
		expect(present.filter((row) => String(row.commencement_date) > today).length).toBeGreaterThan(0);
		expect((await ask(`/employees/${encodeURIComponent(known.ownId)}`)).body.id).toBe(known.ownId);
	});

	it('holds shifts of all kinds over 60 days', async () => {
		const shifts = await listed('/shifts');
		expect(shifts.length).toBeGreaterThanOrEqual(250);
		const kinds = (name: string) => new Set(shifts.map((row) => row[name]));
		expect(kinds('date').size).toBe(60);
		expect([...kinds('type')].sort()).toEqual(['call_out', 'on_call', 'shift']);
		expect(kinds('state').size).toBeGreaterThanOrEqual(3);
		expect(kinds('employee_id').has(null as never)).toBe(true);
		expect(await listed('/areas')).toHaveLength(counts.areas);
		expect(await listed('/roles')).toHaveLength(counts.roles);
	});
});

describe('filters', () => {
	it('find employees', async () => {
		expect(new Set((await listed('/staff?first_name=marla')).map(({ first_name: name }) => String(name)))).toEqual(new Set(['Marla']));
		expect(await listed('/staff?commencement_date=2019-01-01')).toHaveLength(1);
	});

	it('find shifts, from the first day to the last', async () => {
		const day = String((await ask(`/shifts/${known.shift}`)).body.date);
		const ofDay = await listed(`/shifts?start_date=${day}&end_date=${day}`);
		expect(ofDay).toHaveLength(6);
		expect((await listed(`/shifts?start_date=${day}&end_date=${day}&area=AR10001`)).length).toBeLessThan(6);
		expect(new Set((await listed('/shifts?role=RO1002')).map(({ role_id: role }) => String(role)))).toEqual(new Set(['RO1002']));
		const [assigned, open] = [await listed('/shifts?assigned=1'), await listed('/shifts?assigned=false')];
		expect(assigned.length + open.length).toBe(counts.shifts);
		expect(new Set(open.map(({ employee_id: id }): unknown => id))).toEqual(new Set([null]));
	});

	it('add role, employee and earning rates on demand only', async () => {
		expect((await ask(`/shifts/${known.shift}`)).body).not.toHaveProperty('role');
		const { body } = await ask(`/shifts/${known.shift}?include_role=true&include_employee=1&earning_rates=true`);
		expect(body).toMatchObject({ role: { id: expect.any(String) }, employee: { id: expect.any(String) }, earning_rates: [{ id: 'ER3' }] });
	});

	it.each(['start_date=12/05/2026', 'start_date=2026-13-01', 'start_date=2026-05-12&end_date=2026-05-11', 'assigned=maybe', 'page=0', 'per_page=x'])(
		'refuse %s',
		async (query) => expect(await statusOf(`/shifts?${query}`)).toBe(400),
	);
});

describe('paging', () => {
	it('counts pages', async () => {
		const { body } = await ask('/shifts?page=2&per_page=100');
		expect(body).toMatchObject({ data: expect.any(Array), pagination: { page: 2, per_page: 100, total: 360, total_pages: 4 } });
		expect(items(body.data)[0]?.id).toBe('88101');
	});

	it('goes by offset, address or token where it is set so', async () => {
		await set({ paging: 'offset' });
		expect((await listed('/shifts?offset=359&limit=10')).map(({ id }) => id)).toEqual(['88360']);
		await set({ paging: 'link' });
		const next = String((await ask('/shifts?per_page=200&area=AR10001')).body.pagination?.next);
		expect(next).toBe('null');
		const first = await ask('/shifts?per_page=200');
		const second = await call(String(first.body.pagination?.next), { headers: { 'x-api-key': apiKey } });
		expect(items(second.body.data)[0]?.id).toBe('88201');
		await set({ paging: 'cursor' });
		const cursor = String((await ask('/shifts')).body.pagination?.next_cursor);
		expect((await listed(`/shifts?cursor=${cursor}`))[0]?.id).toBe('88101');
	});

	it('ignores what it is asked for, in three ways', async () => {
		await set({ paging: 'whole' });
		expect(await listed('/shifts?page=3&per_page=10')).toHaveLength(360);
		await set({ paging: 'first' });
		expect((await listed('/shifts?page=3&per_page=10')).map(({ id }) => id)[0]).toBe('88001');
		await set({ paging: 'ownSize' });
		expect((await listed('/shifts?page=3&per_page=10')).map(({ id }) => id)[0]).toBe('88041');
	});

	it('has three forms of lists, with or without a total', async () => {
		await set({ listShape: 'bare' });
		expect(Array.isArray((await ask('/shifts?page=1')).body)).toBe(true);
		await set({ listShape: 'named', tellsTotal: false });
		const { body } = await ask('/shifts?page=1&per_page=5');
		expect(items(body.shifts)).toHaveLength(5);
		expect(body.pagination).toEqual({ page: 1, per_page: 5 });
	});
});

describe('writes', () => {
	it('are form-encoded', async () => {
		expect(await statusOf('/areas', { method: 'POST', body: '{"name":"x"}', headers: { 'content-type': 'application/json' } })).toBe(400);
		const { body } = await ask('/areas', form('name=Caf%C3%A9+1&tag=a&tag=b'));
		expect(body).toMatchObject({ name: 'Café 1', tag: ['a', 'b'] });
		expect((await sandbox.control.journal('ento')).at(-1)?.body).toEqual({ name: 'Café 1', tag: ['a', 'b'] });
		expect((await sandbox.control.summary('ento')).effects).toEqual({ 'areas.create': 1 });
	});

	it('change and delete what is there, until the reset', async () => {
		for (const method of ['PUT', 'PATCH', 'POST']) expect((await ask('/areas/AR10001', form(`name=${method}`, method))).body.name).toBe(method);
		expect(await statusOf('/areas/AR10001', { method: 'DELETE' })).toBe(200);
		expect(await statusOf('/areas/AR10001')).toBe(404);
		await sandbox.control.reset('ento');
		expect((await ask('/areas/AR10001')).body.name).toBe('Harbour Cafe');
	});

	it('don’t reach the roster unless it is set so', async () => {
		for (const path of ['/staff', '/shifts', '/employees/ST1001']) expect(await statusOf(path, form('label=x'))).toBe(405);
		expect(await statusOf('/staff/ST1001', { method: 'DELETE' })).toBe(405);
		expect(await statusOf('/staff', { method: 'PUT' })).toBe(405);
		await set({ writable: true });
		expect(await statusOf('/employees/ST1001', form('status=inactive', 'PUT'))).toBe(200);
		expect((await ask('/staff/ST1001')).body.status).toBe('inactive');
	});

	it('are answered without a body where it is set so', async () => {
		await set({ noContent: true });
		expect(await ask('/areas', form('name=x'))).toMatchObject({ status: 204, body: '' });
	});
});
