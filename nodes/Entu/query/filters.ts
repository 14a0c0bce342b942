import type { IDataObject } from 'n8n-workflow';

import { refuse } from '../../shared/answer/failure';
import { isRecord, recordsIn } from '../../shared/guards';
import type { Call } from '../../shared/operation/call';
import { toId } from '../values/ids';

/** How a condition compares. */
type Operator =
	| 'contains'
	| 'doesNotExist'
	| 'equals'
	| 'exists'
	| 'greater'
	| 'greaterOrEqual'
	| 'isOneOf'
	| 'less'
	| 'lessOrEqual'
	| 'notEquals'
	| 'startsWith';

/** `pages.number`: the property, and the field its values are compared by. */
const KEY = /^([A-Za-z0-9_]+)\.([a-z_]+)$/;
/** What values hold (entu.md §5.2). */
const FIELDS = ['string', 'number', 'boolean', 'reference', 'date', 'datetime', 'filename', 'filesize', 'filetype', 'language'];
/** In place of a field, these mark what Entu computes: such values have no ID of their own. */
const COMPUTED: Readonly<Record<string, string>> = { formula: 'string', formula_number: 'number', formula_boolean: 'boolean' };
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
	return combined(recordsIn(call.object('filters').conditions).map(toEntry));
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
	const rules = recordsIn(call.object('sort').rules);
	if (rules.length === 0) return {};
	const keys = rules.map(({ property, direction }) => {
		const { key } = toKey(property, 'Sort');
		return direction === 'descending' ? `-${key}` : key;
	});
	return { sort: keys.join(',') };
}

function toEntry({ property, operator, value }: IDataObject): [string, string] {
	const { key, name, field, isComputed } = toKey(property, 'Filters');
	switch (operator as Operator) {
		case 'exists':
		case 'doesNotExist':
			return isComputed ? computedExistence(key, field, operator === 'exists') : [`${name}._id.exists`, String(operator === 'exists')];
		case 'contains':
			return [`${key}.regex`, `/${escapePattern(textFor(key, field, operator, value))}/i`];
		case 'startsWith':
			return [`${key}.regex`, `/^${escapePattern(textFor(key, field, operator, value))}/i`];
		case 'isOneOf':
			return oneOf(key, field, value);
		default:
			return [key + (COMPARISONS[operator as Operator] ?? ''), toValue(key, field, value)];
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
	const computed = COMPUTED[given];
	const field = computed ?? given;
	if (name === '' || name === '_id' || !FIELDS.includes(field)) {
		refuse(parameter, `Entu can't compare by "${String(property ?? '')}"`, 'Pick a property, or write property.field such as pages.number');
	}
	return { key: `${name}.${field}`, name, field, isComputed: computed !== undefined };
}

/** The value to compare with, checked: what the server can't read it takes for 1970 or for false. */
export function toValue(key: string, field: string, value: unknown): string {
	const text = String(value ?? '').trim();
	if (text === '') return refuse('Filters', `The condition on "${key}" has no value`, "Enter one, or use 'Does Not Exist'");
	if (NUMBERS.includes(field)) return Number.isFinite(Number(text)) ? text : refuseValue(key, text, 'a number');
	if (TIMES.includes(field)) return Number.isNaN(Date.parse(text)) ? refuseValue(key, text, 'a date') : text;
	if (field === 'reference') return toId(isRecord(value) ? value : text) ?? refuseValue(key, text, 'an Entu ID');
	if (field === 'boolean' && !['true', 'false'].includes(text)) return refuseValue(key, text, 'true or false');
	return text.normalize('NFC');
}

function refuseValue(key: string, text: string, expected: string): never {
	return refuse('Filters', `"${text}", which "${key}" is to be compared with, is not ${expected}`, 'Correct the value of this condition');
}

/** A list is split at commas by the server; values that hold one are looked for by pattern (entu.md §5.2, trap 5). */
function oneOf(key: string, field: string, value: unknown): [string, string] {
	const given: unknown[] = Array.isArray(value) ? value : String(value ?? '').split(',').filter((entry) => entry.trim() !== '');
	if (given.length === 0) toValue(key, field, '');
	const values = given.map((entry) => toValue(key, field, entry));
	const hasComma = values.some((entry) => entry.includes(','));
	return hasComma ? [`${key}.regex`, `/^(${values.map(escapePattern).join('|')})$/`] : [`${key}.in`, values.join(',')];
}

function textFor(key: string, field: string, operator: unknown, value: unknown): string {
	if ([...NUMBERS, ...TIMES, 'reference', 'boolean'].includes(field)) {
		refuse('Filters', `"${key}" can't be compared with '${operator === 'contains' ? 'Contains' : 'Starts With'}'`, 'These work on texts only');
	}
	return toValue(key, field, value);
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
