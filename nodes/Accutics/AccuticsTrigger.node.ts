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
import { accuticsTrigger } from './events';

export class AccuticsTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Accutics Trigger',
		name: 'accuticsTrigger',
		icon: { light: 'file:accutics.svg', dark: 'file:accutics.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: subtitleOfTrigger(accuticsTrigger),
		description: 'Start the workflow when entities change in Accutics',
		documentationUrl: 'https://github.com/n8n-nodes-backoffice/n8n-nodes-backoffice/blob/main/docs/accutics.md#start-a-workflow-when-',
		defaults: { name: 'Accutics Trigger' },
		polling: true,
		inputs: [],
		outputs: [MAIN],
		credentials: [{ name: 'accuticsApi', required: true }],
		properties: pollPropertiesOf(accuticsTrigger),
	};

	methods = { listSearch: methods.listSearch };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollTrigger(this, accuticsTrigger);
	}
}
