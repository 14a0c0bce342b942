import { entityEvent } from './entities';

export const entityRemoved = entityEvent(
	{
		name: 'Entity Removed',
		value: 'entityRemoved',
		action: 'On Accutics entity removed',
		description: 'When an entity is gone from the list and can no longer be found by its ID',
	},
	'removed',
);
