import { entityOf, userOf, type Context } from './context.mts';
import { EntuError } from './errors.mts';
import { targetOf } from './files.mts';
import { objectIdOf } from './ids.mts';
import { listEntities, shown } from './list.mts';
import { isLive, type Entity, type Fields, type Value } from './model.mts';
import { treeOf } from './projection.mts';
import { parseQuery } from './query.mts';
import { isInside, viewFor } from './rights.mts';
import { thumbnail } from './thumbnails.mts';

const searchOf = ({ req }: Context): URLSearchParams => new URL(req.originalUrl, 'http://sandbox').searchParams;

/** `GET /{db}/entity` (§5.2). */
export function list(context: Context): unknown {
	const search = searchOf(context);
	const query = parseQuery(search, context.database.generation);
	for (const shownOnly of ['limit', 'skip', 'props']) search.delete(shownOnly);
	return listEntities(context.database, context.caller, query, search.toString());
}

/** `GET /{db}/entity/{_id}` (§5.3). */
export function get(context: Context, id: string): unknown {
	const props = (searchOf(context).get('props') ?? '').split(',').filter((prop) => prop !== '');
	const tree = props.length > 0 ? treeOf(props) : undefined;
	const entity = shown(entityOf(context, id), context.caller, tree);
	if (!entity) throw new EntuError(403, 'No accessible properties');
	return { entity };
}

/** A value that is not deleted, with its entity. */
function valueOf({ database }: Context, id: string): { entity: Entity; value: Value } {
	const found = database.findValue(objectIdOf(id, database.generation));
	if (!found || !isLive(found.value)) throw new EntuError(404, 'Property not found');
	const entity = database.get(found.entityId);
	if (!entity) throw new EntuError(404, `Entity ${found.entityId} not found`);
	return { entity, value: found.value };
}

/** July's rule, still that of thumbnails: a right of one's own, or a value that everybody may see (§5.9). */
function checkReadable({ caller }: Context, entity: Entity, value: Value): void {
	const isPublic = entity.public?.[value.type]?.some(({ _id }) => _id === value.id) === true;
	if (!isPublic && !isInside(entity, caller)) throw new EntuError(403, 'User not in any rights property');
}

/** Later servers show a value to everyone who sees it in the entity. */
function checkVisible({ caller }: Context, entity: Entity, value: Value): void {
	const view = viewFor(entity, caller);
	const isShown = view === entity.private || view?.[value.type]?.some(({ _id }) => _id === value.id) === true;
	if (!isShown) throw new EntuError(403, 'No access to property');
}

/** `GET /{db}/property/{_id}` (§5.9); `url` is where a file can be fetched. */
export function getValue(context: Context, id: string): { answer: Fields; url: string | undefined } {
	const { state, database } = context;
	const { entity, value } = valueOf(context, id);
	if (database.generation === 'later') checkVisible(context, entity, value);
	else checkReadable(context, entity, value);
	const { type, at, by, data } = value;
	const url = data.filename ? state.files.offerDownload(targetOf(database.name, entity.id, value.id)) : undefined;
	const answer = {
		_id: value.id,
		type,
		...data,
		...(type === 'entu_api_key' ? { string: '***' } : {}),
		...(type === 'entu_user' && data.invite ? { invite: '***' } : {}),
		entity: entity.id,
		created: { at: new Date(at).toISOString(), by },
		...(url === undefined ? {} : { url }),
	};
	return { answer, url };
}

const SIZES: readonly number[] = [50, 200, 400];

function sizeOf(text: string): number {
	const size = Number.parseInt(text, 10);
	if (!SIZES.includes(size)) throw new EntuError(400, `Invalid size. Allowed sizes: ${SIZES.join(', ')}`);
	return size;
}

/** `GET /{db}/property/{_id}/thumbnail/{size}` (§5.10). */
export async function thumbnailOfValue(context: Context, id: string, size: string): Promise<unknown> {
	const wanted = sizeOf(size);
	const { entity, value } = valueOf(context, id);
	checkReadable(context, entity, value);
	return await thumbnail(context.state.files, targetOf(context.database.name, entity.id, value.id), value.data, wanted);
}

/** `GET /{db}/entity/{_id}/thumbnail/{size}`: of the first photo that the caller sees (§5.10). */
export async function thumbnailOfEntity(context: Context, id: string, size: string): Promise<unknown> {
	const wanted = sizeOf(size);
	const entity = entityOf(context, id);
	const view = viewFor(entity, context.caller);
	if (!view) throw new EntuError(403, 'Insufficient permissions');
	const photo = view.photo?.[0];
	if (!photo) throw new EntuError(404, 'Entity has no photo');
	return await thumbnail(context.state.files, targetOf(context.database.name, entity.id, String(photo._id)), photo, wanted);
}

/** `GET /{db}/entity/{_id}/aggregate` (§5.8). */
export function recalculate(context: Context, id: string): unknown {
	userOf(context);
	const { database } = context;
	const entity = entityOf(context, id);
	const outcome = database.aggregate(entity.id) ?? { queued: 0 };
	const about = { account: database.name, entity: entity.id };
	if ('deleted' in outcome) return { ...about, deleted: true, message: 'Entity is deleted' };
	if ('mirror' in outcome) return { ...about, message: 'Mirror access is updated' };
	return { ...about, queued: outcome.queued, message: 'Entity is aggregated' };
}
