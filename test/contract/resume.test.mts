/** Where n8n runs a node again (its setting 'Retry On Fail'): in loops, for agents, for records that look like failures, for whole batches. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { INode } from 'n8n-workflow';
import { apiKey } from '../../sandbox/ento/seed.mts';
import { known, ownerKey } from '../../sandbox/entu/seed.mts';
import { useEngine } from '../support/engine.mts';
import { useSandbox } from '../support/sandbox.mts';
import { pairs } from './lab.mts';

const engine = useEngine();
const sandbox = useSandbox();
const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const credential = () => engine.credentials.add('entuApi', { baseUrl: `${sandbox.url}/entu`, database: known.database, apiKey: ownerKey });
const createBook = {
	resource: 'entity',
	operation: 'create',
	typeId: byId(known.typeFolder),
	propertiesMode: 'json',
	propertiesJson: '={{ JSON.stringify({ name: $json.name ?? "Book " + $now.toMillis() }) }}',
};
const refuseOnce = async (skip: number) =>
	await sandbox.control.fault({ service: 'entu', method: 'POST', path: '/entity$', skip, fault: { type: 'status', status: 400 } });
const created = async () => (await sandbox.control.summary('entu')).effects['entity.create'] ?? 0;
const named = (...names: string[]) => names.map((name) => ({ json: { name } }));

test('a record with a field called "error" makes n8n run the node again, and nothing is sent again', async () => {
	let posts = 0;
	const server = createServer((request, response) => {
		response.setHeader('content-type', 'application/json');
		request.resume().on('end', () => response.end(JSON.stringify({ error: 'a field of the record', id: ++posts })));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const run = await engine.runNode({
		node: 'ento',
		parameters: { resource: 'request', operation: 'send', method: 'POST', path: '/things' },
		items: [{ json: {} }, { json: {} }],
		credentials: { entoApi: { baseUrl, apiKey, employeesPath: '/staff', shiftsPath: '/shifts' } },
		...RETRY,
	});
	server.closeAllConnections();
	server.close();
	expect(run.error).toBeUndefined();
	expect(run.outputs[0]?.map(({ json }) => json.id)).toEqual([1, 2]);
	expect(posts).toBe(2);
});

test('each round of a loop does its own work', async () => {
	await refuseOnce(1);
	const node = (name: string, type: string, parameters: INode['parameters'], more: Partial<INode> = {}): INode => ({ id: name, name, type, typeVersion: 1, position: [0, 0], parameters, ...more });
	const to = (name: string) => [{ node: name, type: 'main' as const, index: 0 }];
	const row = credential();
	const run = await engine.runWorkflow({
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', {}),
			node('Loop', 'n8n-nodes-base.splitInBatches', { batchSize: 1, options: {} }, { typeVersion: 3 }),
			node('Entu', 'n8n-nodes-backoffice.entu', createBook, { ...RETRY, credentials: { entuApi: { id: row.id, name: row.name } } }),
		],
		connections: { Start: { main: [to('Loop')] }, Loop: { main: [[], to('Entu')] }, Entu: { main: [to('Loop')] } },
		// The same item in each round: it is the round that tells one from the next.
		pinData: { Start: named('Same', 'Same', 'Same') },
	} as never);
	expect(run.error).toBeUndefined();
	expect(run.runData.Entu).toHaveLength(3);
	expect(await created()).toBe(3);
});

test('an agent gets what the second try has brought', async () => {
	await refuseOnce(0);
	const run = await engine.runAsTool({ node: 'entu', parameters: createBook, credentials: { entuApi: credential() }, args: { name: 'By an agent' }, ...RETRY });
	expect(run.answer).toMatchObject([{ _id: expect.any(String) }]);
	expect(await created()).toBe(1);
});

test('parameters that differ from try to try change nothing of what is done', async () => {
	await refuseOnce(1);
	const run = await engine.runNode({ node: 'entu', parameters: createBook, items: [{ json: {} }, { json: {} }, { json: {} }], credentials: { entuApi: credential() }, ...RETRY });
	expect(run.error).toBeUndefined();
	expect(pairs(run.outputs[0])).toEqual([0, 1, 2]);
	expect(await created()).toBe(3);
});

test('the error counts what all tries have done', async () => {
	await refuseOnce(1);
	await sandbox.control.fault({ service: 'entu', method: 'POST', path: '/entity$', skip: 1, fault: { type: 'reset', when: 'after' } });
	const run = await engine.runNode({ node: 'entu', parameters: createBook, items: named('A', 'B', 'C'), credentials: { entuApi: credential() }, ...RETRY });
	expect(await created()).toBe(2);
	expect(`${run.error?.message} ${run.error?.description}`).toMatch(/may have been carried out.*\[item 1\].*Of 3 items, 1 were carried out, 1 failed and 1 were not begun/s);
});

test('without the setting, n8n and the node do all once', async () => {
	await refuseOnce(1);
	const run = await engine.runNode({ node: 'entu', parameters: createBook, items: named('A', 'B', 'C'), credentials: { entuApi: credential() } });
	expect(run.status).toBe('error');
	expect(await created()).toBe(1);
});
