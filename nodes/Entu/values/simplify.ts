import type { IDataObject } from 'n8n-workflow';

import { recordsIn, textOf } from '../../shared/guards';
import { typeIdOf, type Entity } from '../wire/entities';

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
const FIRST = ['name', '_type', '_id'];
const LAST = ['_parent', '_sharing', '_created'];
const PLACED_OR_LEFT_OUT = new Set([...FIRST, ...LAST, ...INTERNAL]);

/** Whether rows hold the values of a property. */
export function isShown(property: string): boolean {
	return !INTERNAL.has(property);
}

const DAY = 10;

/** What rows look like beside their values. */
export interface RowForm {
	/** Properties whose values stand in a list also where there is one only. */
	readonly lists: ReadonlySet<string>;
	/** Whether the ID of the type stands beside its name. */
	readonly hasTypeId: boolean;
}

const PLAIN: RowForm = { lists: new Set(), hasTypeId: false };

/**
 * An entity as a row: one value becomes the value itself, several a list, values with languages an object by language,
 * references and files an object with `_id` (entu.md §8).
 */
export function simplifyEntity(entity: Entity, { lists, hasTypeId }: RowForm = PLAIN): IDataObject {
	// No object: a property may be called "constructor".
	const row = new Map<string, IDataObject[string]>();
	const take = (name: string): void => {
		const values = Object.hasOwn(entity, name) ? entity[name] : undefined;
		if (values !== undefined) row.set(name, Array.isArray(values) ? simplifyProperty(name, recordsIn(values), lists.has(name)) : values);
	};
	FIRST.forEach(take);
	if (hasTypeId && row.has('_type')) row.set('_typeId', typeIdOf(entity));
	for (const name of Object.keys(entity)) if (!PLACED_OR_LEFT_OUT.has(name)) take(name);
	LAST.forEach(take);
	return Object.fromEntries(row);
}

/** The values that a write answers with, as an entity. */
export function entityOf(id: string, values: readonly IDataObject[]): Entity {
	const properties = new Map<string, IDataObject[]>();
	for (const { type, ...value } of values) properties.set(String(type), [...(properties.get(String(type)) ?? []), value]);
	return { _id: id, ...Object.fromEntries(properties) };
}

function simplifyProperty(name: string, values: IDataObject[], isList: boolean): IDataObject[string] {
	if (name === '_type') return textOf(values[0]?.string) ?? values[0]?.reference;
	if (name === '_created') return values[0]?.datetime;
	if (values.some(({ language }) => textOf(language))) return byLanguage(values, isList);
	return oneOrMore(values, isList);
}

function byLanguage(values: IDataObject[], isList: boolean): IDataObject {
	const languages = [...new Set(values.map(({ language }) => textOf(language) ?? ''))];
	return Object.fromEntries(
		languages.map((language) => [language, oneOrMore(values.filter((value) => (textOf(value.language) ?? '') === language), isList)]),
	);
}

function oneOrMore(values: IDataObject[], isList: boolean): IDataObject[string] {
	const [first] = values;
	return (values.length === 1 && first && !isList ? simplifyValue(first) : values.map(simplifyValue)) as IDataObject[string];
}

/** One value as it would stand in a table. */
export function simplifyValue(value: IDataObject): unknown {
	if (value.reference !== undefined) return known({ _id: value.reference, name: value.string, type: value.entity_type });
	if (value.filename !== undefined) return known({ _id: value._id, name: value.filename, size: value.filesize, type: value.filetype });
	if (value.string !== undefined) return value.string;
	if (typeof value.date === 'string') return value.date.slice(0, DAY);
	return value.number ?? value.boolean ?? value.datetime ?? value.date ?? value.counter ?? null;
}

/** Fields that have a value: one without any would be there until n8n stores the item, and gone from then on. */
function known(fields: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** What values hold in one field alone: one of them as it is, several as a list. */
export function simplifyField(values: readonly IDataObject[], field: string): IDataObject[string] {
	const plain = values.map(({ language, ...value }) => {
		if (field === 'reference') return simplifyValue({ reference: value.reference, string: value.string, entity_type: value.entity_type });
		if (field === 'date') return simplifyValue({ date: value.date });
		return field === 'language' ? language : value[field];
	});
	return (plain.length === 1 ? plain[0] : plain) as IDataObject[string];
}
