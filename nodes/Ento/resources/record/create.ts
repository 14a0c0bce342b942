import { defineOperation, record } from '../../../shared/define';
import { form } from '../../../shared/request';
import { additionalQueryOption, bodyFields, booleanFormatOption, itemsPropertyOption, pathNotice, rawEnvelopeOption } from '../../fields';
import { requiredFields } from '../../form';
import { toOutput } from '../../list';
import { additionalQuery } from '../../query';
import { listPath, pathField } from './path';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create record',
	description: 'Create a record of any kind by path, where the API allows it',
	effect: 'write',
	fields: [pathNotice, pathField, ...bodyFields()],
	options: [additionalQueryOption, booleanFormatOption, itemsPropertyOption, rawEnvelopeOption],
	input: (call) => ({ path: listPath(call), query: additionalQuery(call), body: form(requiredFields(call)) }),
	run: async (call, request) => {
		const body = await call.client.send({ method: 'POST', ...request });
		return body === undefined ? record({ created: true }) : toOutput(call, body);
	},
});
