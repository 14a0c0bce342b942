import { notice } from '../../../shared/editor/fields';
import { defineOperation } from '../../../shared/operation/operation';
import { deleted } from '../../../shared/operation/output';
import { entityLocator } from '../../editor/fields';
import { requiredId } from '../../values/ids';
import { entityPath } from '../../wire/entities';

export const remove = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete Entu entity for good',
	description: 'Delete an entity for good; what stands under it stays',
	effect: 'delete',
	fields: [notice('Deleting cannot be undone.'), entityLocator],
	input: (call) => requiredId(call, 'entityId'),
	run: async (call, id) => {
		await call.client.send({ method: 'DELETE', path: entityPath(call.client, id) });
		return deleted({ _id: id });
	},
});
