import { mapAll, refuse } from '../../shared/answer/failure';
import { isRecord } from '../../shared/guards';
import type { Call } from '../../shared/operation/call';
import { toSwitch, toText } from '../../shared/operation/values';
import { toDay, toMoment } from '../values/dates';
import { toId } from '../values/ids';
import { toKey, type Key } from './keys';
import { OneOf } from './oneOf';

/** How a condition compares. */
const OPERATORS = [
	'equals',
	'contains',
	'doesNotExist',
	'exists',
	'greater',
	'greaterOrEqual',
	'isOneOf',
	'less',
	'lessOrEqual',
	'notEquals',
	'startsWith',
] as const;
type Operator = (typeof OPERATORS)[number];

const LEAST = '-1e308';
const NUMBERS = ['number', 'filesize'];
const TIMES = ['date', 'datetime'];
const COMPARISONS: Readonly<Partial<Record<Operator, string>>> = {
	notEquals: '.ne',
	greater: '.gt',
	greaterOrEqual: '.gte',
	less: '.lt',
	lessOrEqual: '.lte',
};

/** A part of a query: a name and its value, or several values of which one must be met. */
export type Entry = readonly [name: string, value: string | OneOf];

/**
 * The conditions a user has entered, as parts of a query. It holds only keys that the server understands: what it does not, it ignores, and
 * answers with the whole database (entu.md §5.2, traps 1-9).
 */
export async function filterEntries(call: Call, typeId: string | undefined): Promise<Entry[]> {
	const keys: Array<readonly [at: string, key: Key]> = [];
	for (const at of call.entries('filters', 'conditions')) keys.push([at, await toKey(call, call.given(`${at}.property`), 'Filters', typeId)]);
	return mapAll(keys, ([at, key]) => toEntry(call, at, key));
}

/** @throws FailureError `invalid input` for conditions that the server can't combine */
export function combined<T>(entries: ReadonlyArray<readonly [string, T]>): Map<string, T> {
	const query = new Map<string, T>();
	for (const [key, value] of entries) {
		assertFree(query, key);
		query.set(key, value);
	}
	return query;
}

/** @param at path of the condition among the parameters */
function toEntry(call: Call, at: string, found: Key): Entry {
	const { key, name, field, isComputed } = found;
	const operator = call.optionalChoice(`${at}.operator`, OPERATORS) ?? 'equals';
	if (operator === 'exists' || operator === 'doesNotExist') {
		return isComputed ? computedExistence(key, field, operator === 'exists') : [`${name}._id.exists`, String(operator === 'exists')];
	}
	const value = call.given(`${at}.value`);
	switch (operator) {
		case 'contains':
			return [`${key}.regex`, `/${escapePattern(textFor(call, found, operator, value))}/i`];
		case 'startsWith':
			return [`${key}.regex`, `/^${escapePattern(textFor(call, found, operator, value))}/i`];
		case 'isOneOf':
			return oneOf(call, found, value);
		default:
			return [key + (COMPARISONS[operator] ?? ''), toValue(call, key, found.kind, value)];
	}
}

/** `exists` is only right on every server through the ID of a value, which computed ones lack (entu.md §5.2, trap 1). */
function computedExistence(key: string, field: string, exists: boolean): [string, string] {
	if (field !== 'number') return [`${key}.exists`, String(exists)];
	if (exists) return [`${key}.gte`, LEAST];
	return refuse('Filters', `Entu can't look for entities without the computed number "${key}"`, 'Keep them out with a Filter node');
}

/**
 * The value to compare with, read as that of a written property is: what the server can't read it takes for 1970 or for false.
 * @param kind the field that is compared
 */
export function toValue({ timeZone, isOfSavedWorkflow }: Call, key: string, kind: string, value: unknown): string {
	const whole = toText(value) ?? (isRecord(value) ? String(value) : '');
	const text = whole.trim();
	if (text === '') return refuse('Filters', `The condition on "${key}" has no value`, "Enter one, or use 'Does Not Exist'");
	if (NUMBERS.includes(kind)) return Number.isFinite(Number(text)) ? text : refuseValue(key, text, 'a number');
	if (kind === 'date') return toDay('Filters', value, timeZone);
	if (kind === 'datetime') return toMoment('Filters', value, timeZone);
	if (kind === 'reference') return toId(isRecord(value) ? value : text) ?? refuseValue(key, text, 'an Entu ID');
	if (kind === 'boolean') return String(toSwitch('Filters', value));
	// Blanks at the ends count, but for saved workflows.
	return (isOfSavedWorkflow ? text : whole).normalize('NFC');
}

function refuseValue(key: string, text: string, expected: string): never {
	return refuse('Filters', `"${text}", which "${key}" is to be compared with, is not ${expected}`, 'Correct the value of this condition');
}

/** A list is split at commas by the server; values that hold one are looked for by pattern (entu.md §5.2, trap 5). */
function oneOf(call: Call, { key, kind }: Key, value: unknown): Entry {
	const given: unknown[] = Array.isArray(value) ? value : typeof value === 'string' ? entriesIn(value) : [value];
	if (given.length === 0) toValue(call, key, kind, '');
	const values = given.map((entry) => toValue(call, key, kind, entry));
	const hasComma = values.some((entry) => entry.includes(','));
	if (!hasComma) return [`${key}.in`, new OneOf(values, (some) => some.join(','))];
	return [`${key}.regex`, new OneOf(values, (some) => `/^(${some.map(escapePattern).join('|')})$/`)];
}

/** Blanks beside a comma belong to the list, not to its values. */
function entriesIn(list: string): string[] {
	return list.split(',').map((entry) => entry.trim()).filter((entry) => entry !== '');
}

function textFor(call: Call, { key, kind }: Key, operator: Operator, value: unknown): string {
	if ([...NUMBERS, ...TIMES, 'reference', 'boolean'].includes(kind)) {
		refuse('Filters', `"${key}" can't be compared with '${operator === 'contains' ? 'Contains' : 'Starts With'}'`, 'These work on texts only');
	}
	return toValue(call, key, kind, value);
}

/** The server cuts a pattern at the next slash, escaped or not (entu.md §5.2, trap 6). */
function escapePattern(text: string): string {
	return text.replace(/[\\^$.*+?()[\]{}|-]/g, '\\$&').replace(/\//g, '\\x2F');
}

/** Of two conditions with one key the server finds nothing, and equality beside another operator on one field neither (traps 4). */
function assertFree(query: ReadonlyMap<string, unknown>, key: string): void {
	const [name, field, operator] = key.split('.');
	const clash = [...query.keys()].find((known) => {
		const [otherName, otherField, otherOperator] = known.split('.');
		const sameField = otherName === name && otherField === field;
		return sameField && (operator === otherOperator || operator === undefined || otherOperator === undefined);
	});
	if (clash) {
		const what = field === undefined ? `takes "${key}" once only` : `can't combine these two conditions on "${name}.${field}"`;
		refuse('Filters', `Entu ${what}`, "Use one condition with 'Is One Of', or filter the rest in a Filter node");
	}
}

/** The keys to group by, such as `genre.string`. @throws FailureError `invalid input` for keys that the server would not know */
export async function groupKeys(call: Call, text: string, typeId: string | undefined): Promise<Key[]> {
	const keys = text.split(',').map((key) => key.trim());
	return await Promise.all([...new Set(keys)].filter((key) => key !== '').map(async (key) => await toKey(call, key, 'Group By', typeId)));
}
