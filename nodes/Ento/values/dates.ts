import { refuse } from '../../shared/answer/failure';
import type { Call } from '../../shared/operation/call';
import { momentIn, type Moment } from '../../shared/operation/dates';
import { differencesOf, luxonFormat, namesEachDay } from './differences';
import { DATE_FORMAT } from './proposals';

const RANGES = ['custom', 'lastDays', 'nextDays', 'thisWeek', 'today', 'tomorrow', 'yesterday'] as const;

export interface Days {
	readonly first: Moment;
	readonly last: Moment;
}

/** The days that the parameter 'Date Range' stands for, in the time zone of the workflow. */
export function chosenDays(call: Call): Days {
	const today = momentIn(Date.now(), call.timeZone);
	const plus = (days: number): Moment => today.plus({ days });
	switch (call.choice('dateRange', RANGES)) {
		case 'today':
			return days(today, today);
		case 'tomorrow':
			return days(plus(1), plus(1));
		case 'yesterday':
			return days(plus(-1), plus(-1));
		case 'thisWeek':
			return days(today.startOf('week'), today.endOf('week'));
		case 'nextDays':
			return days(today, plus(numberOfDays(call) - 1));
		case 'lastDays':
			return days(plus(1 - numberOfDays(call)), today);
		case 'custom':
			return customDays(call);
	}
}

/**
 * A day as text for the API.
 * @throws FailureError `invalid input` for a format that can't tell one day from another
 */
export function formatDay(call: Call, day: Moment): string {
	const format = luxonFormat(call.option('dateFormat') || differencesOf(call.client).dateFormat || DATE_FORMAT);
	if (!namesEachDay(format)) refuse(call.label('dateFormat'), `"${format}" does not name year, month and day`, 'Write yyyy, MM and dd; mm stands for minutes');
	return day.setLocale('en').toFormat(format);
}

/**
 * The day that a person entered or an expression gave.
 * @throws FailureError `invalid input`
 */
export function dayOf(call: Call, parameter: string): Moment {
	const { day } = call.date(parameter) ?? refuse(call.label(parameter), 'is empty', 'Pick a day');
	return momentIn(day, call.timeZone);
}

function customDays(call: Call): Days {
	const [first, last] = [dayOf(call, 'startDate'), dayOf(call, 'endDate')];
	if (last.startOf('day') < first.startOf('day')) {
		refuse(call.label('endDate'), `is before '${call.label('startDate')}'`, 'Swap the two dates');
	}
	return days(first, last);
}

/** With times, where the format shows them, that leave nothing of the last day out. */
function days(first: Moment, last: Moment): Days {
	return { first: first.startOf('day'), last: last.endOf('day') };
}

function numberOfDays(call: Call): number {
	const count = call.number('days', 7);
	return Number.isInteger(count) && count > 0 ? count : refuse(call.label('days'), `${count} is not a number of days`, 'Enter a whole number from 1');
}
