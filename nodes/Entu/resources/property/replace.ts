import { refuse } from '../../../shared/answer/failure';
import { textOf } from '../../../shared/guards';
import { defineOperation } from '../../../shared/operation/operation';
import { inOrderOfNumbers } from '../../values/counters';
import { writtenEntity } from '../../values/rows';
import { getValue, writeValues, type Written } from '../../wire/entities';
import { chosenValue, valueChoice } from './choice';
import { language, newValue } from './fields';
import { definitionFor, enteredValues, typeOf } from './value';

export const replace = defineOperation({
	name: 'Replace',
	value: 'replace',
	action: 'Replace value of property',
	description: 'Put a new value in the place of an existing one, which gets a new ID',
	effect: 'write',
	anyOrder: true,
	simplifies: true,
	fields: [...valueChoice, newValue],
	options: [language],
	input: async (call) => {
		const id = await chosenValue(call);
		// Entu adds a value without a word when the one to replace is gone, so that it must be looked for first (entu.md §5.5).
		const old = await getValue(call.client, id);
		const entityId = textOf(old.entity) ?? '';
		const definition = await definitionFor(call, entityId, textOf(old.type) ?? '');
		const [value, ...more] = enteredValues(call, definition);
		if (!value || more.length > 0) return refuse(call.label('value'), 'takes exactly one value', "Use 'Add' for further values");
		const kept = textOf(old.language) && value.language === undefined ? { language: old.language } : {};
		return { entityId, value: { ...kept, ...value, _id: id } };
	},
	run: async (call, { entityId, value }) => {
		const work = async (): Promise<Written> => await call.inTurn(entityId, async () => await writeValues(call.client, entityId, [value]));
		return await writtenEntity(call, await inOrderOfNumbers(call, [value], work), await typeOf(call, entityId));
	},
});
