import { ofSavedNode, readUntilStableOption, returnAllOrLimit } from '../../../shared/editor/fields';
import type { Call } from '../../../shared/operation/call';
import { defineOperation } from '../../../shared/operation/operation';
import {
	additionalQueryOption,
	booleanFormatOption,
	dateFormatOption,
	filtersOf,
	itemsPropertyOption,
	pagingOption,
	parameterNamesOption,
	rawEnvelopeOption,
} from '../../editor/fields';
import { dayOf, formatDay } from '../../values/dates';
import { readList, type Reading } from '../../wire/list';
import { filterValues, named, switchFilter } from '../../wire/query';
import { employeeShape } from '../../wire/rows';
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
	action: 'Get many Ento employees',
	description: 'Retrieve a list of employees by name, status and date of commencement',
	effect: 'read',
	simplifies: true,
	fields: [...returnAllOrLimit(), filters],
	options: [
		additionalQueryOption,
		rawEnvelopeOption,
		readUntilStableOption,
		...[
			booleanFormatOption,
			dateFormatOption,
			itemsPropertyOption,
			// Nothing public says that employees come in pages.
			pagingOption('off'),
			parameterNamesOption('commencementDate', 'deleted', 'firstName', 'status'),
		].map(ofSavedNode),
	],
	input: async (call): Promise<Reading> => ({ path: employeesPath(call), query: queryOf(call), shape: await employeeShape(call) }),
	run: async (call, reading) => {
		const found = await readList(call, reading, 'off');
		const name = call.text('filters.firstName');
		if (found.length === 0 && name !== '') call.note(`Ento has no employee with the first name "${name}". Whether a part of a name is enough is not public.`);
		return found;
	},
});

function queryOf(call: Call): Reading['query'] {
	return named(call, filterValues(call, { deleted: switchFilter, commencementDate: dayFilter, status: statusFilter }));
}

const dayFilter = (call: Call, parameter: string): string => formatDay(call, dayOf(call, parameter));

function statusFilter(call: Call, parameter: string): string {
	return call.choice(parameter, ['active', 'inactive']);
}
