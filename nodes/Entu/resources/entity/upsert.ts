import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { fail, refuse } from '../../../shared/answer/failure';
import type { Call } from '../../../shared/operation/call';
import { defineOperation } from '../../../shared/operation/operation';
import type { Page } from '../../../shared/pages';
import { emptyValues, parentLocator, propertyInput, typeLocator } from '../../editor/fields';
import { inOrderOfNumbers } from '../../values/counters';
import { assertComplete, matchingProperties } from '../../values/entered';
import { replaceValues } from '../../values/replace';
import { writtenEntity } from '../../values/rows';
import type { Given } from '../../values/values';
import { createEntity, listPage, valuesOf, type Entity, type Written } from '../../wire/entities';
import { type NewEntity, newEntity, newEntityOptions } from './create';
import { changesOf, clearsEmpty } from './update';

const MOST_LISTED = 5;

const matchBy: INodeProperties = {
	displayName: 'Match By',
	name: 'matchBy',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. code',
	displayOptions: { show: { propertiesMode: ['json'] } },
	description: 'Names of the properties to find the entity by, separated by commas; all must be equal',
};

export const upsert = defineOperation({
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update Entu entity',
	description: 'Create a new entity, or update the current one if it already exists (upsert)',
	effect: 'write',
	simplifies: true,
	fields: [typeLocator, parentLocator, ...propertyInput('upsert'), matchBy],
	options: [emptyValues, ...newEntityOptions()],
	input: async (call) => {
		const entity = await newEntity(call);
		const match = matchQuery(entity.typeId, entity.given, matchingProperties(call));
		return { entity, match, changes: await changesOf(call, entity.typeId, entity.given.filter(({ property }) => property !== '_type'), clearsEmpty(call)) };
	},
	run: async (call, wanted) => {
		// Items with the same values to match by wait for one another: the second must find what the first has created.
		const work = async (): Promise<Written> => await call.inTurn(JSON.stringify(wanted.match), async () => await createOrUpdate(call, wanted));
		const { entity } = wanted;
		return await writtenEntity(call, await inOrderOfNumbers(call, entity.values, work), entity.typeId);
	},
});

interface Wanted {
	readonly entity: NewEntity;
	/** The query that finds it. */
	readonly match: IDataObject;
	readonly changes: readonly Given[];
}

async function createOrUpdate(call: Call, { entity, match, changes }: Wanted): Promise<Written> {
	const since = performance.now();
	const found = await findOne(call, match, changes);
	if (found) {
		const id = String(found._id);
		return await call.inTurn(id, async () => await replaceValues(call.client, id, entity.typeId, changes, call.isUntouched(id, since) ? found : undefined));
	}
	await assertComplete(call, entity.typeId, entity.given);
	const created = await createEntity(call.client, entity.values);
	await assertOnlyOne(call, match, created.id);
	return created;
}

/** Parts of a value that say nothing to compare with. */
const NO_VALUE = ['type', 'language', 'counter'];

/** Equality on each property that must match; a row without such a value must not match whatever comes first. */
function matchQuery(typeId: string, given: readonly Given[], names: readonly string[]): IDataObject {
	if (names.length === 0) refuse('Match By', 'No property to match by is chosen', 'Choose at least one, such as a code or an e-mail address');
	const conditions = names.map((name) => {
		const values = given.find(({ property }) => property === name)?.values ?? [];
		if (values.length > 1) refuse('Match By', `The property "${name}" has several values`, 'Match by a property that takes one value');
		const parts = Object.entries(values[0] ?? {});
		const [field, value] =
			parts.find(([key]) => !NO_VALUE.includes(key)) ??
			refuse('Match By', `The property "${name}" has no value to match by`, 'Give it a value in every item');
		return [`${name}.${field}`, value] as const;
	});
	return { '_type.reference': typeId, ...Object.fromEntries(conditions) };
}

/** The entity that matches, with the values that are about to be replaced. */
async function findOne(call: Call, match: IDataObject, changes: readonly Given[]): Promise<Entity | undefined> {
	const { records, total = records.length } = await findAll(call, match, changes.map(({ property }) => property));
	if (records.length <= 1) return records[0];
	return fail({
		reason: 'rejected',
		message: `${total} entities match, so that it is not clear which one to update: ${listed(records)}`,
		fix: 'Match by more properties, or remove the duplicates in Entu',
		details: { matches: records.map(({ _id }) => String(_id)) },
	});
}

/** Entu has no "create if there is none": another process, or a person, may have created the same one in between. */
async function assertOnlyOne(call: Call, match: IDataObject, createdId: string): Promise<void> {
	const { records } = await findAll(call, match);
	if (records.every(({ _id }) => _id === createdId)) return;
	fail({
		reason: 'rejected',
		message: `The entity ${createdId} was created, but somebody else has created the same one meanwhile: ${listed(records)}`,
		fix: 'Keep one of them and delete the others in Entu: as long as several match, no run can update them',
		details: { created: createdId, matches: records.map(({ _id }) => String(_id)) },
		fate: 'carried out in part',
	});
}

async function findAll(call: Call, match: IDataObject, properties: readonly string[] = []): Promise<Page> {
	const props = new Set(['name', '_type', ...properties]);
	return await listPage(call.client, { ...match, props: [...props].join(','), limit: MOST_LISTED });
}

function listed(records: readonly IDataObject[]): string {
	return records.map((entity) => `${String(valuesOf(entity, 'name')[0]?.string ?? '')} (${String(entity._id)})`.trim()).join(', ');
}
