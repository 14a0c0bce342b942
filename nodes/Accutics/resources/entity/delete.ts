import { defineOperation, deleted } from '../../../shared/define';
import { entityAddressOf, targetOf } from '../../address';
import { send } from '../../answer';
import { entityPathFields, queryParameters } from '../../fields';

export const remove = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete entity',
	description: 'Delete an entity, if your endpoint supports it',
	effect: 'delete',
	fields: [...entityPathFields, queryParameters],
	input: (call) => ({ address: entityAddressOf(call), target: targetOf(call) }),
	run: async (call, { address, target }) => {
		await send(call.client, { ...address, method: 'DELETE' });
		return deleted(target);
	},
});
