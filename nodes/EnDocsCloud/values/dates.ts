import { tryToParseDateTime } from 'n8n-workflow';

import { refuse } from '../../shared/answer/failure';
import type { Call } from '../../shared/operation/call';

const WRITTEN_OUT = /^(\d{2})\.(\d{2})\.(\d{4})$/;
const ISO = /^\d{4}-\d{2}-\d{2}(?!\d)/;
/** `Tue, 11 Mar 2025 09:00:00 GMT` and JavaScript's own `Tue Mar 11 2025 09:00:00 GMT+0300 (…)`. */
const WITH_WEEKDAY = /^(mon|tue|wed|thu|fri|sat|sun)/i;
/** Milliseconds since 1970 of any day after 1973, so that no year and no number of days is taken for one. */
const TIMESTAMP = /^\d{12,14}$/;

/**
 * A date in the form that EnDocs Cloud's samples show, `dd.MM.yyyy`, made in the time zone of the workflow (vendors/endocs.md A10).
 * Nothing when the parameter is empty.
 * @throws FailureError `invalid input` for what is no date, or one that can be read in two ways
 */
export function dateOf(call: Call, parameter: string): string | undefined {
	// A date object of an expression comes as JSON text, in quotes.
	const text = call.text(parameter).replace(/^"(.*)"$/, '$1');
	if (text === '') return undefined;
	return toDate(text, call.timeZone) ?? refuse(call.label(parameter), `"${text}" is not a date`, 'Pick a date, or give one such as 2025-03-11 or 11.03.2025');
}

/** The same where the parameter must not be empty. */
export function requiredDateOf(call: Call, parameter: string): string {
	call.requiredText(parameter);
	return dateOf(call, parameter) ?? refuse(call.label(parameter), 'is empty', 'Pick a date');
}

/**
 * @param text a date in any form that n8n gives one
 * @param timeZone for dates without one, and to tell the day of those with one
 * @returns `dd.MM.yyyy`, or nothing when the text is no date
 */
export function toDate(text: string, timeZone: string): string | undefined {
	const [, day, month, year] = WRITTEN_OUT.exec(text) ?? [];
	const iso = day ? `${year}-${month}-${day}` : text;
	if (ISO.test(iso) && !isDay(iso.slice(0, 10))) return undefined;
	if (ISO.test(iso) || WITH_WEEKDAY.test(iso)) return momentIn(iso, timeZone);
	return TIMESTAMP.test(iso) ? momentIn(new Date(Number(iso)), timeZone) : undefined;
}

function momentIn(value: unknown, timeZone: string): string | undefined {
	try {
		return tryToParseDateTime(value, timeZone).setZone(timeZone).toFormat('dd.MM.yyyy');
	} catch {
		return undefined;
	}
}

function isDay(text: string): boolean {
	const date = new Date(`${text}T00:00:00Z`);
	return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
