import { shiftEvent } from './shifts';

export const shiftCreated = shiftEvent(
	{
		name: 'Shift Created',
		value: 'shiftCreated',
		action: 'On shift created',
		description: 'When a shift was made on one of the days that are watched, or moved there',
	},
	{ kinds: ['created'] },
);
