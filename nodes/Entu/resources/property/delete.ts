import { defineOperation } from '../../../shared/operation/operation';
import { deleted } from '../../../shared/operation/output';
import { valueId } from '../../editor/fields';
import { requiredId } from '../../values/ids';
import { deleteValue } from '../../wire/entities';

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
