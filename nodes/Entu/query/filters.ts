import type { IDataObject } from 'n8n-workflow';

import { refuse } from '../../shared/answer/failure';
import { isRecord } from '../../shared/guards';
import type { Call } from '../../shared/operation/call';
import { toSwitch, toText } from '../../shared/operation/values';
import { toDay, toMoment } from '../values/dates';
import { toId } from '../values/ids';

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

/** `pages.number`: the property, and the field its values are compared by. */
const KEY = /^([A-Za-z0-9_]+)\.([a-z_]+)$/;
/** What values hold (entu.md §5.2). */
const FIELDS = ['string', 'number', 'boolean', 'reference', 'date', 'datetime', 'filename', 'filesize', 'filetype', 'language'];
/** In place of a field, these mark what Entu computes: such values have no ID of their own. */
const COMPUTED: ReadonlyMap<string, string> = new Map([['formula', 'string'], ['formula_number', 'number'], ['formula_boolean', 'boolean']]);
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

/**
 * The query for the conditions a user has entered. It holds only keys that the server understands: what it does not, it ignores, and
 * answers with the whole database (entu.md §5.2, traps 1-9).
 */
export function filterQuery(call: Call): IDataObject {
	return combined(call.entries('filters', 'conditions').map((at) => toEntry(call, at)));
}

/** @throws FailureError `invalid input` for conditions that the server can't combine */
export function combined(entries: ReadonlyArray<readonly [string, IDataObject[string]]>): IDataObject {
	const query: IDataObject = {};
	for (const [key, value] of entries) {
		assertFree(query, key);
		query[key] = value;
	}
	return query;
}

/** `name.string` or `-name.string`: without the field the server does not sort usefully (entu.md §5.2, trap 10). */
export function sortQuery(call: Call): IDataObject {
	const keys = call.entries('sort', 'rules').map((at) => {
		const { key } = toKey(call.given(`${at}.property`), 'Sort');
		const direction = call.optionalChoice(`${at}.direction`, ['ascending', 'descending']);
		return direction === 'descending' ? `-${key}` : key;
	});
	return keys.length > 0 ? { sort: keys.join(',') } : {};
}

/** @param at path of the condition among the parameters */
function toEntry(call: Call, at: string): [string, string] {
	const { key, name, field, isComputed } = toKey(call.given(`${at}.property`), 'Filters');
	const operator = call.optionalChoice(`${at}.operator`, OPERATORS) ?? 'equals';
	if (operator === 'exists' || operator === 'doesNotExist') {
		return isComputed ? computedExistence(key, field, operator === 'exists') : [`${name}._id.exists`, String(operator === 'exists')];
	}
	const value = call.given(`${at}.value`);
	switch (operator) {
		case 'contains':
			return [`${key}.regex`, `/${escapePattern(textFor(key, field, operator, value, call.timeZone))}/i`];
		case 'startsWith':
			return [`${key}.regex`, `/^${escapePattern(textFor(key, field, operator, value, call.timeZone))}/i`];
		case 'isOneOf':
			return oneOf(key, field, value, call.timeZone);
		default:
			return [key + (COMPARISONS[operator] ?? ''), toValue(key, field, value, call.timeZone)];
	}
}

/** `exists` is only right on every server through the ID of a value, which computed ones lack (entu.md §5.2, trap 1). */
function computedExistence(key: string, field: string, exists: boolean): [string, string] {
	if (field !== 'number') return [`${key}.exists`, String(exists)];
	if (exists) return [`${key}.gte`, LEAST];
	return refuse('Filters', `Entu can't look for entities without the computed number "${key}"`, 'Keep them out with a Filter node');
}

interface Key {
	/** As Entu takes it: `pages.number`. */
	readonly key: string;
	readonly name: string;
	readonly field: string;
	readonly isComputed: boolean;
}

function toKey(property: unknown, parameter: string): Key {
	const [, name = '', given = ''] = KEY.exec(String(property ?? '').trim()) ?? [];
	const computed = COMPUTED.get(given);
	const field = computed ?? given;
	if (name === '' || name === '_id' || !FIELDS.includes(field)) {
		refuse(parameter, `Entu can't compare by "${String(property ?? '')}"`, 'Pick a property, or write property.field such as pages.number');
	}
	return { key: `${name}.${field}`, name, field, isComputed: computed !== undefined };
}

/**
 * The value to compare with, read as that of a written property is: what the server can't read it takes for 1970 or for false.
 * @param timeZone of dates that name none
 */
export function toValue(key: string, field: string, value: unknown, timeZone: string): string {
	const text = toText(value)?.trim() ?? (isRecord(value) ? String(value) : '');
	if (text === '') return refuse('Filters', `The condition on "${key}" has no value`, "Enter one, or use 'Does Not Exist'");
	if (NUMBERS.includes(field)) return Number.isFinite(Number(text)) ? text : refuseValue(key, text, 'a number');
	if (field === 'date') return toDay('Filters', value, timeZone);
	if (field === 'datetime') return toMoment('Filters', value, timeZone);
	if (field === 'reference') return toId(isRecord(value) ? value : text) ?? refuseValue(key, text, 'an Entu ID');
	if (field === 'boolean') return String(toSwitch('Filters', value));
	return text.normalize('NFC');
}

function refuseValue(key: string, text: string, expected: string): never {
	return refuse('Filters', `"${text}", which "${key}" is to be compared with, is not ${expected}`, 'Correct the value of this condition');
}

/** A list is split at commas by the server; values that hold one are looked for by pattern (entu.md §5.2, trap 5). */
function oneOf(key: string, field: string, value: unknown, timeZone: string): [string, string] {
	const given: unknown[] = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',').filter((entry) => entry.trim() !== '') : [value];
	if (given.length === 0) toValue(key, field, '', timeZone);
	const values = given.map((entry) => toValue(key, field, entry, timeZone));
	const hasComma = values.some((entry) => entry.includes(','));
	return hasComma ? [`${key}.regex`, `/^(${values.map(escapePattern).join('|')})$/`] : [`${key}.in`, values.join(',')];
}

function textFor(key: string, field: string, operator: Operator, value: unknown, timeZone: string): string {
	if ([...NUMBERS, ...TIMES, 'reference', 'boolean'].includes(field)) {
		refuse('Filters', `"${key}" can't be compared with '${operator === 'contains' ? 'Contains' : 'Starts With'}'`, 'These work on texts only');
	}
	return toValue(key, field, value, timeZone);
}

/** The server cuts a pattern at the next slash, escaped or not (entu.md §5.2, trap 6). */
function escapePattern(text: string): string {
	return text.replace(/[\\^$.*+?()[\]{}|-]/g, '\\$&').replace(/\//g, '\\x2F');
}

/** Of two conditions with one key the server finds nothing, and equality beside another operator on one field neither (traps 4). */
function assertFree(query: IDataObject, key: string): void {
	const [name, field, operator] = key.split('.');
	const clash = Object.keys(query).find((known) => {
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
export function groupKeys(text: string): string[] {
	const keys = text.split(',').map((key) => key.trim());
	return keys.filter((key) => key !== '').map((key) => toKey(key, 'Group By').key);
}
