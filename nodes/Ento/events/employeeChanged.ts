import { employeeEvent } from './employees';

export const employeeChanged = employeeEvent(
	{
		name: 'Employee Changed',
		value: 'employeeChanged',
		action: 'On employee changed',
		description: 'When an employee is not what he or she was at the last poll',
	},
	'changed',
);
