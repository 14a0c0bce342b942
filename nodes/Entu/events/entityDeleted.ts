import { toFailure } from '../../shared/answer/errors';
import { fail } from '../../shared/answer/failure';
import type { Call } from '../../shared/operation/call';
import type { PollEvent } from '../../shared/trigger/event';
import { snapshot } from '../../shared/trigger/watch/snapshot';
import { getEntity } from '../wire/entities';
import { idField, idOf, latestEntity, watchedEntities, watchedFields, watchedOptions } from './fields';
import { ADVICE, readEntities } from './wholeList';

/** IDs alone are small. */
const PAGE_SIZE = 1000;

export const entityDeleted: PollEvent = {
	name: 'Entity Deleted',
	value: 'entityDeleted',
	action: 'On Entu entity deleted',
	description: 'When an entity was deleted. Only its ID is known then.',
	fields: watchedFields,
	options: watchedOptions,
	idOf: idField,
	watched: watchedEntities,
	watch: (call) =>
		snapshot({
			read: async () => await readEntities(call, PAGE_SIZE, { props: '_id' }),
			idOf,
			kinds: ['removed'],
			fateOf: async (id) => await fateOf(call, id),
			removed: (_id) => ({ _id }),
			latest: async () => await latestEntity(call),
			advice: ADVICE,
		}),
};

/** One that is there but no longer among those that are watched, or out of sight of the account, was not deleted. */
async function fateOf(call: Call, id: string): Promise<'gone' | 'elsewhere'> {
	try {
		await getEntity(call.client, id, ['_id']);
		return 'elsewhere';
	} catch (error) {
		const failure = toFailure(error, (text) => text);
		if (failure.reason === 'not found') return 'gone';
		return failure.reason === 'no access' ? 'elsewhere' : fail(failure);
	}
}
