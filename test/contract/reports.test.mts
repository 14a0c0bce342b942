/** Public bug reports of other nodes that no other test holds, tried on ours (docs/tried.md). */
import type { INodeParameters } from 'n8n-workflow';
import { known, useEntu } from '../vendors/entu/entu.mts';

const bench = useEntu();
const byId = (value: string): INodeParameters => ({ __rl: true, mode: 'id', value }) as unknown as INodeParameters;
const book = { typeId: byId(known.typeBook) };
const mapped = (value: object, matching: string[] = []) => ({ columns: { mappingMode: 'defineBelow', value, matchingColumns: matching, schema: [] } }) as unknown as INodeParameters;

describe('a match by number', () => {
	test.each([9_731, '9731', ' 9731 ', '9731.0'])('finds the record also where the number comes as %p', async (pages) => {
		const [{ _id } = {}] = await bench.rows('entity', 'create', { ...book, ...mapped({ name: 'Counted', pages: 9_731 }) });
		await bench.sandbox.control.clearJournal();
		const [row] = await bench.rows('entity', 'upsert', { ...book, ...mapped({ name: 'Counted again', pages }, ['pages']) });
		expect(row?._id).toBe(_id);
		expect(await bench.effects()).toEqual({ 'entity.update': 1, 'property.replace': 1 });
	});
});

test.each(['simplified', 'raw'])('nought and no come out as they are (%s)', async (output) => {
	const [{ _id } = {}] = await bench.rows('entity', 'create', { ...book, ...mapped({ name: 'Leaflet', pages: 0, price: 0, available: false }) });
	const [row] = await bench.rows('entity', 'get', { entityId: byId(String(_id)), output });
	if (output === 'raw') expect(row).toMatchObject({ pages: [{ number: 0 }], price: [{ number: 0 }], available: [{ boolean: false }] });
	else expect(row).toMatchObject({ pages: 0, price: 0, available: false });
});

test('a session that one node has renewed is good for the next node of the same execution', async () => {
	await bench.rows('database', 'get');
	await bench.sandbox.control.expireSessions();
	const { logins } = await bench.sandbox.control.summary('entu');
	const credentials = { entuApi: { id: 'backofficeEntu01', name: 'Entu (sandbox)' } };
	const node = (name: string) => ({ id: name, name, type: 'n8n-nodes-backoffice.entu', typeVersion: 1.1, position: [0, 0] as [number, number], credentials, parameters: { resource: 'database', operation: 'get' } });
	const to = (name: string) => ({ main: [[{ node: name, type: 'main' as const, index: 0 }]] });
	const start = { id: 'start', name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0] as [number, number], parameters: {} };
	const run = await bench.engine.runWorkflow({ name: 'Two', nodes: [start, node('First'), node('Second')], connections: { Start: to('First'), First: to('Second') } } as never, { startNode: 'Start' });
	expect(run.error).toBeUndefined();
	expect([run.nodes.First?.outputs[0]?.length, run.nodes.Second?.outputs[0]?.length]).toEqual([1, 1]);
	expect((await bench.sandbox.control.summary('entu')).logins - logins).toBe(1);
});

test('a failed item leaves by the error output also where nobody knows which item it comes from', async () => {
	const items = [{ json: { id: known.book }, pairedItem: { item: 99, input: 7 } }, { json: { id: 'no-id' }, pairedItem: { item: 98 } }];
	const run = await bench.run('entity', 'get', { entityId: byId('={{ $json.id }}') }, { items, onError: 'continueErrorOutput' });
	expect(run.outputs.map((output) => output.map(({ pairedItem }) => pairedItem))).toEqual([[{ item: 0 }], [{ item: 1 }]]);
	expect(run.outputs[1]?.[0]?.json).toMatchObject({ error: expect.stringContaining('no-id'), message: { itemIndex: 1 } });
});

test('a column that the type no longer has is refused by its name, and nothing is written', async () => {
	const run = await bench.run('entity', 'create', { ...book, ...mapped({ name: 'New', old_title: 'Old' }) });
	expect(run.error?.message).toContain('old_title');
	expect(await bench.written()).toEqual({});
});

test('a tool that an agent calls several times does its work each time', async () => {
	const parameters = { resource: 'entity', operation: 'create', ...book, ...mapped({ name: '={{ $fromAI("name") }}' }) };
	for (const name of ['One', 'Two', 'Three']) {
		const run = await bench.engine.runAsTool({ node: 'entu', parameters: parameters as unknown as INodeParameters, credentials: { entuApi: bench.owner }, args: { name } });
		expect(run.answer).toMatchObject([{ name }]);
	}
	expect(await bench.written()).toEqual({ 'entity.create': 3 });
});
