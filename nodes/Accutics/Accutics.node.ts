import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { MAIN } from '../shared/editor/connections';
import { propertiesOf } from '../shared/editor/properties';
import { subtitleOf } from '../shared/editor/subtitle';
import { runNode } from '../shared/operation/execute';
import { methods } from './editor/methods';
import { accutics } from './vendor';

export class Accutics implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Accutics',
		name: 'accutics',
		icon: { light: 'file:accutics.svg', dark: 'file:accutics.dark.svg' },
		group: ['transform'],
		version: [1, 1.1],
		subtitle: subtitleOf(accutics),
		description: 'Read and write any entity of the Accutics Open API',
		documentationUrl: 'https://github.com/n8n-nodes-backoffice/n8n-nodes-backoffice/blob/main/docs/accutics.md#operations',
		defaults: { name: 'Accutics' },
		inputs: [MAIN],
		outputs: [MAIN],
		usableAsTool: true,
		credentials: [{ name: 'accuticsApi', required: true }],
		properties: propertiesOf(accutics),
	};

	methods = methods;

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runNode(this, accutics);
	}
}
