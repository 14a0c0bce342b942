import { compare, typed, type Typed } from './bson.mts';
import type { Database } from './database.mts';
import { type Caller, type Entity, type Fields, type View } from './model.mts';
import { expressed, project, valueAt, type Tree } from './projection.mts';
import type { Query, SortKey } from './query.mts';
import { mayFind, viewFor } from './rights.mts';
import { contains } from './search.mts';

type Row = Record<string, unknown>;

/** One page of entities: `{ entities, count, limit, skip }`. `key` names the filters, for what is remembered. */
export function listEntities(database: Database, caller: Caller, query: Query, key: string): Row {
	const all = matching(database, caller, query, `${caller.user ?? ''} ${database.generation} ${key}`);
	const matches = database.lateMs > 0 ? all.filter((entity) => hasShownUp(database, entity)) : all;
	const { limit, skip, group } = query;
	if (group.length > 0) {
		const entities = groupRows(matches, caller, query);
		return { entities, count: entities.length, limit, skip };
	}
	if (limit < 0 || skip < 0) throw new Error('Negative limit or skip');
	const entities = matches.slice(skip, skip + limit).flatMap((entity) => shown(entity, caller, query.props) ?? []);
	return { entities, count: matches.length, limit, skip };
}

/** Whether the entity is old enough for lists, which may be late. */
function hasShownUp(database: Database, { private: { _created: created = [] } }: Entity): boolean {
	const made = created[0]?.datetime;
	return made === undefined || new Date(made as Date | string).getTime() <= database.now() - database.lateMs;
}

/** The entity as this caller sees it, only with the wanted properties; `undefined` when nothing may be seen. */
export function shown(entity: Entity, caller: Caller, props: Tree | undefined): Row | undefined {
	const view = viewFor(entity, caller);
	return view && { _id: entity.id, ...masked(props ? project(view, props) : view) };
}

const MASKS: Readonly<Record<string, (value: Fields) => Fields>> = {
	entu_api_key: (value) => ({ ...value, string: '***' }),
	entu_user: (value) => (value.invite ? { ...value, invite: '***' } : value),
};

/** Credentials are never shown. */
function masked(row: Row): Row {
	const secret = Object.keys(MASKS).filter((name) => Array.isArray(row[name]));
	return { ...row, ...Object.fromEntries(secret.map((name) => [name, (row[name] as Fields[]).map((value) => MASKS[name]?.(value))])) };
}

/** All matches in order, remembered until the next write so that the following pages cost nothing. */
function matching(database: Database, caller: Caller, query: Query, key: string): Entity[] {
	const known = database.cache.get(key) as Entity[] | undefined;
	if (known) return known;
	const found = database
		.list(query.narrowed)
		.filter((entity) => query.tests.every((test) => test(entity.private)) && mayFind(entity, caller) && contains(entity, query.terms, caller.user !== undefined));
	const sorted = query.sort.length > 0 && query.group.length === 0 ? sortedBy(query.sort, found) : found;
	database.cache.set(key, sorted);
	return sorted;
}

/** Sorts as MongoDB does: missing values first, lists by their least element (the greatest when descending). */
function sortedBy(keys: readonly SortKey[], entities: readonly Entity[]): Entity[] {
	const rows = entities.map((entity) => ({ entity, values: sortValues(keys, entity.private) }));
	return rows.sort((a, b) => compareRows(keys, a.values, b.values)).map(({ entity }) => entity);
}

/** Throws where two properties with values would have to be sorted by: MongoDB can't sort by two lists (§5.2, trap 14). */
function sortValues(keys: readonly SortKey[], view: View): Typed[] {
	const present = new Set(keys.map(({ property }) => property).filter((property) => view[property]));
	if (present.size > 1) throw new Error('Cannot sort with keys that are parallel arrays');
	const elements = view[[...present][0] ?? ''] ?? [{}];
	const rows = elements.map((fields) => keys.map(({ property, field }) => sortValue(view[property] ? fields : undefined, field)));
	return rows.reduce((least, row) => (compareRows(keys, row, least) < 0 ? row : least));
}

function sortValue(fields: Fields | undefined, field: string): Typed {
	return field === '' ? typed(fields) : typed(fields?.[field], field);
}

function compareRows(keys: readonly SortKey[], a: readonly Typed[], b: readonly Typed[]): number {
	for (const [at, { descending }] of keys.entries()) {
		const order = compare(a[at] ?? typed(null), b[at] ?? typed(null));
		if (order !== 0) return descending ? -order : order;
	}
	return 0;
}

/** One row per combination of whole lists of values: `_count` and what the caller sees of the first entity; no `_id` (§5.2). */
function groupRows(matches: readonly Entity[], caller: Caller, { group, props }: Query): Row[] {
	const groups = new Map<string, { count: number; first: Entity }>();
	for (const entity of matches) {
		const key = JSON.stringify(group.map((path) => valueAt(entity.private, path) ?? null));
		const known = groups.get(key);
		if (known) known.count += 1;
		else groups.set(key, { count: 1, first: entity });
	}
	return [...groups.values()].map(({ count, first }) => ({
		...masked(expressed(viewFor(first, caller) ?? {}, props ?? {})),
		_count: count,
	}));
}

