import type { INodeProperties } from 'n8n-workflow';

import { ofSavedNode, readUntilStableOption, returnAllOrLimit } from '../../../shared/editor/fields';
import type { Call } from '../../../shared/operation/call';
import { defineOperation } from '../../../shared/operation/operation';
import {
	additionalQueryOption,
	areaFilter,
	booleanFormatOption,
	dateFormatOption,
	filtersOf,
	includeField,
	includeOption,
	itemsPropertyOption,
	pagingOption,
	parameterNamesOption,
	rawEnvelopeOption,
	roleFilter,
} from '../../editor/fields';
import { chosenDays, formatDay } from '../../values/dates';
import { readList, type Reading } from '../../wire/list';
import { placeReaders } from '../../wire/places';
import { filterValues, includes, named, switchFilter } from '../../wire/query';
import { shiftShape } from '../../wire/rows';
import { shiftsPath } from './path';

const dates: INodeProperties[] = [
	{
		displayName: 'Date Range',
		name: 'dateRange',
		type: 'options',
		options: [
			{ name: 'Custom', value: 'custom', description: 'From one day to another' },
			{ name: 'Last N Days', value: 'lastDays', description: 'So many days up to today, today included' },
			{ name: 'Next N Days', value: 'nextDays', description: 'So many days from today on, today included' },
			{ name: 'This Week', value: 'thisWeek', description: 'From Monday to Sunday' },
			{ name: 'Today', value: 'today' },
			{ name: 'Tomorrow', value: 'tomorrow' },
			{ name: 'Yesterday', value: 'yesterday' },
		],
		default: 'today',
		description: 'The days to get the shifts of, in the time zone of the workflow',
	},
	{
		displayName: 'Number of Days',
		name: 'days',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 7,
		displayOptions: { show: { dateRange: ['lastDays', 'nextDays'] } },
		description: 'How many days, today included',
	},
	dayField('Start Date', 'startDate', 'First day of the range'),
	dayField('End Date', 'endDate', 'Last day of the range. Whether Ento counts it in is not public.'),
];

function dayField(displayName: string, name: string, description: string): INodeProperties {
	// Not required: n8n would demand it too where an expression gives the range.
	return { displayName, name, type: 'dateTime', typeOptions: { dateOnly: true }, default: '', displayOptions: { show: { dateRange: ['custom'] } }, description };
}

const filters = filtersOf([
	areaFilter,
	{
		displayName: 'Assigned',
		name: 'assigned',
		type: 'options',
		options: [
			{ name: 'Assigned', value: true, description: 'Only shifts that have an employee' },
			{ name: 'Unassigned', value: false, description: 'Only shifts that have none' },
		],
		default: true,
		description: 'Whether the shifts have an employee',
	},
	{
		displayName: 'Earning Rates',
		name: 'earningRates',
		type: 'string',
		default: '',
		placeholder: 'e.g. true',
		description: 'Sent as it is. Whether Ento takes true, to add the earning rates to each shift, or the ID of a rate to look for, is not public.',
	},
	roleFilter,
]);

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many shifts',
	description: 'Retrieve the shifts of a range of days by location, role and assignment',
	effect: 'read',
	simplifies: true,
	fields: [...dates, includeField, ...returnAllOrLimit(), filters],
	options: [
		additionalQueryOption,
		rawEnvelopeOption,
		readUntilStableOption,
		...[
			booleanFormatOption,
			dateFormatOption,
			includeOption,
			itemsPropertyOption,
			pagingOption('page'),
			parameterNamesOption('area', 'assigned', 'earningRates', 'endDate', 'includeEmployee', 'includeRole', 'role', 'startDate'),
		].map(ofSavedNode),
	],
	input: async (call): Promise<Reading> => ({ path: shiftsPath(call), query: await queryOf(call), shape: await shiftShape(call) }),
	run: async (call, reading) => {
		const found = await readList(call, reading, 'page');
		if (found.length === 0) noteNothing(call);
		return found;
	},
});

/** An ID that nothing has and a name in its place both find nothing, without a word from Ento. */
function noteNothing(call: Call): void {
	for (const name of ['area', 'role']) {
		const value = call.text(`filters.${name}`);
		if (value !== '') call.note(`No shift of these days has the ${call.label(name)} "${value}". If that is a name, choose 'By Name'; IDs look like ${name === 'area' ? 'AR10001' : 'RO1001'} unless your account has its own.`);
	}
}

async function queryOf(call: Call): Promise<Reading['query']> {
	const { first, last } = chosenDays(call);
	const days = { startDate: formatDay(call, first), endDate: formatDay(call, last) };
	return { ...named(call, { ...days, ...filterValues(call, { assigned: switchFilter, ...(await placeReaders(call)) }) }), ...includes(call) };
}
