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
import { ento } from './vendor';

export class Ento implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Ento',
		name: 'ento',
		icon: { light: 'file:ento.svg', dark: 'file:ento.dark.svg' },
		group: ['transform'],
		version: [1, 1.1],
		subtitle: subtitleOf(ento),
		description: 'Get employees and shifts from Ento, and whatever else its API offers',
		documentationUrl: 'https://github.com/n8n-nodes-backoffice/n8n-nodes-backoffice/blob/main/docs/ento.md#operations',
		defaults: { name: 'Ento' },
		inputs: [MAIN],
		outputs: [MAIN],
		usableAsTool: true,
		credentials: [{ name: 'entoApi', required: true }],
		properties: propertiesOf(ento),
	};

	methods = methods;

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runNode(this, ento);
	}
}
