import {
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { MAIN } from '../shared/editor/connections';
import { subtitleOfTrigger } from '../shared/editor/subtitle';
import { webhookPropertiesOf } from '../shared/trigger/properties';
import { checkHook, createHook, deleteHook, receiveCall } from '../shared/trigger/webhook';
import { methods } from './editor/methods';
import { entuTrigger } from './events/webhooks';

export class EntuTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Entu Trigger',
		name: 'entuTrigger',
		icon: { light: 'file:entu.svg', dark: 'file:entu.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: subtitleOfTrigger(entuTrigger),
		description: 'Start the workflow when Entu calls it, because an entity was created or updated',
		documentationUrl: 'https://github.com/n8n-nodes-backoffice/n8n-nodes-backoffice/blob/main/docs/entu.md#entu-trigger',
		defaults: { name: 'Entu Trigger' },
		inputs: [],
		outputs: [MAIN],
		credentials: [{ name: 'entuApi', required: true }],
		webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', responseData: 'noData', path: 'entu' }],
		properties: webhookPropertiesOf(entuTrigger),
	};

	methods = methods;

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await checkHook(this, entuTrigger);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await createHook(this, entuTrigger);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await deleteHook(this, entuTrigger);
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveCall(this, entuTrigger);
	}
}
