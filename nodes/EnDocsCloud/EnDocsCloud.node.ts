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
import { enDocsCloud } from './vendor';

export class EnDocsCloud implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'EnDocs Cloud',
		name: 'enDocsCloud',
		icon: { light: 'file:enDocsCloud.svg', dark: 'file:enDocsCloud.dark.svg' },
		group: ['transform'],
		version: [1, 1.1],
		subtitle: subtitleOf(enDocsCloud),
		description: 'Work with contracts, invoices, documents and dictionaries in EnDocs Cloud',
		documentationUrl: 'https://github.com/n8n-nodes-backoffice/n8n-nodes-backoffice/blob/main/docs/endocs.md#operations',
		defaults: { name: 'EnDocs Cloud' },
		inputs: [MAIN],
		outputs: [MAIN],
		usableAsTool: true,
		credentials: [{ name: 'enDocsCloudApi', required: true }],
		properties: propertiesOf(enDocsCloud),
	};

	methods = methods;

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runNode(this, enDocsCloud);
	}
}
