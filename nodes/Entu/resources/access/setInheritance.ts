import { defineOperation } from '../../../shared/operation/operation';
import { record } from '../../../shared/operation/output';
import { entityLocator } from '../../editor/fields';
import { requiredId } from '../../values/ids';
import { inheritRightsField } from './fields';
import { overwrite } from './setting';

export const setInheritance = defineOperation({
	name: 'Set Inheritance',
	value: 'setInheritance',
	action: 'Set whether entity inherits rights',
	description: 'Set whether the rights of the parents hold for an entity too',
	effect: 'write',
	fields: [entityLocator, inheritRightsField],
	input: (call) => ({ id: requiredId(call, 'entityId'), inheritRights: call.flag('inheritRights') }),
	run: async (call, { id, inheritRights }) => {
		await call.inTurn(id, async () => await overwrite(call.client, id, 'boolean', { type: '_inheritrights', boolean: inheritRights }));
		return record({ _id: id, inheritRights });
	},
});
