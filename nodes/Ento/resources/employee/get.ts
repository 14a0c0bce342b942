import { defineOperation } from '../../../shared/define';
import { simplify } from '../../../shared/fields';
import { path } from '../../../shared/paths';
import { additionalQueryOption, itemsPropertyOption, notice, rawEnvelopeOption } from '../../fields';
import { readOne } from '../../list';
import { shapeOf, simplifyEmployee } from '../../simplify';
import { employeesPath } from './path';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get employee',
	description: 'Retrieve an employee by ID',
	effect: 'read',
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
		simplify(),
	],
	options: [additionalQueryOption, itemsPropertyOption, rawEnvelopeOption],
	input: (call) => employeesPath(call) + path`/${call.requiredText('employeeId')}`,
	run: async (call, address) => await readOne(call, { path: address, shape: shapeOf(call, simplifyEmployee) }),
});
