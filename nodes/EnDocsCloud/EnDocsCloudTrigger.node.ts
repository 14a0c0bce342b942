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
import { enDocsCloudTrigger } from './events';

export class EnDocsCloudTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'EnDocs Cloud Trigger',
		name: 'enDocsCloudTrigger',
		icon: { light: 'file:enDocsCloud.svg', dark: 'file:enDocsCloud.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: subtitleOfTrigger(enDocsCloudTrigger),
		description: 'Start the workflow when documents are new in EnDocs Cloud, or come into a state',
		documentationUrl: 'https://github.com/n8n-nodes-backoffice/n8n-nodes-backoffice/blob/main/docs/endocs.md#start-a-workflow-when-',
		defaults: { name: 'EnDocs Cloud Trigger' },
		polling: true,
		inputs: [],
		outputs: [MAIN],
		credentials: [{ name: 'enDocsCloudApi', required: true }],
		properties: pollPropertiesOf(enDocsCloudTrigger),
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollTrigger(this, enDocsCloudTrigger);
	}
}
