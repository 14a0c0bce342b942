import { EntuError, badId } from './errors.mts';
import { targetOf } from './files.mts';
import { historyOf } from './history.mts';
import { listEntities, visible } from './list.mts';
import { isId, isLive, type Entity, type Value } from './model.mts';
import { parseQuery } from './query.mts';
import { audienceOf, hasRight } from './rights.mts';
import { sharedView } from './view.mts';
import { entityOf, type Write } from './write.mts';

/** `GET /{db}/entity` */
export function list({ req, state, database, caller }: Write): unknown {
	const { generation } = state.settings;
	const filters = new URL(req.originalUrl, 'http://sandbox').searchParams;
	for (const paging of ['limit', 'skip', 'props', 'group']) filters.delete(paging);
	return listEntities(database, caller, parseQuery(req, generation), filters.toString(), generation);
}

/** `GET /{db}/entity/{_id}` */
export function get(read: Write, id: string): unknown {
	const { database, caller, state, req } = read;
	const props = String(req.query.props ?? '').split(',').filter((prop) => prop !== '');
	const entity = visible(database, entityOf(read, id), caller, props, state.settings.generation);
	if (!entity) throw new EntuError(403, 'No accessible properties');
	return { entity };
}

/** `GET /{db}/entity/{_id}/history` */
export function history(read: Write, id: string): unknown {
	const { database, caller, state, req } = read;
	const entity = entityOf(read, id);
	if (!hasRight(entity.view, caller, '_viewer')) throw new EntuError(403, 'No accessible properties');
	const limit = Number(req.query.limit ?? 100) || 100;
	if (state.settings.generation === 'later' && (limit < 1 || limit > 1000)) {
		throw new EntuError(400, 'Limit must be between 1 and 1000'); // assumed: the text
	}
	const rows = historyOf(database, entity);
	const skip = Number(req.query.skip ?? 0) || 0;
	return { changes: rows.slice(skip, skip + limit), count: rows.length };
}

/** A value that the caller may read, with its entity (§5.9). */
export function readableValue({ database, caller, state }: Write, id: string): { entity: Entity; value: Value } {
	if (!isId(id)) throw badId(state.settings.generation, id);
	const found = database.findValue(id);
	if (!found || !isLive(found.value)) throw new EntuError(404, 'Property not found');
	const { entity, value } = found;
	if (hasRight(entity.view, caller, '_viewer')) return found;
	// The domain view is not enough; what is shared with everybody is readable.
	const everybodys = audienceOf(entity.view, {}, state.settings.generation) === 'public';
	if (everybodys && value.type in sharedView(database, entity.view, 'public')) return found;
	throw new EntuError(403, 'No accessible properties'); // assumed: the text
}

/** `GET /{db}/property/{_id}` */
export function getValue(read: Write, id: string): { answer: Record<string, unknown>; url: string | undefined } {
	const { entity, value } = readableValue(read, id);
	const { type, at, by, data, keyHash } = value;
	const target = targetOf(read.database.name, entity.id, value.id);
	const url = typeof data.filename === 'string' ? read.state.files.offerDownload(target) : undefined;
	const answer = {
		_id: value.id,
		type,
		entity: entity.id,
		created: { at: new Date(at).toISOString(), by },
		...(keyHash === undefined ? data : { string: '***' }),
		...(url === undefined ? {} : { url }),
	};
	return { answer, url };
}
