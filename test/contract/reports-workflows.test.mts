/** Public bug reports about what stands round a node in a workflow, tried on all nodes (docs/tried.md). */
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import { useEngine, type WorkflowRun } from '../support/engine.mts';
import { useSandbox } from '../support/sandbox.mts';
import { changesIn } from './lab.mts';
import { samples } from './samples/index.mts';

const engine = useEngine();
const sandbox = useSandbox();

const node = (name: string, type: string, parameters: INodeParameters, more: Partial<INode> = {}): INode => ({ id: name, name, type, typeVersion: 1, position: [0, 0], parameters, ...more });
const to = (name: string) => [{ node: name, type: 'main' as const, index: 0 }];
const start = node('Start', 'n8n-nodes-base.manualTrigger', {});

/** One of our nodes with the sample of an operation. */
function ours(name: string, type: string, key: string, parameters: INodeParameters = {}, more: Partial<INode> = {}): INode {
	const known = samples[type];
	if (!known) throw new Error(`No samples for ${type}`);
	const { id, name: title } = engine.credentials.add(known.credentialType, known.credential(sandbox.url));
	const [resource = '', operation = ''] = key.split(':');
	const all = { resource, operation, ...known.common, ...known.operations[key]?.parameters, ...parameters };
	return node(name, `n8n-nodes-backoffice.${type}`, all, { typeVersion: 1.1, credentials: { [known.credentialType]: { id, name: title } }, ...more });
}

async function run(nodes: INode[], connections: object, items: readonly IDataObject[] = [{}]): Promise<WorkflowRun> {
	return await engine.runWorkflow({ nodes: [start, ...nodes], connections, pinData: { Start: items.map((json) => ({ json })) } } as never);
}

describe('in every round of a loop, the item it comes from can be reached through the node', () => {
	test.each([
		['accutics', 'entity:get'],
		['enDocsCloud', 'contractor:upsert'],
		['ento', 'employee:get'],
		['entu', 'entity:get'],
		['smartConnect', 'integration:getColumns'],
	])('%s %s', async (type, key) => {
		const items = [...(samples[type]?.operations[key]?.items ?? [])].map((item, n) => ({ ...item, mark: `mark ${n}` }));
		const reach = { mode: 'raw', jsonOutput: '={{ ({ mark: $("Start").item.json.mark, own: $("Ours").item.json }) }}', options: {} };
		const { error, runData } = await run(
			[node('Loop', 'n8n-nodes-base.splitInBatches', { batchSize: 1, options: {} }, { typeVersion: 3 }), ours('Ours', type, key), node('Reach', 'n8n-nodes-base.set', reach, { typeVersion: 3.4 })],
			{ Start: { main: [to('Loop')] }, Loop: { main: [[], to('Ours')] }, Ours: { main: [to('Reach')] }, Reach: { main: [to('Loop')] } },
			items,
		);
		expect(error).toBeUndefined();
		const rows = (name: string) => (runData[name] ?? []).map(({ data }) => (data?.main?.[0] ?? []).map(({ json }) => json));
		expect(rows('Ours').map((round) => round.length > 0)).toEqual([true, true, true]);
		expect(rows('Reach')).toEqual(rows('Ours').map((round, n) => round.map((own) => ({ mark: `mark ${n}`, own }))));
	});
});

test.each<[string, string, string, INodeParameters]>([
	['accutics', 'entity:getAll', 'entity:delete', { path: '/sandbox/items', queryParameters: { parameter: [{ name: 'status', value: 'nowhere' }] } }],
	['ento', 'employee:getAll', 'record:delete', { filters: { firstName: 'Nobody' } }],
	['entu', 'entity:getAll', 'entity:delete', { typeId: '', search: 'nothing is called like this' }],
	['enDocsCloud', 'unprocessedDocument:getAll', 'unprocessedDocument:approve', { documentKindId: '11' }],
])('%s: the empty item that "Always Output Data" makes of an empty list (%s) changes nothing in the next node (%s)', async (type, list, change, parameters) => {
	const { nodes, error } = await run(
		[ours('List', type, list, parameters, { alwaysOutputData: true }), ours('Change', type, change)],
		{ Start: { main: [to('List')] }, List: { main: [to('Change')] } },
	);
	expect(nodes.List?.outputs[0]?.map(({ json }) => json)).toEqual([{}]);
	expect(error?.message).toMatch(/is empty|is required|finds nothing|is not an? .*ID/);
	expect(error?.description).toMatch(/\S/);
	expect(changesIn(await sandbox.control.summary(samples[type]?.service ?? ''))).toEqual({});
});
