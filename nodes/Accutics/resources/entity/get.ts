import { defineOperation, records } from '../../../shared/define';
import { entityAddressOf } from '../../address';
import { send } from '../../answer';
import { entitiesOf } from '../../api';
import { entityPathFields, queryParameters } from '../../fields';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get entity',
	description: 'Retrieve an entity',
	effect: 'read',
	fields: [...entityPathFields, queryParameters],
	input: entityAddressOf,
	run: async (call, address) => records(entitiesOf(await send(call.client, address))),
});
