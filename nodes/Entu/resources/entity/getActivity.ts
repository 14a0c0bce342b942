import type { IDataObject } from 'n8n-workflow';

import { toFailure } from '../../../shared/answer/errors';
import { fail } from '../../../shared/answer/failure';
import { listFrom } from '../../../shared/answer/outcome';
import { returnAllOrLimit } from '../../../shared/editor/fields';
import { isRecord } from '../../../shared/guards';
import { defineOperation } from '../../../shared/operation/operation';
import { byOffset, type Page } from '../../../shared/pages';
import type { Client } from '../../../shared/service/client';
import { entityLocator } from '../../editor/fields';
import { requiredId } from '../../values/ids';
import { entityPath } from '../../wire/entities';
import { simplifyChange } from './getHistory';

const PAGE_SIZE = 1000;
/** The server begins no page after the 10,000th change, and would send that one again (entu.md §5.12). */
const MOST_PAGES = 11;

export const getActivity = defineOperation({
	name: 'Get Activity',
	value: 'getActivity',
	action: 'Get what person or robot has changed',
	description: 'Retrieve the changes that a person or robot has made, newest first',
	effect: 'read',
	simplifies: true,
	fields: [{ ...entityLocator, description: 'The person or robot whose changes to retrieve' }, ...returnAllOrLimit()],
	run: async (call) => {
		const path = `${entityPath(call.client, requiredId(call, 'entityId'))}/activity`;
		return await call.list(
			byOffset({ offset: 'skip', limit: 'limit' }, PAGE_SIZE, { mostPages: MOST_PAGES }),
			async ({ query = {} }) => await changesOf(call.client, path, query),
			call.shape(simplifyActivity),
		);
	},
});

async function changesOf(client: Client, path: string, query: IDataObject): Promise<Page> {
	try {
		const body = await client.send({ path, query });
		return { records: listFrom('Entu', isRecord(body) ? body.changes : undefined, 'changes') };
	} catch (error) {
		const failure = toFailure(error, (text) => client.shown(text));
		// Of an entity that is gone, the server speaks of the entity.
		if (failure.status !== 404 || !failure.message.includes('Cannot find any route')) return fail(failure);
		return fail({
			...failure,
			message: 'This server of Entu does not tell the activity of an entity: it is older than August 2026',
			fix: "Use 'Get History' of the entities that were changed, or ask whoever runs the server to renew it",
		});
	}
}

function simplifyActivity(change: IDataObject): IDataObject {
	const { _id, name } = isRecord(change.entity) ? change.entity : {};
	return { entity: { _id, name }, ...simplifyChange(change) };
}
