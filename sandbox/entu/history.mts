import type { Database } from './database.mts';
import { textOf, type Entity, type Fields, type Value } from './model.mts';

interface Row {
	type: string;
	at: string;
	by?: string;
	/** Empty when there was nothing before. */
	old: Fields;
	new?: Fields;
}

/**
 * The changes of an entity, oldest first (§5.7). What one person did to one property in one instant is one row,
 * so of several values added together only the last is shown.
 */
export function historyOf(database: Database, entity: Entity): Row[] {
	const rows = new Map<string, Row>();
	const row = (value: Value, time: number, by: string | undefined) => {
		const key = `${value.type} ${time} ${by ?? ''}`;
		const found = rows.get(key) ?? { type: value.type, at: new Date(time).toISOString(), by: by ?? 'entu', old: {} };
		rows.set(key, found);
		return found;
	};
	for (const value of entity.values) {
		if (value.type === '_created') continue;
		const shown = shownValue(database, value);
		row(value, value.at, value.by).new = shown;
		if (value.deleted) row(value, value.deleted.at, value.deleted.by).old = shown;
	}
	return [...rows.values()].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

function shownValue(database: Database, value: Value): Fields {
	if (value.keyHash !== undefined) return { _id: value.id, string: '***' };
	const { reference } = value.data;
	const name = typeof reference === 'string' ? textOf(database.get(reference)?.view, 'name') : undefined;
	return { _id: value.id, ...value.data, ...(name === undefined ? {} : { string: name }) };
}
