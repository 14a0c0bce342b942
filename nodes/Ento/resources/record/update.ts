import type { IHttpRequestMethods, INodeProperties } from 'n8n-workflow';

import { ofSavedNode } from '../../../shared/editor/fields';
import type { Call } from '../../../shared/operation/call';
import { defineOperation } from '../../../shared/operation/operation';
import { record } from '../../../shared/operation/output';
import { form } from '../../../shared/service/request';
import { additionalQueryOption, bodyFields, booleanFormatOption, itemsPropertyOption, pathNotice, rawEnvelopeOption } from '../../editor/fields';
import { requiredFields } from '../../wire/form';
import { holdsNothing, toOutput } from '../../wire/list';
import { additionalQuery } from '../../wire/query';
import { pathField, recordIdField, recordPlace } from './path';

const METHODS: readonly IHttpRequestMethods[] = ['PATCH', 'POST', 'PUT'];
const USUAL = 'PUT';

const methodOption: INodeProperties = {
	displayName: 'Method',
	name: 'updateMethod',
	type: 'options',
	options: METHODS.map((method) => ({ name: method, value: method })),
	default: USUAL,
	description: 'Which one Ento uses for updates is not public: look it up in your API documentation',
};

export const update = defineOperation({
	name: 'Update',
	value: 'update',
	action: 'Update record by path',
	description: 'Change a record of any kind by path and ID, where the API allows it',
	effect: 'write',
	fields: [pathNotice, pathField, recordIdField, ...bodyFields()],
	options: [additionalQueryOption, methodOption, rawEnvelopeOption, ...[booleanFormatOption, itemsPropertyOption].map(ofSavedNode)],
	input: (call) => ({ ...recordPlace(call), method: methodOf(call), query: additionalQuery(call), body: form(requiredFields(call)) }),
	run: async (call, { id, ...request }) => {
		const body = await call.client.send(request);
		return holdsNothing(body) ? record({ updated: true, id }) : toOutput(call, body);
	},
});

function methodOf(call: Call): IHttpRequestMethods {
	return call.optionalChoice('options.updateMethod', METHODS) ?? USUAL;
}
