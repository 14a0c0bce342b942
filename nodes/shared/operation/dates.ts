import { tryToParseDateTime } from 'n8n-workflow';

import { refuse } from '../answer/failure';
import { shown, timeObject } from './values';

/** Luxon's. */
export type Moment = ReturnType<typeof tryToParseDateTime>;

/** Forms that a node takes beside the common ones, because its service documents them: milliseconds since 1970, `dd.MM.yyyy`. */
export type DateForm = 'milliseconds' | 'dotted';

/** A date that a person entered or an expression gave. */
export interface GivenDate {
	/** `YYYY-MM-DD`: the day as it was given, or the day of the moment in the time zone of the workflow. */
	readonly day: string;
	/** The moment, in ms since 1970; of a day alone, its beginning in the time zone of the workflow. */
	readonly ms: number;
}

const ISO = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;
const DOTTED = /^(\d{2})\.(\d{2})\.(\d{4})$/;
/** JavaScript's own `Tue Mar 11 2025 09:00:00 GMT+0300 (…)`. */
const JAVASCRIPT = /^[a-z]{3} ([a-z]{3}) (\d{2}) (\d{4}) (\d{2}:\d{2}:\d{2}) GMT([+-]\d{4})(?: \(.*\))?$/i;
/** `Tue, 11 Mar 2025 09:00:00 GMT`, of mails and of HTTP. */
const MAIL = /^[a-z]{3}, (\d{1,2}) ([a-z]{3}) (\d{4}) (\d{2}:\d{2}(?::\d{2})?) (GMT|UTC?|Z|[+-]\d{4})$/i;
const TWO_ORDERS = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)/;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH_NAMES = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
/** Milliseconds since 1970 of any day after 1973, so that no year, no number of days and no seconds are taken for them. */
const MILLISECONDS = /^\d{12,14}$/;
const EXAMPLES = 'Give one such as 2026-03-31, 2026-03-31T09:30:00 or 2026-03-31T09:30:00Z';

/**
 * Reads a date, in the one way that all nodes have, for what is written and for filters alike: a day alone stays that day; a text
 * with zone or offset, a `Date` and Luxon's object are the moment they name; a text without zone is in that of the workflow.
 * @param parameter display name of the field
 * @param zone time zone of the workflow
 * @param also what else the service takes
 * @throws FailureError `invalid input` for days that don't exist, and for what can be read in two ways
 */
export function toDate(parameter: string, value: unknown, zone: string, also: readonly DateForm[] = []): GivenDate {
	const object = timeObject(value);
	if (object) return atMoment(object.ms, zone) ?? refuse(parameter, 'holds an invalid date', EXAMPLES);
	const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	if (also.includes('milliseconds') && MILLISECONDS.test(text)) return atMoment(Number(text), zone) ?? refuseDate(parameter, value);
	const [, day, hours, minutes, seconds = '00', fraction = '', offset] = ISO.exec(inIso(text, also.includes('dotted'))) ?? [];
	if (day === undefined) return refuse(parameter, problemOf(text, value), EXAMPLES);
	if (!isDay(day)) return refuse(parameter, `There is no day "${text}"`, EXAMPLES);
	if (hours === undefined || minutes === undefined) return { day, ms: startOf(day, zone) };
	if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return refuse(parameter, `There is no time "${text}"`, EXAMPLES);
	const time = `${day}T${hours}:${minutes}:${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}`;
	if (offset === undefined) return { day, ms: momentIn(time, zone).toMillis() };
	return atMoment(Date.parse(time + withColon(offset)), zone) ?? refuseDate(parameter, value);
}

/** A moment in a time zone. @param from ms since 1970, or ISO 8601; without zone, in this one */
export function momentIn(from: number | string, zone: string): Moment {
	return tryToParseDateTime(typeof from === 'number' ? new Date(from).toISOString() : from, zone).setZone(zone);
}

function startOf(day: string, zone: string): number {
	return momentIn(day, zone).toMillis();
}

function atMoment(ms: number, zone: string): GivenDate | undefined {
	if (!(ms >= EARLIEST && ms < LATEST)) return undefined;
	const day = momentIn(ms, zone).toISODate();
	return day === null ? undefined : { day, ms };
}

/** Years are written with four digits. */
const EARLIEST = Date.parse('0001-01-02T00:00:00Z');
const LATEST = Date.parse('9999-12-31T00:00:00Z');

/** A text in one of the other forms that can't be misunderstood, in ISO 8601; any other one as it is. */
function inIso(text: string, takesDotted: boolean): string {
	const [, day, month, year] = DOTTED.exec(text) ?? [];
	if (day !== undefined && takesDotted) return `${year}-${month}-${day}`;
	const [, name, date, ofYear, time, offset] = JAVASCRIPT.exec(text) ?? [];
	if (name !== undefined) return `${ofYear}-${monthOf(name)}-${date}T${time}${offset}`;
	const [, inMail = '', nameInMail, yearInMail, timeInMail, zone = ''] = MAIL.exec(text) ?? [];
	if (nameInMail === undefined) return text;
	return `${yearInMail}-${monthOf(nameInMail)}-${inMail.padStart(2, '0')}T${timeInMail}${/^[a-z]/i.test(zone) ? 'Z' : zone}`;
}

function monthOf(name: string): string {
	return String(MONTHS.indexOf(name.toLowerCase()) + 1).padStart(2, '0');
}

function withColon(offset: string): string {
	const [, hours, minutes = '00'] = /^([+-]\d{2}):?(\d{2})?$/.exec(offset) ?? [];
	return hours === undefined ? 'Z' : `${hours}:${minutes}`;
}

function isDay(text: string): boolean {
	const ms = Date.parse(`${text}T00:00:00Z`);
	return ms >= EARLIEST && new Date(ms).toISOString().startsWith(text);
}

function problemOf(text: string, value: unknown): string {
	const [, first = '', , second = ''] = TWO_ORDERS.exec(text) ?? [];
	const [a, b] = [Number(first), Number(second)];
	const isEither = a >= 1 && a <= 12 && b >= 1 && b <= 12 && a !== b;
	if (isEither) return `"${text}" could be ${a} ${MONTH_NAMES[b - 1]} or ${b} ${MONTH_NAMES[a - 1]}`;
	if (/^\d{4}$/.test(text)) return `"${text}" is a year, not a date`;
	return `${shown(value)} is not a date`;
}

function refuseDate(parameter: string, value: unknown): never {
	return refuse(parameter, `${shown(value)} is not a date`, EXAMPLES);
}
