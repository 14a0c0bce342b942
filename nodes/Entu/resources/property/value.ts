import type { Call } from '../../../shared/call';
import { refuse } from '../../../shared/failure';
import { getEntity, typeIdOf, type PropertyValue } from '../../api';
import { definitionsOf, type Definition } from '../../definitions';
import { toGiven } from '../../values';

/** The definition of a property of an entity, by the type that the entity is of. */
export async function definitionFor(call: Call, entityId: string, name: string): Promise<Definition> {
	const typeId = await call.shared(`type of ${entityId}`, async () => typeIdOf(await getEntity(call.client, entityId, ['_type'])));
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
