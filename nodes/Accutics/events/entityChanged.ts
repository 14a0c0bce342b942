import { entityEvent } from './entities';

export const entityChanged = entityEvent(
	{
		name: 'Entity Changed',
		value: 'entityChanged',
		action: 'On Accutics entity changed',
		description: 'When an entity of the list is not what it was at the last poll',
	},
	'changed',
);
