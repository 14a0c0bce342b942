import { ADD, webhookEvent } from './webhookEvent';

export const entityCreated = webhookEvent(
	{
		name: 'Entity Created',
		value: 'entityCreated',
		action: 'On Entu entity created',
		description: 'When an entity of the type was created',
	},
	[ADD],
);
