import { employeeEvent } from './employees';

export const employeeCreated = employeeEvent(
	{
		name: 'Employee Created',
		value: 'employeeCreated',
		action: 'On employee created',
		description: 'When an employee is new in the list',
	},
	'created',
);
