import { runEvent } from './runs';

export const runFailed = runEvent(
	{
		name: 'Run Failed',
		value: 'runFailed',
		action: 'On run failed',
		description: 'When an integration has run and rejected rows',
	},
	true,
);
