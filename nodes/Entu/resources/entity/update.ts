import type { INodeProperties } from 'n8n-workflow';

import type { Call } from '../../../shared/call';
import { defineOperation } from '../../../shared/define';
import { refuse } from '../../../shared/failure';
import { simplify } from '../../../shared/fields';
import { emptyValues, entityLocator, propertyInput, typeLocator } from '../../fields';
import { givenProperties } from '../../given';
import { requiredId } from '../../ids';
import { addValues, replaceValues } from '../../replace';
import { writtenEntity } from '../../simplify';
import type { Given } from '../../values';

const updateMode: INodeProperties = {
	displayName: 'Mode',
	name: 'updateMode',
	type: 'options',
	options: [
		{ name: 'Replace Values', value: 'replace', description: 'The properties then have the given values and no others' },
		{ name: 'Add Values', value: 'add', description: 'The given values stand beside those that are there' },
	],
	default: 'replace',
	description: 'What becomes of the values that the properties have',
};

export const update = defineOperation({
	name: 'Update',
	value: 'update',
	action: 'Update entity',
	description: 'Change the properties of an entity',
	effect: 'write',
	fields: [entityLocator, typeLocator, updateMode, ...propertyInput('update'), simplify()],
	options: [emptyValues],
	input: async (call) => {
		const id = requiredId(call, 'entityId');
		const given = changesOf(call, await givenProperties(call, requiredId(call, 'typeId')));
		return { id, given };
	},
	run: async (call, { id, given }) => {
		const write = call.text('updateMode') === 'add' ? addValues : replaceValues;
		return writtenEntity(call, await write(call.client, id, given));
	},
});

/** What the given properties change: empty ones count only when the user wants them to clear a property. */
export function changesOf(call: Call, given: readonly Given[]): Given[] {
	const clears = call.option('emptyValues') === 'clear' && call.text('updateMode') !== 'add';
	const changes = given.filter(({ values }) => clears || values.length > 0);
	return changes.length > 0 ? changes : refuse('Properties', 'No property has a value', 'Give at least one property a value');
}
