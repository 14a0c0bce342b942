import { ofSavedNode } from '../../../shared/editor/fields';
import { defineOperation } from '../../../shared/operation/operation';
import { additionalQueryOption, itemsPropertyOption, pathNotice, rawEnvelopeOption } from '../../editor/fields';
import { readOne } from '../../wire/list';
import { pathField, recordIdField, recordPlace } from './path';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get record by path',
	description: 'Retrieve a record of any kind by path and ID',
	effect: 'read',
	fields: [pathNotice, pathField, recordIdField],
	options: [additionalQueryOption, rawEnvelopeOption, ofSavedNode(itemsPropertyOption)],
	input: recordPlace,
	run: async (call, { path }) => await readOne(call, { path }),
});
