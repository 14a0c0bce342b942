import { defineOperation, deleted } from '../../../shared/define';
import { deleteValue, getValue } from '../../api';
import { fileId } from '../../fields';
import { requiredId } from '../../ids';
import { fileOf } from './fileOf';

export const remove = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete file',
	description: 'Remove a file from its entity',
	effect: 'delete',
	fields: [fileId],
	input: async (call) => {
		const id = requiredId(call, 'fileId');
		// Any value could be deleted by its id: make sure that this one is a file.
		return fileOf(await getValue(call.client, id)) && id;
	},
	run: async (call, id) => {
		await deleteValue(call.client, id);
		return deleted({ _id: id });
	},
});
