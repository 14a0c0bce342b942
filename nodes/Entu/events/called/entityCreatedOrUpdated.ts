import { ADD, EDIT, webhookEvent } from './webhookEvent';

export const entityCreatedOrUpdated = webhookEvent(
	{
		name: 'Entity Created or Updated',
		value: 'entityCreatedOrUpdated',
		action: 'On Entu entity created or updated',
		description: 'When an entity was created or one of its values changed; the field event says which',
	},
	[ADD, EDIT],
);
