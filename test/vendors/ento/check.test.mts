/** Account > Check finds out how an account differs from the proposals, and gives out what the credential takes in one paste. */
import type { IDataObject } from 'n8n-workflow';
import type { EntoSettings } from '../../../sandbox/ento/state.mts';
import { ids, known, useEnto } from './ento.mts';

const bench = useEnto();
const MOST = 25;

async function check(): Promise<{ rows: IDataObject[]; paste: string; differences: IDataObject }> {
	const rows = await bench.rows('account', 'check');
	const paste = String(rows[0]?.value);
	return { rows, paste, differences: paste === '' ? {} : (JSON.parse(paste) as IDataObject) };
}

const row = (rows: IDataObject[], setting: string) => rows.find((found) => found.setting === setting);

test('an account as proposed: nothing to enter but where names are, and every line has its evidence', async () => {
	const { rows, differences } = await check();
	expect(differences).toEqual({ locationsPath: '/areas', rolesPath: '/roles' });
	for (const { setting, evidence } of rows) expect([setting, String(evidence).length > 20]).toEqual([setting, true]);
	expect(row(rows, 'startDate, endDate')).toMatchObject({ value: 'start_date, end_date as yyyy-MM-dd', evidence: expect.stringMatching(/^GET \/shifts\?start_date=.*: 6 records, all of this day$/) });
	expect(row(rows, 'paging')).toMatchObject({ value: '{"mode":"page"}', evidence: 'GET /shifts?page=2&per_page=2 brought the third and fourth record' });
	expect(rows[0]?.evidence).toContain('not documentation of Ento');
});

const accounts: Array<[name: string, settings: Partial<EntoSettings>, differences: IDataObject]> = [
	['a prefix', { prefix: '/v1' }, { employeesPath: '/v1/staff', shiftsPath: '/v1/shifts', locationsPath: '/v1/areas', rolesPath: '/v1/roles' }],
	['other paths', { paths: { '/staff': '/people', '/shifts': '/roster', '/areas': '/locations' } }, { employeesPath: '/people', shiftsPath: '/roster', locationsPath: '/locations', rolesPath: '/roles' }],
	['other names of parameters', { names: { start_date: 'from', end_date: 'to', area: 'location', include_role: 'with_role', include_employee: 'with_staff', assigned: 'has_staff' } }, { parameterNames: { startDate: 'from', endDate: 'to', area: 'location', includeRole: 'with_role', includeEmployee: 'with_staff', assigned: 'has_staff' } }],
	['days from date_from to date_to', { names: { start_date: 'date_from', end_date: 'date_to' } }, { parameterNames: { startDate: 'date_from', endDate: 'date_to' } }],
	['days from start to end, at a location in a position', { names: { start_date: 'start', end_date: 'end', area: 'location', role: 'position' } }, { parameterNames: { startDate: 'start', endDate: 'end', area: 'location', role: 'position' } }],
	['1 and 0 for yes and no', { booleans: 'oneZero' }, { booleanFormat: 'oneZero' }],
	['another form of dates', { dates: 'dd/MM/yyyy' }, { dateFormat: 'dd/MM/yyyy' }],
	['records in another place', { listShape: 'nested' }, { itemsProperty: 'response.records' }],
	['pages by offset', { paging: 'offset', names: { offset: 'skip', limit: 'take' } }, { paging: { mode: 'offset', offsetParameter: 'skip', limitParameter: 'take' } }],
	['pages by offset and limit', { paging: 'offset' }, { paging: { mode: 'offset' } }],
	['pages by number with a limit', { names: { per_page: 'limit' } }, { paging: { mode: 'page', sizeParameter: 'limit' } }],
	['pages by number with a page_size', { names: { per_page: 'page_size' } }, { paging: { mode: 'page', sizeParameter: 'page_size' } }],
	['pages by a token', { paging: 'cursor' }, { paging: { mode: 'cursor' } }],
	['pages by a link', { paging: 'link' }, { paging: { mode: 'nextUrl' } }],
	['no pages', { paging: 'whole' }, { paging: { mode: 'off' } }],
	[
		'five of them at once',
		{ prefix: '/api/v1', paths: { '/shifts': '/roster' }, names: { start_date: 'from', end_date: 'to', area: 'area_id', role: 'role_id' }, booleans: 'oneZero', listShape: 'nested', paging: 'offset' },
		{ employeesPath: '/api/v1/staff', shiftsPath: '/api/v1/roster', itemsProperty: 'response.records', paging: { mode: 'offset' }, booleanFormat: 'oneZero', parameterNames: { startDate: 'from', endDate: 'to', area: 'area_id', role: 'role_id' } },
	],
];

test.each(accounts)('an account with %s: the credential works after one paste', async (_, settings, expected) => {
	const truth = await bench.rows('shift', 'getAll', { dateRange: 'nextDays', days: 9, returnAll: true, filters: { area: known.area, role: known.role } });
	await bench.set(settings as IDataObject);
	const before = (await bench.journal()).length;
	const { paste, differences } = await check();
	expect(differences).toMatchObject(expected);
	const asked = (await bench.journal()).slice(before);
	expect(asked.length).toBeLessThanOrEqual(MOST);
	expect([...new Set(asked.map(({ method }) => method))]).toEqual(['GET']);
	const data = bench.typed({ apiDifferences: paste });
	expect(await bench.engine.testCredential('entoApi', bench.engine.credentials.add('entoApi', data))).toMatchObject({ status: 'OK' });
	const credentials = { credentials: { entoApi: data } };
	const found = await bench.rows('shift', 'getAll', { dateRange: 'nextDays', days: 9, returnAll: true, filters: { area: known.area, role: known.role } }, credentials);
	expect(ids(found)).toEqual(ids(truth));
	expect(found[0]).toMatchObject({ role_name: 'Barista' });
	expect(await bench.rows('employee', 'getAll', { returnAll: true }, credentials)).toHaveLength(40);
});

test('stops at the first 429, and says what was found until then', async () => {
	await bench.sandbox.control.fault({ service: 'ento', path: 'shifts', times: -1, fault: { type: 'status', status: 429, headers: { 'retry-after': '1' }, body: { message: 'Slow down' } } });
	const { rows } = await check();
	expect(await bench.journal()).toHaveLength(2);
	expect(rows[0]?.evidence).toMatch(/HTTP 429\) at request 2, so nothing more was asked/);
	expect(row(rows, 'employeesPath')).toMatchObject({ value: '/staff' });
});

test('tells a filter that is ignored from one that narrows down', async () => {
	await bench.set({ names: { area: 'store' } });
	const { rows } = await check();
	expect(row(rows, 'area')).toMatchObject({ value: '', evidence: 'None of these narrowed the shifts down: area, area_id, location' });
	expect(row(rows, 'role')).toMatchObject({ value: 'role' });
});

test('a wrong key is told as that, at the first request', async () => {
	expect(await bench.refusal('account', 'check', {}, { credentials: { entoApi: bench.typed({ apiKey: 'some-other-key' }) } })).toMatch(/API key/);
	expect(await bench.journal()).toHaveLength(1);
});

test('what is no API at all is told as that', async () => {
	await bench.sandbox.control.fault({ service: 'ento', times: -1, fault: { type: 'html', status: 200 } });
	expect(await bench.refusal('account', 'check')).toMatch(/base URL/i);
	expect(await bench.journal()).toHaveLength(1);
});
