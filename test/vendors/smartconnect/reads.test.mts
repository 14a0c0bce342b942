import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { INodeCredentialDescription, INodeParameters, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { visibleText } from '../../support/engine.mts';
import { byId, defined, items, known, told, useSmartConnect } from './smartConnect.mts';

const bench = useSmartConnect();
const priceList = { integrationId: byId(known.priceList) };

describe('source data', () => {
	test('comes as items, with names and texts as they are at the source', async () => {
		const rows = await bench.rows('integration', 'getSourceData', { integrationId: byId(known.stock), returnAll: true });
		expect(rows).toEqual([
			{ 'Item No': '1000', '2nd Unit': 'box', 'Price (€)': '12.50', Note: 'first\nsecond' },
			{ 'Item No': '1001', '2nd Unit': 'bag', 'Price (€)': '3.99', Note: ']]> ends & begins' },
			{ 'Item No': '1002', '2nd Unit': '', 'Price (€)': '0', Note: '' },
		]);
		expect((await bench.journal()).at(-1)?.headers.accept).toBe('application/xml');
	});

	test.each(['requestObject', 'list'])('is filtered by variables (%s)', async (variablesFormat) => {
		const variables = { values: [{ name: 'GBL_CITY', value: 'Tartu' }] };
		const parameters = { integrationId: byId(known.customers), variables, options: { variablesFormat } };
		const rows = await bench.rows('integration', 'getSourceData', parameters);
		expect(rows.map(({ City }) => City)).toEqual(Array.from({ length: 6 }, () => 'Tartu'));
	});

	test('of a real-time integration is refused in the words of the service', async () => {
		const { error } = await bench.run('integration', 'getSourceData', { integrationId: byId(known.realTime) });
		expect(error?.message).toContain('SmartConnect answered: Real time processes are not supported.');
	});
});

describe('lists', () => {
	test('the integrations of a connection are simplified, with their real keys', async () => {
		const parameters = { connectionId: byId(known.connectionShop) };
		const rows = await bench.rows('integration', 'getByConnection', parameters);
		expect(rows.map(({ mapKey }) => mapKey)).toEqual([known.stock, known.priceList, known.empty]);
		expect(Object.keys(defined(rows[0])).length).toBeLessThanOrEqual(10);
		const [raw] = await bench.rows('integration', 'getByConnection', { ...parameters, output: 'raw' });
		expect(raw).toMatchObject({ mapKey: known.noId, lines: [expect.any(Object)], tenants: [expect.any(Object)] });
	});

	test('an integration that is in no other list is given with a remark that its key can not be used', async () => {
		await bench.sandbox.control.fault({ service: 'smartconnect', path: 'GetMapList', times: -1, fault: { type: 'status', status: 200, body: '[]' } });
		const { outputs, hints } = await bench.run('integration', 'getByConnection', { connectionId: byId(known.connectionCrm) });
		expect(outputs[0]?.length).toBeGreaterThan(0);
		expect(hints.map(({ message }) => message)).toEqual([expect.stringMatching(/names no key of .*CUSTOMERS/)]);
	});

	test('of columns: all, or those that are mapped', async () => {
		const names = async (which: string) => (await bench.rows('integration', 'getColumns', { integrationId: byId(known.customers), which })).map(({ ColumnName }) => ColumnName);
		expect(await names('all')).toEqual(['No', 'Name', 'Email', 'City']);
		expect(await names('mapped')).toEqual(['No', 'Name', 'Email']);
	});

	test('the history has ten runs, newest first', async () => {
		const rows = await bench.rows('run', 'getAll', { integrationId: byId(known.customers), returnAll: true });
		expect(rows.map(({ RunNumber }) => RunNumber)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3]);
		expect(rows[0]).toMatchObject({ ErrorCount: 3, ErrorsSaved: true, RunDate: '2026-11-12T02:00:00' });
		expect(Object.keys(defined(rows[0]))).toEqual(['success', 'RunNumber', 'RunDate', 'RecordCount', 'ErrorCount', 'ErrorsSaved', 'Id', 'MapId']);
		expect(rows.map(({ success, ErrorCount }) => success === (ErrorCount === 0))).not.toContain(false);
		expect(new Set(rows.map(({ success }) => success)).size).toBe(2);
	});

	test('companies are found with a customer ID that is wrong, so that the right one can be', async () => {
		const credentials = { smartConnectApi: bench.engine.credentials.add('smartConnectApi', bench.typed({ customerId: 'not known yet' })) };
		const rows = await bench.rows('company', 'getAll', {}, { credentials });
		expect(rows).toEqual([
			{ Id: known.companyA, Name: 'Larkfield Supplies', SubscriptionExpiry: null },
			{ Id: known.companyB, Name: 'Harbour & Pine', SubscriptionExpiry: null },
		]);
	});
});

describe('rejected rows of a past run', () => {
	const parameters = { integrationId: byId(known.customers), runNumber: 12 };

	test('come one by one with their target, or as they are sent', async () => {
		const rows = await bench.rows('run', 'getErrors', parameters);
		expect(rows).toHaveLength(3);
		expect(rows[0]).toMatchObject({ tenantServer: 'crm.example', tenantTechnical: 'org1', No: 'A-1', EONERUNERRORS: 'Duplicate found.\r\n' });
		expect(await bench.rows('run', 'getErrors', { ...parameters, outputFormat: 'raw' })).toMatchObject([{ runNumber: 12, runTenants: [{ errorCount: 3 }] }]);
	});

	test('end at 1000, which is said', async () => {
		await bench.sandbox.control.seed('row', 1200, 'smartconnect');
		await bench.settings({ runResult: 'failure' });
		const integration = { integrationId: byId(known.bulk) };
		const failed = await bench.run('integration', 'run', { ...integration, options: { failedRun: 'return' } });
		expect(failed.outputs[0]?.[0]?.json.rejectedRows).toHaveLength(1200);
		const run = await bench.run('run', 'getErrors', { ...integration, runNumber: 1 });
		expect(run.outputs[0]).toHaveLength(1000);
		expect(run.hints.map(({ message }) => message)).toEqual([expect.stringContaining('first 1000')]);
	});

	test.each([0, -1, 1.5])('of run %d are refused', async (runNumber) => {
		expect(told((await bench.run('run', 'getErrors', { ...parameters, runNumber })).error)).toContain('is not the number of a run');
	});
});

describe('outputs', () => {
	test('are listed without the link that holds the token, unless it is asked for', async () => {
		const run = await bench.run('output', 'getAll', priceList);
		expect(run.outputs[0]?.[0]?.json).toEqual({
			outputId: known.outputs[0],
			processId: known.priceList,
			runNumber: 1,
			created: '2026-11-01T02:00:05',
			description: 'Price list',
			fileName: 'prices-1.csv',
		});
		expect(visibleText(run)).not.toContain('getfile');
		const [withLink] = await bench.rows('output', 'getAll', { ...priceList, options: { includeLink: true } });
		expect(withLink?.outputUri).toContain('/getfile?token=');
		expect(await bench.rows('output', 'getAll', { ...priceList, runNumber: 2 })).toMatchObject([{ fileName: 'prices-2.csv' }]);
	});

	test.each(['filesystem', 'default'] as const)('are downloaded as files (%s)', async (binaryMode) => {
		const run = await bench.run('output', 'download', { ...priceList, outputId: byId(known.outputs[1]) }, { binaryMode });
		const item = defined(run.outputs[0]?.[0]);
		const file = defined(item.binary?.data);
		expect(file).toMatchObject({ fileName: 'prices-2.csv', mimeType: 'text/csv' });
		expect((await bench.engine.readBinary(file)).toString()).toBe('No,Name,Amount\r\n7,Pen,2\r\n8,"Ink, blue",4\r\n');
		expect(item.json).not.toHaveProperty('outputUri');
		expect(visibleText(run)).not.toContain(String(bench.account.data.sessionToken));
	});

	test('of another host are not fetched, and nothing is sent there', async () => {
		let requests = 0;
		const stranger = createServer((_request, response) => {
			requests++;
			response.end('a file');
		});
		await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
		try {
			const { port } = stranger.address() as AddressInfo;
			for (const outputHost of [`http://127.0.0.1:${port}`, 'http://files.example.test', 'http://127.0.0.1.example.test']) {
				await bench.settings({ outputHost });
				const { error } = await bench.run('output', 'download', { ...priceList, outputId: byId(known.outputs[0]) });
				expect(told(error)).toMatch(/is not the host of the API URL.*Nothing was sent there/s);
			}
			expect(requests).toBe(0);
		} finally {
			await new Promise((resolve) => stranger.close(resolve));
		}
	});

	test('that are not there are told', async () => {
		const { error } = await bench.run('output', 'download', { ...priceList, outputId: byId(known.missing) });
		expect(told(error)).toMatch(/has no output with the ID.*Take the ID from Output > Get Many/);
	});
});

describe('tokens', () => {
	test('are shown where that is asked for, and validated', async () => {
		const [shown] = await bench.rows('token', 'get');
		expect(shown).toEqual({ token: expect.stringMatching(/=$/), companyId: known.companyA });
		const validate = async (token: unknown) => (await bench.rows('token', 'validate', { token: String(token) }))[0]?.valid;
		expect(await validate(shown?.token)).toBe(true);
		expect(await validate('made+up/token=')).toBe(false);
		expect(await validate('')).toBe(true);
		await bench.sandbox.control.expireSessions('smartconnect');
		expect(await validate('')).toBe(false);
		expect(await validate(shown?.token)).toBe(false);
	});

	test('are for the company that is asked for', async () => {
		const [{ token } = {}] = await bench.rows('token', 'get', { customerId: known.companyB });
		const answer = await fetch(`${bench.sandbox.url}/smartconnect/API/GetMapList?token=${encodeURIComponent(String(token))}`, { method: 'POST' });
		expect(await answer.json()).toMatchObject([{ MapId: 'JOURNAL' }]);
	});
});

describe('answers that are no answers', () => {
	const answer = async (body: unknown) => {
		await bench.sandbox.control.fault({ service: 'smartconnect', path: 'GetMapList', times: -1, fault: { type: 'status', status: 200, body } });
		return told((await bench.run('integration', 'getAll')).error);
	};

	test.each([['an object', { Result: 'ok' }], ['texts', ['a']], ['other objects', [{ Id: 1 }]], ['a number', 5]])('%s in place of a list are told', async (_, body) => {
		expect(await answer(body)).toMatch(/in a form that this node doesn't know.*"MapKey" was expected.*Check the API URL/);
	});

	test.each([['an object', { Message: 'Go away.' }], ['a text', '"Go away."']])('a message as %s is told', async (_, body) => {
		expect(await answer(body)).toMatch(/sent a message where data was expected: Go away\..*Check the API URL/);
	});

	test('an integration of another company, which the service answers with nothing', async () => {
		const { error } = await bench.run('run', 'getAll', { integrationId: byId(known.foreign) });
		expect(told(error)).toMatch(/sent an empty answer.*Check the API URL.*whether the user may use it/);
	}, 20_000);

	test('what is no data table', async () => {
		await bench.sandbox.control.fault({ service: 'smartconnect', path: 'GetAllData', times: -1, fault: { type: 'status', status: 200, body: '<string>Something went wrong</string>' } });
		const { error } = await bench.run('integration', 'getSourceData', { integrationId: byId(known.customers) });
		expect(told(error)).toMatch(/a data table was expected.*Check the API URL/);
	});

	test('a message of a storage, though it is XML with elements', async () => {
		const body = '<?xml version="1.0"?><Error><Code>SlowDown</Code><Message>Reduce your request rate</Message></Error>';
		await bench.sandbox.control.fault({ service: 'smartconnect', path: 'GetAllData', times: -1, fault: { type: 'status', status: 200, body } });
		const { error } = await bench.run('integration', 'getSourceData', { integrationId: byId(known.customers) });
		expect(told(error)).toMatch(/sent a message where data was expected: Reduce your request rate.*Check the API URL/);
	}, 20_000);

	test('rows without columns', async () => {
		await bench.sandbox.control.fault({ service: 'smartconnect', path: 'GetAllData', times: -1, fault: { type: 'status', status: 200, body: '<Answer><Code>SlowDown</Code></Answer>' } });
		const { error } = await bench.run('integration', 'getSourceData', { integrationId: byId(known.customers) });
		expect(told(error)).toMatch(/a data table was expected, but "Code" is no row: it has no columns.*Check the API URL/);
	});

	test('a web page, though it is XML too', async () => {
		const body = '<html><title>Just a moment...</title><script>challenge()</script></html>';
		await bench.sandbox.control.fault({ service: 'smartconnect', path: 'GetAllData', times: -1, fault: { type: 'status', status: 200, body } });
		const { error } = await bench.run('integration', 'getSourceData', { integrationId: byId(known.customers) });
		expect(told(error)).toMatch(/sent a web page where data was expected.*Check the API URL/);
	}, 20_000);
});

describe('the editor', () => {
	const look = async <K extends 'listSearch' | 'resourceMapping'>(kind: K, method: string, parameters: INodeParameters = {}, filter?: string) =>
		await bench.engine.callMethod({ node: 'smartConnect', kind, method, parameters: { authentication: 'webService', ...parameters }, filter, credentials: { smartConnectApi: bench.account } });

	test('finds integrations, connections, data sources and outputs', async () => {
		const { results } = await look('listSearch', 'searchIntegrations', {}, 'stock');
		expect(results).toEqual([{ name: 'STOCK TO SHOP (Nightly stock levels)', value: known.stock }]);
		expect((await look('listSearch', 'searchIntegrations')).results).toHaveLength(6);
		expect((await look('listSearch', 'searchConnections')).results[0]).toEqual({ name: 'CRM (Crm)', value: known.connectionCrm });
		expect((await look('listSearch', 'searchDataSources', {}, 'erp')).results).toEqual([{ name: 'ERP query (LARK)', value: known.sourceErp }]);
		const outputs = await look('listSearch', 'searchOutputs', { resource: 'output', operation: 'download', ...priceList });
		expect(outputs.results[2]).toEqual({ name: 'prices-3.csv (run 3)', value: known.outputs[2] });
	});

	test('shows the columns of an integration and marks the required ones', async () => {
		const parameters = { resource: 'integration', operation: 'runWithData', integrationId: byId(known.customers) };
		const { fields } = await look('resourceMapping', 'getColumns', parameters);
		expect(fields.map(({ id, required }) => [id, required])).toEqual([['No', true], ['Name', false], ['Email', false], ['City', false]]);
		expect(fields.filter(({ display }) => !display)).toEqual([]);
	});
});

describe('the two kinds of credential', () => {
	/** What the panel of a node shows: n8n lets go of a parameter that does not belong to the chosen operation. */
	const panel = (chosen: INodeParameters) => {
		const { properties, credentials = [] } = bench.engine.nodeType('smartConnect').description;
		const { NodeHelpers } = bench.engine.n8n.workflow;
		const node = { typeVersion: 1.1 };
		const values = NodeHelpers.getNodeParameters(properties, chosen, true, false, node, null) ?? {};
		const shown = (entries: ReadonlyArray<INodeProperties | INodeCredentialDescription>) =>
			entries.filter((entry) => NodeHelpers.displayParameter(values, entry, node, null)).map(({ name }) => name);
		return { fields: shown(properties), credentials: shown(credentials) };
	};
	const operations = () =>
		bench.engine.nodeType('smartConnect').description.properties
			.filter(({ name, displayOptions }) => name === 'operation' && (displayOptions?.show?.['@version'] ?? [1.1]).includes(1.1))
			.flatMap(({ options = [], displayOptions }) => (options as INodePropertyOptions[]).map(({ value }) => ({ resource: String(displayOptions?.show?.resource?.[0]), operation: String(value) })));

	test('are chosen by the operation: only a run has a choice, and no panel is dead', () => {
		expect(operations()).toHaveLength(16);
		for (const operation of operations()) {
			const isRun = operation.resource === 'integration' && operation.operation === 'run';
			// Also where the choice for a run stood before.
			for (const authentication of [undefined, 'webService', 'restApi']) {
				const { fields, credentials } = panel({ ...operation, ...(authentication ? { authentication } : {}) });
				expect([operation, fields.includes('authentication')]).toEqual([operation, isRun]);
				expect([operation, credentials]).toEqual([operation, [isRun && authentication === 'restApi' ? 'smartConnectRestApi' : 'smartConnectApi']]);
				expect(fields.length).toBeGreaterThan(2);
			}
		}
	});

	test('n8n lists each kind on its own: no `show` of a credential names a parameter', () => {
		const { credentials = [] } = bench.engine.nodeType('smartConnect').description;
		expect(credentials.map(({ displayOptions }) => displayOptions?.show)).toEqual([undefined, undefined]);
	});

	test('an operation that only the web service has asks for its credential by name', async () => {
		const parameters = { authentication: 'restApi', resource: 'run', operation: 'getAll', integrationId: byId(known.customers) };
		const run = await bench.engine.runNode({ node: 'smartConnect', parameters, items: items({}), credentials: { smartConnectRestApi: bench.restAccount } });
		expect(String(run.error?.message)).toMatch(/smartConnectApi|SmartConnect\.com API/);
		const both = await bench.engine.runNode({ node: 'smartConnect', parameters, items: items({}), credentials: { smartConnectRestApi: bench.restAccount, smartConnectApi: bench.account } });
		expect(both.status).toBe('success');
	});
});
