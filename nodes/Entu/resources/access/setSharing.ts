import { defineOperation } from '../../../shared/operation/operation';
import { record } from '../../../shared/operation/output';
import { entityLocator } from '../../editor/fields';
import { requiredId } from '../../values/ids';
import { sharingField, SHARINGS } from './fields';
import { overwrite } from './setting';

export const setSharing = defineOperation({
	name: 'Set Sharing',
	value: 'setSharing',
	action: 'Set who may read entity',
	description: 'Set who may read an entity beside the persons with a right',
	effect: 'write',
	fields: [entityLocator, sharingField],
	input: (call) => ({ id: requiredId(call, 'entityId'), sharing: call.choice('sharing', SHARINGS) }),
	run: async (call, { id, sharing }) => {
		await call.inTurn(id, async () => await overwrite(call.client, id, 'string', { type: '_sharing', string: sharing }));
		return record({ _id: id, sharing });
	},
});
