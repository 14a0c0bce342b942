import type { IDataObject } from 'n8n-workflow';

import { FailureError } from '../../shared/answer/failure';
import { textOf } from '../../shared/guards';
import type { Call } from '../../shared/operation/call';
import { record, type Output } from '../../shared/operation/output';
import { getEntity, typeIdOf, valuesOf, type Entity, type Written } from '../wire/entities';
import { definitionsOf } from './definitions';
import { entityOf, isShown, simplifyEntity, type RowForm } from './simplify';

/** Makes rows of entities, in the form that the version of the node has. */
export class Rows {
	private readonly forms = new Map<string, RowForm>();

	/** @param typeId of entities that don't say their own */
	constructor(
		private readonly call: Call,
		private readonly typeId?: string,
	) {}

	/** To be called for entities before their rows are made: finds out which of their properties are lists by definition. */
	async prepare(entities: readonly Entity[]): Promise<void> {
		if (this.call.isOfSavedWorkflow) return;
		for (const id of new Set(entities.map((entity) => this.typeOf(entity)))) {
			if (this.forms.has(id)) continue;
			const definitions = id === '' ? [] : await definitionsOf(this.call, id);
			const lists = definitions.filter(({ list }) => list).map(({ name }) => name);
			this.forms.set(id, { lists: new Set(lists), hasTypeId: true });
		}
	}

	row(entity: Entity): IDataObject {
		return simplifyEntity(entity, this.forms.get(this.typeOf(entity)));
	}

	private typeOf(entity: Entity): string {
		return typeIdOf(entity) ?? this.typeId ?? '';
	}
}

/** @param typeId of an entity that doesn't say its own, as one of which only some properties were asked for */
export async function rowOf(call: Call, entity: Entity, typeId?: string): Promise<IDataObject> {
	const rows = new Rows(call, typeId);
	await rows.prepare([entity]);
	return rows.row(entity);
}

/** The output for a written entity: its id and the values that were written. */
export async function writtenEntity(call: Call, { id, values, raw }: Written, typeId: string | undefined): Promise<Output[]> {
	if (!call.isSimplified) return record(raw);
	const named = call.isOfSavedWorkflow ? values : await Promise.all(values.map(async (value) => await withName(call, value)));
	const entity = entityOf(id, named);
	try {
		return record(await rowOf(call, entity, typeId));
	} catch (error) {
		return record(simplifyEntity(entity, otherwise(error, undefined)));
	}
}

/** What stands in every new entity, and points to the same few: a type, and the person or robot of the API key. */
const ALWAYS_WRITTEN: ReadonlySet<string> = new Set(['_type', '_owner', '_created']);

/** A written reference says only what it points to, where a read one has the name of it too. */
async function withName(call: Call, value: IDataObject): Promise<IDataObject> {
	const id = textOf(value.reference);
	if (id === undefined || value.string !== undefined || !isShown(String(value.type))) return value;
	const load = async (): ReturnType<typeof nameOf> => await nameOf(call, id);
	const { name, type } = ALWAYS_WRITTEN.has(String(value.type)) ? await call.lately(`name of ${id}`, load) : await call.shared(`name of ${id}`, load);
	return { ...value, ...(name === undefined ? {} : { string: name }), ...(type === undefined ? {} : { entity_type: type }) };
}

async function nameOf(call: Call, id: string): Promise<{ name?: string; type?: string }> {
	try {
		const target = await getEntity(call.client, id, ['name', '_type']);
		return { name: textOf(valuesOf(target, 'name')[0]?.string), type: textOf(valuesOf(target, '_type')[0]?.string) };
	} catch (error) {
		return otherwise(error, {});
	}
}

/** What comes after a write is no reason to call it failed: then something is missing from its row. */
function otherwise<T>(error: unknown, value: T): T {
	if (error instanceof FailureError && error.failure.reason !== 'stopped') return value;
	throw error;
}
