import { shiftEvent } from './shifts';

export const shiftRemoved = shiftEvent(
	{
		name: 'Shift Removed',
		value: 'shiftRemoved',
		action: 'On shift removed',
		description: 'When a shift is gone and can no longer be found by its ID',
	},
	{ kinds: ['removed'] },
);
