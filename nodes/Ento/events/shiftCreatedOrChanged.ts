import { shiftEvent } from './shifts';

export const shiftCreatedOrChanged = shiftEvent(
	{
		name: 'Shift Created or Changed',
		value: 'shiftCreatedOrChanged',
		action: 'On shift created or changed',
		description: 'When a shift was made or is not what it was at the last poll; the field event says which',
	},
	{ kinds: ['created', 'changed'] },
);
