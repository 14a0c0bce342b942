import { defineOperation, record } from '../../../shared/define';
import { entityLocator } from '../../fields';
import { requiredId } from '../../ids';
import { replaceValues } from '../../replace';
import { inheritRightsField } from './fields';

export const setInheritance = defineOperation({
	name: 'Set Inheritance',
	value: 'setInheritance',
	action: 'Set inheritance of rights of entity',
	description: 'Set whether the rights of the parents hold for an entity too',
	effect: 'write',
	fields: [entityLocator, inheritRightsField],
	input: (call) => ({ id: requiredId(call, 'entityId'), inheritRights: call.flag('inheritRights') }),
	run: async (call, { id, inheritRights }) => {
		const values = [{ type: '_inheritrights', boolean: inheritRights }];
		await replaceValues(call.client, id, [{ property: '_inheritrights', values }]);
		return record({ _id: id, inheritRights });
	},
});
