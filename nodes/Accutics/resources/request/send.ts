import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { isRecord } from '../../../shared/guards';
import type { Call } from '../../../shared/operation/call';
import { defineOperation } from '../../../shared/operation/operation';
import { accepted, record } from '../../../shared/operation/output';
import { json, type Request } from '../../../shared/service/request';
import { bodyFields, pathField, queryParameters } from '../../editor/fields';
import { addressOf, completeAddressOf } from '../../wire/address';
import { send as sendRequest, type Answer } from '../../wire/answer';
import { optionalBody } from '../../wire/body';

const METHODS = ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'] as const;
type Method = (typeof METHODS)[number];
const WITH_BODY: Method[] = ['DELETE', 'PATCH', 'POST', 'PUT'];
const LIKE_LISTS: Method[] = ['GET', 'POST'];

const methodField: INodeProperties = {
	displayName: 'Method',
	name: 'method',
	type: 'options',
	options: METHODS.map((name) => ({ name, value: name })),
	default: 'GET',
	description: 'The method that the endpoint takes',
};

const fullResponse: INodeProperties = {
	displayName: 'Include Status and Headers',
	name: 'fullResponse',
	type: 'boolean',
	default: false,
	description: 'Whether to return status and headers of the answer too, instead of its body only',
};

export const send = defineOperation({
	name: 'Send',
	value: 'send',
	action: 'Send request to Accutics',
	description: 'Send any request to the Open API and return the whole answer with data and meta',
	effect: 'write',
	fields: [methodField, pathField, queryParameters, ...bodyFields({ method: WITH_BODY })],
	options: [fullResponse],
	input: toRequest,
	run: async (call, request) => record(shown(await sendRequest(call.client, { ...request, heldInPreview: true }), call.flag('options.fullResponse'))),
});

function toRequest(call: Call): Request {
	const method = call.choice('method', METHODS);
	const address = LIKE_LISTS.includes(method) ? addressOf(call) : completeAddressOf(call);
	const body = WITH_BODY.includes(method) ? optionalBody(call) : undefined;
	return { ...address, method, ...(body === undefined ? {} : { body: json(body) }) };
}

function shown({ status, headers, body }: Answer, isFull: boolean): IDataObject {
	if (isFull) {
		// Cookies open sessions and have no place in the data of a workflow.
		const harmless = Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'set-cookie'));
		return { statusCode: status, headers: harmless, body: (body ?? null) as IDataObject };
	}
	if (body === undefined) return accepted({ statusCode: status });
	return isRecord(body) ? body : { body: body as IDataObject[string] };
}
