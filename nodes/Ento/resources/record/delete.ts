import { notice } from '../../../shared/editor/fields';
import { defineOperation } from '../../../shared/operation/operation';
import { deleted } from '../../../shared/operation/output';
import { additionalQueryOption, pathNotice } from '../../editor/fields';
import { additionalQuery } from '../../wire/query';
import { pathField, recordIdField, recordPlace } from './path';

export const remove = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete record by path',
	description: 'Delete a record of any kind by path and ID, where the API allows it',
	effect: 'delete',
	fields: [notice('Deleting cannot be undone.'), pathNotice, pathField, recordIdField],
	options: [additionalQueryOption],
	input: (call) => ({ ...recordPlace(call), query: additionalQuery(call) }),
	run: async (call, { id, path, query }) => {
		await call.client.send({ method: 'DELETE', path, query });
		return deleted({ id, path });
	},
});
