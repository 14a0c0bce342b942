import { entityEvent } from './entities';

export const entityCreated = entityEvent(
	{
		name: 'Entity Created',
		value: 'entityCreated',
		action: 'On Accutics entity created',
		description: 'When an entity is new in the list',
	},
	'created',
);
