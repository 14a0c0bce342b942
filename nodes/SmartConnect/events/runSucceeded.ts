import { runEvent } from './runs';

export const runSucceeded = runEvent(
	{
		name: 'Run Succeeded',
		value: 'runSucceeded',
		action: 'On run succeeded',
		description: 'When an integration has run and rejected no row',
	},
	false,
);
