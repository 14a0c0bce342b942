import { type IDataObject, tryToParseDateTime } from 'n8n-workflow';

import { refuse } from '../../shared/answer/failure';
import type { Definition } from './definitions';
import { toId } from './ids';

/**
 * What one value of a property is in Entu.
 * @param timeZone of dates that name none
 * @throws FailureError `invalid input` that names the property
 */
export function convert(definition: Definition, value: unknown, timeZone: string): IDataObject {
	switch (definition.type) {
		case 'number':
			return { number: toNumber(definition, value) };
		case 'boolean':
			return { boolean: toBoolean(definition, value) };
		case 'date':
			return { date: toDate(definition, value, timeZone) };
		case 'datetime':
			return { datetime: toDateTime(definition, value, timeZone) };
		case 'reference':
			return { reference: toReference(definition, value) };
		case 'counter':
			return toCounter(definition, value);
		default:
			return { string: toText(definition, value) };
	}
}

function toText({ label, choices }: Definition, value: unknown): string {
	if (typeof value === 'object') return refuse(label, 'is an object where a text is expected', 'Give a text');
	// Filters compare in Unicode NFC (entu.md §5.2).
	const text = String(value).normalize('NFC');
	if (choices.length === 0 || choices.includes(text)) return text;
	return refuse(label, `"${text}" is not among its choices`, `Use one of: ${choices.join(', ')}`);
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function toNumber({ label }: Definition, value: unknown): number {
	const isNumber = typeof value === 'number' || (typeof value === 'string' && NUMBER.test(value.trim()));
	const number = isNumber ? Number(value) : NaN;
	if (!Number.isFinite(number)) refuse(label, `${shown(value)} is not a number`, 'Give a number such as 12 or 12.5');
	if (Number.isInteger(number) && !Number.isSafeInteger(number)) {
		refuse(label, `${shown(value)} has more digits than a number keeps`, 'Keep such numbers in a property of type string');
	}
	return number;
}

const YES: readonly unknown[] = [true, 1, 'true', '1', 'yes'];
const NO: readonly unknown[] = [false, 0, 'false', '0', 'no'];

function toBoolean({ label }: Definition, value: unknown): boolean {
	const given = typeof value === 'string' ? value.trim().toLowerCase() : value;
	if (YES.includes(given)) return true;
	return NO.includes(given) ? false : refuse(label, `${shown(value)} is neither true nor false`, 'Give true or false');
}

/** A day, alone or with a time behind it. */
const DATE = /^(\d{4}-\d{2}-\d{2})(?:$|[T ]\d{2}:\d{2})/;

/** The calendar day that stands in the value, as it stands there: a zone would move it to the day before or after. */
function toDate({ label }: Definition, value: unknown, timeZone: string): string {
	const text = typeof value === 'string' ? value.trim() : momentOf(value, timeZone)?.toISODate();
	const day = DATE.exec(text ?? '')?.[1];
	return day && isDay(day) ? day : refuse(label, `${shown(value)} is not a date`, 'Give a date such as 2026-11-21');
}

function toDateTime({ label }: Definition, value: unknown, timeZone: string): string {
	const day = typeof value === 'string' ? (DATE.exec(value.trim())?.[1] ?? '') : undefined;
	const moment = day === undefined || isDay(day) ? momentOf(value, timeZone) : undefined;
	const iso = moment?.toUTC().toISO();
	return iso ?? refuse(label, `${shown(value)} is not a date and time`, 'Give one such as 2026-11-21T09:30:00 or 2026-11-21T09:30:00Z');
}

function isDay(text: string): boolean {
	const date = new Date(`${text}T00:00:00Z`);
	return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function momentOf(value: unknown, timeZone: string): ReturnType<typeof tryToParseDateTime> | undefined {
	if (typeof value === 'number') return undefined;
	try {
		return tryToParseDateTime(value, timeZone);
	} catch {
		return undefined;
	}
}

function toReference({ label }: Definition, value: unknown): string {
	return toId(value) ?? refuse(label, `${shown(value)} is not an Entu ID`, 'Give the 24 characters of the ID of the entity to refer to, or its link');
}

/** `true` asks for the next value; anything else is set as it is (entu.md §4.3). */
function toCounter(definition: Definition, value: unknown): IDataObject {
	if (value === true || value === 'true') return { counter: 1 };
	return { counter: 1, string: toText(definition, value) };
}

function shown(value: unknown): string {
	return typeof value === 'object' ? 'The given object' : `"${String(value)}"`;
}
