import { textOf } from '../../../shared/guards';
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
	anyOrder: true,
	fields: fileChoice,
	input: async (call) => {
		const id = await chosenFile(call);
		const value = await getValue(call.client, id);
		// Any value could be deleted by its id: make sure that this one is a file.
		fileOf(value);
		return { id, entityId: textOf(value.entity) ?? id };
	},
	run: async (call, { id, entityId }) => {
		await call.inTurn(entityId, async () => await deleteValue(call.client, id));
		return deleted({ _id: id });
	},
});
