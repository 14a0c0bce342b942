import { defineOperation } from '../../../shared/operation/operation';
import { entityLocator } from '../../editor/fields';
import { inOrderOfNumbers } from '../../values/counters';
import { requiredId } from '../../values/ids';
import { writtenEntity } from '../../values/rows';
import { writeValues, type Written } from '../../wire/entities';
import { language, newValue, propertyName } from './fields';
import { definitionFor, enteredValues, typeOf } from './value';

export const add = defineOperation({
	name: 'Add',
	value: 'add',
	action: 'Add value to property',
	description: 'Add a value to a property of an entity, beside those that are there',
	effect: 'write',
	anyOrder: true,
	simplifies: true,
	fields: [entityLocator, propertyName, newValue],
	options: [language],
	input: async (call) => {
		const id = requiredId(call, 'entityId');
		const definition = await definitionFor(call, id, call.requiredText('propertyName'));
		return { id, values: enteredValues(call, definition) };
	},
	run: async (call, { id, values }) => {
		const work = async (): Promise<Written> => await call.inTurn(id, async () => await writeValues(call.client, id, values));
		return await writtenEntity(call, await inOrderOfNumbers(call, values, work), await typeOf(call, id));
	},
});
