import { ofSavedNode } from '../../../shared/editor/fields';
import { defineOperation } from '../../../shared/operation/operation';
import { record } from '../../../shared/operation/output';
import { form } from '../../../shared/service/request';
import { additionalQueryOption, bodyFields, booleanFormatOption, itemsPropertyOption, pathNotice, rawEnvelopeOption } from '../../editor/fields';
import { requiredFields } from '../../wire/form';
import { holdsNothing, toOutput } from '../../wire/list';
import { additionalQuery } from '../../wire/query';
import { listPath, pathField } from './path';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create record by path',
	description: 'Create a record of any kind by path, where the API allows it',
	effect: 'write',
	fields: [pathNotice, pathField, ...bodyFields()],
	options: [additionalQueryOption, rawEnvelopeOption, ...[booleanFormatOption, itemsPropertyOption].map(ofSavedNode)],
	input: (call) => ({ path: listPath(call), query: additionalQuery(call), body: form(requiredFields(call)) }),
	run: async (call, request) => {
		const body = await call.client.send({ method: 'POST', ...request });
		return holdsNothing(body) ? record({ created: true }) : toOutput(call, body);
	},
});
