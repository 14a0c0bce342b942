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
import { entoTrigger } from './events';

export class EntoTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Ento Trigger',
		name: 'entoTrigger',
		icon: { light: 'file:ento.svg', dark: 'file:ento.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: subtitleOfTrigger(entoTrigger),
		description: 'Start the workflow when shifts or employees change in Ento',
		documentationUrl: 'https://github.com/n8n-nodes-backoffice/n8n-nodes-backoffice/blob/main/docs/ento.md#start-a-workflow-when-',
		defaults: { name: 'Ento Trigger' },
		polling: true,
		inputs: [],
		outputs: [MAIN],
		credentials: [{ name: 'entoApi', required: true }],
		properties: pollPropertiesOf(entoTrigger),
	};

	methods = methods;

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollTrigger(this, entoTrigger);
	}
}
