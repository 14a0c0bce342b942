import type { IDataObject } from 'n8n-workflow';

import type { Call } from '../shared/call';
import { refuse } from '../shared/failure';
import { isRecord, recordsIn } from '../shared/guards';
import { toId } from './ids';

/** How a condition compares. */
export type Operator =
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
const RAW_KEY = /^[A-Za-z0-9_]+\.[a-z_]+(\.(ne|gt|gte|lt|lte|in|regex|exists))?$/;
const RAW_WORDS = ['q', 'props', 'sort', 'group'];
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
	const query: IDataObject = {};
	const conditions = call.object('filters').conditions;
	for (const condition of recordsIn(conditions)) {
		const [key, value] = toEntry(condition);
		assertFree(query, key);
		query[key] = value;
	}
	return query;
}

/**
 * A query entered as text, such as `pages.number.gte=300&name.string.regex=/ring/i`.
 * @throws FailureError `invalid input` for keys that the server would ignore, and for those that the node sets itself
 */
export function rawQuery(call: Call, parameter: string): IDataObject {
	const text = call.text(parameter).replace(/^\?/, '');
	const query: IDataObject = {};
	for (const [key, value] of new URLSearchParams(text)) {
		if (!RAW_KEY.test(key) && !RAW_WORDS.includes(key)) {
			refuse(call.label(parameter), `Entu would ignore "${key}" and send everything`, 'Write property.field or property.field.operator, such as pages.number.gte=300');
		}
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
	const { key, name, field } = toKey(property, 'Filters');
	switch (operator as Operator) {
		case 'exists':
		case 'doesNotExist':
			return [existenceKey(name, field), String(operator === 'exists')];
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

/** `exists` is only right on every server through the id of a value; computed values have none (entu.md §5.2, trap 1). */
function existenceKey(name: string, field: string): string {
	return field === 'formula' ? `${name}.string.exists` : `${name}._id.exists`;
}

/** `formula` in place of a field marks a computed text. */
function toKey(property: unknown, parameter: string): { key: string; name: string; field: string } {
	const [, name = '', field = ''] = KEY.exec(String(property ?? '').trim()) ?? [];
	if (name === '' || name === '_id') {
		refuse(parameter, `"${String(property ?? '')}" can't be compared by`, 'Pick a property, or write property.field such as pages.number');
	}
	return { key: `${name}.${field === 'formula' ? 'string' : field}`, name, field };
}

function toValue(key: string, field: string, value: unknown): string {
	const text = String(value ?? '').trim();
	if (text === '') return refuse('Filters', `The condition on "${key}" has no value`, "Enter one, or use 'Does Not Exist'");
	if (NUMBERS.includes(field)) return Number.isFinite(Number(text)) ? text : refuseValue(key, text, 'number');
	if (TIMES.includes(field)) return Number.isNaN(Date.parse(text)) ? refuseValue(key, text, 'date') : text;
	if (field === 'reference') return toId(isRecord(value) ? value : text) ?? refuseValue(key, text, 'Entu ID');
	if (field === 'boolean' && !['true', 'false'].includes(text)) return refuseValue(key, text, 'true or false');
	return text.normalize('NFC');
}

function refuseValue(key: string, text: string, expected: string): never {
	return refuse('Filters', `"${text}" is not a valid ${expected} to compare "${key}" with`, 'Correct the value of this condition');
}

/** A list is split at commas by the server; values that hold one are looked for by pattern (entu.md §5.2, trap 5). */
function oneOf(key: string, field: string, value: unknown): [string, string] {
	const values = (Array.isArray(value) ? value : String(value ?? '').split(',')).map((entry) => toValue(key, field, entry));
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
		refuse('Filters', `Entu can't combine these two conditions on "${name}.${field ?? ''}"`, "Use one condition with 'Is One Of', or filter the rest in a Filter node");
	}
}

/** The keys to group by, such as `genre.string`. @throws FailureError `invalid input` for keys that the server would not know */
export function groupKeys(text: string): string[] {
	const keys = text.split(',').map((key) => key.trim());
	return keys.filter((key) => key !== '').map((key) => toKey(key, 'Group By').key);
}
