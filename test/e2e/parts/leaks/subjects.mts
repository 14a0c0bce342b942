// What is run through the faults: the operations of all nodes, as the contract tests call them.
import type { IDataObject, INode, INodeExecutionData, OnError } from 'n8n-workflow';
import type { ExampleWorkflow } from '../../../../demo/api.mts';
import { consultant, known as smartConnect, restClient } from '../../../../sandbox/smartconnect/seed.mts';
import { samples } from '../../../contract/samples/index.mts';
import type { NodeSamples, OperationSample } from '../../../contract/samples/sample.mts';
import { packageJson } from '../../server.mts';

/** One way into a service, with the operations that go there. */
export interface Access extends Pick<NodeSamples, 'service' | 'credentialType' | 'credential' | 'common' | 'sessions'> {
	node: string;
	operations: Readonly<Record<string, OperationSample>>;
}

const restApi: Access = {
	node: 'smartConnect',
	service: 'smartconnect',
	sessions: true,
	credentialType: 'smartConnectRestApi',
	credential: (url) => ({ region: 'custom', host: `${url}/smartconnect/rest`, username: consultant.email, password: consultant.password, ...restClient }),
	common: { authentication: 'restApi' },
	operations: { 'integration:run': { parameters: { integrationId: { __rl: true, mode: 'id', value: '={{ $json.id }}' } }, items: [{ id: smartConnect.customers }, {}, {}], bad: { id: smartConnect.missing } } },
};

/** All ways into all services. The operations whose purpose is to show a token are left out: there, it is no leak. */
export const accesses: readonly Access[] = [
	...Object.entries(samples).map(([node, { revealing = [], operations, ...access }]) => ({
		node,
		...access,
		operations: Object.fromEntries(Object.entries(operations).filter(([key]) => !revealing.includes(key))),
	})),
	restApi,
];

/** The operations that stand for their kind: of each node some that read and some that write, all that move files. The contract tests try all of them. */
const SOME = new Set([
	'accutics entity:getAll', 'accutics entity:create', 'accutics request:send',
	'enDocsCloud contract:getNew', 'enDocsCloud contractor:upsert',
	'ento employee:getAll', 'ento record:create',
	'entu entity:upsert', 'entu property:delete', 'entu file:upload', 'entu file:download',
	'smartConnect integration:getSourceData', 'smartConnect integration:runWithData', 'smartConnect output:download',
	'smartConnectRestApi integration:run',
]);

export const standsForItsKind = (name: string): boolean => SOME.has(name);

export const nameOf = ({ node, credentialType }: Access, key: string): string => `${credentialType === restApi.credentialType ? credentialType : node} ${key}`;

/** The three ways in which a node can deal with an error. */
const MODES: readonly OnError[] = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'];

/** Time to wait for an answer, in ms: services that hang must not hold up the run. */
const TIMEOUT_MS = 500;

/** A workflow for each mode, which runs an operation for an item that works and one that does not. Apart, so that they wait side by side. */
export function workflowsOf(access: Access, key: string, sample: OperationSample, credential: { id: string; name: string }): ExampleWorkflow[] {
	const [resource = '', operation = ''] = key.split(':');
	const { options: commonOptions, ...common } = (access.common ?? {}) as IDataObject;
	const { options, ...own } = (sample.parameters ?? {}) as IDataObject;
	const parameters = {
		resource,
		operation,
		...common,
		...own,
		...(sample.list ? { limit: 3 } : {}),
		options: { ...(commonOptions as IDataObject), ...(options as IDataObject), timeout: TIMEOUT_MS },
	} as INode['parameters'];
	const node = { name: 'Node', type: `${packageJson().name}.${access.node}`, parameters, credentials: { [access.credentialType]: { id: credential.id, name: credential.name } } };
	return MODES.map((onError) => fanOut(`${nameOf(access, key)}, ${onError}`, [{ ...node, onError }], itemsOf(sample)));
}

/** A workflow whose trigger feeds several nodes with the same items. */
export function fanOut(name: string, nodes: Array<Partial<INode> & Pick<INode, 'name' | 'type' | 'parameters'>>, items: INodeExecutionData[]): ExampleWorkflow {
	const start = { name: 'Start', type: 'n8n-nodes-base.manualTrigger', parameters: {} };
	return {
		name,
		nodes: [start, ...nodes].map((node, index) => ({ id: node.name, typeVersion: 1, position: [index === 0 ? 0 : 200, index * 100], ...node })),
		connections: { Start: { main: [nodes.map((node) => ({ node: node.name, type: 'main', index: 0 }))] } },
		settings: { executionOrder: 'v1', saveExecutionProgress: true },
		pinData: { Start: items },
	};
}

function itemsOf({ items = [{}, {}, {}], bad, file }: OperationSample): INodeExecutionData[] {
	const binary = file && { data: { data: Buffer.from(file.content).toString('base64'), fileName: file.name, mimeType: file.type } };
	return [items[0], ...(bad ? [bad] : [])].map((json) => ({ json, ...(binary ? { binary } : {}) }));
}
