/** Anything else that the API offers, by path: lists, records, changes and whole requests. Bodies are form-encoded. */
import { defined, entries, known, saved, useEnto } from './ento.mts';

const bench = useEnto();
const json = (value: unknown) => ({ fieldsMode: 'json', fieldsJson: typeof value === 'string' ? value : JSON.stringify(value) });
const last = async () => defined((await bench.journal()).at(-1));

describe('the body', () => {
	test('is form-encoded, in the order and spelling of the user', async () => {
		const fields = entries(['name', 'Café & "Bar" +1'], ['items[0][id]', 'a=b'], ['roles', 'RO1001'], ['roles', 'RO1002'], ['note', ' as it is ']);
		const [row = {}] = await bench.rows('record', 'create', { path: '/areas', fields });
		const { headers, body, bodySize } = await last();
		const expected = { name: 'Café & "Bar" +1', 'items[0][id]': 'a=b', roles: ['RO1001', 'RO1002'], note: ' as it is ' };
		expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
		expect(Number(headers['content-length'])).toBe(bodySize);
		expect(headers.accept).toBe('application/json');
		expect(body).toEqual(expected);
		expect(row).toMatchObject(expected);
	});

	test.each([
		['text', '{ "name": "Bar", "seats": 12, "open": true, "tags": ["a", "b"], "note": null }'],
		['an object, as an agent or an expression gives it', '={{ { name: "Bar", seats: 12, open: true, tags: ["a", "b"], note: null } }}'],
	])('may be given as JSON in %s', async (_, given) => {
		await bench.rows('record', 'create', { path: '/areas', ...json(given) });
		expect((await last()).body).toEqual({ name: 'Bar', seats: '12', open: 'true', tags: ['a', 'b'], note: '' });
	});

	test('holds booleans as the account wants them, and dates as text', async () => {
		const given = '={{ { open: false, since: DateTime.fromISO("2026-05-12T00:00:00Z", { zone: "utc" }) } }}';
		await bench.rows('record', 'create', { path: '/areas', ...json(given), options: { booleanFormat: 'oneZero' } }, saved);
		expect((await last()).body).toEqual({ open: '0', since: '2026-05-12T00:00:00.000Z' });
	});

	test.each([
		['nothing', {}, /Fields.*holds no field/],
		['empty JSON', json({}), /Fields \(JSON\).*holds no field/],
		['a list', json([1]), /Fields \(JSON\).*is not an object/],
		['no JSON', json('{ name: Bar }'), /Fields \(JSON\).*not valid JSON/],
		['an object in an object', json({ address: { city: 'Perth' } }), /"address" holds an object.*address\[name\]/],
		['a field without a name', { fields: entries(['', 'Bar']) }, /Fields.*has no name/],
	])('of %s is refused before anything is sent', async (_, parameters, message) => {
		expect(await bench.refusal('record', 'create', { path: '/areas', ...parameters })).toMatch(message);
		expect(await bench.journal()).toEqual([]);
	});
});

describe('the path', () => {
	test.each([
		['areas', '/areas'],
		['/areas/', '/areas'],
		[' /areas ', '/areas'],
		['/areas/AR10001/open hours', '/areas/AR10001/open%20hours'],
		['/areas/CASUAL%207%2FB', '/areas/CASUAL%207%2FB'],
		['/100%', '/100%25'],
		['/@elsewhere.example', '/%40elsewhere.example'],
	])('%s is asked for as %s', async (path, expected) => {
		await bench.run('request', 'send', { path });
		expect((await bench.journal()).map((entry) => entry.path)).toEqual([expected]);
	});

	test.each([
		['https://elsewhere.example/areas', /whole address/],
		['//elsewhere.example/areas', /empty part/],
		['/areas?sort=name', /holds a query/],
		['/areas#top', /holds a query/],
		['/areas/../staff', /leads to another address/],
		['/areas/%2e%2e/staff', /leads to another address/],
		['/areas//shifts', /empty part between two slashes/],
		['={{ "/" }}', /is empty/],
	])('%s is refused before anything is sent', async (path, message) => {
		for (const operation of ['create', 'getAll']) {
			expect(await bench.refusal('record', operation, { path, ...json({ name: 'Bar' }) })).toMatch(message);
		}
		expect(await bench.journal()).toEqual([]);
	});

	test('of all items is checked before the first is written', async () => {
		const items = [{ json: { path: '/areas' } }, { json: { path: '/areas/..' } }];
		expect(await bench.refusal('record', 'create', { path: '={{ $json.path }}', ...json({ name: 'Bar' }) }, { items })).toMatch(/\[item 1\].*Nothing was sent/);
		expect(await bench.journal()).toEqual([]);
	});
});

describe('records', () => {
	test('are read as Ento sends them', async () => {
		expect(await bench.rows('record', 'getAll', { path: '/roles' })).toHaveLength(9);
		expect(await bench.rows('record', 'get', { path: '/areas', recordId: known.area })).toEqual([{ id: known.area, name: 'Harbour Cafe' }]);
	});

	test('that are no objects come out too', async () => {
		await bench.sandbox.control.fault({ service: 'ento', fault: { type: 'status', status: 200, body: ['a', 2, { id: 3 }] } });
		expect(await bench.rows('record', 'getAll', { path: '/tags' })).toEqual([{ value: 'a' }, { value: 2 }, { id: 3 }]);
	});

	test.each([
		['an object without a list is one record', { open: true }, [{ open: true }]],
		['nothing is no record', null, []],
		['an empty list is no record', { data: [] }, []],
		['a record with fields called json and error comes out unharmed', [{ json: 1, error: 'none' }], [{ json: 1, error: 'none' }]],
	])('%s', async (_, body, expected) => {
		await bench.sandbox.control.fault({ service: 'ento', fault: { type: 'status', status: 200, body } });
		const run = await bench.run('record', 'getAll', { path: '/odd' }, { onError: 'continueErrorOutput' });
		expect(run.outputs[0]?.map((item) => item.json) ?? []).toEqual(expected);
	});

	test.each([[undefined, 'PUT'], ['PATCH', 'PATCH'], ['POST', 'POST'], ['PUT', 'PUT']])('are updated by %s as %s', async (updateMethod, expected) => {
		const options = updateMethod ? { updateMethod } : {};
		const rows = await bench.rows('record', 'update', { path: '/areas', recordId: known.area, ...json({ name: 'Pier' }), options });
		expect(rows).toEqual([{ id: known.area, name: 'Pier' }]);
		expect((await last()).method).toBe(expected);
		expect(await bench.effects()).toEqual({ 'areas.update': 1 });
	});

	test('are deleted, with what was deleted told', async () => {
		expect(await bench.rows('record', 'delete', { path: '/areas', recordId: known.area })).toEqual([{ deleted: true, id: known.area, path: `/areas/${known.area}` }]);
		expect(await bench.effects()).toEqual({ 'areas.delete': 1 });
	});

	test('may be written without an answer', async () => {
		await bench.set({ noContent: true });
		expect(await bench.rows('record', 'create', { path: '/areas', ...json({ name: 'Bar' }) })).toEqual([{ created: true }]);
		expect(await bench.rows('record', 'update', { path: '/areas', recordId: known.area, ...json({ name: 'Bar' }) })).toEqual([{ updated: true, id: known.area }]);
		expect(await bench.rows('record', 'delete', { path: '/areas', recordId: known.area })).toMatchObject([{ deleted: true }]);
		expect(await bench.rows('request', 'send', { method: 'POST', path: '/areas', ...json({ name: 'Bar' }) })).toEqual([{ accepted: true }]);
	});

	test.each(['null', '[null]', '[]', '""'])('are written where the answer is %s, and none gets lost', async (body) => {
		await bench.sandbox.control.fault({ service: 'ento', times: -1, fault: { type: 'status', status: 200, body, when: 'after' } });
		expect(await bench.rows('record', 'create', { path: '/areas', ...json({ name: 'Bar' }) })).toEqual([{ created: true }]);
		expect(await bench.rows('record', 'update', { path: '/areas', recordId: known.area, ...json({ name: 'Bar' }) })).toEqual([{ updated: true, id: known.area }]);
	});

	test('of the roster can’t be changed while the API is read-only, and the message says so', async () => {
		const said = await bench.refusal('record', 'update', { path: '/staff', recordId: known.employee, ...json({ status: 'inactive' }) });
		expect(said).toMatch(/not allowed.*does not support this method; the API may be read-only here/);
		await bench.set({ writable: true });
		expect(await bench.rows('record', 'update', { path: '/staff', recordId: known.employee, ...json({ status: 'inactive' }) })).toMatchObject([{ status: 'inactive' }]);
	});
});

describe('a request', () => {
	test('carries query and headers, and gives out each record of a list', async () => {
		const parameters = { path: '/areas', queryParameters: entries(['sort', 'name'], ['id', '1'], ['id', '2']), headers: entries(['X-Trace', 'abc']) };
		expect(await bench.rows('request', 'send', { method: 'GET', ...parameters })).toMatchObject([{ data: expect.any(Array) }]);
		expect(await last()).toMatchObject({ query: { sort: 'name', id: ['1', '2'] }, headers: { 'x-trace': 'abc' } });
		await bench.set({ listShape: 'bare' });
		expect(await bench.rows('request', 'send', { method: 'GET', path: '/areas' })).toHaveLength(5);
	});

	test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('may be a %s', async (method) => {
		const path = method === 'POST' ? '/areas' : `/areas/${known.area}`;
		await bench.rows('request', 'send', { method, path, ...json({ name: 'Pier' }) });
		expect(await last()).toMatchObject({ method, body: { name: 'Pier' }, status: 200 });
	});

	test.each([
		['the key', entries(['X-API-Key', 'mine']), /"X-API-Key" is set by the node.*credential/],
		['the type of the body', entries(['content-type', 'application/json']), /"content-type" is set by the node/],
		['a line break', entries(['X-Trace', 'a\r\nX-Evil: b']), /can't be sent as a header/],
		['a name with a space', entries(['X Trace', 'a']), /can't be sent as a header/],
	])('with %s as a header is refused', async (_, headers, message) => {
		expect(await bench.refusal('request', 'send', { path: '/areas', headers })).toMatch(message);
		expect(await bench.journal()).toEqual([]);
	});

	test('for another format than JSON is answered with advice', async () => {
		expect(await bench.refusal('request', 'send', { path: '/areas', headers: entries(['Accept', 'text/csv']) })).toMatch(/Only JSON.*asks for JSON/);
	});

	test('is refused with a method that an expression made up', async () => {
		expect(await bench.refusal('request', 'send', { method: '={{ "TRACE" }}', path: '/areas' })).toMatch(/Method.*"TRACE"/);
	});
});
