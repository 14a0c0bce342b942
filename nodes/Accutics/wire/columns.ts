import type { IDataObject } from 'n8n-workflow';

import { isRecord } from '../../shared/guards';
import type { Call } from '../../shared/operation/call';
import type { Client } from '../../shared/service/client';
import { enteredPath } from './address';
import { send } from './answer';
import { entitiesOf, PAGE } from './entities';

const SAMPLES = 10;

/** A field as the entities of an endpoint have it. */
export interface Column {
	readonly name: string;
	readonly type: 'array' | 'boolean' | 'number' | 'object' | 'string';
}

/** The columns of the chosen endpoint, asked for once for all items. */
export async function columnsOf(call: Call): Promise<Column[]> {
	const { path } = enteredPath(call);
	return await call.shared(`columns ${path}`, async () => await sampleColumns(call.client, path));
}

/** What the first entities of a list have: their fields are not public (accutics.md §3). */
export async function sampleColumns(client: Client, path: string): Promise<Column[]> {
	const entities = entitiesOf(await send(client, { path, query: { [PAGE.page]: 1, [PAGE.size]: SAMPLES } })).slice(0, SAMPLES);
	const names = new Set(entities.flatMap((entity) => Object.keys(entity)));
	return [...names].map((name) => ({ name, type: typeOf(entities, name) }));
}

/** The type that all values have; several types, or none, go as text, which n8n hands on as it is. */
function typeOf(entities: readonly IDataObject[], name: string): Column['type'] {
	const seen = new Set(entities.map((entity) => entity[name] ?? undefined).filter((value) => value !== undefined).map(typeOfValue));
	const [type = 'string', ...others] = seen;
	return others.length > 0 ? 'string' : type;
}

function typeOfValue(value: unknown): Column['type'] {
	if (Array.isArray(value)) return 'array';
	if (isRecord(value)) return 'object';
	return typeof value === 'number' || typeof value === 'boolean' ? (typeof value as 'number' | 'boolean') : 'string';
}
