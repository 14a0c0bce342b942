import type { IDataObject } from 'n8n-workflow';

import type { Call } from '../../shared/operation/call';
import { byOffset } from '../../shared/pages';
import { readWhole, type WholeList } from '../../shared/trigger/watch/whole';
import { listPage } from '../wire/entities';
import { idOf, watchedQuery } from './fields';

export const ADVICE = {
	narrow: "Narrow down the entities with 'Entity Type' and 'Filters', or use the Entu Trigger, which Entu calls by itself",
	id: 'Check the base URL in the credential, and what answers there',
};

/** All entities that are watched. @param more of the query */
export async function readEntities(call: Call, pageSize: number, more: IDataObject = {}): Promise<WholeList> {
	const query = { ...(await watchedQuery(call)), ...more };
	const pager = byOffset({ offset: 'skip', limit: 'limit' }, pageSize, { idOf });
	return await readWhole(pager, async (page) => await listPage(call.client, { ...query, ...page.query }), idOf);
}
