import { defineOperation } from '../../../shared/operation/operation';
import { json } from '../../../shared/service/request';
import { bodyFields, pathField, queryParameters } from '../../editor/fields';
import { addressOf } from '../../wire/address';
import { send } from '../../wire/answer';
import { requiredObject } from '../../wire/body';
import { outputsOf } from '../../wire/entities';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create Accutics entity',
	description: 'Create an entity, with all that the service makes of it, such as generated names and links',
	effect: 'write',
	fields: [pathField, ...bodyFields(), queryParameters],
	input: (call) => ({ address: addressOf(call), body: requiredObject(call) }),
	run: async (call, { address, body }) => outputsOf(await send(call.client, { ...address, method: 'POST', body: json(body) })),
});
