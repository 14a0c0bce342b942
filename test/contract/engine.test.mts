/** The kit at its edges, through n8n's engine: order under parallelism, stopping, redirects, log-ins, limits. */
import type { RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { apiKey, known as ento } from '../../sandbox/ento/seed.mts';
import { known, ownerKey } from '../../sandbox/entu/seed.mts';
import { useEngine, visibleText } from '../support/engine.mts';
import { useSandbox } from '../support/sandbox.mts';
import { serve } from '../support/serve.mts';
import { pairs } from './lab.mts';

const engine = useEngine();
const sandbox = useSandbox();
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const credential = (more = {}) =>
	engine.credentials.add('entuApi', { baseUrl: `${sandbox.url}/entu`, database: known.database, apiKey: ownerKey, ...more });

const session = JSON.stringify({ accounts: [{ _id: 'db', name: 'db' }], token: 'T'.repeat(40), expires: '2030-01-01' });

test('records are asked for compressed, as n8n does by itself, and read so; files are not', async () => {
	const encodings: Array<string | undefined> = [];
	const handler: RequestListener = (request, response) => {
		if (request.url?.startsWith('/auth')) return void response.end(session);
		if (request.url?.includes('/entity')) encodings.push(request.headers['accept-encoding']);
		const entities = Array.from({ length: 400 }, (_, i) => ({ _id: String(i), name: [{ string: `Õun ${i}` }] }));
		response.setHeader('content-type', 'application/json');
		response.setHeader('content-encoding', 'gzip');
		response.end(gzipSync(JSON.stringify({ entities, count: 400 })));
	};
	await serve(handler, async (baseUrl) => {
		const run = await engine.runNode({
			node: 'entu',
			parameters: { resource: 'entity', operation: 'getAll', returnAll: true, output: 'raw' },
			credentials: { entuApi: { baseUrl, database: 'db', apiKey: 'a key of some length' } },
		});
		expect(run.outputs[0]?.map(({ json }) => json.name)).toEqual(Array.from({ length: 400 }, (_, i) => [{ string: `Õun ${i}` }]));
	});
	expect(encodings).toEqual([expect.stringContaining('gzip')]);
	await sandbox.control.clearJournal();
	const photo = await engine.runNode({ node: 'entu', parameters: { resource: 'file', operation: 'download', fileId: known.photoValue, fileBy: 'id' }, credentials: { entuApi: credential() } });
	expect(photo.error).toBeUndefined();
	expect((await sandbox.control.journal('entu-storage')).map(({ headers }) => headers['accept-encoding'])).toEqual(['identity']);
});

test('items come out in the order they came in, though later ones are answered first', async () => {
	const handler: RequestListener = (request, response) => {
		response.setHeader('content-type', 'application/json');
		if (request.url?.startsWith('/auth')) return void response.end(session);
		const id = request.url?.split('/').at(-1) ?? '';
		setTimeout(() => response.end(JSON.stringify({ entity: { _id: id } })), 60 - Number(`0x${id.slice(-2)}`) * 5);
	};
	await serve(handler, async (baseUrl) => {
		const ids = Array.from({ length: 10 }, (_, i) => `65a0000000000000000000${i.toString(16).padStart(2, '0')}`);
		const run = await engine.runNode({
			node: 'entu',
			parameters: { resource: 'entity', operation: 'get', entityId: byId('={{ $json.id }}'), options: { parallelRequests: 10 } },
			items: ids.map((id) => ({ json: { id } })),
			credentials: { entuApi: { baseUrl, database: 'db', apiKey: 'a key of some length' } },
		});
		expect(run.outputs[0]?.map(({ json }) => json._id)).toEqual(ids);
		expect(pairs(run.outputs[0])).toEqual(ids.map((_, i) => i));
	});
});

test('a redirect gets nothing of the credential, and says where to look', async () => {
	const seen: string[] = [];
	await serve(
		(request, response) => {
			seen.push(JSON.stringify(request.headers));
			response.end('{}');
		},
		async (elsewhere) => {
			await sandbox.control.fault({ service: 'entu', path: '/entity', times: -1, fault: { type: 'redirect', location: `${elsewhere}/x`, status: 302 } });
			const run = await engine.runNode({
				node: 'entu',
				parameters: { resource: 'entity', operation: 'getAll' },
				credentials: { entuApi: credential() },
			});
			expect(seen).toEqual([]);
			expect(run.error?.message).toContain('pointed to another address');
			expect(run.error?.description).toContain('base URL');
		},
	);
});

test('a wrong key is tried once, however many items there are', async () => {
	const run = await engine.runNode({
		node: 'entu',
		parameters: { resource: 'entity', operation: 'get', entityId: byId(known.book) },
		items: Array.from({ length: 20 }, () => ({ json: {} })),
		credentials: { entuApi: credential({ apiKey: 'Entu-Wrong-Key!2026@sandbox#9999' }) },
		onError: 'continueErrorOutput',
	});
	expect((await sandbox.control.summary('entu')).byRoute).toEqual({ 'GET /auth': 1 });
	expect(run.error).toBeUndefined();
	expect(run.outputs[1]).toHaveLength(20);
	expect(run.outputs[1]?.[7]?.json.error).toContain('does not accept this API key');
	expect(visibleText(run)).not.toContain('Wrong-Key');
});

test('a stopped execution sends nothing more', async () => {
	const row = credential();
	await engine.runNode({ node: 'entu', parameters: { resource: 'database', operation: 'get' }, credentials: { entuApi: row } });
	await sandbox.control.settings('entu', { latencyMs: 100 });
	const run = await engine.runNode({
		node: 'entu',
		parameters: { resource: 'entity', operation: 'delete', entityId: byId('={{ $json.id }}') },
		items: [known.book, known.lending, known.author, known.folder].map((id) => ({ json: { id } })),
		credentials: { entuApi: row },
		cancelAfterMs: 150,
	});
	expect(run.status).not.toBe('success');
	const atStop = (await sandbox.control.summary('entu')).requests;
	await new Promise((resolve) => setTimeout(resolve, 400));
	const { requests, effects } = await sandbox.control.summary('entu');
	expect(requests).toBe(atStop);
	expect(effects['entity.delete'] ?? 0).toBeLessThan(4);
	expect(`${run.error?.message} ${run.error?.description}`).toMatch(/was stopped. The request may have been carried out.*Look in Entu/s);
});

test('a stopped execution does not wait for another that keeps the service busy', async () => {
	const row = engine.credentials.add('entoApi', { baseUrl: `${sandbox.url}/ento`, apiKey, employeesPath: '/staff', shiftsPath: '/shifts' });
	const get = async (items: number, cancelAfterMs?: number) =>
		await engine.runNode({
			node: 'ento',
			parameters: { resource: 'employee', operation: 'get', employeeId: ento.employee, options: { parallelRequests: 5 } },
			items: Array.from({ length: items }, () => ({ json: {} })),
			credentials: { entoApi: row },
			cancelAfterMs,
		});
	await sandbox.control.settings('ento', { latencyMs: 800 });
	const busy = get(5);
	while ((await sandbox.control.summary('ento')).requests < 5) await new Promise((resolve) => setTimeout(resolve, 10));
	const stopped = await get(1, 50);
	expect((await sandbox.control.summary('ento')).byStatus).toEqual({}); // the other still waits for its answers
	expect(stopped.error?.message).toContain('was stopped');
	expect((await busy).outputs[0]).toHaveLength(5);
	expect((await sandbox.control.summary('ento')).requests).toBe(5);
});

test('Parallel Requests is kept to, across items and pages', async () => {
	await sandbox.control.settings('entu', { latencyMs: 80 });
	await engine.runNode({
		node: 'entu',
		parameters: { resource: 'entity', operation: 'getAll', returnAll: true, options: { pageSize: 500, parallelRequests: 3 } },
		items: [{ json: {} }, { json: {} }],
		credentials: { entuApi: credential() },
	});
	const { maxInFlight } = await sandbox.control.summary('entu');
	expect([2, 3]).toContain(maxInFlight);
});

test('Parallel Requests by expression is that of the first item: it is one number for all', async () => {
	await sandbox.control.settings('entu', { latencyMs: 80 });
	const run = await engine.runNode({
		node: 'entu',
		parameters: { resource: 'entity', operation: 'get', entityId: byId(known.book), options: { parallelRequests: '={{ $json.most }}' } },
		items: [2, 9, 9, 9, 9, 9].map((most) => ({ json: { most } })),
		credentials: { entuApi: credential() },
	});
	expect(run.outputs[0]).toHaveLength(6);
	expect((await sandbox.control.summary('entu')).maxInFlight).toBe(2);
});

test.each([['reads run ten at once', 'get', 10, 400], ['changes one after another', 'duplicate', 1, 80]])('without the option, %s', async (_, operation, expected, latencyMs) => {
	await sandbox.control.settings('entu', { latencyMs });
	const run = await engine.runNode({
		node: 'entu',
		parameters: { resource: 'entity', operation, entityId: byId(known.book) },
		items: Array.from({ length: 14 }, () => ({ json: {} })),
		credentials: { entuApi: credential() },
	});
	expect(run.outputs[0]).toHaveLength(14);
	expect((await sandbox.control.summary('entu')).maxInFlight).toBe(expected);
});

test('a limit of the service is waited for: everything succeeds', async () => {
	await sandbox.control.settings('entu', { rateLimit: { requests: 10, perMs: 300 }, retryAfter: 'seconds' });
	const run = await engine.runNode({
		node: 'entu',
		parameters: { resource: 'entity', operation: 'get', entityId: byId(known.book) },
		items: Array.from({ length: 30 }, () => ({ json: {} })),
		credentials: { entuApi: credential() },
	});
	expect(run.error).toBeUndefined();
	expect(run.outputs[0]).toHaveLength(30);
});

test('a service that is down, and a base URL that is none, are told in words to act on', async () => {
	const get = async (baseUrl: string) =>
		await engine.runNode({
			node: 'entu',
			parameters: { resource: 'database', operation: 'get' },
			credentials: { entuApi: credential({ baseUrl }) },
			onError: 'continueErrorOutput',
		});
	const none = await get('api.entu.app');
	expect(none.outputs[1]?.[0]?.json.error).toContain('no web address');
	const down = await get('http://127.0.0.1:9');
	expect(down.outputs[1]?.[0]?.json.error).toContain('refused the connection');
	expect(down.outputs[1]?.[0]?.json.message).toMatchObject({ description: expect.stringContaining('base URL') });
}, 60_000);
