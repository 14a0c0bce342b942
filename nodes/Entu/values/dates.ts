import { toDate } from '../../shared/operation/dates';

/*
 * Dates as Entu takes them, in values and in filters alike: a day as `YYYY-MM-DD`, a moment in UTC; milliseconds are documented for both
 * (entu.md §4.2, §5.2 trap 11).
 */

/** @param parameter display name of the field @throws FailureError `invalid input` */
export function toDay(parameter: string, value: unknown, timeZone: string): string {
	return toDate(parameter, value, timeZone, ['milliseconds']).day;
}

/** @param parameter display name of the field @throws FailureError `invalid input` */
export function toMoment(parameter: string, value: unknown, timeZone: string): string {
	return new Date(toDate(parameter, value, timeZone, ['milliseconds']).ms).toISOString();
}
