import type { IDataObject } from 'n8n-workflow';

import { toFailure } from '../../shared/answer/errors';
import { fail, refuse } from '../../shared/answer/failure';
import { textOf } from '../../shared/guards';
import type { Client } from '../../shared/service/client';
import { deleteValue, getEntity, valuesOf, writeValues, type Entity, type PropertyValue, type Written } from '../wire/entities';
import type { Given } from './values';

interface Plan {
	/** New values; those with an `_id` replace an existing one. */
	readonly write: PropertyValue[];
	/** Ids of values that are left over. */
	readonly remove: string[];
	/** Existing values that are as wanted. */
	readonly keep: IDataObject[];
}

/**
 * Gives properties the wanted values in place of those they have: overwrites value by value, adds what is more and removes what is
 * left over, because Entu itself only ever adds (entu.md §5.5). Values that are the same already are left alone, and count among the
 * values that come back; their order becomes the wanted one.
 * @param typeId the type whose definitions the values were checked by
 * @param known the entity with the values that it has, where they were read already
 */
export async function replaceValues(client: Client, id: string, typeId: string, given: readonly Given[], known?: Entity): Promise<Written> {
	const properties = new Set(['_type', ...given.map(({ property }) => property)]);
	const entity = known ?? (await getEntity(client, id, [...properties]));
	assertType(entity, typeId);
	const plans = given.map((wanted) => planFor(entity, wanted));
	const write = plans.flatMap((plan) => plan.write);
	const written = write.length > 0 ? await writeValues(client, id, write, { answer: { _id: id } }) : { id, values: [], raw: { _id: id, properties: [] } };
	await removeValues(client, plans.flatMap((plan) => plan.remove), (left) => ({
		message: `The new values are written, but ${left.length} old values could not be removed.`,
		fix: 'Run this item again: it removes what is left over.',
	}));
	return { ...written, values: [...plans.flatMap((plan) => plan.keep), ...written.values] };
}

/** Adds values beside the existing ones. */
export async function addValues(client: Client, id: string, typeId: string, given: readonly Given[]): Promise<Written> {
	assertType(await getEntity(client, id, ['_type']), typeId);
	return await writeValues(client, id, given.flatMap(({ values }) => values));
}

/** Entu would take properties of any type, and keep them where nobody looks for them. */
function assertType(entity: Entity, typeId: string): void {
	const actual = valuesOf(entity, '_type')[0];
	if (!actual || actual.reference === typeId) return;
	const name = textOf(actual.string) ?? String(actual.reference);
	refuse('Entity Type', `The entity ${String(entity._id)} is of another type: "${name}"`, 'Choose that type, or keep entities of other types out with a Filter node');
}

function planFor(entity: Entity, { property, language, values }: Given): Plan {
	// Clearing a property without naming a language means all of its values.
	const isMeant = (value: IDataObject): boolean => textOf(value.language)?.toLowerCase() === language || (language === undefined && values.length === 0);
	const left = valuesOf(entity, property).filter((value) => value._id !== undefined && isMeant(value));
	const keep = keptInOrder(left, values);
	const missing = values.slice(keep.length);
	for (const kept of keep) left.splice(left.indexOf(kept), 1);
	const ids = left.map(({ _id }) => String(_id));
	return {
		write: missing.map((value, i) => (ids[i] === undefined ? value : { ...value, _id: ids[i] })),
		remove: ids.slice(missing.length),
		keep: keep.map((known) => ({ ...known, type: property })),
	};
}

/**
 * The existing values that may stay: those that begin the wanted ones, in the same order. Entu shows values in the order in which they were
 * written, so that all after them must be written anew.
 */
function keptInOrder(known: readonly IDataObject[], wanted: readonly PropertyValue[]): IDataObject[] {
	const kept: IDataObject[] = [];
	let from = 0;
	for (const value of wanted) {
		const at = known.findIndex((existing, i) => i >= from && isSame(value, existing));
		if (at === -1) return kept;
		const found = known[at];
		if (found) kept.push(found);
		from = at + 1;
	}
	return kept;
}

function isSame(wanted: PropertyValue, known: IDataObject): boolean {
	// Who has a number keeps it: the next one is for those that have none.
	if (wanted.counter !== undefined && wanted.string === undefined) return true;
	return Object.entries(wanted).every(([field, value]) => {
		if (field === 'type' || field === 'counter') return true;
		const isTime = field === 'date' || field === 'datetime';
		return isTime ? Date.parse(String(known[field])) === Date.parse(String(value)) : known[field] === value;
	});
}

/**
 * Deletes values, of which some may be gone already.
 * @param told what to say when it does not work, by the IDs that are left
 */
export async function removeValues(client: Client, ids: readonly string[], told: (left: readonly string[]) => { message: string; fix: string }): Promise<void> {
	for (const [i, id] of ids.entries()) {
		try {
			await deleteValue(client, id);
		} catch (error) {
			const failure = toFailure(error, (text) => client.shown(text));
			if (failure.status === 404) continue;
			const { message, fix } = told(ids.slice(i));
			fail({ ...failure, message: `${message} ${failure.message}`, fix: `${fix} ${failure.fix ?? ''}`, fate: 'carried out in part' });
		}
	}
}
