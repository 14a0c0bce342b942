import { shiftEvent } from './shifts';

export const shiftUnassigned = shiftEvent(
	{
		name: 'Shift Unassigned',
		value: 'shiftUnassigned',
		action: 'On shift unassigned',
		description: 'When a shift has become free, or was made without an employee',
	},
	{ kinds: ['created'], isFree: true },
);
