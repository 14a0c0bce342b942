import { shiftEvent } from './shifts';

export const shiftChanged = shiftEvent(
	{
		name: 'Shift Changed',
		value: 'shiftChanged',
		action: 'On shift changed',
		description: 'When a shift is not what it was at the last poll',
	},
	{ kinds: ['changed'] },
);
