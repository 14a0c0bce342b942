import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	INodeProperties,
} from 'n8n-workflow';

import { trimmedToken, unusableToken } from '../nodes/Accutics/logIn/token';
import { unreadableEndpoints } from '../nodes/Accutics/values/endpoints';
import { updateMethods } from '../nodes/Accutics/values/updateMethods';
import { normalizeBaseUrl } from '../nodes/shared/addresses';
import { whereFrom } from '../nodes/shared/session/credentialNotice';
import { asRules, beginTest, onBody, onServerFault, onStatus, REDIRECTS, testField, testMark, tryOut, type Rule } from '../nodes/shared/session/credentialTest';
import { assertOwnHost } from '../nodes/shared/session/ownHost';

const MOVED = 'The base URL leads on to another address. Enter the address that answers itself; the token is not sent anywhere else';

const RULES: Rule[] = [
	...onStatus([401], 'The token was refused. Enter the token of an API user, as Accutics support told you to get it'),
	...onStatus(
		[403],
		'The token is known, but its API user has no permission for the test path. Give the user a role in the project or account in Accutics, or enter another test path',
	),
	...onStatus(
		[400],
		'The base URL was reached, but the token could not be verified: there is no endpoint at this address. Enter as Test Path the path of a list that the API user may read. You can use the credential all the same',
	),
	...onStatus([404], 'There is nothing at this address. Check the base URL and the test path'),
	...onStatus(REDIRECTS, MOVED),
	...onServerFault('Accutics'),
	// Every answer of the Open API names its endpoint (vendors/accutics.md §2.4).
	onBody('meta.endpoint', undefined, 'The address answers, but not in the way of the Accutics Open API. Check the base URL and the test path'),
];

export class AccuticsApi implements ICredentialType {
	name = 'accuticsApi';

	displayName = 'Accutics API';

	icon = { light: 'file:../nodes/Accutics/accutics.svg', dark: 'file:../nodes/Accutics/accutics.dark.svg' } as const;

	documentationUrl = 'https://github.com/n8n-nodes-backoffice/n8n-nodes-backoffice/blob/main/docs/accutics.md#credential';

	properties: INodeProperties[] = [
		whereFrom(
			'Ask Accutics support for an API user: they create it and tell you how to get its token. What it may see is set in Accutics, by adding it to projects and accounts with a role.',
			this.documentationUrl,
		),
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://host.example/v0',
			description: 'Address that all paths of the Open API are below, as it stands in your API documentation or as Accutics support told you',
		},
		{
			displayName: 'Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'JWT of an API user. Accutics support creates that user and tells how to get the token; the user sees the projects and accounts it is added to.',
		},
		{
			displayName: 'Test Path',
			name: 'testPath',
			type: 'string',
			default: '',
			placeholder: 'e.g. /path-of-a-list',
			description:
				'Path of something that the API user may read, to test the token with. Without it, the test can only tell whether the base URL is answered.',
		},
		{
			displayName: 'Endpoints',
			name: 'endpoints',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			placeholder: 'e.g. Campaigns = /campaigns',
			description:
				'What the nodes offer to pick from: one per line, a name of your choice, an equals sign and the path from your API documentation. Where the ID of an entity is not in its field id, name the field behind a semicolon: Campaigns = /campaigns ; key. The JSON that Account &gt; Check gives out can be pasted in place of the lines.',
		},
		{
			displayName: 'Update Method',
			name: 'updateMethod',
			type: 'options',
			options: updateMethods,
			default: 'PATCH',
			description: 'How your API takes updates, as your API documentation says',
		},
		testField,
	];

	/** The token goes to the host of the base URL only. */
	authenticate: IAuthenticate = async (credentials, requestOptions) => {
		const { token, baseUrl } = credentials;
		const unusable = unusableToken(token);
		if (unusable) throw new Error(`${unusable.message}. ${unusable.fix}`);
		assertOwnHost(requestOptions, baseUrl, 'token');
		beginTest(requestOptions, credentials);
		return { ...requestOptions, headers: { ...requestOptions.headers, Authorization: `Bearer ${trimmedToken(token)}` } };
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl.trim().replace(/\\/+$/, "")}}',
			url: '=/{{$credentials.testPath.trim().replace(/^\\/+/, "")}}',
			headers: testMark,
			disableFollowRedirect: true,
		},
		rules: asRules(...RULES),
	};

	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject): Promise<IDataObject> {
		const { baseUrl, testPath, token, endpoints } = credentials;
		const unreadable = unreadableEndpoints(endpoints);
		if (unreadable) throw new Error(`${unreadable.message}. ${unreadable.fix ?? ''}`);
		const url = `${normalizeBaseUrl(baseUrl)}/${String(testPath ?? '').trim().replace(/^\/+/, '')}`;
		return await tryOut(this, 'Accutics', credentials, { url, headers: { Authorization: `Bearer ${trimmedToken(token)}` } }, RULES);
	}
}
