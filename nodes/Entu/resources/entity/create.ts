import type { INodeProperties } from 'n8n-workflow';

import { refuse } from '../../../shared/answer/failure';
import type { Call } from '../../../shared/operation/call';
import { defineOperation } from '../../../shared/operation/operation';
import { checkRequired, parentLocator, propertyInput, typeLocator } from '../../editor/fields';
import { inOrderOfNumbers } from '../../values/counters';
import { assertComplete, givenProperties } from '../../values/entered';
import { optionalId } from '../../values/ids';
import { writtenEntity } from '../../values/rows';
import { requiredType } from '../../values/types';
import type { Given } from '../../values/values';
import { createEntity, type PropertyValue } from '../../wire/entities';
import { inheritRightsField, sharingField, SHARINGS } from '../access/fields';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create Entu entity',
	description: 'Create an entity of a type',
	effect: 'write',
	simplifies: true,
	fields: [typeLocator, parentLocator, ...propertyInput('add')],
	options: newEntityOptions(),
	input: async (call) => {
		const { typeId, given, values } = await newEntity(call, true);
		await assertComplete(call, typeId, given);
		return { typeId, values };
	},
	run: async (call, { typeId, values }) => {
		const written = await inOrderOfNumbers(call, values, async () => await createEntity(call.client, values));
		return await writtenEntity(call, written, typeId);
	},
});

/** What can be said of a new entity beside its properties. */
export function newEntityOptions(): INodeProperties[] {
	return [checkRequired, sharingField, inheritRightsField];
}

export interface NewEntity {
	readonly typeId: string;
	/** The properties that the user gave. */
	readonly given: readonly Given[];
	/** All values to send: type, parent and sharing too. */
	readonly values: readonly PropertyValue[];
}

/** A new entity as the user described it for this item. @param isNew whether it is sure that there is none yet */
export async function newEntity(call: Call, isNew = false): Promise<NewEntity> {
	const typeId = await requiredType(call);
	const parentId = optionalId(call, 'parentId');
	const given = await givenProperties(call, typeId, isNew);
	const sharing = call.optionalChoice('options.sharing', SHARINGS);
	const inherit = call.optionalFlag('options.inheritRights');
	const values = [
		{ type: '_type', reference: typeId },
		...(parentId ? [{ type: '_parent', reference: parentId }] : []),
		...(sharing ? [{ type: '_sharing', string: sharing }] : []),
		...(inherit !== undefined ? [{ type: '_inheritrights', boolean: inherit }] : []),
	];
	return { typeId, given, values: [...values, ...given.flatMap((property) => besides(values, property))] };
}

/** Of which an entity has one: Entu would store a second value, and the first would be in force (entu.md §4.4). */
const ONE: ReadonlyMap<string, string> = new Map([['_type', 'Entity Type'], ['_sharing', 'Sharing'], ['_inheritrights', 'Inherit Rights']]);

/**
 * What a property adds to the values of the fields and options beside it: examples of the API give type and parent again.
 * @throws FailureError `invalid input` where the two differ
 */
function besides(values: readonly PropertyValue[], { property, values: given }: Given): PropertyValue[] {
	const known = values.filter(({ type }) => type === property);
	const isSame = (a: PropertyValue, b: PropertyValue): boolean => a.reference === b.reference && a.string === b.string && a.boolean === b.boolean;
	const more = given.filter((value, i) => ![...known, ...given.slice(0, property.startsWith('_') ? i : 0)].some((other) => isSame(value, other)));
	const option = ONE.get(property);
	if (option !== undefined && known.length + more.length > 1) {
		refuse('Properties', `"${property}" is given twice, with different values`, `Leave it out of the properties, or choose the same in '${option}'`);
	}
	return more;
}
