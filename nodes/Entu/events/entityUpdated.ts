import { recordsIn } from '../../shared/guards';
import type { PollEvent } from '../../shared/trigger/event';
import { snapshot } from '../../shared/trigger/watch/snapshot';
import { simplifyEntity } from '../values/simplify';
import type { Entity } from '../wire/entities';
import { idField, idOf, latestEntity, watchedEntities, watchedFields, watchedOptions } from './fields';
import { ADVICE, readEntities } from './wholeList';

const PAGE_SIZE = 200;
/** By-products of other entities, which come and go without a change of this one (entu.md §4.1). */
const BY_PRODUCTS: ReadonlySet<string> = new Set(['_reference', '_parent_viewer', '_parent_expander', '_parent_editor', '_parent_owner']);

export const entityUpdated: PollEvent = {
	name: 'Entity Updated',
	value: 'entityUpdated',
	action: 'On Entu entity updated',
	description: 'When a value of an entity was added, changed or removed. All entities are read at each poll; the Entu Trigger gets by without that.',
	fields: watchedFields,
	options: watchedOptions,
	simplify: simplifyEntity,
	idOf: idField,
	watched: watchedEntities,
	watch: (call) =>
		snapshot({
			read: async () => await readEntities(call, PAGE_SIZE),
			idOf,
			kinds: ['changed'],
			content: valueIds,
			latest: async () => await latestEntity(call),
			advice: ADVICE,
		}),
};

/** Each change gives a value another ID; what is computed has none (entu.md §7.2). */
function valueIds(entity: Entity): string[] {
	const values = Object.entries(entity).filter(([name]) => !BY_PRODUCTS.has(name)).flatMap(([, list]) => recordsIn(list));
	return values.flatMap(({ _id }) => (typeof _id === 'string' ? [_id] : [])).sort();
}
