import { defineOperation, deleted } from '../../../shared/define';
import { deleteValue } from '../../api';
import { valueId } from '../../fields';
import { requiredId } from '../../ids';

export const remove = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete property value',
	description: 'Delete one value of a property',
	effect: 'delete',
	fields: [valueId],
	input: (call) => requiredId(call, 'valueId'),
	run: async (call, id) => {
		await deleteValue(call.client, id);
		return deleted({ _id: id });
	},
});
