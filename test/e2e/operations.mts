// All operations of all nodes in a real n8n, called as the contract tests call them.
import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';
import type { ExampleWorkflow } from '../../demo/api.mts';
import { consultant, known as smartConnect, restClient } from '../../sandbox/smartconnect/seed.mts';
import { samples } from '../contract/samples/index.mts';
import type { NodeSamples, OperationSample } from '../contract/samples/sample.mts';
import { packageJson } from './server.mts';

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
	operations: {
		'integration:run': {
			parameters: { integrationId: '={{ $json.id }}' },
			items: [{ id: smartConnect.customers }, { id: smartConnect.customers }, { id: smartConnect.customers }],
			bad: { id: smartConnect.missing },
		},
	},
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

export const nameOf = ({ node, credentialType }: Access, key: string): string => `${credentialType === restApi.credentialType ? credentialType : node} ${key}`;

/** A node that carries out an operation. `options` are added to its own. */
export function nodeOf(access: Access, key: string, credential: { id: string; name: string }, options: IDataObject = {}): Pick<INode, 'name' | 'type' | 'parameters' | 'credentials'> {
	const [resource = '', operation = ''] = key.split(':');
	const sample = access.operations[key] ?? {};
	const { options: commonOptions, ...common } = (access.common ?? {}) as IDataObject;
	const { options: ownOptions, ...own } = (sample.parameters ?? {}) as IDataObject;
	const parameters = {
		resource,
		operation,
		...common,
		...own,
		...(sample.list ? { limit: 3 } : {}),
		options: { ...(commonOptions as IDataObject), ...(ownOptions as IDataObject), ...options },
	} as INode['parameters'];
	return { name: 'Node', type: `${packageJson().name}.${access.node}`, parameters, credentials: { [access.credentialType]: { id: credential.id, name: credential.name } } };
}

/** Items for an operation, each with the file that it wants. */
export function itemsFor({ file }: OperationSample, records: readonly IDataObject[]): INodeExecutionData[] {
	const binary = file && { data: { data: Buffer.from(file.content).toString('base64'), fileName: file.name, mimeType: file.type } };
	return records.map((json) => ({ json, ...(binary ? { binary } : {}) }));
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

/** Works on a list, so many at a time; results in the order of the list. */
export async function inLanes<In, Out>(width: number, list: readonly In[], work: (entry: In) => Promise<Out>): Promise<Out[]> {
	const results: Out[] = [];
	const left = list.entries();
	const lane = async () => {
		for (const [index, entry] of left) results[index] = await work(entry);
	};
	await Promise.all(Array.from({ length: width }, lane));
	return results;
}
