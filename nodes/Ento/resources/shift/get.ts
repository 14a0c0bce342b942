import { ofSavedNode } from '../../../shared/editor/fields';
import { defineOperation } from '../../../shared/operation/operation';
import { path } from '../../../shared/service/paths';
import {
	additionalQueryOption,
	booleanFormatOption,
	includeField,
	includeOption,
	itemsPropertyOption,
	parameterNamesOption,
	rawEnvelopeOption,
} from '../../editor/fields';
import { readOne, type Reading } from '../../wire/list';
import { includes } from '../../wire/query';
import { shiftShape } from '../../wire/rows';
import { shiftsPath } from './path';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get shift',
	description: 'Retrieve a shift by ID, with its role and employee if wanted',
	effect: 'read',
	simplifies: true,
	fields: [
		{
			displayName: 'Shift ID',
			name: 'shiftId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 88317',
			description: 'ID of the shift in Ento',
		},
		includeField,
	],
	options: [
		additionalQueryOption,
		rawEnvelopeOption,
		...[booleanFormatOption, includeOption, itemsPropertyOption, parameterNamesOption('includeEmployee', 'includeRole')].map(ofSavedNode),
	],
	input: async (call): Promise<Reading> => ({
		path: shiftsPath(call) + path`/${call.requiredText('shiftId')}`,
		query: includes(call),
		shape: await shiftShape(call),
	}),
	run: readOne,
});
