import { defineOperation } from '../../../shared/operation/operation';
import { records } from '../../../shared/operation/output';
import { entityPathFields, queryParameters } from '../../editor/fields';
import { entityAddressOf } from '../../wire/address';
import { send } from '../../wire/answer';
import { entitiesOf } from '../../wire/entities';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get Accutics entity',
	description: 'Retrieve an entity',
	effect: 'read',
	fields: [...entityPathFields, queryParameters],
	input: entityAddressOf,
	run: async (call, address) => records(entitiesOf(await send(call.client, address))),
});
