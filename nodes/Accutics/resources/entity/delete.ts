import { notice } from '../../../shared/editor/fields';
import { defineOperation } from '../../../shared/operation/operation';
import { deleted } from '../../../shared/operation/output';
import { entityPathFields, queryParameters } from '../../editor/fields';
import { entityAddressOf, targetOf } from '../../wire/address';
import { send } from '../../wire/answer';

export const remove = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete Accutics entity',
	description: 'Delete an entity, if your endpoint supports it',
	effect: 'delete',
	fields: [notice('Deleting cannot be undone.'), ...entityPathFields, queryParameters],
	input: (call) => ({ address: entityAddressOf(call), target: targetOf(call) }),
	run: async (call, { address, target }) => {
		await send(call.client, { ...address, method: 'DELETE' });
		return deleted(target);
	},
});
