import type { Client } from '../../../shared/service/client';
import { getEntity, valuesOf, writeValues, type PropertyValue } from '../../wire/entities';

/**
 * Sets `_sharing` or `_inheritrights`. Of several values the first counts, and a further one would be without effect (entu.md §4.4),
 * so that all that are there are overwritten.
 */
export async function overwrite(client: Client, id: string, field: 'string' | 'boolean', value: PropertyValue): Promise<void> {
	const existing = valuesOf(await getEntity(client, id, [value.type]), value.type);
	if (existing.length > 0 && existing.every((known) => known[field] === value[field])) return;
	const values = existing.length > 0 ? existing.map(({ _id }) => ({ ...value, _id })) : [value];
	await writeValues(client, id, values);
}
