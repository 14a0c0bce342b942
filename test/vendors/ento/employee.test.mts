import { counts, entries, ids, known, paging, saved, useEnto } from './ento.mts';

const bench = useEnto();
const all = { returnAll: true };

describe('get', () => {
	test('gives a row of at most ten plain fields', async () => {
		const [row = {}] = await bench.rows('employee', 'get', { employeeId: known.employee });
		expect(row).toMatchObject({ id: known.employee, first_name: 'Marla', full_name: 'Marla Quince', status: 'active', deleted: false, roles: 'RO1001, RO1004' });
		expect(Object.keys(row)).toHaveLength(10);
	});

	test('leaves nothing out without Simplify, also what the account has added itself', async () => {
		const [row = {}] = await bench.rows('employee', 'get', { employeeId: known.employee, output: 'raw' });
		expect(row).toMatchObject({ roles: ['RO1001', 'RO1004'], shirt_size: 'S', picture_url: expect.stringContaining('https://') });
	});

	test('finds an ID of the account’s own, with a space and a slash', async () => {
		expect(await bench.rows('employee', 'get', { employeeId: known.ownId })).toMatchObject([{ id: known.ownId }]);
		expect(await bench.journal()).toMatchObject([{ path: '/staff/CASUAL%207%2FB' }]);
	});

	test('looks where the credential says', async () => {
		await bench.set({ prefix: '/v1' });
		const entoApi = bench.typed({ employeesPath: 'v1/employees' });
		expect(await bench.rows('employee', 'get', { employeeId: known.employee }, { credentials: { entoApi } })).toHaveLength(1);
	});

	test.each([
		['the answer itself', 'bare', {}],
		['an object in the answer', 'data', {}],
		['a place that the user names', 'data', { options: { itemsProperty: 'data' } }],
	])('takes the record from %s', async (_, recordShape, options) => {
		await bench.set({ recordShape: recordShape as 'bare' });
		expect(await bench.rows('employee', 'get', { employeeId: known.employee, ...options }, saved)).toMatchObject([{ id: known.employee }]);
	});

	test('gives the whole answer if wanted', async () => {
		await bench.set({ recordShape: 'data' });
		const rows = await bench.rows('employee', 'get', { employeeId: known.employee, options: { rawEnvelope: true } });
		expect(rows).toMatchObject([{ data: { id: known.employee, shirt_size: 'S' } }]);
	});

	test('says for an unknown ID where to look', async () => {
		expect(await bench.refusal('employee', 'get', { employeeId: 'nobody' })).toMatch(/Resource not found.*\[item 0\].*Check the ID.*base URL and the paths/);
	});
});

describe('get many', () => {
	test('asks once, without paging, and takes no more than wanted', async () => {
		expect(await bench.rows('employee', 'getAll', all)).toHaveLength(counts.staff - 4);
		expect(await bench.rows('employee', 'getAll', { limit: 7 })).toHaveLength(7);
		expect(await bench.journal()).toMatchObject([{ query: {} }, { query: {} }]);
	});

	test('sends the four filters in the proposed spelling', async () => {
		const filters = { firstName: 'Marla', status: 'active', deleted: false, commencementDate: '2019-01-01T00:00:00' };
		const rows = await bench.rows('employee', 'getAll', { ...all, filters });
		expect(await bench.query()).toEqual({ first_name: 'Marla', status: 'active', deleted: 'false', commencement_date: '2019-01-01' });
		expect(ids(rows)).toEqual([known.employee]);
	});

	test('sends names, booleans and dates as the account wants them', async () => {
		const filters = { firstName: 'Marla', deleted: true, commencementDate: '2019-01-01' };
		const names = { firstName: 'givenName', commencementDate: 'from', deleted: '' };
		const options = { parameterNames: { names }, booleanFormat: 'oneZero', dateFormat: 'DD/MM/YYYY' };
		await bench.run('employee', 'getAll', { filters, options }, saved);
		expect(await bench.query()).toEqual({ givenName: 'Marla', from: '01/01/2019', deleted: '1' });
	});

	test('sends additional parameters as they are, in place of its own', async () => {
		const additionalQuery = entries(['status', 'inactive'], ['sort', '-id'], ['sort', 'name']);
		const rows = await bench.rows('employee', 'getAll', { ...all, filters: { status: 'active' }, options: { additionalQuery } });
		expect(await bench.query()).toEqual({ status: 'inactive', sort: ['-id', 'name'] });
		expect(ids(rows)).toContain(known.inactive);
	});

	test.each([
		['a filter that an expression left empty', { filters: { firstName: '={{ $json.nothing }}' } }, /First Name.*is empty.*remove it/],
		['a switch that is neither', { filters: { deleted: '={{ "maybe" }}' } }, /Deleted.*neither true nor false/],
		['a date in another order', { filters: { commencementDate: '12/05/2026' } }, /Commencement Date.*could be 12 May or 5 December.*2026-03-31/],
		['a format with minutes for months', { filters: { commencementDate: '2026-05-12' }, options: { dateFormat: 'yyyy-mm-dd' } }, /Date Format.*mm stands for minutes/],
		['a value without a name', { options: { additionalQuery: entries(['', 'x']) } }, /Additional Query Parameters.*has no name/],
	])('refuses %s before anything is sent', async (_, parameters, message) => {
		expect(await bench.refusal('employee', 'getAll', parameters, saved)).toMatch(message);
		expect(await bench.journal()).toEqual([]);
	});

	test.each(['bare', 'data', 'named'] as const)('finds the records in a list that is %s', async (listShape) => {
		await bench.set({ listShape });
		expect(await bench.rows('employee', 'getAll', all)).toHaveLength(counts.staff - 4);
	});

	test('finds them where the user says, and tells what there is when they are not there', async () => {
		await bench.set({ listShape: 'named' });
		expect(await bench.rows('employee', 'getAll', { ...all, options: { itemsProperty: 'staff' } }, saved)).toHaveLength(counts.staff - 4);
		const said = await bench.refusal('employee', 'getAll', { options: { itemsProperty: 'response.people' } }, saved);
		expect(said).toMatch(/Items Property.*no "response.people"; it has: staff/);
	});

	test('is refused where it has no ID, with the place of the list that it holds', async () => {
		const body = { company: 'Harbour', roster: [{ id: 1 }, { id: 2 }] };
		await bench.sandbox.control.fault({ service: 'ento', times: 2, fault: { type: 'status', status: 200, body } });
		expect(await bench.refusal('employee', 'getAll', all)).toMatch(/a list was expected, and the answer has company, roster.*{ "itemsProperty": "roster" } to 'API Differences'/s);
		const rows = await bench.rows('employee', 'getAll', { ...all, options: { itemsProperty: 'roster' } }, saved);
		expect(rows).toEqual([{ id: 1 }, { id: 2 }]);
	});

	test('that has an ID of its own and holds others is given with a remark', async () => {
		const body = { requestId: 'r-1', roster: [{ id: 1 }, { id: 2 }] };
		await bench.sandbox.control.fault({ service: 'ento', fault: { type: 'status', status: 200, body } });
		const run = await bench.run('employee', 'getAll', all);
		expect(run.outputs[0]).toHaveLength(1);
		expect(run.hints.map(({ message }) => message)).toEqual([expect.stringMatching(/taken for one record.*itemsProperty under 'API Differences': roster/)]);
	});

	test('gives answers untouched, one item a page', async () => {
		const options = { rawEnvelope: true, ...paging({ mode: 'page', pageSize: 15 }) };
		const rows = await bench.rows('employee', 'getAll', { ...all, options }, saved);
		expect(rows.map(({ data, pagination }) => [(data as unknown[]).length, pagination])).toEqual([
			[15, { page: 1, per_page: 15, total: 40, total_pages: 3 }],
			[15, { page: 2, per_page: 15, total: 40, total_pages: 3 }],
			[10, { page: 3, per_page: 15, total: 40, total_pages: 3 }],
		]);
		await bench.set({ listShape: 'bare' });
		const [bare] = await bench.rows('employee', 'getAll', { options: { rawEnvelope: true } });
		expect(bare?.value).toHaveLength(40);
	});
});

describe('as a tool of an AI agent', () => {
	test('says what it does, and takes values from the model', async () => {
		const parameters = { resource: 'employee', operation: 'getAll', filters: { firstName: "={{ $fromAI('name') }}" } };
		const tool = await bench.engine.runAsTool({ node: 'ento', parameters, args: { name: 'Marla' }, credentials: { entoApi: bench.credential } });
		expect(tool.description).toBe('Get many Ento employees in Ento');
		expect(tool.answer.length).toBeGreaterThan(1);
		expect(new Set(tool.answer.map(({ first_name: name }) => name))).toEqual(new Set(['Marla']));
	});
});
