import type { INodeProperties } from 'n8n-workflow';

import { locator, notice } from '../../shared/editor/fields';
import { REST_API, WEB_SERVICE } from '../wire/names';

const ID = 'e.g. 7d0b7c1e-0000-4000-8000-0000000000a1';
const ofWebService = { show: { authentication: [WEB_SERVICE] } };

export const integrationLocator = locator({
	displayName: 'Integration',
	name: 'integrationId',
	description: 'The integration to work on. Real-time integrations are not in the list.',
	search: 'searchIntegrations',
	placeholder: ID,
});

/** The interface, and with it the kind of credential: all other operations are there in the web service only. */
const authentication: INodeProperties = {
	displayName: 'Authentication',
	name: 'authentication',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'REST API', value: REST_API, description: 'The newer REST API, with a credential of the type SmartConnect.com REST API' },
		{ name: 'Web Service', value: WEB_SERVICE, description: 'The web service, with a credential of the type SmartConnect.com API' },
	],
	default: WEB_SERVICE,
	description: 'Which of the two interfaces of SmartConnect.com to use. It decides which kind of credential is asked for.',
};

/** The web service can list integrations, the REST API can't. */
export const integrationToRun: INodeProperties[] = [
	authentication,
	{ ...integrationLocator, displayOptions: ofWebService },
	{
		displayName: 'Integration ID',
		name: 'integrationId',
		type: 'string',
		required: true,
		default: '',
		placeholder: ID,
		displayOptions: { show: { authentication: [REST_API] } },
		description: 'The ID of the integration to run, as Integration > Get Many gives it with a credential of the type SmartConnect.com API',
	},
];

export const connectionLocator = locator({
	displayName: 'Connection',
	name: 'connectionId',
	description: 'The connection that the integrations write to',
	search: 'searchConnections',
	placeholder: ID,
});

export const dataSourceLocator = locator({
	displayName: 'Data Source',
	name: 'dataSourceId',
	description: 'The data source that the integrations read',
	search: 'searchDataSources',
	placeholder: ID,
});

export const outputLocator = locator({
	displayName: 'Output',
	name: 'outputId',
	description: 'The file to download',
	search: 'searchOutputs',
	placeholder: ID,
});

export const variables: INodeProperties = {
	displayName: 'Variables',
	name: 'variables',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Variable',
	default: {},
	description: 'Global variables of the integration that get another value for this call',
	options: [
		{
			displayName: 'Variable',
			name: 'values',
			values: [
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. GBL_CUSTOMER',
					description: 'As in SmartConnect, with GBL_ in front',
				},
				{ displayName: 'Value', name: 'value', type: 'string', default: '' },
			],
		},
	],
};

/** How many runs several items start. @param together what it means that they start one */
export function runFor(together: string): INodeProperties {
	return {
		displayName: 'Run For',
		name: 'runFor',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'All Items Together', value: 'all', description: together },
			{ name: 'Each Item', value: 'each', description: 'Every item gets a run of its own' },
		],
		default: 'all',
		description: 'How many runs to start',
	};
}

/** For what starts runs. */
export const runNotices: INodeProperties[] = [
	notice('A run writes to the target of the integration. There is no way to undo it from here, and none is started anew when its answer gets lost.'),
	notice('Each item starts a run of its own.', { runFor: ['each'] }),
];

/** Two forms are documented for the same calls (smartconnect.md §3.4.2). */
export const variablesFormat: INodeProperties = {
	displayName: 'Variables Format',
	name: 'variablesFormat',
	type: 'options',
	options: [
		{ name: 'List', value: 'list', description: 'A plain list of keys and values' },
		{ name: 'Request Object', value: 'requestObject', description: 'An object with the list inside, the newer form' },
	],
	default: 'requestObject',
	description: 'How variables are sent over the web service. Change it if they have no effect.',
};

/** What to do with a run that did not succeed. */
export const failedRun: INodeProperties = {
	displayName: 'When the Run Fails',
	name: 'failedRun',
	type: 'options',
	options: [
		{ name: 'Fail the Node', value: 'fail', description: 'With the message of the run, its counts and the rejected rows' },
		{ name: 'Return the Result', value: 'return', description: 'As an item with "success": false' },
	],
	default: 'fail',
	description: 'What to do when a run ends without success or rejects records',
};
