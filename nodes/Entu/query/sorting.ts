import type { IDataObject } from 'n8n-workflow';

import { refuse } from '../../shared/answer/failure';
import type { Call } from '../../shared/operation/call';
import { listPage, valuesOf, type Entity } from '../wire/entities';
import { toKey, type Key } from './keys';

/** Rights that come from a parent have the ID that they have there, so that it tells no entity from another. */
const RIGHTS = ['_owner', '_editor', '_expander', '_viewer', '_noaccess'];

/** By what a list is sorted: fields of one property. */
export interface Sorting {
	readonly keys: ReadonlyArray<Key & { readonly descending: boolean }>;
	/** For the query. Values have IDs, which tell those apart that are the same (entu.md §5.2, trap 14). */
	readonly sort: string;
}

/** @throws FailureError `invalid input` for what the server can't sort by */
export async function sorting(call: Call, typeId: string | undefined): Promise<Sorting | undefined> {
	const keys: Array<Sorting['keys'][number]> = [];
	for (const at of call.entries('sort', 'rules')) {
		const key = await toKey(call, call.given(`${at}.property`), 'Sort', typeId);
		keys.push({ ...key, descending: call.optionalChoice(`${at}.direction`, ['ascending', 'descending']) === 'descending' });
	}
	const [first] = keys;
	if (!first) return undefined;
	const other = keys.find(({ name }) => name !== first.name);
	if (other) refuse('Sort', `Entu can't sort by two properties, "${first.name}" and "${other.name}"`, 'Keep one rule, and put a Sort node behind this one for more');
	const sign = first.descending ? '-' : '';
	const tie = first.isComputed ? [] : [`${sign}${first.name}._id`];
	return { keys, sort: [...keys.map(({ key, descending }) => (descending ? `-${key}` : key)), ...tie].join(',') };
}

/**
 * Whether the server itself can put every entity in a place of its own: not those that lack the property, nor computed and inherited values,
 * which have no ID. Where it can't, pages may repeat entities and lose others.
 */
export async function isDefinite(call: Call, { keys: [first] }: Sorting, query: IDataObject): Promise<boolean> {
	if (!first || first.isComputed || RIGHTS.includes(first.name)) return false;
	const existence = `${first.name}._id.exists`;
	if (query[existence] !== undefined) return query[existence] === 'true';
	const { total = 0 } = await listPage(call.client, { ...query, [existence]: 'false', props: '_id', limit: 1 });
	return total <= 1;
}

/** Sorts as the server does: what is missing first, of several values the least (the greatest in descending order), the same by `_id`. */
export function sorted(entities: readonly Entity[], { keys }: Sorting): Entity[] {
	const rows = entities.map((entity) => ({ entity, values: keys.map((key) => extreme(entity, key)) }));
	rows.sort((a, b) => {
		for (const [at, { descending }] of keys.entries()) {
			const order = compare(a.values[at], b.values[at]);
			if (order !== 0) return descending ? -order : order;
		}
		return compareTexts(String(a.entity._id), String(b.entity._id));
	});
	return rows.map(({ entity }) => entity);
}

function extreme(entity: Entity, { name, field, descending }: Sorting['keys'][number]): unknown {
	const [first, ...more] = valuesOf(entity, name).map((value) => toComparable(field, value[field]));
	return more.reduce((found, value) => (compare(value, found) < 0 !== descending ? value : found), first);
}

function toComparable(field: string, value: unknown): unknown {
	return (field === 'date' || field === 'datetime') && typeof value === 'string' ? Date.parse(value) : value;
}

/** Kinds in the order of MongoDB: missing, numbers, texts, booleans. */
function rankOf(value: unknown): number {
	return value === undefined || value === null ? 0 : typeof value === 'number' ? 1 : typeof value === 'string' ? 2 : 3;
}

function compare(a: unknown, b: unknown): number {
	if (rankOf(a) !== rankOf(b)) return rankOf(a) - rankOf(b);
	if (typeof a === 'string') return compareTexts(a, String(b));
	return rankOf(a) === 0 ? 0 : Number(a) - Number(b);
}

/** By code points, where JavaScript compares halves of them. */
function compareTexts(a: string, b: string): number {
	if (a === b) return 0;
	return /[\ud800-\udfff]/.test(a + b) ? Buffer.compare(Buffer.from(a), Buffer.from(b)) : a < b ? -1 : 1;
}
