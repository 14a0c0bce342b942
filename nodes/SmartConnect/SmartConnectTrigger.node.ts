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
import { smartConnectTrigger } from './events';

export class SmartConnectTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SmartConnect.com Trigger',
		name: 'smartConnectTrigger',
		icon: { light: 'file:smartconnect.svg', dark: 'file:smartconnect.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: subtitleOfTrigger(smartConnectTrigger),
		description: 'Start the workflow when a SmartConnect.com integration has run',
		documentationUrl: 'https://github.com/n8n-nodes-backoffice/n8n-nodes-backoffice/blob/main/docs/smartconnect.md#start-a-workflow-when-',
		defaults: { name: 'SmartConnect.com Trigger' },
		polling: true,
		inputs: [],
		outputs: [MAIN],
		credentials: [{ name: 'smartConnectApi', required: true }],
		properties: pollPropertiesOf(smartConnectTrigger),
	};

	methods = methods;

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollTrigger(this, smartConnectTrigger);
	}
}
