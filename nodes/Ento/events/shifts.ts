import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { toFailure } from '../../shared/answer/errors';
import { fail, refuse } from '../../shared/answer/failure';
import { isRecord, textOf } from '../../shared/guards';
import type { Call } from '../../shared/operation/call';
import { momentIn, type Moment } from '../../shared/operation/dates';
import { path } from '../../shared/service/paths';
import type { Kind, PollEvent } from '../../shared/trigger/event';
import { comparable, ignoredFields, ignoredFieldsOption } from '../../shared/trigger/fields';
import { snapshot } from '../../shared/trigger/watch/snapshot';
import type { WholeList } from '../../shared/trigger/watch/whole';
import { additionalQueryOption, areaFilter, filtersOf, includeOption, roleFilter } from '../editor/fields';
import { shiftsPath } from '../resources/shift/path';
import { formatDay } from '../values/dates';
import { simplifyShift } from '../values/simplify';
import { placeReaders } from '../wire/places';
import { filterValues, includes, named, yesOrNo, type FilterReaders } from '../wire/query';
import { idField, idOf, listIdentity, NO_ID, readAll } from './lists';

const LONGEST_DAYS = 366;

const days: INodeProperties[] = [
	{
		displayName: 'Days Back',
		name: 'daysBack',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: LONGEST_DAYS },
		default: 1,
		description: 'How many days before today are watched, in the time zone of the workflow',
	},
	{
		displayName: 'Days Ahead',
		name: 'daysAhead',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: LONGEST_DAYS },
		default: 14,
		description: 'How many days after today are watched. What happens to shifts further ahead starts no workflow, nor does a day that comes into view as time passes.',
	},
];

const filters = filtersOf([areaFilter, roleFilter]);

const dayPropertyOption: INodeProperties = {
	displayName: 'Day Property',
	name: 'dayProperty',
	type: 'string',
	default: '',
	placeholder: 'e.g. date',
	description: 'Name of the field that holds the day of a shift, such as 2026-03-31; leave empty to look in the usual places',
};

/** What happens to a shift, for events. */
export interface ShiftChange {
	readonly kinds: readonly Kind[];
	/** Only shifts that nobody works: coming among them is the event. */
	readonly isFree?: true;
}

export function shiftEvent(text: Pick<PollEvent, 'name' | 'value' | 'action' | 'description'>, change: ShiftChange): PollEvent {
	const compares = change.kinds.includes('changed');
	return {
		...text,
		fields: [...days, filters],
		options: [
			additionalQueryOption,
			dayPropertyOption,
			includeOption,
			...(compares ? [ignoredFieldsOption] : []),
		],
		simplify: simplifyShift,
		idOf: idField,
		...(change.kinds.length > 1 ? { combines: true as const } : {}),
		watched: (call) => [...listIdentity(call, { path: shiftsPath(call), query: queryOf(call, change) }), daysOf(call, 'daysBack'), daysOf(call, 'daysAhead'), compares ? ignoredFields(call) : []],
		watch: (call) => watchShifts(call, change),
	};
}

function watchShifts(call: Call, change: ShiftChange): ReturnType<typeof snapshot> {
	const today = momentIn(Date.now(), call.timeZone).startOf('day');
	const [first, last] = [today.minus({ days: daysOf(call, 'daysBack') }), today.plus({ days: daysOf(call, 'daysAhead') })];
	return snapshot({
		read: async () => {
			const query = queryOf(call, change, await placeReaders(call));
			const found = await readAll(call, { path: shiftsPath(call), query: { ...query, ...between(call, first, last) } }, 'page');
			assertDays(call, found);
			return change.isFree ? assertFree(found) : found;
		},
		idOf,
		kinds: change.kinds,
		content: comparable(call),
		window: { first: dayText(first), last: dayText(last), dayOf: (shift) => dayIn(call, shift) },
		fateOf: async (id) => await fateOf(call, id),
		...(change.isFree ? { forgets: true as const } : {}),
		advice: { narrow: "Watch fewer days, or one area: see 'Days Ahead' and 'Filters'", id: NO_ID },
	});
}

/** @param readers how filters are read; without them, a name counts as it is written */
function queryOf(call: Call, { isFree }: ShiftChange, readers: FilterReaders = {}): IDataObject {
	return { ...named(call, { ...filterValues(call, readers), ...(isFree ? { assigned: yesOrNo(call, false) } : {}) }), ...includes(call) };
}

function between(call: Call, first: Moment, last: Moment): IDataObject {
	return named(call, { startDate: formatDay(call, first.startOf('day')), endDate: formatDay(call, last.endOf('day')) });
}

function daysOf(call: Call, name: string): number {
	const count = call.number(name, 0);
	const isPossible = Number.isInteger(count) && count >= 0 && count <= LONGEST_DAYS;
	return isPossible ? count : refuse(call.label(name), `${count} is not possible`, `Enter a whole number from 0 to ${LONGEST_DAYS}`);
}

function dayText(moment: Moment): string {
	return moment.toFormat('yyyy-MM-dd');
}

/** What the field is called isn't public (vendors/ento.md §4). */
const DAY_FIELDS = ['date', 'day', 'shift_date', 'start_date', 'start', 'start_time', 'starts_at'];
const ISO_DAY = /^\d{4}-\d{2}-\d{2}/;

/** The day of a shift; blank for one that has none, which is watched as if it were on a day in view. */
function dayIn(call: Call, shift: IDataObject): string {
	const chosen = call.option('dayProperty');
	const names = chosen ? [chosen] : DAY_FIELDS;
	return names.map((name) => ISO_DAY.exec(String(shift[name]))?.[0]).find((day) => day !== undefined) ?? '';
}

/** Without the days of all shifts, those of a day that comes into view could not be told from new ones. */
function assertDays(call: Call, { records: [shift, ...others] }: WholeList): void {
	if (!shift || [shift, ...others].some((one) => dayIn(call, one) !== '')) return;
	refuse('Day Property', `The day of shift ${String(shift.id)} can't be read`, 'Enter the name of the field that holds it, such as date. It must look like 2026-03-31');
}

/** A service that does not know the filter sends all shifts, and each of them would be taken for a free one. */
function assertFree(found: WholeList): WholeList {
	const taken = found.records.find(({ employee_id: id, employee }) => textOf(id) !== undefined || typeof id === 'number' || (isRecord(employee) && Object.keys(employee).length > 0));
	if (!taken) return found;
	return refuse('API Differences', `Ento was asked for shifts without an employee and sent shift ${String(taken.id)}, which has one`, "Look up in your API documentation what the filter is called, and enter it in the credential: parameterNames with assigned under 'API Differences'");
}

/** A shift that exists, but not among those that are watched, was moved. */
async function fateOf(call: Call, id: string): Promise<'gone' | 'elsewhere'> {
	try {
		await call.client.send({ path: shiftsPath(call) + path`/${id}` });
		return 'elsewhere';
	} catch (error) {
		const failure = toFailure(error, (text) => text);
		return failure.reason === 'not found' ? 'gone' : fail(failure);
	}
}
