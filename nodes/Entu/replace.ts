import type { IDataObject } from 'n8n-workflow';

import type { Client } from '../shared/client';
import { FailureError, fail } from '../shared/failure';
import { textOf } from '../shared/guards';
import { deleteValue, getEntity, valuesOf, writeValues, type Entity, type PropertyValue, type Written } from './api';
import type { Given } from './values';

interface Plan {
	/** New values; those with an `_id` replace an existing one. */
	readonly write: PropertyValue[];
	/** Ids of values that are left over. */
	readonly remove: string[];
}

/**
 * Gives properties the wanted values in place of those they have: overwrites value by value, adds what is more and removes what is
 * left over, because Entu itself only ever adds (entu.md §5.5). Values that are the same already are left alone.
 */
export async function replaceValues(client: Client, id: string, given: readonly Given[]): Promise<Written> {
	const properties = [...new Set(given.map(({ property }) => property))];
	const entity = await getEntity(client, id, properties);
	const plans = grouped(given).map((wanted) => planFor(entity, wanted));
	const write = plans.flatMap((plan) => plan.write);
	const written = write.length > 0 ? await writeValues(client, id, write) : { id, values: [], raw: { _id: id, properties: [] } };
	await removeLeftOvers(client, plans.flatMap((plan) => plan.remove));
	return written;
}

/** Adds values beside the existing ones. */
export async function addValues(client: Client, id: string, given: readonly Given[]): Promise<Written> {
	return await writeValues(client, id, given.flatMap(({ values }) => values));
}

/** One entry for each property and language, so that two entries for the same don't overwrite one another. */
function grouped(given: readonly Given[]): Given[] {
	const groups = new Map<string, Given>();
	for (const entry of given) {
		const key = `${entry.property} ${entry.language ?? ''}`;
		const known = groups.get(key);
		groups.set(key, known ? { ...known, values: [...known.values, ...entry.values] } : entry);
	}
	return [...groups.values()];
}

function planFor(entity: Entity, { property, language, values }: Given): Plan {
	const existing = valuesOf(entity, property).filter((value) => value._id !== undefined && textOf(value.language) === language);
	const isKept = (value: IDataObject): boolean => values.some((wanted) => isSame(wanted, value));
	const wanted = values.filter((value) => !existing.some((known) => isSame(value, known)));
	const free = existing.filter((value) => !isKept(value)).map(({ _id }) => String(_id));
	return {
		write: wanted.map((value, i) => (free[i] === undefined ? value : { ...value, _id: free[i] })),
		remove: free.slice(wanted.length),
	};
}

const DAY = 10;

function isSame(wanted: PropertyValue, known: IDataObject): boolean {
	return Object.entries(wanted).every(([field, value]) => {
		if (field === 'type') return true;
		if (field === 'counter') return false;
		if (field === 'date') return String(known.date).slice(0, DAY) === value;
		return known[field] === value;
	});
}

async function removeLeftOvers(client: Client, ids: readonly string[]): Promise<void> {
	for (const [i, id] of ids.entries()) {
		try {
			await deleteValue(client, id);
		} catch (error) {
			if (!(error instanceof FailureError)) fail({ reason: 'unexpected', message: String(error) });
			const { failure } = error as FailureError;
			if (failure.status === 404) continue;
			fail({
				...failure,
				message: `The new values are written, but ${ids.length - i} old values could not be removed. ${failure.message}`,
				fix: `Run this item again: it removes what is left over. ${failure.fix ?? ''}`,
			});
		}
	}
}
