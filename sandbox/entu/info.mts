import type { Database } from './database.mts';
import { isLive } from './model.mts';

const KEPT_MS = 5 * 60_000;

const kept = new WeakMap<Database, { at: number; answer: unknown }>();

/** `GET /{db}`: usage of the database, remembered for five minutes as by the service (§5.1). */
export function accountInfo(database: Database): unknown {
	const known = kept.get(database);
	if (known && database.now() - known.at < KEPT_MS) return known.answer;
	const answer = count(database);
	kept.set(database, { at: database.now(), answer });
	return answer;
}

function count(database: Database): unknown {
	const properties = { usage: 0, deleted: 0 };
	const files = { usage: 0, deleted: 0, limit: 0 };
	let dbSize = 0;
	for (const { values } of database.all()) {
		for (const value of values) {
			const counter = isLive(value) ? 'usage' : 'deleted';
			properties[counter] += 1;
			if (typeof value.data.filesize === 'number') files[counter] += value.data.filesize;
			dbSize += 200; // assumed: bytes of a stored value, for the order of magnitude only
		}
	}
	return {
		organization: [{ language: 'en', string: database.name === 'labdb' ? 'Lab Museum' : 'Empty Museum' }],
		entities: { usage: database.size, deleted: database.deletedEntities, limit: 0 },
		properties,
		requests: { usage: 0, limit: 0 },
		tokens: { usage: 0, limit: 100_000 },
		files,
		dbSize,
	};
}
