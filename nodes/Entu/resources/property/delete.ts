import { defineOperation } from '../../../shared/operation/operation';
import { deleted } from '../../../shared/operation/output';
import { deleteValue } from '../../wire/entities';
import { chosenValue, valueChoice } from './choice';

export const remove = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete value of property',
	description: 'Delete one value of a property',
	effect: 'delete',
	fields: valueChoice,
	input: async (call) => await chosenValue(call),
	run: async (call, id) => {
		await deleteValue(call.client, id);
		return deleted({ _id: id });
	},
});
