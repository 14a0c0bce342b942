import { readUntilStableOption, returnAllOrLimit } from '../../../shared/editor/fields';
import type { Call } from '../../../shared/operation/call';
import { defineOperation } from '../../../shared/operation/operation';
import {
	additionalQueryOption,
	booleanFormatOption,
	dateFormatOption,
	filtersOf,
	itemsPropertyOption,
	notice,
	pagingOption,
	parameterNamesOption,
	rawEnvelopeOption,
} from '../../editor/fields';
import { dayOf, formatDay } from '../../values/dates';
import { shapeOf, simplifyEmployee } from '../../values/simplify';
import { readList, type Reading } from '../../wire/list';
import { filterValues, named, switchFilter } from '../../wire/query';
import { employeesPath } from './path';

const filters = filtersOf([
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
]);

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many employees',
	description: 'Retrieve a list of employees by name, status and date of commencement',
	effect: 'read',
	simplifies: true,
	fields: [notice, ...returnAllOrLimit(), filters],
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
	return named(call, filterValues(call, { deleted: switchFilter, commencementDate: dayFilter, status: statusFilter }));
}

const dayFilter = (call: Call, parameter: string): string => formatDay(call, dayOf(call, parameter));

function statusFilter(call: Call, parameter: string): string {
	return call.choice(parameter, ['active', 'inactive']);
}
