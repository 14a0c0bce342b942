import type { IDataObject } from 'n8n-workflow';

import { recordsIn, textOf } from '../../shared/guards';
import type { Call } from '../../shared/operation/call';
import { record, type Output } from '../../shared/operation/output';
import type { Entity, Written } from '../wire/entities';

/** By-products of rights and of references, and who has rights: the resource 'Access' is made for those (entu.md §4.1). */
const INTERNAL = new Set([
	'_reference',
	'_parent_viewer',
	'_parent_expander',
	'_parent_editor',
	'_parent_owner',
	'_owner',
	'_editor',
	'_expander',
	'_viewer',
	'_noaccess',
	'_inheritrights',
]);

/** What a reader looks for first, and what matters least. */
const FIRST = ['_id', '_type', 'name'];
const LAST = ['_parent', '_sharing', '_created'];
const PLACED_OR_LEFT_OUT = new Set([...FIRST, ...LAST, ...INTERNAL]);

const DAY = 10;

/**
 * An entity as a row: one value becomes the value itself, several a list, values with languages an object by language,
 * references and files an object with `_id` (entu.md §8).
 */
export function simplifyEntity(entity: Entity): IDataObject {
	// No object: a property may be called "constructor".
	const row = new Map<string, IDataObject[string]>();
	const take = (name: string): void => {
		const values = Object.hasOwn(entity, name) ? entity[name] : undefined;
		if (values !== undefined) row.set(name, Array.isArray(values) ? simplifyProperty(name, recordsIn(values)) : values);
	};
	FIRST.forEach(take);
	for (const name of Object.keys(entity)) if (!PLACED_OR_LEFT_OUT.has(name)) take(name);
	LAST.forEach(take);
	return Object.fromEntries(row);
}

/** The values that a write answers with, as an entity. */
function entityOf(id: string, values: readonly IDataObject[]): Entity {
	const properties = new Map<string, IDataObject[]>();
	for (const { type, ...value } of values) properties.set(String(type), [...(properties.get(String(type)) ?? []), value]);
	return { _id: id, ...Object.fromEntries(properties) };
}

function simplifyProperty(name: string, values: IDataObject[]): IDataObject[string] {
	if (name === '_type') return textOf(values[0]?.string) ?? values[0]?.reference;
	if (name === '_created') return values[0]?.datetime;
	if (values.some(({ language }) => textOf(language))) return byLanguage(values);
	return oneOrMore(values);
}

function byLanguage(values: IDataObject[]): IDataObject {
	const languages = [...new Set(values.map(({ language }) => textOf(language) ?? ''))];
	return Object.fromEntries(
		languages.map((language) => [language, oneOrMore(values.filter((value) => (textOf(value.language) ?? '') === language))]),
	);
}

function oneOrMore(values: IDataObject[]): IDataObject[string] {
	const [first] = values;
	return (values.length === 1 && first ? simplifyValue(first) : values.map(simplifyValue)) as IDataObject[string];
}

/** One value as it would stand in a table. */
export function simplifyValue(value: IDataObject): unknown {
	if (value.reference !== undefined) return { _id: value.reference, name: value.string, type: value.entity_type };
	if (value.filename !== undefined) {
		return { _id: value._id, name: value.filename, size: value.filesize, type: value.filetype };
	}
	if (value.string !== undefined) return value.string;
	if (typeof value.date === 'string') return value.date.slice(0, DAY);
	return value.number ?? value.boolean ?? value.datetime ?? value.date ?? value.counter ?? null;
}

/** The output for a written entity: its id and the values that were written. */
export function writtenEntity(call: Call, { id, values, raw }: Written): Output[] {
	return record(call.flag('simplify') ? simplifyEntity(entityOf(id, values)) : raw);
}
