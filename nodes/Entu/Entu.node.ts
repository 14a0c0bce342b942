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
import { entu } from './vendor';

export class Entu implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Entu',
		name: 'entu',
		icon: { light: 'file:entu.svg', dark: 'file:entu.dark.svg' },
		group: ['transform'],
		version: [1, 1.1],
		subtitle: subtitleOf(entu),
		description: 'Work with entities, files and rights in an Entu database',
		documentationUrl: 'https://github.com/n8n-nodes-backoffice/n8n-nodes-backoffice/blob/main/docs/entu.md#operations',
		defaults: { name: 'Entu' },
		inputs: [MAIN],
		outputs: [MAIN],
		usableAsTool: true,
		credentials: [{ name: 'entuApi', required: true }],
		properties: propertiesOf(entu),
	};

	methods = methods;

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runNode(this, entu);
	}
}
