import { defineOperation } from '../../../shared/operation/operation';
import { json } from '../../../shared/service/request';
import { endpointFields, entityFields, queryParameters } from '../../editor/fields';
import { addressOf } from '../../wire/address';
import { send } from '../../wire/answer';
import { requiredEntity } from '../../wire/body';
import { outputsOf } from '../../wire/entities';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create Accutics entity',
	description: 'Create an entity, with all that the service makes of it, such as generated names and links',
	effect: 'write',
	fields: [...endpointFields, ...entityFields('add'), queryParameters],
	input: async (call) => ({ address: addressOf(call), body: await requiredEntity(call) }),
	run: async (call, { address, body }) => outputsOf(await send(call.client, { ...address, method: 'POST', body: json(body) })),
});
