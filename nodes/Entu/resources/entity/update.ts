import type { INodeProperties } from 'n8n-workflow';

import { refuse } from '../../../shared/answer/failure';
import { simplify } from '../../../shared/editor/fields';
import type { Call } from '../../../shared/operation/call';
import { defineOperation } from '../../../shared/operation/operation';
import { emptyValues, entityLocator, propertyInput, typeLocator } from '../../editor/fields';
import { definitionsOf } from '../../values/definitions';
import { givenProperties } from '../../values/entered';
import { requiredId } from '../../values/ids';
import { addValues, replaceValues } from '../../values/replace';
import { writtenEntity } from '../../values/simplify';
import type { Given } from '../../values/values';

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
	fields: [typeLocator, entityLocator, updateMode, ...propertyInput('map'), simplify()],
	options: [emptyValues],
	input: async (call) => {
		const id = requiredId(call, 'entityId');
		const typeId = requiredId(call, 'typeId');
		const mode = call.choice('updateMode', ['replace', 'add']);
		const given = await changesOf(call, typeId, await givenProperties(call, typeId), mode === 'replace' && clearsEmpty(call));
		return { id, typeId, given, write: mode === 'add' ? addValues : replaceValues };
	},
	run: async (call, { id, typeId, given, write }) => {
		return writtenEntity(call, await call.inTurn(id, async () => await write(call.client, id, typeId, given)));
	},
});

/** Which `Access` sets: of these, a further value would be without effect, or take a right away from somebody (entu.md §4.1, §4.4). */
const ACCESS = ['_owner', '_editor', '_expander', '_viewer', '_noaccess', '_sharing', '_inheritrights'];

/** Whether the user wants empty values to clear a property. */
export function clearsEmpty(call: Call): boolean {
	return call.optionalChoice('options.emptyValues', ['ignore', 'clear']) === 'clear';
}

/** What the given properties change: empty ones count only when they are to clear a property. */
export async function changesOf(call: Call, typeId: string, given: readonly Given[], clears: boolean): Promise<Given[]> {
	const changes = given.filter(({ values }) => clears || values.length > 0);
	if (changes.length === 0) refuse('Properties', 'No property has a value', 'Give at least one property a value');
	const access = changes.find(({ property }) => ACCESS.includes(property));
	if (access) refuse('Properties', `"${access.property}" can't be changed like this`, "Use the resource 'Access'");
	await assertNoneMissing(call, typeId, changes);
	return changes;
}

async function assertNoneMissing(call: Call, typeId: string, changes: readonly Given[]): Promise<void> {
	const cleared = changes.filter(({ values, language }) => values.length === 0 && language === undefined);
	const definitions = await definitionsOf(call, typeId);
	const demanded = definitions.find((definition) => definition.mandatory && cleared.some(({ property }) => property === definition.name));
	if (demanded) refuse(demanded.label, 'is required by the entity type', 'Give a value for it, or leave it out');
}
