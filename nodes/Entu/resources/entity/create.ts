import type { INodeProperties } from 'n8n-workflow';

import { simplify } from '../../../shared/editor/fields';
import type { Call } from '../../../shared/operation/call';
import { defineOperation } from '../../../shared/operation/operation';
import { parentLocator, propertyInput, typeLocator } from '../../editor/fields';
import { assertComplete, givenProperties } from '../../values/entered';
import { optionalId, requiredId } from '../../values/ids';
import { writtenEntity } from '../../values/simplify';
import type { Given } from '../../values/values';
import { createEntity, type PropertyValue } from '../../wire/entities';
import { inheritRightsField, sharingField, SHARINGS } from '../access/fields';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create entity',
	description: 'Create an entity of a type',
	effect: 'write',
	fields: [typeLocator, parentLocator, ...propertyInput('add'), simplify()],
	options: newEntityOptions(),
	input: async (call) => {
		const { typeId, given, values } = await newEntity(call);
		await assertComplete(call, typeId, given);
		return values;
	},
	run: async (call, values) => writtenEntity(call, await createEntity(call.client, values)),
});

/** What can be said of a new entity beside its properties. */
export function newEntityOptions(): INodeProperties[] {
	return [sharingField, inheritRightsField];
}

export interface NewEntity {
	readonly typeId: string;
	/** The properties that the user gave. */
	readonly given: readonly Given[];
	/** All values to send: type, parent and sharing too. */
	readonly values: readonly PropertyValue[];
}

/** A new entity as the user described it for this item. */
export async function newEntity(call: Call): Promise<NewEntity> {
	const typeId = requiredId(call, 'typeId');
	const parentId = optionalId(call, 'parentId');
	const given = await givenProperties(call, typeId);
	const sharing = call.optionalChoice('options.sharing', SHARINGS);
	const inherit = call.optionalFlag('options.inheritRights');
	const values = [
		{ type: '_type', reference: typeId },
		...(parentId ? [{ type: '_parent', reference: parentId }] : []),
		...(sharing ? [{ type: '_sharing', string: sharing }] : []),
		...(inherit !== undefined ? [{ type: '_inheritrights', boolean: inherit }] : []),
		...given.flatMap((property) => property.values),
	];
	return { typeId, given, values };
}
