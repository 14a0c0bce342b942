import { defineOperation } from '../../../shared/operation/operation';
import { path } from '../../../shared/service/paths';
import { additionalQueryOption, itemsPropertyOption, notice, rawEnvelopeOption } from '../../editor/fields';
import { shapeOf, simplifyEmployee } from '../../values/simplify';
import { readOne } from '../../wire/list';
import { employeesPath } from './path';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get employee',
	description: 'Retrieve an employee by ID',
	effect: 'read',
	simplifies: true,
	fields: [
		notice,
		{
			displayName: 'Employee ID',
			name: 'employeeId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. ST1001',
			description: 'ID of the employee in Ento; it may be a code of your own',
		},
	],
	options: [additionalQueryOption, itemsPropertyOption, rawEnvelopeOption],
	input: (call) => employeesPath(call) + path`/${call.requiredText('employeeId')}`,
	run: async (call, address) => await readOne(call, { path: address, shape: shapeOf(call, simplifyEmployee) }),
});
