import {
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { MAIN } from '../shared/editor/connections';
import { subtitleOfTrigger } from '../shared/editor/subtitle';
import { pollTrigger } from '../shared/trigger/poll';
import { pollPropertiesOf } from '../shared/trigger/properties';
import { methods } from './editor/methods';
import { entuPollingTrigger } from './events';

export class EntuPollingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Entu Polling Trigger',
		name: 'entuPollingTrigger',
		icon: { light: 'file:entu.svg', dark: 'file:entu.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: subtitleOfTrigger(entuPollingTrigger),
		description: 'Start the workflow when entities change in an Entu database, by asking for them',
		documentationUrl: 'https://github.com/n8n-nodes-backoffice/n8n-nodes-backoffice/blob/main/docs/entu.md#entu-polling-trigger',
		defaults: { name: 'Entu Polling Trigger' },
		polling: true,
		inputs: [],
		outputs: [MAIN],
		credentials: [{ name: 'entuApi', required: true }],
		properties: pollPropertiesOf(entuPollingTrigger),
	};

	methods = methods;

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollTrigger(this, entuPollingTrigger);
	}
}
