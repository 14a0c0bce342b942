import { employeeEvent } from './employees';

export const employeeDeleted = employeeEvent(
	{
		name: 'Employee Deleted',
		value: 'employeeDeleted',
		action: 'On employee deleted',
		description: 'When an employee has come among the deleted ones',
	},
	'created',
	true,
);
