import type { Database } from './database.mts';
import { isLive, type Value } from './model.mts';

const KEPT_MS = 5 * 60_000;
const GIGABYTE = 1e9;
const FREE_AI_TOKENS = 100_000;

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
	const files = { usage: 0, deleted: 0 };
	const deleted = new Set<string>();
	for (const [entity, value] of database.allValues()) {
		properties[isLive(value) ? 'usage' : 'deleted'] += 1;
		files[isLive(value) && database.get(entity) ? 'usage' : 'deleted'] += sizeOf(value);
		if (value.type === '_deleted') deleted.add(entity);
	}
	const about = database.list({ typeName: 'database' })[0]?.private ?? {};
	const limit = (of: string) => Number(about[`billing_${of}_limit`]?.[0]?.number ?? 0);
	return {
		organization: (about.organization ?? []).map(({ language, string }) => ({ language, string })),
		entities: { usage: database.size, deleted: deleted.size, limit: limit('entities') },
		properties,
		requests: { usage: 0, limit: 0 },
		tokens: { usage: 0, limit: limit('tokens') || FREE_AI_TOKENS },
		files: { ...files, limit: limit('data') * GIGABYTE },
		// assumed: bytes of a stored value, for the order of magnitude only
		dbSize: 200 * (properties.usage + properties.deleted),
	};
}

const sizeOf = ({ data }: Value): number => (typeof data.filesize === 'number' ? data.filesize : 0);
