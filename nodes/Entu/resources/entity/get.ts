import { simplify } from '../../../shared/editor/fields';
import { defineOperation } from '../../../shared/operation/operation';
import { record } from '../../../shared/operation/output';
import { entityLocator } from '../../editor/fields';
import { chosenPropertiesOption } from '../../editor/listFields';
import { requiredId } from '../../values/ids';
import { simplifyEntity } from '../../values/simplify';
import { chosenProperties, getEntity } from '../../wire/entities';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get entity',
	description: 'Retrieve an entity with its properties',
	effect: 'read',
	fields: [entityLocator, simplify()],
	options: [chosenPropertiesOption],
	run: async (call) => {
		const entity = await getEntity(call.client, requiredId(call, 'entityId'), chosenProperties(call));
		return record(call.flag('simplify') ? simplifyEntity(entity) : entity);
	},
});
