import type { INodeProperties } from 'n8n-workflow';

import { readUntilStableOption, returnAllOrLimit, simplify } from '../../../shared/editor/fields';
import type { Call } from '../../../shared/operation/call';
import { defineOperation } from '../../../shared/operation/operation';
import {
	additionalQueryOption,
	booleanFormatOption,
	dateFormatOption,
	itemsPropertyOption,
	notice,
	pagingOption,
	parameterNamesOption,
	rawEnvelopeOption,
} from '../../editor/fields';
import { formatDay, toDay } from '../../values/dates';
import { shapeOf, simplifyEmployee } from '../../values/simplify';
import { readList, type Reading } from '../../wire/list';
import { filterValues, named } from '../../wire/query';
import { employeesPath } from './path';

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: [
		{
			displayName: 'Commencement Date',
			name: 'commencementDate',
			type: 'dateTime',
			default: '',
			description: 'The day of commencement. Whether Ento looks for this very day or for a span is not public.',
		},
		{
			displayName: 'Deleted',
			name: 'deleted',
			type: 'boolean',
			default: true,
			description: 'Whether to ask for deleted employees. If Ento then leaves out the others is not public.',
		},
		{
			displayName: 'First Name',
			name: 'firstName',
			type: 'string',
			default: '',
			placeholder: 'e.g. Marla',
			description: 'Only employees with this first name. Whether a part of it is enough is not public.',
		},
		{
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: [
				{ name: 'Active', value: 'active' },
				{ name: 'Inactive', value: 'inactive' },
			],
			default: 'active',
			description: 'Only employees with this status',
		},
	],
};

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many employees',
	description: 'Retrieve a list of employees by name, status and date of commencement',
	effect: 'read',
	fields: [notice, ...returnAllOrLimit(), filters, simplify()],
	options: [
		additionalQueryOption,
		booleanFormatOption,
		dateFormatOption,
		itemsPropertyOption,
		// Nothing public says that employees come in pages.
		pagingOption('off'),
		parameterNamesOption('commencementDate', 'deleted', 'firstName', 'status'),
		rawEnvelopeOption,
		readUntilStableOption,
	],
	input: (call): Reading => ({ path: employeesPath(call), query: queryOf(call), shape: shapeOf(call, simplifyEmployee) }),
	run: async (call, reading) => await readList(call, reading, 'off'),
});

function queryOf(call: Call): Reading['query'] {
	const values = filterValues(call, ['deleted']);
	const { commencementDate: entered } = values;
	if (entered === undefined) return named(call, values);
	const day = toDay(entered, call.label('commencementDate'), call.timeZone);
	return named(call, { ...values, commencementDate: formatDay(call, day) });
}
