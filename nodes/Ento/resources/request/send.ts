import type { INodeProperties } from 'n8n-workflow';

import { refuse } from '../../../shared/answer/failure';
import { ofSavedNode } from '../../../shared/editor/fields';
import type { Call } from '../../../shared/operation/call';
import { defineOperation } from '../../../shared/operation/operation';
import { accepted, record, records } from '../../../shared/operation/output';
import { form, type Request } from '../../../shared/service/request';
import { bodyFields, booleanFormatOption, headersField, pathNotice, queryField } from '../../editor/fields';
import { toPath } from '../../wire/address';
import { toRecord } from '../../wire/answer';
import { formFields } from '../../wire/form';
import { enteredQuery, pairs } from '../../wire/query';

const WITH_BODY = ['DELETE', 'PATCH', 'POST', 'PUT'] as const;
const METHODS = ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'] as const;
/** The node sets these itself; the key comes from the credential alone. */
const OWN_HEADERS = ['connection', 'content-length', 'content-type', 'host', 'transfer-encoding', 'x-api-key'];
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/;

const target: INodeProperties[] = [
	{
		displayName: 'Method',
		name: 'method',
		type: 'options',
		options: METHODS.map((method) => ({ name: method, value: method })),
		default: 'GET',
	},
	{
		displayName: 'Path',
		name: 'path',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. /areas/AR10001',
		description: 'What comes after the base URL of the credential',
	},
];

export const send = defineOperation({
	name: 'Send',
	value: 'send',
	action: 'Send request to Ento',
	description: 'Send any request to the API, with the key of the credential',
	effect: 'write',
	fields: [pathNotice, ...target, queryField, headersField, ...bodyFields({ method: [...WITH_BODY] })],
	options: [ofSavedNode(booleanFormatOption)],
	input: (call): Request => {
		const method = call.choice('method', METHODS);
		const path = toPath(call.requiredText('path'), call.label('path'), call.client.setting('baseUrl'));
		const fields = method === 'GET' ? [] : formFields(call);
		return { method, path, query: enteredQuery(call, 'queryParameters'), headers: headersOf(call), body: fields.length > 0 ? form(fields) : undefined };
	},
	run: async (call, request) => {
		const body = await call.client.send({ ...request, heldInPreview: true });
		if (body === undefined) return record(accepted());
		return Array.isArray(body) ? records(body.map(toRecord)) : record(toRecord(body));
	},
});

function headersOf(call: Call): Record<string, string> {
	const label = call.label('headers');
	const headers: Record<string, string> = {};
	for (const [name, value] of pairs(call, 'headers')) {
		if (OWN_HEADERS.includes(name.toLowerCase())) refuse(label, `"${name}" is set by the node`, 'Remove it; the API key belongs in the credential');
		if (!HEADER_NAME.test(name) || /[^\t\x20-\x7e\x80-\xff]/.test(value)) refuse(label, `"${name}" can't be sent as a header`, 'Use letters, digits and hyphens for the name, and one line for the value');
		headers[name] = value;
	}
	return headers;
}
