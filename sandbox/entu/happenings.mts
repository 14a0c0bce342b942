import type { Request } from 'express';
import type { Happening, Wish } from '../service.mts';
import type { Context } from './context.mts';
import { known } from './seed-known.mts';
import type { State } from './state.mts';
import { fireWebhooks } from './webhooks.mts';
import { addValues, createEntity, deleteEntity } from './write.mts';

/** What somebody does in the web app, to books. */
export function happenings(state: State): Record<string, Happening> {
	const somebody = (): Context => {
		const database = state.databases.get(known.database);
		if (!database) throw new Error('The database is missing.');
		database.settle();
		// No request of ours: nothing of it is to stand in the journal.
		return { req: {} as Request, state, database, caller: { user: known.owner } };
	};
	return {
		create: {
			label: 'New book',
			run: () => {
				const context = somebody();
				const name = `Book of ${new Date(state.now()).toISOString()}`;
				const { _id } = createEntity(context, [
					{ type: '_type', reference: known.typeBook },
					{ type: '_parent', reference: known.folder },
					{ type: 'name', string: name },
				]);
				fireWebhooks(context, _id, 'entity-add-webhook');
				return { _id, name };
			},
		},
		update: {
			label: 'A book gets another title',
			run: ({ id = known.book }: Wish) => {
				const context = somebody();
				const [old] = context.database.get(id)?.private.name ?? [];
				const name = `Title of ${new Date(state.now()).toISOString()}`;
				addValues(context, id, [{ type: 'name', string: name, ...(old?._id === undefined ? {} : { _id: old._id }) }]);
				fireWebhooks(context, id, 'entity-edit-webhook');
				return { _id: id, name };
			},
		},
		remove: {
			label: 'A book is deleted',
			run: ({ id = known.privateEntity }: Wish) => {
				deleteEntity(somebody(), id);
				return { _id: id };
			},
		},
	};
}
