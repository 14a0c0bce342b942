import { ofSavedNode, readUntilStableOption, returnAllOrLimit } from '../../../shared/editor/fields';
import { defineOperation } from '../../../shared/operation/operation';
import { additionalQueryOption, itemsPropertyOption, pagingOption, pathNotice, rawEnvelopeOption } from '../../editor/fields';
import { readList } from '../../wire/list';
import { listPath, pathField } from './path';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many records by path',
	description: 'Retrieve a list of records of any kind by path',
	effect: 'read',
	fields: [pathNotice, pathField, ...returnAllOrLimit()],
	options: [additionalQueryOption, rawEnvelopeOption, readUntilStableOption, ...[itemsPropertyOption, pagingOption('off')].map(ofSavedNode)],
	input: listPath,
	run: async (call, path) => await readList(call, { path }, 'off'),
});
