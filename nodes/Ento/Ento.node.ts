import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { MAIN } from '../shared/editor/connections';
import { outputFieldNames } from '../shared/editor/outputFields';
import { propertiesOf } from '../shared/editor/properties';
import { runNode } from '../shared/operation/execute';
import { ento } from './vendor';

export class Ento implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Ento',
		name: 'ento',
		icon: { light: 'file:ento.svg', dark: 'file:ento.dark.svg' },
		group: ['transform'],
		version: [1, 1.1],
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Get employees and shifts from Ento, and whatever else its API offers',
		defaults: { name: 'Ento' },
		inputs: [MAIN],
		outputs: [MAIN],
		usableAsTool: true,
		credentials: [{ name: 'entoApi', required: true }],
		properties: propertiesOf(ento),
	};

	methods = { loadOptions: { getOutputFields: outputFieldNames(ento) } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runNode(this, ento);
	}
}
