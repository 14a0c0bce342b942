import { defineOperation, record } from '../../../shared/define';
import { simplify } from '../../../shared/fields';
import { chosenProperties, getEntity } from '../../api';
import { entityLocator } from '../../fields';
import { requiredId } from '../../ids';
import { chosenPropertiesOption } from '../../listFields';
import { simplifyEntity } from '../../simplify';

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
