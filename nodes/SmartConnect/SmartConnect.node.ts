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
import { smartConnect, webServiceOnly } from './vendor';

export class SmartConnect implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SmartConnect.com',
		name: 'smartConnect',
		icon: { light: 'file:smartconnect.svg', dark: 'file:smartconnect.dark.svg' },
		group: ['transform'],
		version: [1, 1.1],
		subtitle: subtitleOf(smartConnect),
		description: 'Run SmartConnect.com integrations, feed them rows and see what became of them',
		documentationUrl: 'https://github.com/n8n-nodes-backoffice/n8n-nodes-backoffice/blob/main/docs/smartconnect.md#operations',
		defaults: { name: 'SmartConnect.com' },
		inputs: [MAIN],
		outputs: [MAIN],
		usableAsTool: true,
		// By `hide` alone: n8n hides a parameter that a `show` of a credential names, and lists the credentials of all kinds together.
		credentials: [
			{ name: 'smartConnectApi', required: true, displayOptions: { hide: { authentication: ['restApi'] } } },
			{ name: 'smartConnectRestApi', required: true, displayOptions: { hide: { authentication: ['webService'], operation: webServiceOnly } } },
		],
		properties: propertiesOf(smartConnect),
	};

	methods = methods;

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runNode(this, smartConnect);
	}
}
