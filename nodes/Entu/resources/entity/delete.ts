import { defineOperation, deleted } from '../../../shared/define';
import { entityPath } from '../../api';
import { entityLocator } from '../../fields';
import { requiredId } from '../../ids';

export const remove = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete entity',
	description: 'Delete an entity for good; what stands under it stays',
	effect: 'delete',
	fields: [entityLocator],
	input: (call) => requiredId(call, 'entityId'),
	run: async (call, id) => {
		await call.client.send({ method: 'DELETE', path: entityPath(call.client, id) });
		return deleted({ _id: id });
	},
});
