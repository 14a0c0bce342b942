import { EDIT, webhookEvent } from './webhookEvent';

export const entityUpdated = webhookEvent(
	{
		name: 'Entity Updated',
		value: 'entityUpdated',
		action: 'On Entu entity updated',
		description: 'When a value of an entity was added, changed or removed. In the web app, each field is saved by itself.',
	},
	[EDIT],
);
