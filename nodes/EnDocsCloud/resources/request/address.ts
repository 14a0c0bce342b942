import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { refuse } from '../../../shared/answer/failure';
import type { Call } from '../../../shared/operation/call';
import { namedTexts, toQuery } from '../../../shared/operation/values';
import { assertNoHost, assertWhole } from '../../../shared/service/paths';

const EXAMPLE = '/Output/GetNewInvoices/0/[RequestId]';

export const pathField: INodeProperties = {
	displayName: 'Path',
	name: 'path',
	type: 'string',
	required: true,
	default: '',
	placeholder: `e.g. ${EXAMPLE}`,
	description: 'Path below the base URL of the credential; [RequestId] in it is replaced by the request ID',
};

export const queryField: INodeProperties = {
	displayName: 'Query Parameters',
	name: 'query',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Parameter',
	default: {},
	description: 'Parameters to put into the address, after a question mark',
	options: [
		{
			displayName: 'Parameter',
			name: 'parameter',
			values: [
				{ displayName: 'Name', name: 'name', type: 'string', default: '', description: 'Name of the parameter' },
				{ displayName: 'Value', name: 'value', type: 'string', default: '', description: 'Value of the parameter' },
			],
		},
	],
};

/** Where a request of the user's own goes: never to another host, because the token goes with it. */
export function addressOf(call: Call, requestId: string): { path: string; query: IDataObject } {
	const entered = call.requiredText('path').replace(/\[RequestId\]/gi, requestId);
	const isElsewhere = /^([a-z][a-z\d+.-]*:|[/\\]{2})/i.test(entered) || entered.includes('\\');
	if (isElsewhere) refuse(call.label('path'), 'leads to another address', `Enter only what follows the base URL, such as ${EXAMPLE}`);
	if (/[?#]/.test(entered)) refuse(call.label('path'), 'holds more than a path', "Put what stands behind a question mark into 'Query Parameters'");
	assertWhole(call.label('path'), entered);
	assertNoHost(call.label('path'), entered, call.client.setting('baseUrl'));
	const segments = entered.replace(/^\//, '').split('/');
	return { path: `/${segments.map((segment) => encoded(call, segment)).join('/')}`, query: queryOf(call) };
}

/** Encodes what is not encoded yet. */
function encoded(call: Call, segment: string): string {
	const whole = segment.replace(/%(?![\da-f]{2})/gi, '%25');
	if (/^(\.|%2e){1,2}$/i.test(whole)) refuse(call.label('path'), `"${segment}" leads to another address`, `Enter a path such as ${EXAMPLE}`);
	const parts = whole.split(/(%[\da-f]{2})/i);
	return parts.map((part, i) => (i % 2 === 1 ? part : encodeURIComponent(part))).join('');
}

function queryOf(call: Call): IDataObject {
	const parameter = call.label('query');
	return toQuery(parameter, namedTexts(parameter, call.object('query').parameter));
}
