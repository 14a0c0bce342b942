import { tryToParseDateTime } from 'n8n-workflow';
import { counts, known, saved, useEnto } from './ento.mts';

const bench = useEnto();

type Moment = ReturnType<typeof tryToParseDateTime>;
const now = (timezone: string): Moment => tryToParseDateTime(new Date().toISOString()).setZone(timezone);

/** Time zones in which it is hardly ever the same day. */
const zones = ['Pacific/Kiritimati', 'Australia/Sydney', 'UTC', 'Pacific/Niue'];
const ranges: Array<[name: string, parameters: Record<string, unknown>, days: (today: Moment) => [Moment, Moment]]> = [
	['today', {}, (today) => [today, today]],
	['tomorrow', {}, (today) => [today.plus({ days: 1 }), today.plus({ days: 1 })]],
	['yesterday', {}, (today) => [today.minus({ days: 1 }), today.minus({ days: 1 })]],
	['thisWeek', {}, (today) => [today.startOf('week'), today.endOf('week')]],
	['nextDays', { days: 7 }, (today) => [today, today.plus({ days: 6 })]],
	['lastDays', { days: 1 }, (today) => [today, today]],
	['lastDays', { days: 30 }, (today) => [today.minus({ days: 29 }), today]],
];

describe('the filter for shifts with or without an employee', () => {
	test.each([[true, 'true'], [false, 'false'], ['={{ "true" }}', 'true']])('%j, as in saved workflows, is sent as %s', async (assigned, expected) => {
		await bench.rows('shift', 'getAll', { dateRange: 'today', filters: { assigned } });
		expect(await bench.query()).toMatchObject({ assigned: expected });
	});
});

describe('the date range', () => {
	test('may come from an expression', async () => {
		expect(await bench.rows('shift', 'getAll', { dateRange: '={{ "to" + "day" }}' })).toHaveLength(6);
	});

	describe.each(zones)('in %s', (timezone) => {
		test.each(ranges)('%s %j', async (dateRange, parameters, days) => {
			const expected = () => days(now(timezone)).map((day) => day.toISODate());
			const before = expected();
			await bench.rows('shift', 'getAll', { dateRange, ...(parameters as object), limit: 1 }, { settings: { timezone } });
			const { start_date: start, end_date: end } = await bench.query();
			// Midnight may pass while the test runs.
			expect([before, expected()]).toContainEqual([start, end]);
		});
	});

	test.each([
		['days as typed', '2026-05-12', '2026-05-14', 'Australia/Sydney', ['2026-05-12', '2026-05-14']],
		['times as picked in the editor', '2026-05-12T00:00:00', '2026-05-14T23:00:00', 'Pacific/Niue', ['2026-05-12', '2026-05-14']],
		['moments, by the day they are in the zone', '2026-05-11T22:00:00.000Z', '2026-05-13T13:59:59+00:00', 'Australia/Sydney', ['2026-05-12', '2026-05-13']],
		['dates from expressions', "={{ DateTime.fromISO('2026-05-11T22:00:00Z') }}", '={{ new Date("2026-05-13T01:00:00Z") }}', 'Australia/Sydney', ['2026-05-12', '2026-05-13']],
		['across the change to summer time', '2026-10-03T20:00:00Z', '2026-10-04', 'Australia/Sydney', ['2026-10-04', '2026-10-04']],
	])('custom: takes %s', async (_, startDate, endDate, timezone, expected) => {
		const run = await bench.run('shift', 'getAll', { dateRange: 'custom', startDate, endDate, limit: 1 }, { settings: { timezone } });
		expect(run.error).toBeUndefined();
		const { start_date: start, end_date: end } = await bench.query();
		expect([start, end]).toEqual(expected);
	});

	test.each([
		['no start', { dateRange: 'custom', startDate: '={{ $json.nothing }}', endDate: '2026-05-12' }, /Start Date.*is empty/],
		['no date', { dateRange: 'custom', startDate: 'next Monday', endDate: '2026-05-12' }, /Start Date.*"next Monday" is not a date/],
		['the 31st of June', { dateRange: 'custom', startDate: '2026-06-31', endDate: '2026-07-12' }, /Start Date.*is not a date/],
		['an end before the start', { dateRange: 'custom', startDate: '2026-05-12', endDate: '2026-05-11' }, /End Date.*is before 'Start Date'/],
		['no days', { dateRange: 'nextDays', days: 0 }, /Number of Days.*whole number from 1/],
		['a range that nobody knows', { dateRange: '={{ "someday" }}' }, /Date Range.*"someday"/],
	])('refuses %s before anything is sent', async (_, parameters, message) => {
		expect(await bench.refusal('shift', 'getAll', parameters)).toMatch(message);
		expect(await bench.journal()).toEqual([]);
	});

	test.each([
		['yyyyMMdd', '20260512', '20260512'],
		['dd.MM.yyyy', '12.05.2026', '12.05.2026'],
		["yyyy-MM-dd'T'HH:mm:ss", '2026-05-12T00:00:00', '2026-05-12T23:59:59'],
		['X', '1778508000', '1778594399'],
		['d MMM yyyy', '12 May 2026', '12 May 2026'],
	])('is written as %s', async (dateFormat, start, end) => {
		const parameters = { dateRange: 'custom', startDate: '2026-05-12', endDate: '2026-05-12', options: { dateFormat } };
		await bench.run('shift', 'getAll', parameters, { settings: { timezone: 'Australia/Sydney' }, ...saved });
		expect(await bench.query()).toMatchObject({ start_date: start, end_date: end });
	});
});

describe('get many', () => {
	const wide = { dateRange: 'custom', startDate: '2000-01-01', endDate: '2100-01-01', returnAll: true };

	test('gives rows of at most ten plain fields, with names for IDs if they are included', async () => {
		const rows = await bench.rows('shift', 'getAll', { dateRange: 'nextDays', days: 3, options: { include: ['employee', 'role'] } }, saved);
		expect(await bench.query()).toMatchObject({ include_employee: 'true', include_role: 'true' });
		const row = rows.find(({ employee_id: id }) => id !== null) ?? {};
		expect(Object.keys(row)).toEqual(['id', 'date', 'start', 'end', 'label', 'area_id', 'employee_id', 'employee_first_name', 'employee_last_name', 'role_name']);
		expect(Object.values(row).map((value) => typeof value)).not.toContain('object');
	});

	test('leaves nothing out without Simplify', async () => {
		const [row = {}] = await bench.rows('shift', 'getAll', { dateRange: 'nextDays', simplify: false, options: { include: ['role'] }, filters: { earningRates: 'true' } }, saved);
		expect(row).toMatchObject({ uniform: expect.any(String), role: { name: expect.any(String) }, earning_rates: [{ id: 'ER3' }] });
	});

	test('sends the four filters in the proposed spelling', async () => {
		const filters = { area: 'AR10004', assigned: false, earningRates: 'ER3', role: 'RO1004' };
		const rows = await bench.rows('shift', 'getAll', { ...wide, filters, output: 'raw' });
		expect(await bench.query()).toMatchObject({ area: 'AR10004', assigned: 'false', earning_rates: 'ER3', role: 'RO1004' });
		expect(rows.length).toBeGreaterThan(2);
		for (const row of rows) expect(row).toMatchObject({ area_id: 'AR10004', role_id: 'RO1004', employee_id: null });
	});

	test('sends every parameter under the name that the account gives it', async () => {
		const names = { startDate: 'from', endDate: 'to', area: 'store', assigned: 'has_staff', earningRates: 'rates', role: 'position', includeRole: 'withRole', includeEmployee: 'withStaff' };
		const filters = { area: 'AR10001', assigned: true, earningRates: '1', role: 'RO1001' };
		const options = { parameterNames: { names }, booleanFormat: 'oneZero', include: ['employee', 'role'], paging: { settings: { mode: 'off' } } };
		const range = { dateRange: 'custom', startDate: '2026-05-12', endDate: '2026-05-13' };
		await bench.run('shift', 'getAll', { ...range, filters, options }, saved);
		expect(await bench.query()).toEqual({ from: '2026-05-12', to: '2026-05-13', store: 'AR10001', has_staff: '1', rates: '1', position: 'RO1001', withRole: '1', withStaff: '1' });
	});

	test('reads page by page by itself, in order', async () => {
		const rows = await bench.rows('shift', 'getAll', wide);
		expect(rows).toHaveLength(counts.shifts);
		expect(rows.map(({ id }) => Number(id))).toEqual(Array.from({ length: counts.shifts }, (_, n) => 88001 + n));
		const pages = (await bench.journal()).map(({ query }) => query.page);
		expect(pages.sort()).toEqual(['1', '2', '3', '4']);
	});

	test('asks for no more than wanted', async () => {
		expect(await bench.rows('shift', 'getAll', { ...wide, returnAll: false, limit: 12 })).toHaveLength(12);
		expect(await bench.journal()).toMatchObject([{ query: { page: '1', per_page: '12' } }]);
	});
});

describe('get', () => {
	test('adds role and employee if wanted', async () => {
		const [row = {}] = await bench.rows('shift', 'get', { shiftId: known.shift, simplify: false, options: { include: ['employee', 'role'] } }, saved);
		expect(row).toMatchObject({ id: known.shift, role: { name: expect.any(String) }, employee: { first_name: expect.any(String) } });
		const [plain = {}] = await bench.rows('shift', 'get', { shiftId: known.shift, simplify: false }, saved);
		expect(plain).not.toHaveProperty('role');
	});

	test('looks where the credential says', async () => {
		const entoApi = bench.typed({ shiftsPath: '/roster/shifts' });
		expect(await bench.refusal('shift', 'get', { shiftId: known.shift }, { credentials: { entoApi } })).toMatch(/not found/);
		expect(await bench.journal()).toMatchObject([{ path: `/roster/shifts/${known.shift}` }]);
	});
});
