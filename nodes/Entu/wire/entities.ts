import type { IDataObject } from 'n8n-workflow';

import { listFrom, unexpectedAnswer } from '../../shared/answer/outcome';
import { isRecord, numberOf, recordsIn, textOf } from '../../shared/guards';
import type { Call } from '../../shared/operation/call';
import { byOffset, untilStable, type Page, type Pager, type PageSizes } from '../../shared/pages';
import type { Client } from '../../shared/service/client';
import { path } from '../../shared/service/paths';
import { json, type Next } from '../../shared/service/request';

/** A property value as Entu takes it (entu.md §4.2); with the `_id` of an existing value it replaces that one. */
export interface PropertyValue extends IDataObject {
	type: string;
}

/** An entity as Entu sends it: arrays of values by property name, beside `_id`. */
export type Entity = IDataObject;

const database = (client: Client): string => client.setting('database');

const entitiesPath = (client: Client): string => path`/${database(client)}/entity`;
export const entityPath = (client: Client, id: string): string => path`/${database(client)}/entity/${id}`;
export const propertyPath = (client: Client, id: string): string => path`/${database(client)}/property/${id}`;
export const databasePath = (client: Client): string => path`/${database(client)}`;

/** @param props the only properties to send; all, when empty */
export async function getEntity(client: Client, id: string, props: readonly string[] = []): Promise<Entity> {
	const query = props.length > 0 ? { props: props.join(',') } : undefined;
	const body = await client.send({ path: entityPath(client, id), query });
	return isRecord(body) && isRecord(body.entity) ? body.entity : unexpectedAnswer('Entu', 'an entity was expected');
}

/** A page of a list of entities (entu.md §5.2). */
export async function listPage(client: Client, query: IDataObject): Promise<Page> {
	const body = await client.send({ path: entitiesPath(client), query });
	const { entities, count } = isRecord(body) ? body : {};
	return { records: listFrom('Entu', entities, 'entities'), total: numberOf(count) };
}

const idOf = ({ _id }: Entity): string | undefined => textOf(_id);

/** The server knows no largest page (entu.md §5.2). With ten on their way, larger ones would save no round trip at 25,000 entities. */
const SIZES: PageSizes = { first: 500, later: 2500 };
export const LARGEST_PAGE = SIZES.later;

/** The way through a list of entities. @param size entities to ask for at once */
export function plainPages(size: number | PageSizes = SIZES): Pager {
	return byOffset({ offset: 'skip', limit: 'limit' }, size, { idOf });
}

/** The same with the option 'Read Until Stable'. */
export function entityPages(call: Call, size?: number): Pager {
	const pager = plainPages(size);
	return call.flag('options.readUntilStable') ? untilStable(pager, idOf) : pager;
}

/** What Entu answers to a write: the id, and the new values with their ids (entu.md §5.4, §5.5). */
export interface Written {
	readonly id: string;
	readonly values: readonly IDataObject[];
	readonly raw: IDataObject;
}

export async function createEntity(client: Client, values: readonly PropertyValue[]): Promise<Written> {
	return toWritten(await client.send({ method: 'POST', path: entitiesPath(client), body: json(values) }));
}

/** Adds values to an entity; those with an `_id` replace the value of that id. @param next what follows */
export async function writeValues(client: Client, id: string, values: readonly PropertyValue[], next?: Next): Promise<Written> {
	return toWritten(await client.send({ method: 'POST', path: entityPath(client, id), body: json(values), next }));
}

export function toWritten(body: unknown): Written {
	const id = isRecord(body) ? textOf(body._id) : undefined;
	if (!isRecord(body) || id === undefined) return unexpectedAnswer('Entu', 'the ID of the written entity was expected');
	return { id, values: recordsIn(body.properties), raw: body };
}

/** One property value with its entity (entu.md §5.9). */
export async function getValue(client: Client, id: string): Promise<IDataObject> {
	const body = await client.send({ path: propertyPath(client, id) });
	return isRecord(body) && textOf(body._id) !== undefined ? body : unexpectedAnswer('Entu', 'a property value was expected');
}

/** @param next what follows */
export async function deleteValue(client: Client, id: string, next: Next = { answer: undefined }): Promise<void> {
	await client.send({ method: 'DELETE', path: propertyPath(client, id), next });
}

/** The values of one property; system properties and all others alike are arrays. */
export function valuesOf(entity: Entity, property: string): IDataObject[] {
	return recordsIn(entity[property]);
}

/** The id of the entity's type. */
export function typeIdOf(entity: Entity): string | undefined {
	return textOf(valuesOf(entity, '_type')[0]?.reference);
}
