import type { IDataObject } from 'n8n-workflow';

import { mapAll, refuse } from '../answer/failure';
import { recordsIn } from '../guards';
import { assertWhole } from '../service/paths';

const YES: readonly unknown[] = [true, 1, 'true', '1', 'yes'];
const NO: readonly unknown[] = [false, 0, 'false', '0', 'no'];
const LOOK = 'If it holds an expression, look at what it gives for this item';

/** Whether a parameter counts as not filled in: nothing, `null` or a text of blanks. */
export function isBlank(value: unknown): boolean {
	return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

/**
 * Reads a switch: true or false, 1 or 0, yes or no, also as texts and in any case.
 * @param parameter display name of the parameter
 * @throws FailureError `invalid input` for anything else, nothing included: the opposite of what was meant might be done
 */
export function toSwitch(parameter: string, value: unknown): boolean {
	return asSwitch(value) ?? refuse(parameter, `${shown(value)} is neither true nor false`, `Give true or false. ${LOOK}`);
}

/** The same where something else may be meant: nothing for what is no switch. */
export function asSwitch(value: unknown): boolean | undefined {
	const given = typeof value === 'string' ? value.trim().toLowerCase() : value;
	if (YES.includes(given)) return true;
	return NO.includes(given) ? false : undefined;
}

/**
 * Reads a choice among a few values; a number may come as text.
 * @param parameter display name of the parameter
 * @param more what to do for a choice that isn't on offer
 * @throws FailureError `invalid input` for what is none of them
 */
export function toChoice<T extends string | number | boolean>(parameter: string, value: unknown, allowed: readonly T[], more = ''): T {
	const text = typeof value === 'object' || value === undefined ? undefined : String(value).trim();
	const found = allowed.find((choice) => String(choice) === text);
	if (found !== undefined) return found;
	return refuse(parameter, `${shown(value)} is not possible`, [`Use one of: ${allowed.join(', ')}`, more || LOOK].join('. '));
}

/**
 * Reads several of the values of a dropdown: a list, or a text with commas.
 * @param parameter display name of the parameter
 * @throws FailureError `invalid input` for what is none of them
 */
export function toChoices<T extends string | number | boolean>(parameter: string, value: unknown, allowed: readonly T[]): T[] {
	const chosen: unknown[] = typeof value === 'string' && value.trim() !== '' ? value.split(',') : [value].flat();
	return chosen.map((entry) => toChoice(parameter, entry, allowed));
}

/** The day and time object of n8n's expressions (Luxon's), or a `Date`. */
interface TimeObject {
	readonly ms: number;
	readonly iso: string;
}

/** What a date object stands for; `ms` is NaN for an invalid one. Nothing for any other value. */
export function timeObject(value: unknown): TimeObject | undefined {
	if (typeof value !== 'object' || value === null) return undefined;
	// Not by `instanceof`: an expression's values come from a realm of their own.
	if (Object.prototype.toString.call(value) === '[object Date]') return fromDate((value as Date).getTime());
	const { isLuxonDateTime, toMillis, toISO } = value as Partial<Record<'isLuxonDateTime' | 'toMillis' | 'toISO', unknown>>;
	if (isLuxonDateTime !== true || typeof toMillis !== 'function' || typeof toISO !== 'function') return undefined;
	const ms = Number(toMillis.call(value));
	return { ms, iso: Number.isNaN(ms) ? '' : String(toISO.call(value)) };
}

function fromDate(ms: number): TimeObject {
	return { ms, iso: Number.isNaN(ms) ? '' : new Date(ms).toISOString() };
}

/**
 * One plain value as the text to send: a date object in ISO 8601, never in quotes.
 * @returns nothing for objects, lists and what is no value at all
 */
export function toText(value: unknown): string | undefined {
	if (value === undefined || value === null) return undefined;
	if (typeof value !== 'object') return String(value);
	return timeObject(value)?.iso || undefined;
}

/** The same where an object or a list is sent as JSON. */
export function toTextOrJson(value: unknown): string | undefined {
	return toText(value) ?? (value === undefined || value === null ? undefined : JSON.stringify(value));
}

/**
 * Names and values of a list that the user filled in, as texts and in their order; a list as value gives its name to each of its
 * values. What an expression has found nowhere is left out; `null`, for which queries and forms have no form, is an empty text.
 * @param parameter display name of the list
 * @param write the text for a value, where a service writes some in a way of its own
 * @throws FailureError `invalid input` for a value without a name, and for an object
 */
export function namedTexts(parameter: string, list: unknown, write = toText): Array<[name: string, value: string]> {
	const entries = mapAll(recordsIn(list), ({ name, value }): Array<[string, string]> => {
		const known = (toText(name) ?? '').trim();
		const texts = [value].flat().flatMap((entry) => textFor(parameter, known, entry, write));
		if (known !== '') return texts.map((text) => [known, text]);
		const [text = ''] = texts;
		return text === '' ? [] : refuse(parameter, `The value "${text}" has no name`, 'Give its name, or remove it');
	});
	return entries.flat();
}

/**
 * The text for one value in a form or a query, or none.
 * @param fix what to give in place of an object
 * @throws FailureError `invalid input` for an object
 */
export function textFor(parameter: string, name: string, value: unknown, write = toText, fix = PLAIN_VALUES): string[] {
	if (value === undefined) return [];
	return [value === null ? '' : (write(value) ?? refuse(parameter, `"${name}" holds an object, which has no place here`, fix))];
}

const PLAIN_VALUES = 'Give a text, a number, true or false, a date, or a list of them';

/**
 * A query of names and values; a name that comes several times gets all its values.
 * @param parameter display name of the parameter
 * @throws FailureError `invalid input` for what can't be sent
 */
export function toQuery(parameter: string, entries: ReadonlyArray<readonly [name: string, value: string]>): IDataObject {
	const query = new Map<string, string[]>();
	for (const [name, value] of entries) {
		// Of such names, HTTP clients let some fall without a word.
		if (name in Object.prototype) refuse(parameter, `"${name}" can't be the name of a query parameter`, 'Use another name');
		assertWhole(parameter, name + value);
		query.set(name, [...(query.get(name) ?? []), value]);
	}
	return Object.fromEntries(query);
}

/** A value for a message. */
export function shown(value: unknown): string {
	if (value === undefined) return 'Nothing';
	if (typeof value === 'string') return `"${value}"`;
	if (Array.isArray(value)) return 'A list';
	const isOther = typeof value === 'object' && value !== null && !timeObject(value);
	return isOther ? 'An object' : `"${toText(value) ?? String(value)}"`;
}
