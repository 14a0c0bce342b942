/** What the person reads when Ento says no, and how often it is asked again. */
import { known, saved, told, useEnto } from './ento.mts';

const bench = useEnto();
const get = async () => await bench.refusal('employee', 'get', { employeeId: known.employee });
const answer = async (status: number, body?: unknown, times = 1) =>
	await bench.sandbox.control.fault({ service: 'ento', times, fault: { type: 'status', status, ...(body === undefined ? {} : { body }) } });

describe('the words of Ento are found in a body', () => {
	test.each(['message', 'error', 'nested', 'errors', 'fields', 'detail', 'text'] as const)('of the form "%s"', async (errorBody) => {
		await bench.set({ errorBody });
		const said = await bench.refusal('shift', 'getAll', { dateRange: 'today', options: { dateFormat: 'dd/MM/yyyy' } }, saved);
		expect(said).toMatch(/^Ento answered: .*start_date must be a date/);
		expect(said).toMatch(/compare the parameter names with your API documentation/);
	});

	test('and where there are none, the status speaks', async () => {
		await bench.set({ errorBody: 'empty' });
		expect(await bench.refusal('employee', 'get', { employeeId: 'nobody' })).toMatch(/Ento did not find it \(HTTP 404\)/);
	});

	test.each([['<html>Bad Gateway</html>'], [{ code: 7 }], [{ message: '' }], [[]], ['x'.repeat(1000)]])('but not in %j', async (body) => {
		await answer(400, body);
		expect(await get()).toMatch(/Ento rejected the request \(HTTP 400\)/);
	});
});

test.each([[0], [true], ['OK']])('a list that is %j is none', async (body) => {
	await answer(200, JSON.stringify(body));
	expect(await bench.refusal('employee', 'getAll', {})).toMatch(/a list was expected/);
});

describe('each status leads somewhere', () => {
	test.each([
		[400, /Check the values/],
		[401, /Ento Support issues it/],
		[403, /Ento Support issues it/],
		[404, /Check the ID.*base URL.*paths/],
		[405, /API may be read-only here/],
		[406, /only format of the API/],
		[302, /base URL in the credential/],
	])('%i', async (status, message) => {
		await answer(status);
		expect(await get()).toMatch(message);
		expect(await bench.journal()).toHaveLength(1);
	});

	test.each([[{ gateway: false }], [{ gateway: true }]])('a wrong key is a refused log-in, with %j', async (settings) => {
		await bench.set(settings);
		const run = await bench.run('employee', 'getAll', {}, { credentials: { entoApi: bench.typed({ apiKey: 'some-other-key' }) }, onError: 'continueErrorOutput' });
		expect(run.outputs[1]?.[0]?.json.message).toMatchObject({ reason: 'log-in refused', description: expect.stringContaining('API key') });
	});

	test('a request marked as plain HTTP is refused', async () => {
		const headers = { entries: [{ name: 'X-Forwarded-Proto', value: 'http' }] };
		expect(await bench.refusal('request', 'send', { path: '/staff', headers })).toMatch(/HTTPS is required/);
	});
});

describe('what is no record', () => {
	const answerWith = async (body: unknown) => await bench.sandbox.control.fault({ service: 'ento', times: -1, fault: { type: 'status', status: 200, body } });

	test.each([[0], ['text'], [{ data: {} }], [{}], [[1, 2]], [{ message: 'ok' }], [{ data: null }]])('%j in place of one is told', async (body) => {
		await answerWith(JSON.stringify(body));
		expect(await bench.refusal('employee', 'get', { employeeId: known.employee })).toMatch(/in a form that this node doesn't know: a record was expected/);
		expect(await bench.rows('record', 'get', { path: '/areas', recordId: known.area })).toHaveLength(1);
	});

	test('null in place of a list says what to do, which helps', async () => {
		await answerWith(JSON.stringify({ data: null }));
		const said = await bench.refusal('employee', 'getAll', { returnAll: true });
		const [, remedy = ''] = /(\{ "itemsProperty".*?\})/.exec(said) ?? [];
		const credentials = { entoApi: bench.typed({ apiDifferences: remedy }) };
		expect(await bench.rows('employee', 'getAll', { returnAll: true }, { credentials })).toEqual([]);
	});

	test('a list that is not where the credential says is told', async () => {
		await answerWith(JSON.stringify({ other: null }));
		const credentials = { entoApi: bench.typed({ apiDifferences: '{ "itemsProperty": "data" }' }) };
		expect(told((await bench.run('employee', 'getAll', { returnAll: true }, { credentials })).error)).toMatch(/Ento's answer has no "data"; it has: other/);
	});

	test.each([[{ data: null }], [{ items: null, total: 5 }], [5], [null], [[null]], [[[]]], [[{}]], [{}], [{ message: 'ok' }], [{ a: { a: {} } }]])('%j in place of a list is told', async (body) => {
		await answerWith(JSON.stringify(body));
		expect(await bench.refusal('employee', 'getAll', { returnAll: true })).toMatch(/in a form that this node doesn't know: a list (of records )?was expected/);
	});
});

describe('it is asked again', () => {
	test('after 429, as long as Ento says', async () => {
		await bench.set({ rateLimit: { requests: 3, perMs: 600 } });
		const items = Array.from({ length: 6 }, () => ({ json: {} }));
		expect(await bench.rows('employee', 'get', { employeeId: known.employee }, { items })).toHaveLength(6);
		expect((await bench.sandbox.control.summary('ento')).byStatus['200']).toBe(6);
	});

	test.each([500, 503])('after %i for reads', async (status) => {
		await answer(status);
		expect(await bench.rows('employee', 'get', { employeeId: known.employee })).toHaveLength(1);
		expect((await bench.journal()).map((entry) => entry.status)).toEqual([status, 200]);
	});

	test.each([500, 503])('after %i for no change, which may have been carried out', async (status) => {
		await answer(status);
		const said = await bench.refusal('record', 'create', { path: '/areas', fieldsMode: 'json', fieldsJson: '{"name":"Bar"}' });
		expect(said).toMatch(/may have been carried out all the same.*Look in Ento/);
		expect(await bench.journal()).toHaveLength(1);
	});
});
