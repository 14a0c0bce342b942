/** Judges a credential as n8n does when a person saves it: the type's `test.request` through n8n's routing node, then the type's rules. */
import type {
	ICredentialsDecrypted,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	INode,
	INodeCredentialTestResult,
	INodeExecutionData,
	INodeType,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { load, type N8n } from './n8n.mts';

export type CredentialTestResult = INodeCredentialTestResult;

export async function testCredential(
	n8n: N8n,
	type: ICredentialType,
	credential: ICredentialsDecrypted,
	additionalData: IWorkflowExecuteAdditionalData,
	keepsCause = true,
): Promise<CredentialTestResult> {
	if (!type.test) return failed('No testing function found for this credential.');
	let output: INodeExecutionData[][] | null | undefined;
	try {
		output = await routingNode(n8n, type.test, credential, additionalData).runNode();
	} catch (error) {
		return judgeError(keepsCause ? error : Object.assign(error as Error, { cause: undefined }), type.test);
	}
	const answer = output?.[0]?.[0]?.json ?? {};
	return judgeAnswer(answer, type.test) ?? { status: 'OK', message: 'Connection successful!' };
}

const failed = (message: string): CredentialTestResult => ({ status: 'Error', message });

function routingNode(
	n8n: N8n,
	{ request }: ICredentialTestRequest,
	credential: ICredentialsDecrypted,
	additionalData: IWorkflowExecuteAdditionalData,
) {
	const { type, id, name } = credential;
	const node: INode = {
		id: 'temp',
		name: 'Temp-Node',
		type: 'noOp',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: { [type]: { id, name } },
	};
	const nodeType: INodeType = {
		description: {
			displayName: 'No Operation, do nothing',
			name: 'noOp',
			group: ['organization'],
			version: 1,
			description: 'No Operation',
			defaults: {},
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name: type, required: true }],
			properties: [{ displayName: 'Temp', name: 'temp', type: 'string', default: '', routing: { request } }],
		},
	};
	const nodeTypes = { getByName: () => nodeType, getByNameAndVersion: () => nodeType, getKnownTypes: () => ({}) };
	const workflow = new n8n.workflow.Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const context = new n8n.core.ExecuteContext(
		workflow,
		node,
		additionalData,
		'internal',
		n8n.workflow.createEmptyRunExecutionData(),
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node, data: {}, source: null },
		[],
	);
	return new n8n.core.RoutingNode(context, nodeType, credential);
}

interface RequestFailure {
	message: string;
	cause?: { response?: { status: number; statusText?: string }; code?: string };
}

function judgeError(error: unknown, { rules = [] }: ICredentialTestRequest): CredentialTestResult {
	const { message, cause } = error as RequestFailure;
	if (!cause?.response) return failed(cause?.code ?? message);
	const { status, statusText } = cause.response;
	for (const { type, properties } of rules) {
		if (type === 'responseCode' && properties.value === status) return failed(properties.message);
	}
	return failed(statusText || `Received HTTP status code: ${status}`);
}

/** A `responseSuccessBody` rule names the value that means failure. */
function judgeAnswer(answer: IDataObject, { rules = [] }: ICredentialTestRequest): CredentialTestResult | undefined {
	const get = load('lodash/get') as (from: unknown, path: string) => unknown;
	for (const { type, properties } of rules) {
		if (type !== 'responseSuccessBody') continue;
		if (get(answer, properties.key) === properties.value) return failed(properties.message);
	}
	return undefined;
}
