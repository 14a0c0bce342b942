import { defineOperation } from '../../../shared/define';
import { returnAllOrLimit } from '../../../shared/fields';
import { additionalQueryOption, itemsPropertyOption, pagingOption, pathNotice, rawEnvelopeOption } from '../../fields';
import { readList } from '../../list';
import { listPath, pathField } from './path';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many records',
	description: 'Retrieve a list of records of any kind by path',
	effect: 'read',
	fields: [pathNotice, pathField, ...returnAllOrLimit()],
	options: [additionalQueryOption, itemsPropertyOption, pagingOption('off'), rawEnvelopeOption],
	input: listPath,
	run: async (call, path) => await readList(call, { path }, 'off'),
});
