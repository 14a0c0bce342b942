import { defineOperation } from '../../../shared/define';
import { json } from '../../../shared/request';
import { addressOf } from '../../address';
import { send } from '../../answer';
import { outputsOf } from '../../api';
import { requiredObject } from '../../body';
import { bodyFields, pathField, queryParameters } from '../../fields';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create entity',
	description: 'Create an entity, with all that the service makes of it, such as generated names and links',
	effect: 'write',
	fields: [pathField, ...bodyFields(), queryParameters],
	input: (call) => ({ address: addressOf(call), body: requiredObject(call) }),
	run: async (call, { address, body }) => outputsOf(await send(call.client, { ...address, method: 'POST', body: json(body) })),
});
