import { defineOperation } from '../../../shared/operation/operation';
import { path } from '../../../shared/service/paths';
import {
	additionalQueryOption,
	booleanFormatOption,
	includeOption,
	itemsPropertyOption,
	notice,
	parameterNamesOption,
	rawEnvelopeOption,
} from '../../editor/fields';
import { shapeOf, simplifyShift } from '../../values/simplify';
import { readOne, type Reading } from '../../wire/list';
import { includes } from '../../wire/query';
import { shiftsPath } from './path';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get shift',
	description: 'Retrieve a shift by ID, with its role and employee if wanted',
	effect: 'read',
	simplifies: true,
	fields: [
		notice,
		{
			displayName: 'Shift ID',
			name: 'shiftId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 88317',
			description: 'ID of the shift in Ento',
		},
	],
	options: [
		additionalQueryOption,
		booleanFormatOption,
		includeOption,
		itemsPropertyOption,
		parameterNamesOption('includeEmployee', 'includeRole'),
		rawEnvelopeOption,
	],
	input: (call): Reading => ({
		path: shiftsPath(call) + path`/${call.requiredText('shiftId')}`,
		query: includes(call),
		shape: shapeOf(call, simplifyShift),
	}),
	run: readOne,
});
