/** What is true for the whole account is said once, in the credential; and names stand beside IDs. */
import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';
import { counts, ids, known, saved, told, useEnto } from './ento.mts';

const bench = useEnto();
const account = (differences: IDataObject | string, more: ICredentialDataDecryptedObject = {}) => ({
	credentials: { entoApi: bench.typed({ apiDifferences: typeof differences === 'string' ? differences : JSON.stringify(differences), ...more }) },
});
const wide = { dateRange: 'custom', startDate: '2000-01-01', endDate: '2100-01-01', returnAll: true };
const places = { locationsPath: '/areas', rolesPath: '/roles' };

describe('API Differences', () => {
	const names = { startDate: 'from', endDate: 'to', area: 'store', assigned: 'has_staff', role: 'position', includeRole: 'withRole', includeEmployee: 'withStaff' };
	const range = { dateRange: 'custom', startDate: '2026-05-12', endDate: '2026-05-13' };
	const filters = { area: 'AR10001', assigned: true, role: 'RO1001' };

	test('are how everything is asked for', async () => {
		const differences = { parameterNames: names, booleanFormat: 'oneZero', dateFormat: 'DD/MM/YYYY', paging: { mode: 'offset', offsetParameter: 'skip', limitParameter: 'take', pageSize: 7 } };
		await bench.run('shift', 'getAll', { ...range, filters }, account(differences));
		expect(await bench.query()).toEqual({ from: '12/05/2026', to: '13/05/2026', store: 'AR10001', has_staff: '1', position: 'RO1001', withRole: '1', withStaff: '1', skip: '0', take: '7' });
	});

	test('give way to what a saved workflow says in its own options', async () => {
		const options = { parameterNames: { names: { startDate: 'begin' } }, booleanFormat: 'trueFalse', dateFormat: 'yyyyMMdd', include: ['role'], paging: { settings: { mode: 'off' } } };
		await bench.run('shift', 'getAll', { ...range, options }, { ...account({ parameterNames: { startDate: 'from', endDate: 'to' }, booleanFormat: 'oneZero', paging: { mode: 'page' } }), ...saved });
		expect(await bench.query()).toMatchObject({ begin: '20260512', include_role: 'true' });
		expect(await bench.query()).not.toHaveProperty('page');
	});

	test('are not among the options of a node that is added now', () => {
		const { properties } = bench.engine.nodeType('ento').description;
		const options = properties.filter(({ name }) => name === 'options').flatMap((property) => (property.options ?? []) as Array<{ name: string; displayOptions?: unknown }>);
		for (const name of ['booleanFormat', 'dateFormat', 'itemsProperty', 'paging', 'parameterNames', 'include']) {
			const found = options.filter((option) => option.name === name);
			expect(found.length).toBeGreaterThan(0);
			for (const { displayOptions } of found) expect(displayOptions).toEqual({ show: { '@version': [1] } });
		}
	});

	test.each(['page', 'offset', 'cursor', 'link'] as const)('say how lists come in pages: by %s', async (service) => {
		await bench.set({ paging: service });
		const mode = service === 'link' ? 'nextUrl' : service;
		const credentials = account({ paging: { mode, pageSize: 11 } });
		expect(await bench.rows('employee', 'getAll', { returnAll: true }, credentials)).toHaveLength(counts.staff - 4);
		expect(await bench.rows('record', 'getAll', { path: '/shifts', returnAll: true }, account({ paging: { mode, pageSize: 90 } }))).toHaveLength(counts.shifts);
	});

	test('say where things are, in place of the fields above them', async () => {
		await bench.set({ prefix: '/v1' });
		const paths = { employeesPath: '/v1/employees', shiftsPath: 'v1/shifts', locationsPath: '/v1/areas', rolesPath: '/v1/roles' };
		const credentials = account(paths);
		expect(await bench.rows('employee', 'get', { employeeId: known.employee }, credentials)).toHaveLength(1);
		expect(await bench.rows('shift', 'getAll', {}, credentials)).toHaveLength(6);
		expect(await bench.engine.testCredential('entoApi', bench.engine.credentials.add('entoApi', bench.typed({ apiDifferences: JSON.stringify(paths) })))).toMatchObject({ status: 'OK' });
	});

	test('say where records stand: in the first of several places that is there', async () => {
		const differences = { itemsProperty: 'response.people, response.shifts' };
		const answer = async (body: IDataObject) => await bench.sandbox.control.fault({ service: 'ento', fault: { type: 'status', status: 200, body } });
		await answer({ response: { shifts: [{ id: 1 }, { id: 2 }] } });
		expect(ids(await bench.rows('shift', 'getAll', {}, account({ ...differences, paging: { mode: 'off' } })))).toEqual([1, 2]);
		await answer({ response: { team: [] } });
		expect(await bench.refusal('employee', 'getAll', {}, account(differences))).toMatch(/no "response.people, response.shifts"; it has: response.*correct itemsProperty in 'API Differences'/);
		// A list in a usual place, and a single record, are found all the same.
		expect(await bench.rows('employee', 'getAll', { returnAll: true }, account(differences))).toHaveLength(counts.staff - 4);
		expect(await bench.rows('employee', 'get', { employeeId: known.employee }, account(differences))).toMatchObject([{ id: known.employee }]);
	});

	test.each([
		['{', /is no JSON object/],
		['[]', /is no JSON object/],
		['{ "startDate": "from" }', /"startDate" is not known; known are: employeesPath/],
		['{ "parameterNames": { "start": "from" } }', /"parameterNames" "start" is not known; known are: area/],
		['{ "booleanFormat": "yesNo" }', /"booleanFormat" is not one of: trueFalse, oneZero/],
		['{ "dateFormat": "yyyy-mm-dd" }', /"dateFormat" does not name year, month and day/],
		['{ "paging": { "mode": "magic" } }', /"paging" "mode" is not one of: off, page/],
		['{ "paging": { "pageSize": 0 } }', /"paging" "pageSize" is no whole number from 1/],
		['{ "shiftsPath": "" }', /"shiftsPath" is no text/],
		['{ "__proto__": { "mode": "page" } }', /"__proto__" is not known|^$/],
	])('%s is refused by the test of the credential and before anything is sent', async (apiDifferences, message) => {
		const { status, message: said = '' } = await bench.engine.testCredential('entoApi', bench.engine.credentials.add('entoApi', bench.typed({ apiDifferences })));
		if (apiDifferences.includes('__proto__')) return;
		expect([status, said]).toEqual(['Error', expect.stringMatching(message)]);
		const refused = await bench.refusal('shift', 'getAll', {}, account(apiDifferences));
		expect(refused).toMatch(message);
		expect(refused).toContain('Open the credential');
		expect(await bench.journal()).toEqual([]);
	});
});

describe('who works', () => {
	const columns = ['date', 'start', 'end', 'label', 'employee_name', 'employee_id', 'role_name', 'role_id', 'area_name', 'area_id', 'state', 'id'];

	test('is answered with names beside IDs, in the same columns for every shift', async () => {
		const rows = await bench.rows('shift', 'getAll', { dateRange: 'nextDays', days: 3 }, account('', places));
		for (const row of rows) expect(Object.keys(row)).toEqual(columns);
		const named: Array<[unknown, unknown]> = [['RO1001', 'Barista'], ['RO1004', 'Security']];
		for (const [id, name] of named) expect(rows.find((row) => row.role_id === id)?.role_name).toBe(name);
		expect(rows.find((row) => row.area_id === 'AR10005')).toMatchObject({ area_name: 'Night Depot', employee_name: expect.stringMatching(/^\w+ \w+$/) });
		expect(rows.find(({ employee_id: id }) => id === null)).toMatchObject({ employee_name: null });
		// Names are asked for once, not for each shift or item.
		expect((await bench.journal()).map(({ path }) => path).sort()).toEqual(['/areas', '/roles', '/shifts']);
	});

	test('has role and employee included without a word, and left out on demand', async () => {
		const [row] = await bench.rows('shift', 'getAll');
		expect(await bench.query()).toMatchObject({ include_employee: 'true', include_role: 'true' });
		expect(row).toMatchObject({ role_name: expect.any(String), area_name: null });
		await bench.rows('shift', 'get', { shiftId: known.shift, include: [] });
		expect((await bench.journal()).at(-1)?.query).toEqual({});
	});

	test.each<[string, IDataObject, IDataObject]>([
		['beside the IDs', { employee_id: 'ST1', employee_name: 'Marla', role_id: 'R1', role_name: 'Cook', area_id: 'A1', area_name: 'Bar' }, { employee_id: 'ST1', role_id: 'R1', area_id: 'A1' }],
		['in parts', { employee: { id: 'ST1', full_name: 'Marla' }, role: { id: 'R1', name: 'Cook' }, area: { id: 'A1', name: 'Bar' } }, { employee_id: 'ST1', role_id: 'R1', area_id: 'A1' }],
		['in parts without IDs', { employee: { first_name: 'Marla' }, role: { name: 'Cook' }, area: { name: 'Bar' } }, { employee_id: null, role_id: null, area_id: null }],
	])('names that stand %s in a shift come out under the same columns', async (_, names, ids) => {
		await bench.sandbox.control.fault({ service: 'ento', times: -1, fault: { type: 'status', status: 200, body: [{ id: 'S1', ...names }] } });
		expect(await bench.rows('shift', 'getAll', { dateRange: 'today' })).toEqual([expect.objectContaining({ employee_name: 'Marla', role_name: 'Cook', area_name: 'Bar', ...ids, id: 'S1' })]);
	});

	test('a saved workflow gets what it got', async () => {
		const [row = {}] = await bench.rows('shift', 'getAll', {}, { ...account('', places), ...saved });
		expect(Object.keys(row)).toEqual(['id', 'date', 'start', 'end', 'label', 'area_id', 'employee_id', 'role_id', 'state', 'type']);
		expect((await bench.journal()).map(({ path }) => path)).toEqual(['/shifts']);
	});

	test('names that can’t be read are missed, not the rows', async () => {
		const run = await bench.run('shift', 'getAll', {}, account('', { locationsPath: '/nowhere' }));
		expect(run.outputs[0]).toHaveLength(6);
		expect(run.hints.map(({ message }) => message).join()).toMatch(/names of locations could not be read.*Check 'Locations Path'/);
	});

	test('employees have the names of their location and roles', async () => {
		const [row] = await bench.rows('employee', 'get', { employeeId: known.employee }, account('', places));
		expect(row).toMatchObject({ full_name: 'Marla Quince', primary_area_name: 'Harbour Cafe', primary_area_id: 'AR10001', role_names: 'Barista, Security', roles: 'RO1001, RO1004' });
	});
});

describe('the filters Area and Role', () => {
	const search = async (method: string, more: ICredentialDataDecryptedObject = {}, filter = '', node = 'ento') =>
		(await bench.engine.callMethod({ node, kind: 'listSearch', method, filter, credentials: { entoApi: bench.typed(more) } })).results;
	const by = (mode: string, value: string) => ({ __rl: true, mode, value });
	const found = async (filters: INodeParameters, more: ICredentialDataDecryptedObject = {}) => await bench.rows('shift', 'getAll', { ...wide, simplify: false, filters }, account('', more));

	test('offer what the credential names the path of', async () => {
		expect(await search('searchAreas', places)).toContainEqual({ name: 'Harbour Cafe (AR10001)', value: 'AR10001' });
		expect(await search('searchRoles', places, 'COOK')).toEqual([{ name: 'Cook (RO1002)', value: 'RO1002' }]);
		expect((await bench.journal()).map(({ path }) => path)).toEqual(['/areas', '/roles']);
	});

	test('offer else what the shifts of these weeks have', async () => {
		expect(await search('searchRoles')).toHaveLength(counts.roles);
		expect(await search('searchRoles', {}, 'cook', 'entoTrigger')).toEqual([{ name: 'Cook (RO1002)', value: 'RO1002' }]);
		expect(await search('searchAreas')).toContainEqual({ name: 'AR10001', value: 'AR10001' });
		expect((await bench.journal()).length).toBeLessThanOrEqual(15);
	});

	test.each(['whole', 'first', 'offset', 'link'] as const)('also of a service that pages by "%s"', async (paging) => {
		await bench.set({ paging });
		expect(await search('searchRoles')).toHaveLength(counts.roles);
	});

	test('find by pick, by ID, by name, and by the text of a saved workflow', async () => {
		const expected = ids(await found({ role: 'RO1002' }));
		expect(expected.length).toBeGreaterThan(10);
		for (const role of [by('list', 'RO1002'), by('id', 'RO1002'), by('name', 'cook')]) {
			expect(ids(await found({ role }))).toEqual(expected);
			expect(ids(await found({ role }, places))).toEqual(expected);
		}
		expect(ids(await found({ area: by('name', 'Hill Street') }, places))).toEqual(ids(await found({ area: 'AR10002' })));
	});

	test('say so when a name matches nothing, and send nothing for the shifts', async () => {
		const said = await bench.refusal('shift', 'getAll', { filters: { role: by('name', 'Astronaut') } }, account('', places));
		expect(said).toMatch(/'Role': "Astronaut" matches nothing.*Known are: Barista, Cook/);
		expect((await bench.journal()).map(({ path }) => path)).toEqual(['/roles']);
	});

	test('say so when a name is where an ID should be, or a first name nobody has', async () => {
		const run = await bench.run('shift', 'getAll', { filters: { area: by('id', 'Hill Street') } });
		expect(run.hints.map(({ message }) => message).join()).toMatch(/No shift of these days has the Area "Hill Street".*choose 'By Name'/);
		const nobody = await bench.run('employee', 'getAll', { filters: { firstName: 'Zaphod' } });
		expect(nobody.hints.map(({ message }) => message).join()).toContain('no employee with the first name "Zaphod"');
	});

	test('refuse nothing', async () => {
		expect(await bench.refusal('shift', 'getAll', { filters: { area: by('list', '') } })).toMatch(/Area.*is empty/);
		expect(told((await bench.run('shift', 'getAll', { filters: { role: by('name', '={{ $json.nothing }}') } })).error)).toMatch(/Role.*is empty/);
	});

	test('hold for events too', async () => {
		const row = bench.engine.credentials.add('entoApi', bench.typed(places));
		const trigger = bench.engine.trigger({ node: 'entoTrigger', parameters: { event: 'shiftCreated', filters: { area: by('name', 'Hill Street'), role: by('id', 'RO1002') } }, credentials: { entoApi: row } });
		await trigger.poll({ activation: 'activate' });
		expect((await bench.journal()).find(({ path }) => path === '/shifts')?.query).toMatchObject({ area: 'AR10002', role: 'RO1002' });
	});
});
