import { ofSavedNode } from '../../../shared/editor/fields';
import { defineOperation } from '../../../shared/operation/operation';
import { path } from '../../../shared/service/paths';
import { additionalQueryOption, itemsPropertyOption, rawEnvelopeOption } from '../../editor/fields';
import { readOne } from '../../wire/list';
import { employeeShape } from '../../wire/rows';
import { employeesPath } from './path';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get Ento employee',
	description: 'Retrieve an employee by ID',
	effect: 'read',
	simplifies: true,
	fields: [
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
	options: [additionalQueryOption, rawEnvelopeOption, ofSavedNode(itemsPropertyOption)],
	input: (call) => employeesPath(call) + path`/${call.requiredText('employeeId')}`,
	run: async (call, address) => await readOne(call, { path: address, shape: await employeeShape(call) }),
});
