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
import { accutics } from './vendor';

export class Accutics implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Accutics',
		name: 'accutics',
		icon: { light: 'file:accutics.svg', dark: 'file:accutics.dark.svg' },
		group: ['transform'],
		version: [1, 1.1],
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Read and write any entity of the Accutics Open API',
		defaults: { name: 'Accutics' },
		inputs: [MAIN],
		outputs: [MAIN],
		usableAsTool: true,
		credentials: [{ name: 'accuticsApi', required: true }],
		properties: propertiesOf(accutics),
	};

	methods = { loadOptions: { getOutputFields: outputFieldNames(accutics) } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runNode(this, accutics);
	}
}
