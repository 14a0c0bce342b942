import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { textOf } from '../../shared/guards';
import type { Call } from '../../shared/operation/call';
import { optionalTypeLocator } from '../editor/fields';
import { filters, rawQueryOption } from '../editor/listFields';
import { chosenEntities, onlyQuery } from '../query/chosenEntities';
import { listPage, valuesOf, type Entity } from '../wire/entities';

/** Which entities are watched, as in Entity > Get Many. */
export const watchedFields: INodeProperties[] = [optionalTypeLocator, filters];
export const watchedOptions: INodeProperties[] = [rawQueryOption];

export const idOf = ({ _id }: Entity): string => textOf(_id) ?? '';
export const idField = ({ _id }: Entity): IDataObject => ({ _id });

/** The query for the entities that are watched. @throws FailureError `invalid input` */
export async function watchedQuery(call: Call): Promise<IDataObject> {
	return onlyQuery(await chosenEntities(call), 'Filters', 'watch');
}

export async function watchedEntities(call: Call): Promise<readonly unknown[]> {
	return [await watchedQuery(call)];
}

/** The entity that was created last. */
export async function latestEntity(call: Call): Promise<Entity | undefined> {
	const { records } = await listPage(call.client, { ...(await watchedQuery(call)), sort: `-${CREATED}`, limit: 1 });
	return records[0];
}

export const CREATED = '_created.datetime';

/** When it was created, in ms since 1970. Where the account may not see that, its ID tells, to the second (entu.md §7.2). */
export function createdAt(entity: Entity): number {
	const told = Date.parse(textOf(valuesOf(entity, '_created')[0]?.datetime) ?? '');
	return Number.isNaN(told) ? Number.parseInt(idOf(entity).slice(0, 8), 16) * 1000 : told;
}
