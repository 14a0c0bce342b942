import { defineOperation } from '../../../shared/operation/operation';
import { deleted } from '../../../shared/operation/output';
import { deleteValue, getValue } from '../../wire/entities';
import { chosenFile, fileChoice } from './choice';
import { fileOf } from './fileOf';

export const remove = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete file of entity',
	description: 'Remove a file from its entity',
	effect: 'delete',
	fields: fileChoice,
	input: async (call) => {
		const id = await chosenFile(call);
		// Any value could be deleted by its id: make sure that this one is a file.
		return fileOf(await getValue(call.client, id)) && id;
	},
	run: async (call, id) => {
		await deleteValue(call.client, id);
		return deleted({ _id: id });
	},
});
