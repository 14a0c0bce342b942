/** Proves the harness: that it shows what n8n's engine does (facts tried in a whole n8n), and that its stand-ins behave as the originals. */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { useEngine, visibleText, type WorkflowJson } from './engine.mts';
import { writeToyPackage } from './toy-package.mts';

const source = (file: string) => readFileSync(path.join(process.cwd(), 'test/support/toy', file), 'utf8');
const toy = writeToyPackage(
	{
		'dist/nodes/Toy.node.js': source('Toy.node.js'),
		'dist/credentials/ToyApi.credentials.js': source('ToyApi.credentials.js'),
	},
	{ nodes: ['dist/nodes/Toy.node.js'], credentials: ['dist/credentials/ToyApi.credentials.js'] },
);
const engine = useEngine({ packageDir: toy.directory });
const three = [{ json: { i: 0 } }, { json: { i: 1 } }, { json: { i: 2 } }];
const run = (mode: string, more: Partial<Parameters<typeof engine.runNode>[0]> = {}) =>
	engine.runNode({ node: 'toy', parameters: { mode }, items: three, ...more });

let server: Server;
let baseUrl: string;
let logins = 0;
const calls: string[] = [];

beforeAll(async () => {
	server = createServer((request, response) => {
		calls.push(`${request.method} ${request.url} ${request.headers['x-token'] ?? ''}`.trim());
		let body = '';
		request.on('data', (chunk: Buffer) => (body += chunk.toString()));
		request.on('end', () => {
			response.setHeader('content-type', 'application/json');
			if (request.url === '/login') {
				const right = body.includes('"right"');
				if (right) logins++;
				response.end(JSON.stringify(right ? { token: `token${logins}` } : { status: 'refused' }));
				return;
			}
			const known = request.headers['x-token'] === `token${logins}` && logins > 0;
			response.statusCode = known ? 200 : 401;
			response.end(JSON.stringify({ known }));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

beforeEach(() => {
	logins = 0;
	calls.length = 0;
});

afterAll(() => {
	server.close();
	server.closeAllConnections();
	toy.remove();
});

describe('On Error', () => {
	test('nothing fails: items come out in order, each linked to its input', async () => {
		const { status, outputs } = await run('none');
		expect(status).toBe('success');
		expect(outputs[0]?.map(({ json, pairedItem }) => [json.i, pairedItem])).toEqual([
			[0, { item: 0 }],
			[1, { item: 1 }],
			[2, { item: 2 }],
		]);
	});

	test('error output: {error, message, details} goes to the second output with its link and the input fields', async () => {
		const { outputs } = await run('message', { onError: 'continueErrorOutput' });
		expect(outputs[0]?.map(({ json }) => json.i)).toEqual([0, 2]);
		expect(outputs[1]).toEqual([
			expect.objectContaining({
				json: { i: 1, error: 'refused', message: 'said no', details: { status: 404 } },
				pairedItem: { item: 1 },
			}),
		]);
	});

	test('error output: any further key puts the failed item on the success output', async () => {
		const { outputs } = await run('extraKey', { onError: 'continueErrorOutput' });
		expect(outputs.map((items) => items.length)).toEqual([3, 0]);
	});

	test('item.error goes to the error output, and the item’s own JSON is replaced', async () => {
		const { outputs } = await run('itemError', { onError: 'continueErrorOutput' });
		expect(outputs[1]).toHaveLength(1);
		expect(outputs[1]?.[0]?.json).toEqual({ error: 'refused' });
	});

	test('continue: the failed item stays in its place', async () => {
		const { status, outputs } = await run('message', { onError: 'continueRegularOutput' });
		expect(status).toBe('success');
		expect(outputs[0]?.[1]).toMatchObject({ json: { error: 'refused' }, pairedItem: { item: 1 } });
	});

	test.each(['continueErrorOutput', 'continueRegularOutput'] as const)(
		'a thrown error under %s sends every input item to the success output',
		async (onError) => {
			const { error, outputs } = await run('throw', { onError });
			expect(error?.message).toBe('secret-free');
			expect(outputs[0]?.map(({ json }) => json)).toEqual(three.map(({ json }) => json));
			expect(outputs[1] ?? []).toEqual([]);
		},
	);

	test('stop: the thrown error is reported with its item', async () => {
		const { status, error, outputs } = await run('throw');
		expect(status).toBe('error');
		expect(error).toMatchObject({ message: 'secret-free', context: { itemIndex: 1 } });
		expect(outputs.flat()).toEqual([]);
	});

	test('Retry On Fail runs the whole node again, also for an error value on the first output item', async () => {
		const { logs } = await run('throw', { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 });
		expect(logs.filter(({ message }) => message === 'Running node "Node" started')).toHaveLength(2);
	});
});

test('a workflow that n8n refuses to start is reported, not thrown', async () => {
	const { status, error, outputs } = await run('');
	expect(status).toBe('error');
	expect(error?.message).toContain('Parameter "Mode" is required');
	expect(outputs).toEqual([]);
});

test('hints come out, and a cancelled execution is told apart', async () => {
	expect((await run('hint')).hints).toEqual([{ message: '1 of 3 items failed' }]);
	const cancelled = await run('wait', { cancelAfterMs: 20 });
	expect(cancelled.status).toBe('canceled');
	expect(cancelled.logs.map(({ message }) => message)).toContain('noticed the cancel');
});

describe('credentials', () => {
	const good = () => engine.credentials.add('toyApi', { baseUrl, user: 'ada', password: 'right' });
	const request = (toyApi: ReturnType<typeof good>, mode = 'request') =>
		run(mode, { parameters: { mode, url: `${baseUrl}/data` }, credentials: { toyApi } });

	test('fields have their defaults and their expressions are resolved for each item', async () => {
		const toyApi = engine.credentials.add('toyApi', { user: '=user {{ $json.i }}' });
		const { outputs } = await run('credential', { credentials: { toyApi } });
		expect(outputs[0]?.map(({ json }) => json.user)).toEqual(['user 0', 'user 1', 'user 2']);
		expect(outputs[0]?.[0]?.json).toMatchObject({ baseUrl: 'http://127.0.0.1', token: '' });
		expect(toyApi.reads).toBe(3);
	});

	test('a blank token is fetched, stored and used by the next execution', async () => {
		const toyApi = good();
		expect((await request(toyApi)).outputs[0]?.[0]?.json).toEqual({ known: true });
		expect(toyApi).toMatchObject({ data: { token: 'token1', user: 'ada' }, logins: 1, saves: 1 });
		await request(toyApi);
		expect(calls).toEqual(['POST /login', 'GET /data token1', 'GET /data token1']);
	});

	test('a thrown 401 renews a stale token once and sends the request again', async () => {
		const toyApi = good();
		toyApi.data.token = 'stale';
		expect((await request(toyApi)).outputs[0]?.[0]?.json).toEqual({ known: true });
		expect(calls).toEqual(['GET /data stale', 'POST /login', 'GET /data token1']);
		expect(toyApi.data.token).toBe('token1');
	});

	test('a re-send with a blank token logs in anew and stores the new token', async () => {
		const toyApi = good();
		toyApi.data.token = 'stale';
		await request(toyApi, 'resend');
		expect(calls).toEqual(['POST /login', 'GET /data token1']);
		expect(toyApi.data.token).toBe('token1');
	});

	test('a field that holds an expression keeps it when the token is stored', async () => {
		const toyApi = good();
		toyApi.data.user = '={{ "a" + "da" }}';
		await request(toyApi);
		expect(toyApi.data).toMatchObject({ user: '={{ "a" + "da" }}', token: 'token1' });
	});

	test('the text of an error in the log-in hook reaches the user', async () => {
		const { status, error } = await run('request', {
			parameters: { mode: 'request', url: `${baseUrl}/data` },
			credentials: { toyApi: { baseUrl, password: 'wrong' } },
		});
		expect(status).toBe('error');
		expect(error?.message).toBe('The password was refused');
	});

	test('the credential test tells right from wrong and unreachable', async () => {
		// A valid token is stored in both cases: only the request itself can tell.
		const data = { baseUrl, user: 'ada', token: 'token' };
		expect(await engine.testCredential('toyApi', { ...data, password: 'right' })).toEqual({
			status: 'OK',
			message: 'Connection successful!',
		});
		expect(await engine.testCredential('toyApi', { ...data, password: 'wrong' })).toEqual({
			status: 'Error',
			message: 'Wrong password',
		});
		const nobody = { ...data, baseUrl: 'http://127.0.0.1:1', password: 'right' };
		expect(await engine.testCredential('toyApi', nobody)).toEqual({ status: 'Error', message: 'ECONNREFUSED' });
	});
});

test('methods behind dynamic fields get the panel’s parameters and the credential', async () => {
	const found = await engine.callMethod({
		node: 'toy',
		kind: 'listSearch',
		method: 'search',
		credentials: { toyApi: { user: 'ada' } },
		filter: 'abc',
		paginationToken: '2',
	});
	expect(found.results).toEqual([{ name: 'abc 2 ada', value: 7 }]);
});

test.each(['filesystem', 'default'] as const)('files go in and out in %s mode', async (binaryMode) => {
	await engine.setBinaryMode(binaryMode);
	const item = await engine.binaryItem(Buffer.from('abc'), { fileName: 'a.bin', mimeType: 'application/octet-stream' });
	const { outputs } = await run('file', { items: [item], binaryMode });
	const [output] = outputs[0] ?? [];
	expect(output?.json.stored).toBe(binaryMode === 'filesystem');
	if (!output?.binary?.data) throw new Error('no file came out');
	expect((await engine.readBinary(output.binary.data)).toString()).toBe('abcabc');
});

test('all that shows is searchable: outputs, errors with their causes, logs', async () => {
	expect(visibleText(await run('throw'))).toContain('secret-free');
	expect(visibleText(await run('wait', { cancelAfterMs: 20 }))).toContain('noticed the cancel');
	const row = await run('credential', { credentials: { toyApi: { password: 'in-an-output' } } });
	expect(visibleText(row)).toContain('in-an-output');
	expect(visibleText({ ...row, outputs: [] })).not.toContain('in-an-output');
});

describe('as a tool of an agent', () => {
	const asTool = (mode: string) =>
		engine.runAsTool({ node: 'toy', parameters: { mode, url: "={{ $fromAI('address') }}" }, args: { address: 'here' } });

	test('the model’s values reach the parameters, the items’ JSON reaches the model', async () => {
		const { answer, description, status } = await asTool('tool');
		expect(status).toBe('success');
		expect(answer).toEqual([{ given: 'here', type: 'n8n-nodes-toy.toyTool' }]);
		expect(description).toBe('Prove the harness');
	});

	test('a thrown error reaches the model as its message', async () => {
		expect((await asTool('throw')).answer).toEqual([{ error: 'secret-free' }]);
	});
});

describe('workflows', () => {
	const workflow = (nodes: Array<[name: string, type: string, version: number, parameters: object, more?: object]>): WorkflowJson => ({
		nodes: nodes.map(([name, type, typeVersion, parameters, more], index) => ({
			id: name,
			name,
			type,
			typeVersion,
			position: [200 * index, 0],
			parameters: parameters as WorkflowJson['nodes'][0]['parameters'],
			...more,
		})),
		connections: Object.fromEntries(
			nodes.slice(1).map(([name], index) => [nodes[index]?.[0], { main: [[{ node: name, type: 'main', index: 0 }]] }]),
		),
	});

	test('n8n’s own nodes run beside ours: trigger, Code, Set, If, Split Out, files', async () => {
		const assignments = { assignments: [{ id: '1', name: 'doubled', value: '={{ $json.n * 2 }}', type: 'number' }] };
		const condition = { id: '1', leftValue: '={{ $json.doubled }}', rightValue: 4, operator: { type: 'number', operation: 'gte' } };
		const options = { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 };
		const result = await engine.runWorkflow(
			workflow([
				['Every night', 'n8n-nodes-base.scheduleTrigger', 1.2, { rule: { interval: [{ field: 'days' }] } }],
				['Code', 'n8n-nodes-base.code', 2, { jsCode: 'return [{ json: { list: [{ n: 1 }, { n: 2 }, { n: 3 }] } }];' }],
				['Split Out', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'list' }],
				['Set', 'n8n-nodes-base.set', 3.4, { assignments, includeOtherFields: true, options: {} }],
				['If', 'n8n-nodes-base.if', 2.2, { conditions: { options, conditions: [condition], combinator: 'and' } }],
				['Toy', 'n8n-nodes-toy.toy', 1, { mode: 'none' }],
				['To file', 'n8n-nodes-base.convertToFile', 1.1, { operation: 'csv', options: { fileName: 'a.csv' } }],
				['From file', 'n8n-nodes-base.extractFromFile', 1, { operation: 'csv', options: {} }],
			]),
		);
		expect(result.error).toBeUndefined();
		expect(result.status).toBe('success');
		expect(result.nodes['Every night']?.outputs[0]?.[0]?.json).toHaveProperty('timestamp');
		expect(result.nodes.Toy?.outputs[0]?.map(({ json }) => json)).toEqual([
			{ n: 2, doubled: 4, done: true },
			{ n: 3, doubled: 6, done: true },
		]);
		expect(result.nodes['From file']?.outputs[0]?.map(({ json }) => json.doubled)).toEqual(['4', '6']);
	});

	test('a credential is matched by its name, also in the HTTP Request node', async () => {
		const row = engine.credentials.add('toyApi', { baseUrl, user: 'ada', password: 'right' }, { name: 'Toy account' });
		const parameters = { url: `${baseUrl}/data`, authentication: 'predefinedCredentialType', nodeCredentialType: 'toyApi', options: {} };
		const credentials = { toyApi: { id: 'elsewhere', name: 'Toy account' } };
		const result = await engine.runWorkflow(
			workflow([
				['Start', 'n8n-nodes-base.manualTrigger', 1, {}],
				['HTTP Request', 'n8n-nodes-base.httpRequest', 4.2, parameters, { credentials }],
			]),
			{ credentials: [row] },
		);
		expect(result.nodes['HTTP Request']?.outputs[0]?.[0]?.json).toEqual({ known: true });
		expect(row.logins).toBe(1);
	});

	test('Code once for each item keeps the links', async () => {
		const result = await engine.runWorkflow(
			workflow([
				['Start', 'n8n-nodes-base.manualTrigger', 1, {}],
				['Code', 'n8n-nodes-base.code', 2, { mode: 'runOnceForEachItem', jsCode: 'return { json: { j: $json.i + 1 } };' }],
			]),
			{ pinData: { Start: three } },
		);
		expect(result.error).toBeUndefined();
		expect(result.nodes.Code?.outputs[0]?.map(({ json, pairedItem }) => [json, pairedItem])).toEqual([
			[{ j: 1 }, { item: 0 }],
			[{ j: 2 }, { item: 1 }],
			[{ j: 3 }, { item: 2 }],
		]);
	});
});
