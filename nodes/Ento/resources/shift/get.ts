import { defineOperation } from '../../../shared/define';
import { simplify } from '../../../shared/fields';
import { path } from '../../../shared/paths';
import {
	additionalQueryOption,
	booleanFormatOption,
	includeOption,
	itemsPropertyOption,
	notice,
	parameterNamesOption,
	rawEnvelopeOption,
} from '../../fields';
import { readOne, type Reading } from '../../list';
import { includes } from '../../query';
import { shapeOf, simplifyShift } from '../../simplify';
import { shiftsPath } from './path';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get shift',
	description: 'Retrieve a shift by ID, with its role and employee if wanted',
	effect: 'read',
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
		simplify(),
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
