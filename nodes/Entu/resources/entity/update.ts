import type { INodeProperties } from 'n8n-workflow';

import { refuse } from '../../../shared/answer/failure';
import type { Call } from '../../../shared/operation/call';
import { defineOperation } from '../../../shared/operation/operation';
import { checkRequired, emptyValues, entityLocator, propertyInput, typeLocator } from '../../editor/fields';
import { inOrderOfNumbers } from '../../values/counters';
import { definitionsOf } from '../../values/definitions';
import { checksRequired, givenProperties, OR_SWITCH_OFF } from '../../values/entered';
import { requiredId } from '../../values/ids';
import { addValues, replaceValues } from '../../values/replace';
import { writtenEntity } from '../../values/rows';
import { requiredType } from '../../values/types';
import type { Given } from '../../values/values';
import type { Written } from '../../wire/entities';

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
	action: 'Update Entu entity',
	description: 'Change the properties of an entity',
	effect: 'write',
	anyOrder: true,
	simplifies: true,
	fields: [typeLocator, entityLocator, updateMode, ...propertyInput('map')],
	options: [checkRequired, emptyValues],
	input: async (call) => {
		const id = requiredId(call, 'entityId');
		const typeId = await requiredType(call);
		const mode = call.choice('updateMode', ['replace', 'add']);
		const given = await changesOf(call, typeId, withoutType(await givenProperties(call, typeId), typeId, mode), mode === 'replace' && clearsEmpty(call));
		return { id, typeId, given, write: mode === 'add' ? addValues : replaceValues };
	},
	run: async (call, { id, typeId, given, write }) => {
		const change = async (): Promise<Written> => await call.inTurn(id, async () => await write(call.client, id, typeId, given));
		const counted = async (): Promise<Written> => await inOrderOfNumbers(call, given.flatMap(({ values }) => values), change);
		// Rights come down a tree: what is moved first may decide whether the next may be moved.
		const moves = given.some(({ property }) => property === '_parent');
		return await writtenEntity(call, moves ? await call.inTurn('tree', counted) : await counted(), typeId);
	},
});

/** The properties without the type that the entity has anyway: added, it would be a second value of it (entu.md §5.2, trap 15). */
function withoutType(given: readonly Given[], typeId: string, mode: string): Given[] {
	const isOther = given.some(({ property, values }) => property === '_type' && values.some(({ reference }) => reference !== typeId));
	if (isOther && mode === 'add') refuse('Properties', 'An entity has one type: "_type" can\'t be added', "Leave it out; to change the type, use 'Replace Values'");
	return isOther ? [...given] : given.filter(({ property }) => property !== '_type');
}

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
	if (checksRequired(call)) await assertNoneMissing(call, typeId, changes);
	return changes;
}

async function assertNoneMissing(call: Call, typeId: string, changes: readonly Given[]): Promise<void> {
	const cleared = changes.filter(({ values, language }) => values.length === 0 && language === undefined);
	const definitions = await definitionsOf(call, typeId);
	const demanded = definitions.find((definition) => definition.mandatory && cleared.some(({ property }) => property === definition.name));
	if (demanded) refuse(demanded.label, 'is required by the entity type', `Give a value for it, or leave it out. ${OR_SWITCH_OFF}`);
}
