import { compare, typed } from './bson.mts';
import { entityOf, userOf, type Context } from './context.mts';
import type { Database } from './database.mts';
import { EntuError } from './errors.mts';
import { isLive, textOf, type Entity, type Fields, type Value } from './model.mts';
import { isInside, mayFind } from './rights.mts';

/** One change. `old` and `new` are empty when there was or is nothing. */
interface Change {
	readonly type: string;
	readonly at: string;
	readonly by: string;
	old: Fields;
	new: Fields;
}

interface Event {
	readonly entity: string;
	readonly value: Value;
	readonly side: 'old' | 'new';
	readonly at: number;
	readonly by: string;
}

const LEFT_OUT: ReadonlySet<string> = new Set(['_created', '_mid']);
const SHOWN = ['boolean', 'date', 'datetime', 'filename', 'filesize', 'language', 'md5', 'number', 'reference', 'string'];
const MASKED: ReadonlySet<string> = new Set(['entu_api_key', 'entu_user']);
const MAX_LIMIT = 1_000;
const MAX_SKIP = 10_000;

/** `GET /{db}/entity/{_id}/history` (§5.7). */
export function history(context: Context, id: string): unknown {
	const { database, caller } = context;
	if (database.generation === 'later') userOf(context);
	const entity = entityOf(context, id);
	if (!isInside(entity, caller)) throw new EntuError(403, 'User not in any rights property');
	const events = database.valuesOf(entity.id).map((value) => [entity.id, value] as const);
	const changes = changesOf(database, eventsOf(events));
	changes.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
	const { limit, skip } = paging(context, Infinity);
	return { changes: changes.slice(skip, skip + limit), count: changes.length };
}

/** `GET /{db}/entity/{_id}/activity` (§5.12): what an entity, usually a person, has changed; newest first. */
export function activity(context: Context, id: string): unknown {
	const { database, caller } = context;
	userOf(context);
	const actor = entityOf(context, id);
	if (!mayFind(actor, caller)) throw new EntuError(404, `Entity ${actor.id} not found`);
	const { limit, skip } = paging(context, MAX_SKIP);
	const events = latest(eventsOf(visibleValues(context), actor.id), skip + limit);
	const named = (entity: Entity) => ({ _id: entity.id, name: textOf(entity.private, 'name') });
	const changes = [...byEntity(events)].flatMap(([id, own]) => {
		const entity = database.get(id);
		return entity ? changesOf(database, own).map((change) => ({ entity: named(entity), ...change })) : [];
	});
	changes.sort((a, b) => Date.parse(b.at) - Date.parse(a.at) || (a.entity._id < b.entity._id ? -1 : a.entity._id > b.entity._id ? 1 : 0) || (a.type < b.type ? -1 : 1));
	return { changes: changes.slice(skip, skip + limit) };
}

/** The events of so many changes at least, newest first; those of one moment all or none. */
function latest(events: Event[], wanted: number): Event[] {
	events.sort((a, b) => b.at - a.at);
	const changes = new Set<string>();
	const end = events.findIndex(({ entity, value, at }, i) => {
		if (changes.size >= wanted && at !== events[i - 1]?.at) return true;
		changes.add(`${entity} ${value.type} ${at}`);
		return false;
	});
	return end < 0 ? events : events.slice(0, end);
}

function byEntity(events: readonly Event[]): Map<string, Event[]> {
	const groups = new Map<string, Event[]>();
	for (const event of events) {
		const group = groups.get(event.entity);
		if (group) group.push(event);
		else groups.set(event.entity, [event]);
	}
	return groups;
}

function* visibleValues({ database, caller }: Context): Iterable<readonly [string, Value]> {
	for (const entity of database.list()) {
		if (!isInside(entity, caller)) continue;
		for (const value of database.valuesOf(entity.id)) yield [entity.id, value];
	}
}

/** `limit` 0 or no number = 100. Later servers keep both within bounds; a negative one is an unexpected error in July. */
function paging({ req, database }: Context, maxSkip: number): { limit: number; skip: number } {
	const { searchParams } = new URL(req.originalUrl, 'http://sandbox');
	const limit = Number.parseInt(searchParams.get('limit') ?? '') || 100;
	const skip = Number.parseInt(searchParams.get('skip') ?? '') || 0;
	if (database.generation === 'later') return { limit: Math.min(Math.max(limit, 1), MAX_LIMIT), skip: Math.min(Math.max(skip, 0), maxSkip) };
	if (limit < 0 || skip < 0) throw new Error('Negative limit or skip');
	return { limit, skip };
}

/** All values as they came, then all as they went; only through one person if said. */
function eventsOf(values: Iterable<readonly [entity: string, value: Value]>, actor?: string): Event[] {
	const isWanted = (by: string) => actor === undefined || by === actor;
	const came: Event[] = [];
	const went: Event[] = [];
	for (const [entity, value] of values) {
		if (LEFT_OUT.has(value.type)) continue;
		if (isWanted(value.by)) came.push({ entity, value, side: 'new', at: value.at, by: value.by });
		if (!isLive(value) && value.deleted && isWanted(value.deleted.by)) went.push({ entity, value, side: 'old', ...value.deleted });
	}
	return [...came, ...went];
}

/** What one person did to one property in one instant is one change, which shows the latest value only. */
function changesOf(database: Database, events: readonly Event[]): Change[] {
	const changes = new Map<string, Change>();
	for (const { value, side, at, by } of events) {
		const key = `${value.type} ${at} ${by}`;
		const change = changes.get(key) ?? { type: value.type, at: new Date(at).toISOString(), by, old: {}, new: {} };
		changes.set(key, change);
		const shown = shownValue(database, value);
		if (compare(typed(shown), typed(change[side])) > 0) change[side] = shown;
	}
	return [...changes.values()];
}

function shownValue(database: Database, { id, type, data }: Value): Fields {
	const shown: Record<string, unknown> = { _id: id };
	for (const field of SHOWN) if (data[field] !== undefined) shown[field] = data[field];
	const { reference } = shown;
	if (reference !== undefined && reference !== null) {
		delete shown.string;
		const name = database.get(String(reference))?.private.name?.[0]?.string;
		if (name !== undefined) shown.string = name;
	}
	if (MASKED.has(type) && shown.string) shown.string = '***';
	return shown;
}
