import { runEvent } from './runs';

export const runCompleted = runEvent({
	name: 'Run Completed',
	value: 'runCompleted',
	action: 'On run completed',
	description: 'When an integration has run, whatever came of it',
});
