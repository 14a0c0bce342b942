import type { INodeProperties } from 'n8n-workflow';

import type { WebhookEvent } from '../../../shared/trigger/event';
import { typeLocator } from '../../editor/fields';
import { simplifyEntity } from '../../values/simplify';

export const ADD = 'entity-add-webhook';
export const EDIT = 'entity-edit-webhook';

const fields: INodeProperties[] = [
	{
		displayName:
			'Entu calls this workflow at a public https address only. It does not call for deletions, duplicates and computed values, and does not call again when this n8n could not be reached. While you listen for a test event, a change starts the published workflow too.',
		name: 'notice',
		type: 'notice',
		default: '',
	},
	{ ...typeLocator, description: 'Type of the entities that start the workflow' },
];

export function webhookEvent(text: Pick<WebhookEvent, 'name' | 'value' | 'action' | 'description'>, kinds: readonly string[]): WebhookEvent {
	return { ...text, kinds, fields, simplify: simplifyEntity, idOf: ({ _id }) => ({ _id }), ...(kinds.length > 1 ? { combines: true as const } : {}) };
}
