import { byId, type Database } from './database.mts';
import type { Caller, Entity, Fields, View } from './model.mts';
import { comparable, type Query } from './query.mts';
import { audienceOf } from './rights.mts';
import { sharedView } from './view.mts';

type Generation = 'july' | 'later';
type Row = Record<string, unknown>;

/** One page of entities: `{ entities, count, limit, skip }`. */
export function listEntities(database: Database, caller: Caller, query: Query, key: string, generation: Generation): Row {
	const matches = matching(database, caller, query, `${caller.user ?? ''} ${generation} ${key}`, generation);
	if (query.group.length > 0) {
		const entities = groupRows(matches, query);
		return { entities, count: entities.length, limit: query.limit, skip: query.skip };
	}
	const page = matches.slice(query.skip, query.skip + query.limit);
	const entities = page.map((entity) => shown(database, entity, caller, query.props, generation));
	return { entities, count: matches.length, limit: query.limit, skip: query.skip };
}

/** The entity as this caller sees it, only with the chosen properties; `undefined` when nothing may be seen. */
export function visible(database: Database, entity: Entity, caller: Caller, props: readonly string[], generation: Generation): Row | undefined {
	const audience = audienceOf(entity.view, caller, generation);
	if (!audience) return undefined;
	const view = audience === 'private' ? entity.view : sharedView(database, entity.view, audience);
	return { _id: entity.id, ...(props.length > 0 ? chosen(view, props) : view) };
}

function shown(database: Database, entity: Entity, caller: Caller, props: readonly string[], generation: Generation): Row {
	return visible(database, entity, caller, props, generation) ?? { _id: entity.id };
}

/** `name` gives whole values, `name.string` only that field and no `_id`. */
function chosen(view: View, props: readonly string[]): Row {
	const row: Record<string, Fields[]> = {};
	for (const prop of props) {
		const [name = '', field] = prop.split('.');
		const values = view[name];
		if (!values || name === '_id') continue;
		row[name] = field
			? values.map((value, at) => ({ ...row[name]?.[at], ...(value[field] === undefined ? {} : { [field]: value[field] }) }))
			: [...values];
	}
	return row;
}

/** All matches in order, remembered until the next write so that the following pages cost nothing. */
function matching(database: Database, caller: Caller, query: Query, key: string, generation: Generation): Entity[] {
	const known = database.cache.get(key) as Entity[] | undefined;
	if (known) return known;
	const found = candidates(database, query).filter(
		(entity) =>
			query.tests.every((test) => test(entity.view)) &&
			audienceOf(entity.view, caller, generation) !== undefined &&
			containsAll(database, entity, query.terms),
	);
	if (query.sort.length > 0) found.sort((a, b) => compareBy(query.sort, a.view, b.view) || byId(a, b));
	database.cache.set(key, found);
	return found;
}

function candidates(database: Database, query: Query): Entity[] {
	if (query.typeId !== undefined) return database.ofTypes([query.typeId]);
	if (query.typeName !== undefined) return database.ofTypes(database.schema.idsNamed(query.typeName));
	return database.ofTypes();
}

const searchTexts = new WeakMap<View, string>();

function containsAll(database: Database, { view }: Entity, terms: readonly string[]): boolean {
	if (terms.length === 0) return true;
	let text = searchTexts.get(view);
	if (text === undefined) searchTexts.set(view, (text = searchText(database, view)));
	return terms.every((term) => text.includes(term));
}

/** The texts of all properties whose definition has `search`. */
function searchText(database: Database, view: View): string {
	const type = view._type?.[0]?.reference;
	const definitions = database.schema.type(typeof type === 'string' ? type : undefined)?.definitions ?? [];
	const values = definitions.filter((one) => one.search).flatMap((one) => view[one.name] ?? []);
	return values.map((value) => String(value.string ?? value.number ?? '')).join('\n').toLowerCase();
}

/** Ascending sorts by the smallest value of a property, descending by the greatest; missing ones come first. */
function compareBy(keys: Query['sort'], a: View, b: View): number {
	for (const { property, field, descending } of keys) {
		const order = compare(extreme(a, property, field, descending), extreme(b, property, field, descending));
		if (order !== 0) return descending ? -order : order;
	}
	return 0;
}

function extreme(view: View, property: string, field: string, greatest: boolean): unknown {
	let found: unknown;
	for (const fields of view[property] ?? []) {
		const value = comparable(fields, field);
		if (found === undefined || (greatest ? compare(value, found) > 0 : compare(value, found) < 0)) found = value;
	}
	return found;
}

function compare(a: unknown, b: unknown): number {
	if (a === b) return 0;
	if (a === undefined) return -1;
	if (b === undefined) return 1;
	// Numbers come before texts, texts before true and false.
	const rank = (value: unknown) => ['number', 'string', 'object', 'boolean'].indexOf(typeof value);
	if (rank(a) !== rank(b)) return rank(a) - rank(b);
	return (a as string | number) < (b as string | number) ? -1 : 1;
}

/** One row per combination: `_count` and the first values of `props`; no `_id`. assumed: rows in order of first appearance. */
function groupRows(matches: readonly Entity[], { group, props }: Query): Row[] {
	const groups = new Map<string, { count: number; first: View }>();
	for (const { view } of matches) {
		const combination = group.map(({ property, field }) => (view[property] ?? []).map((value) => value[field] ?? null));
		const key = JSON.stringify(combination);
		const known = groups.get(key);
		if (known) known.count += 1;
		else groups.set(key, { count: 1, first: view });
	}
	return [...groups.values()].map(({ count, first }) => ({ ...chosen(first, props), _count: count }));
}
