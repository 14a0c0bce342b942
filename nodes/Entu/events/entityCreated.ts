import type { PollEvent } from '../../shared/trigger/event';
import { byTime } from '../../shared/trigger/watch/byTime';
import { simplifyEntity } from '../values/simplify';
import { listPage } from '../wire/entities';
import { CREATED, createdAt, idField, idOf, latestEntity, watchedEntities, watchedFields, watchedOptions, watchedQuery } from './fields';

const PAGE_SIZE = 200;
/** Names, rights and computed values come a little after the entity itself (entu.md §4.7). */
const LOOKBACK_MS = 60_000;

export const entityCreated: PollEvent = {
	name: 'Entity Created',
	value: 'entityCreated',
	action: 'On Entu entity created',
	description: 'When an entity was created',
	fields: watchedFields,
	options: watchedOptions,
	simplify: simplifyEntity,
	idOf: idField,
	watched: watchedEntities,
	watch: (call) =>
		byTime({
			from: async (ms) => {
				const query = { ...(await watchedQuery(call)), [`${CREATED}.gte`]: new Date(ms).toISOString(), sort: CREATED, limit: PAGE_SIZE };
				const { records } = await listPage(call.client, query);
				return { records, more: records.length >= PAGE_SIZE };
			},
			latest: async () => await latestEntity(call),
			timeOf: createdAt,
			idOf,
			lookbackMs: LOOKBACK_MS,
		}),
};
