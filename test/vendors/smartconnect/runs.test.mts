import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Fault } from '../../../sandbox/client.mts';
import { readRequestData } from '../../../sandbox/smartconnect/xml.mts';
import type { NodeRunOptions } from '../../support/engine.mts';
import { passTime } from '../../support/sandbox.mts';
import { byId, items, jsonOf, known, told, useSmartConnect } from './smartConnect.mts';

const bench = useSmartConnect();
const auto = { columns: { mappingMode: 'autoMapInputData', value: null } } as unknown as INodeParameters;
const onCustomers = { integrationId: byId(known.customers), ...auto };
const withData = async (rows: IDataObject[], parameters: INodeParameters = {}, options: Partial<NodeRunOptions> = {}) =>
	await bench.run('integration', 'runWithData', { ...onCustomers, ...parameters }, { items: items(...rows), ...options });
const three = [{ No: '1', Name: 'One' }, { No: '2', Name: 'Bad name' }, { No: '3', Name: 'Three' }];
const good = three.filter(({ Name }) => Name !== 'Bad name');
const pairs = (list: Array<{ pairedItem?: unknown }> = []) => list.map(({ pairedItem }) => [pairedItem].flat().map((link) => (link as { item: number }).item));
const bodies = async () => (await bench.journal()).filter(({ effects }) => effects.some(({ kind }) => kind === 'run')).map(({ body, path }) => ({ path, body }));

describe('a run', () => {
	test('gives its result as the service sends it', async () => {
		const [result] = await bench.rows('integration', 'run', { integrationId: byId(known.invoices) });
		expect(result).toEqual({
			success: true,
			ErrorCount: 0,
			Errors: '',
			MapDescription: 'Post supplier invoices',
			MapKey: known.invoices,
			MapId: 'INVOICES TO BC',
			RecordCount: 1,
			RunNumber: 1,
			Status: 0,
			ErrorMessage: '',
		});
		expect((await bench.journal()).at(-1)).toMatchObject({ method: 'POST', path: '/API/runmap', bodySize: 0 });
	});

	const variables = { variables: { values: [{ name: 'GBL_CITY', value: 'Tartu' }] } };
	test.each([
		['the request object', {}, { Variables: '[{"Key":"GBL_CITY","Value":"Tartu"}]', Xml: '' }],
		['a list', { options: { variablesFormat: 'list' } }, [{ Key: 'GBL_CITY', Value: 'Tartu' }]],
	])('sends variables as %s', async (_, options, body) => {
		const parameters = { integrationId: byId(known.customers), ...variables, ...options };
		expect(await bench.rows('integration', 'run', parameters)).toMatchObject([{ success: true, RecordCount: 6 }]);
		expect(await bodies()).toEqual([{ path: '/API/RunMapWithVariables', body }]);
	});

	test('sends variables over the REST API by name', async () => {
		expect(jsonOf(await bench.runRest(variables))).toMatchObject([{ success: true, Status: 'Successful', RecordCount: 6, RunNumber: 13 }]);
		expect(await bodies()).toEqual([{ path: `/rest/v1/run-integration/${known.customers}`, body: { Variables: [{ Name: 'GBL_CITY', Value: 'Tartu' }] } }]);
	});

	test.each([
		['a variable without a name', { values: [{ name: ' ', value: '1' }] }, /Variable 1 has no name/],
		['a variable given twice', { values: [{ name: 'GBL_A', value: '1' }, { name: 'GBL_A', value: '2' }] }, /"GBL_A" is given twice/],
	])('refuses %s before anything is sent', async (_, given, message) => {
		const run = await bench.run('integration', 'run', { integrationId: byId(known.customers), variables: given });
		expect(told(run.error)).toMatch(message);
		expect(await bench.runsDone()).toEqual([]);
	});

	test.each([['no ID', 'CUSTOMERS', /"CUSTOMERS" is not an ID of SmartConnect/], ['zeros', known.noId, /consists of zeros/]])('refuses %s', async (_, id, message) => {
		expect(told((await bench.run('integration', 'run', { integrationId: byId(id) })).error)).toMatch(message);
	});

	test('that has failed is not started again by n8n, one that was refused is', async () => {
		const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		await bench.settings({ runResult: 'failure' });
		const run = await bench.run('integration', 'run', { integrationId: byId(known.customers) }, retry);
		expect(told(run.error)).toMatch(/did not succeed/);
		expect(await bench.runsDone()).toHaveLength(1);
		await bench.settings({ runResult: 'success' });
		await bench.sandbox.control.fault({ service: 'smartconnect', path: '/runmap', fault: { type: 'status', status: 400 } });
		expect((await bench.run('integration', 'run', { integrationId: byId(known.customers) }, retry)).error).toBeUndefined();
		expect(await bench.runsDone()).toHaveLength(2);
	});

	test('is started once for all items that ask for the same', async () => {
		const parameters = { integrationId: byId('={{ $json.id }}'), variables: { values: [{ name: 'GBL_A', value: '={{ $json.a }}' }] } };
		const rows = items({ id: known.customers, a: 1 }, { id: known.stock, a: 1 }, { id: known.customers.toUpperCase(), a: 1 }, { id: known.customers, a: 2 });
		const run = await bench.run('integration', 'run', parameters, { items: rows });
		expect(run.error).toBeUndefined();
		expect(run.outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([[{ item: 0 }, { item: 2 }], { item: 1 }, { item: 3 }]);
		expect(await bench.runsDone()).toHaveLength(3);
	});

	test.each([
		['where that is wanted', { runFor: 'each' }, {}],
		['in a workflow that was saved before there was a choice', {}, { version: 1 }],
	])('is started for every item %s', async (_, more, options) => {
		const run = await bench.run('integration', 'run', { integrationId: byId(known.customers), ...more }, { items: items({}, {}), ...options });
		expect(pairs(run.outputs[0])).toEqual([[0], [1]]);
		expect(await bench.runsDone()).toHaveLength(2);
	});
});

describe('a run without success', () => {
	test('fails the node with message, counts and rejected rows', async () => {
		await bench.settings({ runResult: 'partial' });
		const run = await bench.run('integration', 'run', { integrationId: byId(known.customers) });
		expect(run.error?.message).toBe('Run 13 of CUSTOMERS did not succeed: Duplicate found. 1 of 12 records were rejected [item 0]');
		expect(run.error?.description).toMatch(/^Rejected rows: \{"No":"A-1","Name":"Northwind".*\}: Duplicate found\..*Correct these rows/);
		expect(run.error?.context.data).toMatchObject({ runNumber: 13, errorCount: 1, recordCount: 12, rejectedRows: [{ No: 'A-1', EONERUNERRORS: 'Duplicate found.\r\n' }] });
	});

	test.each(['number', 'boolean', 'text'] as const)('is known by its status as %s, escaped rows included', async (statusForm) => {
		await bench.settings({ runResult: 'failure', statusForm, errorsForm: 'escaped' });
		const parameters = { integrationId: byId(known.customers) };
		expect((await bench.run('integration', 'run', parameters)).status).toBe('error');
		const [result] = await bench.rows('integration', 'run', { ...parameters, options: { failedRun: 'return' } });
		expect(result).toMatchObject({ success: false, ErrorCount: 12, RecordCount: 12, RunNumber: 14 });
		expect(result?.rejectedRows).toHaveLength(12);
		await bench.settings({ runResult: 'success', statusForm });
		expect(await bench.rows('integration', 'run', parameters)).toMatchObject([{ success: true }]);
	});

	test('is known by its rejected rows where the status says otherwise', async () => {
		await bench.settings({ runResult: 'partial', partialStatus: 0 });
		const run = await bench.run('integration', 'run', { integrationId: byId(known.customers) });
		expect(run.error?.message).toContain('1 of 12 records were rejected');
	});

	test('fails over the REST API too', async () => {
		await bench.settings({ runResult: 'failure' });
		expect((await bench.runRest()).error?.message).toContain('Run 13 of Customers to CRM did not succeed: Posting date is closed. 12 of 12 records were rejected');
		const run = await bench.runRest({ options: { failedRun: 'return' } });
		expect(jsonOf(run)).toMatchObject([{ success: false, Status: 'Failed' }]);
	});

	test('gives its rejected rows to the error output, where the run had its own source', async () => {
		await bench.settings({ runResult: 'partial' });
		const run = await bench.run('integration', 'run', { integrationId: byId(known.customers) }, { onError: 'continueErrorOutput', items: items({}, {}) });
		expect(run.outputs[0]).toEqual([]);
		expect(pairs(run.outputs[1])).toEqual([[0, 1]]);
		expect(run.outputs[1]?.[0]?.json).toMatchObject({ error: 'Duplicate found.', message: { runNumber: 13, row: { No: 'A-1' } } });
	});
});

describe('a run with data', () => {
	test('is one for all items, linked to all of them', async () => {
		const run = await withData(good);
		expect(jsonOf(run)).toMatchObject([{ success: true, RecordCount: 2, RunNumber: 13 }]);
		expect(pairs(run.outputs[0])).toEqual([[0, 1]]);
		expect(await bench.runsDone()).toEqual([`${known.customers}#13`]);
	});

	test('is one for each item where that is wanted', async () => {
		const run = await withData(good, { runFor: 'each' });
		expect(jsonOf(run)).toMatchObject([{ RecordCount: 1, RunNumber: 13 }, { RecordCount: 1, RunNumber: 14 }]);
		expect(pairs(run.outputs[0])).toEqual([[0], [1]]);
	});

	test('takes items with other variables or another integration apart', async () => {
		const parameters = {
			integrationId: byId('={{ $json.id }}'),
			variables: { values: [{ name: 'GBL_DAY', value: '={{ $json.day }}' }] },
			rowsMode: 'json',
			rowsJson: '={{ { "No": $json.no } }}',
		};
		const rows = [
			{ id: known.customers, day: '1', no: 'a' },
			{ id: known.invoices, day: '1', no: 'b' },
			{ id: known.customers.toUpperCase(), day: '1', no: 'c' },
			{ id: known.customers, day: '2', no: 'd' },
		];
		const run = await withData(rows, parameters);
		expect(run.error).toBeUndefined();
		expect(pairs(run.outputs[0])).toEqual([[0, 2], [1], [3]]);
		expect(await bench.runsDone()).toHaveLength(3);
	});

	const variables = { variables: { values: [{ name: 'GBL_A', value: '<&>' }] } };
	test.each([
		['tableWithErrors', 'variablesAndRows', 'RunMapDataTableWithErrors', variables],
		['table', 'variablesAndRows', 'RunMapDataTable', variables],
		['xml', 'variablesAndRows', 'RunMapXml', variables],
		['tableWithErrors', 'rowsOnly', 'RunMapDataTableWithErrors', {}],
		['table', 'rowsOnly', 'RunMapDataTable', {}],
		['xml', 'rowsOnly', 'RunMapXml', {}],
	])('sends rows as %s in the form %s', async (mode, xmlForm, path, more) => {
		const rows = [{ 'Item No': 'A <1> & "2"', '2nd Unit': 'box', 'Price (€)': 12.5, Note: null }];
		const parameters = { integrationId: byId(known.stock), ...more, options: { mode, xmlForm } };
		expect(jsonOf(await withData(rows, parameters))).toMatchObject([{ success: true, RecordCount: 1 }]);
		const [sent] = await bodies();
		expect(sent?.path).toBe(`/API/${path}`);
		expect(readRequestData(String(sent?.body))).toEqual({
			rows: [{ 'Item No': 'A <1> & "2"', '2nd Unit': 'box', 'Price (€)': '12.5' }],
			variables: 'variables' in more ? { GBL_A: '<&>' } : {},
		});
		expect(String(sent?.body).includes('<Variables')).toBe(xmlForm !== 'rowsOnly');
	});

	test('takes mapped columns, and rows as JSON whether text or object', async () => {
		const mapped = { mappingMode: 'defineBelow', value: { No: '={{ $json.number }}', Name: '={{ $json.title }}' } };
		await withData([{ number: 7, title: 'Seven' }], { columns: mapped } as unknown as INodeParameters);
		await withData([{}], { rowsMode: 'json', rowsJson: '[{ "No": 7, "Name": "Seven" }]' });
		await withData([{ rows: [{ No: '7', Name: 'Seven' }] }], { rowsMode: 'json', rowsJson: '={{ $json.rows }}' });
		const sent = (await bodies()).map(({ body }) => readRequestData(String(body)).rows);
		expect(sent).toEqual(Array.from({ length: 3 }, () => [{ No: '7', Name: 'Seven' }]));
	});

	test('works as the tool of an agent', async () => {
		const run = await bench.engine.runAsTool({
			node: 'smartConnect',
			parameters: { resource: 'integration', operation: 'runWithData', ...onCustomers, rowsMode: 'json', rowsJson: "={{ $fromAI('rows', 'the rows', 'json') }}" },
			args: { rows: [{ No: '9' }] },
			credentials: { smartConnectApi: bench.account },
		});
		expect(run.error).toBeUndefined();
		expect(run.answer).toMatchObject([{ success: true, RecordCount: 1 }]);
	});

	test.each<[string, IDataObject, INodeParameters, RegExp]>([
		['a column that is not there', {}, { rowsMode: 'json', rowsJson: '{ "Nr": 1 }' }, /no column "Nr".*The integration has: No, Name, Email, City/],
		['a row without any column', { Number: 1 }, {}, /no value for any column/],
		['no rows', {}, { rowsMode: 'json', rowsJson: '[]' }, /neither a row nor a list of rows/],
		['JSON that is none', {}, { rowsMode: 'json', rowsJson: '{ No: 1' }, /is not valid JSON/],
		['a control character', { No: 'a\u0000b' }, {}, /control character that XML has no form for, at position 2/],
		['variables in the earlier form', { No: '1' }, { options: { xmlForm: 'rowsOnly' }, variables: { values: [{ name: 'GBL_A', value: '1' }] } }, /earlier form has no room for variables/],
		['a mode that is not known', { No: '1' }, { options: { mode: 'csv' } }, /"csv" is not possible/],
	])('refuses %s before anything is sent', async (_, row, parameters, message) => {
		const run = await withData([{ No: '1' }, row], parameters);
		expect(told(run.error)).toMatch(message);
		expect(told(run.error)).toContain('Nothing was sent');
		expect(await bench.runsDone()).toEqual([]);
	});

	test('leaves a refused item out and runs the others', async () => {
		const run = await withData([{ No: '1' }, { nothing: 1 }, { No: '3' }], {}, { onError: 'continueErrorOutput' });
		expect(pairs(run.outputs[0])).toEqual([[0, 2]]);
		expect(pairs(run.outputs[1])).toEqual([[1]]);
		expect(run.hints.map(({ message }) => message)).toEqual(['1 of 3 items failed: 1 invalid input']);
	});
});

test('an expression that fails for one item fails that item alone, also where it decides which items run together', async () => {
	const failedRun = "={{ $json.No === '2' ? $('Nowhere').first() : 'fail' }}";
	const run = await withData([{ No: '1' }, { No: '2' }, { No: '3' }], { options: { failedRun } }, { onError: 'continueErrorOutput' });
	expect(run.error).toBeUndefined();
	expect(pairs(run.outputs[0])).toEqual([[0, 2]]);
	expect(pairs(run.outputs[1])).toEqual([[1]]);
});

describe('rejected rows of a run with data', () => {
	test.each(['tableWithErrors', 'xml'])('come out of the error output, each linked to its item (%s)', async (mode) => {
		const run = await withData([...three, { Name: 'No key' }], { mode }, { onError: 'continueErrorOutput' });
		expect(pairs(run.outputs[1])).toEqual([[1], [3]]);
		expect(run.outputs[1]?.map(({ json }) => json)).toMatchObject([
			{ No: '2', Name: 'Bad name', error: 'The target refused the name.' },
			{ Name: 'No key', error: 'A key field is empty.', message: { runNumber: 13, errorCount: 2, recordCount: 4, row: { Name: 'No key' }, description: expect.stringContaining('send only them again') } },
		]);
		expect(run.hints.map(({ message }) => message)).toEqual(['2 of 4 items failed: 2 rejected']);
	});

	test('in the mode that keeps the error in the regular output', async () => {
		const run = await withData(three, {}, { onError: 'continueRegularOutput' });
		expect(run.error).toBeUndefined();
		expect(run.outputs[0]?.map(({ json }) => json)).toMatchObject([{ success: true }, { error: expect.any(String), message: expect.any(Object) }, { success: true }]);
		expect(pairs(run.outputs[0])).toEqual([[0], [1], [2]]);
	});

	test('leave the others on the success branch, where the counts prove that these were accepted', async () => {
		const run = await withData([...three, { Name: 'No key' }], {}, { onError: 'continueErrorOutput' });
		expect(pairs(run.outputs[0])).toEqual([[0], [2]]);
		expect(run.outputs[0]?.map(({ json }) => json)).toMatchObject([{ success: true, RunNumber: 13, RecordCount: 4, ErrorCount: 2 }, { success: true }]);
		expect(jsonOf(run)[0]).not.toHaveProperty('Errors');
	});

	test('stop the workflow by default, with all of them in one error', async () => {
		const run = await withData([...three, { Name: 'No key' }]);
		expect(run.error?.message).toContain('2 of 4 records were rejected');
		expect(run.error?.description).toMatch(/"Name":"No key"\}: A key field is empty.*"Bad name"\}: The target refused.*send only them again: the others were accepted\. Of 4 items, 2 were carried out \(items 0, 2\), 2 failed and 0 were not begun/s);
	});

	test('of which the service does not tell which they are leave open what became of the items', async () => {
		const { error } = await withData(three, { options: { mode: 'table' } });
		expect(error?.description).toMatch(/do not send all of them again.*Of 3 items, 0 were carried out, 0 failed, 3 may have been carried out/s);
	});

	test('have their mode in the panel in nodes of saved workflows', async () => {
		await withData(three, { mode: 'table' }, { version: 1 });
		expect((await bodies()).map(({ path }) => path)).toEqual([expect.stringMatching(/RunMapDataTable$/)]);
	});

	test('are one failure for all items where the service does not tell them', async () => {
		const run = await withData(three, { options: { mode: 'table' } }, { onError: 'continueErrorOutput' });
		expect(run.outputs[0]).toEqual([]);
		expect(pairs(run.outputs[1])).toEqual([[0, 1, 2]]);
		expect(run.outputs[1]?.[0]?.json.message).toMatchObject({ errorCount: 1, recordCount: 3, description: expect.stringContaining('Get Errors') });
	});

	test('are in the result where that is wanted', async () => {
		const rows = jsonOf(await withData(three, { options: { failedRun: 'return' } }));
		expect(rows).toMatchObject([{ success: false, Status: 1, ErrorCount: 1, rejectedRows: [{ No: '2', Name: 'Bad name', EONERUNERRORS: 'The target refused the name.\r\n' }] }]);
	});
});

/** Every fault of the sandbox, before and after the effect where it has a moment. */
const faults: Record<string, () => Fault> = {
	'500 before': () => ({ type: 'status', status: 500, when: 'before' }),
	'500 after': () => ({ type: 'status', status: 500, when: 'after' }),
	'503 after': () => ({ type: 'status', status: 503, when: 'after' }),
	'503 with a time': () => ({ type: 'status', status: 503, headers: { 'Retry-After': '0' } }),
	'429': () => ({ type: 'status', status: 429 }),
	'429 with a time': () => ({ type: 'status', status: 429, headers: { 'Retry-After': '0' } }),
	'400': () => ({ type: 'status', status: 400 }),
	'403': () => ({ type: 'status', status: 403 }),
	'404': () => ({ type: 'status', status: 404 }),
	'reset before': () => ({ type: 'reset', when: 'before' }),
	'reset after': () => ({ type: 'reset', when: 'after' }),
	'hang before': () => ({ type: 'hang', when: 'before' }),
	'hang after': () => ({ type: 'hang', when: 'after' }),
	truncated: () => ({ type: 'truncated' }),
	cut: () => ({ type: 'cut' }),
	'web page with 502': () => ({ type: 'html', when: 'before' }),
	'web page with 200': () => ({ type: 'html', status: 200, when: 'after' }),
	'empty before': () => ({ type: 'empty', status: 200, when: 'before' }),
	'empty after': () => ({ type: 'empty', status: 200, when: 'after' }),
	expired: () => ({ type: 'expired' }),
	redirect: () => ({ type: 'redirect', status: 307, location: '/smartconnect/API/runmap' }),
	'wrong shape': () => ({ type: 'status', status: 200, body: { Message: 'ok' }, when: 'after' }),
	'a list': () => ({ type: 'status', status: 200, body: [], when: 'after' }),
	true: () => ({ type: 'status', status: 200, body: true, when: 'after' }),
	'no content': () => ({ type: 'empty', status: 204, when: 'after' }),
};
const MAY_HAVE_RUN = /may have been carried out/;

interface Way {
	readonly path: string;
	readonly run: (options?: INodeParameters) => Promise<{ run: Awaited<ReturnType<typeof withData>> }>;
}

const runnable = { integrationId: byId(known.customers) };
const withVariables = { ...runnable, variables: { values: [{ name: 'GBL_A', value: '1' }] } };
const ways: Record<string, Way> = {
	'a plain run': { path: 'runmap$', run: async (options = {}) => ({ run: await bench.run('integration', 'run', { ...runnable, options }) }) },
	'a run with variables': { path: 'RunMapWithVariables', run: async (options = {}) => ({ run: await bench.run('integration', 'run', { ...withVariables, options }) }) },
	'a table with errors': { path: 'RunMapDataTableWithErrors', run: async (options = {}) => ({ run: await withData(good, { options }) }) },
	'a table': { path: 'RunMapDataTable', run: async (options = {}) => ({ run: await withData(good, { options: { ...(options as object), mode: 'table' } }) }) },
	'encoded XML': { path: 'RunMapXml', run: async (options = {}) => ({ run: await withData(good, { options: { ...(options as object), mode: 'xml' } }) }) },
	'a row for each run': { path: 'RunMapDataTableWithErrors', run: async (options = {}) => ({ run: await withData(good.slice(0, 1), { runFor: 'each', options }) }) },
	'a run over the REST API': { path: 'run-integration', run: async (options = {}) => ({ run: await bench.runRest({ options }) }) },
	'a run that fails': { path: 'runmap$', run: async (options = {}) => ({ run: await bench.run('integration', 'run', { ...runnable, options }) }) },
};

describe.each(Object.entries(ways))('faults of %s', (name, way) => {
	test.each(Object.entries(faults))('%s', async (fault, order) => {
		if (name === 'a run that fails') await bench.settings({ runResult: 'failure' });
		await bench.sandbox.control.fault({ service: 'smartconnect', path: way.path, times: -1, fault: order() });
		const { run } = await way.run(order().type === 'hang' ? { timeout: 150 } : {});
		const sent = (await bench.journal()).filter(({ path }) => new RegExp(way.path).test(path));
		const done = await bench.runsDone();
		expect(sent).toHaveLength(1);
		expect(run.status).toBe('error');
		expect(told(run.error)).toMatch(/\S.*\[item|carried out/s);
		if (done.length === 0) return;
		expect(run.error?.message).toMatch(MAY_HAVE_RUN);
		if (name !== 'a run over the REST API') expect(run.error?.message).toContain('shows run 13 since then');
		expect(fault).not.toMatch(/before/);
	});
});

test('there were at least 200 of them', () => {
	expect(Object.keys(faults).length * Object.keys(ways).length).toBeGreaterThanOrEqual(200);
});

describe('a run whose answer is lost', () => {
	const lose = async (fault: Fault) => {
		await bench.sandbox.control.fault({ service: 'smartconnect', path: 'runmap', fault });
		return await bench.run('integration', 'run', runnable);
	};

	test('is told with the number that the history shows', async () => {
		const { error } = await lose({ type: 'reset', when: 'after' });
		expect(error?.message).toMatch(/closed the connection.*may have been carried out all the same\. The history of the integration shows run 13 since then \(20.*, 12 records, 0 of them rejected\)/);
		expect(error?.context.data).toEqual({ runNumber: 13 });
		expect(error?.description).toMatch(/^Look in SmartConnect whether it was/);
	});

	test('is told to be under way where the history shows none', async () => {
		const { error } = await lose({ type: 'reset', when: 'before' });
		expect(error?.message).toContain('shows no new run so far; it may still be under way');
	});

	test('is told without the history where there is none', async () => {
		await bench.sandbox.control.fault({ service: 'smartconnect', path: 'GetHistoryForProcess', times: -1, fault: { type: 'status', status: 404 } });
		const { error } = await lose({ type: 'reset', when: 'after' });
		expect(error?.message).toMatch(/may have been carried out all the same \[item 0\]$/);
	});

	test('does not keep the others from running under the continue modes, each sent once', async () => {
		await bench.sandbox.control.fault({ service: 'smartconnect', path: 'runmap', skip: 1, fault: { type: 'reset', when: 'after' } });
		const run = await bench.run('integration', 'run', { ...runnable, runFor: 'each' }, { items: items({}, {}, {}), onError: 'continueErrorOutput' });
		expect(pairs(run.outputs[0])).toEqual([[0], [2]]);
		expect(run.outputs[1]?.[0]?.json).toMatchObject({ error: expect.stringContaining('shows run 14'), message: { runNumber: 14 } });
		expect(await bench.runsDone()).toEqual([13, 14, 15].map((n) => `${known.customers}#${n}`));
	});
});

/** For so long a session that was confirmed is not checked again. */
const PROOF_MS = 30_000;

describe('the session before a run', () => {
	const asked = async (count: number): Promise<string[]> => {
		await bench.sandbox.control.clearJournal();
		await bench.rows('integration', 'run', { ...runnable, runFor: 'each' }, { items: items(...Array.from({ length: count }, () => ({}))) });
		return (await bench.journal()).map(({ path }) => path.split('/').at(-1) ?? '');
	};

	test('is checked once in half a minute: a run takes two requests, each further item one', async () => {
		await bench.rows('connection', 'getAll');
		passTime(PROOF_MS);
		expect(await asked(1)).toEqual(['GetHistoryForProcess', 'validate', 'runmap']);
		expect(await asked(1)).toEqual(['GetHistoryForProcess', 'runmap']);
		expect(await asked(3)).toEqual(['GetHistoryForProcess', 'runmap', 'runmap', 'runmap']);
		passTime(PROOF_MS);
		expect(await asked(3)).toEqual(['GetHistoryForProcess', 'validate', 'runmap', 'runmap', 'runmap']);
	});

	test.each([
		['401', /Nothing was done for this item: run it again/],
		['403', /Nothing was done for this item: run it again/],
		// How a token that is over is answered is not documented: nothing is what a lost answer looks like, too.
		['blank', /may have been carried out|may have run/i],
		['message', /may have been carried out|may have run/i],
	] as const)('that has ended in spite of its proof (%s) is renewed, and the item says what became of it', async (badToken, message) => {
		await bench.rows('connection', 'getAll');
		await bench.sandbox.control.expireSessions('smartconnect');
		await bench.settings({ badToken });
		// Else the question for the last run would find out.
		await bench.sandbox.control.fault({ service: 'smartconnect', path: 'GetHistoryForProcess', times: -1, fault: { type: 'status', status: 404 } });
		const run = await bench.run('integration', 'run', runnable);
		expect(told(run.error)).toMatch(message);
		expect(await bench.runsDone()).toEqual([]);
		expect(await asked(1)).toEqual(['GetHistoryForProcess', 'runmap']);
	});

	test('is checked first, and renewed where it is over', async () => {
		await bench.rows('connection', 'getAll');
		await bench.sandbox.control.expireSessions('smartconnect');
		await bench.sandbox.control.clearJournal();
		await bench.settings({ badToken: 'blank' });
		expect(await bench.rows('integration', 'run', runnable)).toMatchObject([{ success: true }]);
		const paths = (await bench.journal()).map(({ path }) => path.split('/').at(-1));
		expect(paths.filter((path) => path === 'runmap')).toHaveLength(1);
		expect(paths.indexOf('GetToken')).toBeLessThan(paths.indexOf('runmap'));
	});

	test.each<[string, Fault]>([
		['is down', { type: 'status', status: 500 }],
		['is a web page', { type: 'html', status: 200 }],
		['hangs', { type: 'hang', when: 'before' }],
	])('is what fails when the check %s: nothing is run', async (_, fault) => {
		await bench.rows('connection', 'getAll');
		passTime(PROOF_MS);
		await bench.sandbox.control.fault({ service: 'smartconnect', path: 'validate', times: -1, fault });
		const run = await bench.run('integration', 'run', { ...runnable, options: { timeout: 100 } });
		expect(run.status).toBe('error');
		expect(told(run.error)).not.toMatch(MAY_HAVE_RUN);
		expect(await bench.runsDone()).toEqual([]);
	}, 20_000);
});
