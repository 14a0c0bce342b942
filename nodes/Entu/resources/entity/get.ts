import { defineOperation } from '../../../shared/operation/operation';
import { record } from '../../../shared/operation/output';
import { entityLocator } from '../../editor/fields';
import { chosenPropertiesOption } from '../../editor/listFields';
import { chosenProperties } from '../../query/names';
import { requiredId } from '../../values/ids';
import { rowOf } from '../../values/rows';
import { getEntity } from '../../wire/entities';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get Entu entity',
	description: 'Retrieve an entity with its properties',
	effect: 'read',
	simplifies: true,
	fields: [entityLocator],
	options: [chosenPropertiesOption],
	run: async (call) => {
		const id = requiredId(call, 'entityId');
		const wanted = chosenProperties(call);
		const isSimple = call.isSimplified;
		// The type says which properties are lists.
		const isTypeExtra = isSimple && !call.isOfSavedWorkflow && wanted.length > 0 && !wanted.some((name) => name.split('.')[0] === '_type');
		const entity = await getEntity(call.client, id, isTypeExtra ? [...wanted, '_type'] : wanted);
		if (!isSimple) return record(entity);
		const row = await rowOf(call, entity);
		return record(isTypeExtra ? Object.fromEntries(Object.entries(row).filter(([name]) => name !== '_type' && name !== '_typeId')) : row);
	},
});
