import { refuse } from '../../../shared/answer/failure';
import type { Call } from '../../../shared/operation/call';
import { definitionsOf, type Definition } from '../../values/definitions';
import { toGiven } from '../../values/values';
import { getEntity, typeIdOf, type PropertyValue } from '../../wire/entities';

/** The ID of the type of an entity, asked for once an execution. */
export async function typeOf(call: Call, entityId: string): Promise<string | undefined> {
	return await call.shared(`type of ${entityId}`, async () => typeIdOf(await getEntity(call.client, entityId, ['_type'])));
}

/** The definition of a property of an entity, by the type that the entity is of. */
export async function definitionFor(call: Call, entityId: string, name: string): Promise<Definition> {
	const typeId = await typeOf(call, entityId);
	const definitions = typeId ? await definitionsOf(call, typeId) : [];
	const known = definitions.map((definition) => definition.name).join(', ');
	return (
		definitions.find((definition) => definition.name === name) ??
		refuse('Property Name or ID', `The entity has no property "${name}"`, `Use one of: ${known}`)
	);
}

/** The values that the user entered, checked by the definition. */
export function enteredValues(call: Call, definition: Definition): PropertyValue[] {
	const { values } = toGiven(definition, call.requiredText('value'), call.option('language') || undefined, call.timeZone);
	return values.length > 0 ? [...values] : refuse(call.label('value'), 'holds no value', 'Give at least one');
}
