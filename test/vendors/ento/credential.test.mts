import { visibleText } from '../../support/engine.mts';
import { apiKey, defined, useEnto } from './ento.mts';

const bench = useEnto();
const verdict = async (changes = {}) => await bench.engine.testCredential('entoApi', bench.engine.credentials.add('entoApi', bench.typed(changes)));

describe('the credential test', () => {
	test('accepts the right key, and sends it for the employees alone', async () => {
		expect(await verdict()).toEqual({ status: 'OK', message: 'Connection successful!' });
		const sent = (await bench.journal()).map(({ method, path, query, headers }) => ({ method, path, query, key: headers['x-api-key'] }));
		expect(sent).toEqual([
			{ method: 'GET', path: '/staff', query: {}, key: apiKey },
			{ method: 'GET', path: '/staff', query: {}, key: apiKey },
		]);
	});

	test('bears spaces, line breaks and slashes around what was pasted', async () => {
		const changes = { baseUrl: ` ${bench.sandbox.url}/ento// `, apiKey: ` ${apiKey}\n`, employeesPath: ' staff/ ' };
		expect(await verdict(changes)).toMatchObject({ status: 'OK' });
		expect(await bench.rows('employee', 'get', { employeeId: 'ST1001' }, { credentials: { entoApi: bench.typed(changes) } })).toHaveLength(1);
	});

	test.each([
		['401', { gateway: false }],
		['403 of a gateway', { gateway: true }],
	])('tells a wrong key by %s', async (_, settings) => {
		await bench.set(settings);
		const { status, message } = await verdict({ apiKey: 'some-other-key' });
		expect(status).toBe('Error');
		expect(message).toMatch(/does not accept this API key.*Ento Support/);
	});

	test.each([
		['employees path', { employeesPath: '/people' }],
		['base URL', { baseUrl: 'BASE/v7' }],
	])('tells a wrong %s by 404, and that it is not the key', async (_, changes: Record<string, string>) => {
		const { status, message } = await verdict(changes.baseUrl ? { baseUrl: `${bench.sandbox.url}/ento/v7` } : changes);
		expect(status).toBe('Error');
		expect(message).toMatch(/did not reject the API key.*base URL.*employees path/);
	});

	test('finds an API behind a prefix, in the base URL or in the paths', async () => {
		await bench.set({ prefix: '/v1' });
		expect(await verdict()).toMatchObject({ status: 'Error' });
		expect(await verdict({ baseUrl: `${bench.sandbox.url}/ento/v1` })).toMatchObject({ status: 'OK' });
		expect(await verdict({ employeesPath: '/v1/employees' })).toMatchObject({ status: 'OK' });
	});

	test('sends nothing over plain HTTP to another machine', async () => {
		const { status, message } = await verdict({ baseUrl: 'http://api.ento.example' });
		expect(status).toBe('Error');
		expect(message).toMatch(/HTTPS only.*https:\/\//);
	});

	test('does not carry the key along to where a redirect leads', async () => {
		const elsewhere = `${bench.sandbox.storageUrl}/ento/staff`;
		await bench.sandbox.control.fault({ service: 'ento', times: -1, fault: { type: 'redirect', location: elsewhere, status: 302 } });
		const { status, message } = await verdict();
		expect(status).toBe('Error');
		expect(message).toMatch(/points to another address/);
		expect(await bench.journal()).toHaveLength(1);
	});
});

describe('the key', () => {
	test.each(['http://api.ento.example', 'ftp://api.ento.example', 'http://127.ento.example', 'http://localhost.ento.example'])(
		'is not sent to %s',
		async (baseUrl) => {
			const said = await bench.refusal('employee', 'getAll', {}, { credentials: { entoApi: bench.typed({ baseUrl }) } });
			expect(said).toMatch(/Base URL.*does not begin with https:\/\/.*Open the credential/);
		},
	);

	test.each([
		['Base URL', { baseUrl: 'api.ento.com' }],
		['API Key', { apiKey: '  ' }],
		['API Key', { apiKey: 'key: 7f3c' }],
		['API Key', { apiKey: '7f3c–1b9d' }],
		['Employees Path', { employeesPath: 'https://api.ento.com/staff' }],
		['Employees Path', { employeesPath: '/staff?deleted=true' }],
		['Employees Path', { employeesPath: '/v1/../staff' }],
	])('a credential with an unusable %s is refused with its name (%j)', async (field, changes) => {
		const said = await bench.refusal('employee', 'getAll', {}, { credentials: { entoApi: bench.typed(changes) } });
		expect(said).toContain(field);
		expect(await bench.journal()).toEqual([]);
	});

	test('with an invisible character in the key is refused by its test, as by the node', async () => {
		const result = await bench.engine.testCredential('entoApi', bench.typed({ apiKey: `${apiKey}\u200B` }));
		expect(result).toMatchObject({ status: 'Error', message: expect.stringContaining('The API Key holds a character that no key has') });
	});

	test('is in its header and nowhere else', async () => {
		await bench.set({ writable: true });
		const fields = { fieldsMode: 'json', fieldsJson: '{"label":"Late"}' };
		const runs = [
			await bench.run('employee', 'getAll', { returnAll: true }),
			await bench.run('shift', 'getAll', { dateRange: 'nextDays', returnAll: true }),
			await bench.run('record', 'create', { path: '/shifts', ...fields }),
			await bench.run('request', 'send', { method: 'PATCH', path: '/shifts/88001', ...fields }),
			await bench.run('employee', 'get', { employeeId: 'nobody' }),
			await bench.run('employee', 'get', { employeeId: 'nobody' }, { onError: 'continueErrorOutput' }),
		];
		for (const run of runs) expect(visibleText(run)).not.toContain(apiKey);
		const journal = await bench.journal();
		expect(journal.length).toBeGreaterThan(5);
		for (const { headers, ...rest } of journal) {
			const { 'x-api-key': key, ...others } = headers;
			expect(key).toBe(apiKey);
			expect(JSON.stringify([others, rest])).not.toContain(apiKey);
		}
	});

	test('is masked where Ento repeats it', async () => {
		const body = { message: `The key ${apiKey} may not do this` };
		await bench.sandbox.control.fault({ service: 'ento', fault: { type: 'status', status: 400, body } });
		const run = await bench.run('employee', 'getAll', {}, { credentials: { entoApi: bench.typed({ apiKey: `${apiKey}\n` }) } });
		expect(run.error?.message).toContain('may not do this');
		expect(visibleText(run)).not.toContain(apiKey);
	});
});

describe('with the HTTP Request node of n8n', () => {
	const ask = async (url: string) =>
		await bench.engine.runNode({
			node: 'n8n-nodes-base.httpRequest',
			parameters: { url, authentication: 'predefinedCredentialType', nodeCredentialType: 'entoApi', options: {} },
			credentials: { entoApi: bench.credential },
		});

	test('the credential works on its own host', async () => {
		const run = await ask(`${bench.sandbox.url}/ento/areas`);
		expect(run.error).toBeUndefined();
		expect(run.outputs[0]?.[0]?.json.data).toHaveLength(5);
	});

	test('the key is not sent to another one', async () => {
		const run = await ask(`${bench.sandbox.storageUrl}/ento/areas`);
		expect(defined(run.error).message).toContain(`The API key of this credential is sent to ${bench.sandbox.url} only`);
	});
});
