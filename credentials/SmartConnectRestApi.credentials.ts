import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { originOf } from '../nodes/shared/addresses';
import { whereFrom } from '../nodes/shared/session/credentialNotice';
import { asRules, beginTest, onStatus, REDIRECTS, sessionTestMark } from '../nodes/shared/session/credentialTest';
import { addressOf } from '../nodes/shared/session/ownHost';
import { restHostOf, restTokenOwner } from '../nodes/SmartConnect/logIn/account';
import { logInToRest, REFUSED } from '../nodes/SmartConnect/logIn/restLogIn';

const MOVED = 'The REST API leads on to another address. Check the region, or enter the address that answers itself';
const HOST = '($credentials.region === "custom" ? $credentials.host : $credentials.region).trim().replace(/\\/+$/, "")';

export class SmartConnectRestApi implements ICredentialType {
	name = 'smartConnectRestApi';

	displayName = 'SmartConnect.com REST API';

	icon = { light: 'file:../nodes/SmartConnect/smartconnect.svg', dark: 'file:../nodes/SmartConnect/smartconnect.dark.svg' } as const;

	documentationUrl = 'https://github.com/n8n-nodes-backoffice/n8n-nodes-backoffice/blob/main/docs/smartconnect.md#smartconnectcom-rest-api';

	properties: INodeProperties[] = [
		whereFrom(
			'In SmartConnect.com, open System > API Settings > REST Application Registrations, add one of the type Web API, activate it, and copy Client ID and Client Secret. Whoever can open these settings in your company can give you both; username and password are those of a user of SmartConnect.com.',
			this.documentationUrl,
		),
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: '',
			required: true,
			description: 'In SmartConnect.com: System > API Settings > REST Application Registrations, of type Web API',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
		},
		{
			displayName: 'Username',
			name: 'username',
			type: 'string',
			default: '',
			required: true,
			description: 'Email of a user of SmartConnect.com',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
		},
		{
			displayName: 'Region',
			name: 'region',
			type: 'options',
			options: [
				{ name: 'Australia', value: 'https://apiau.smartconnect.com' },
				{ name: 'Europe', value: 'https://apieuw.smartconnect.com' },
				{ name: 'Europe 2', value: 'https://apieuw2.smartconnect.com' },
				{ name: 'North America', value: 'https://apina.smartconnect.com' },
				{ name: 'North America 2', value: 'https://apina2.smartconnect.com' },
				{ name: 'North America 3', value: 'https://apina3.smartconnect.com' },
				{ name: 'Other Address', value: 'custom' },
				{ name: 'United Kingdom', value: 'https://apieuk.smartconnect.com' },
			],
			default: 'https://apina.smartconnect.com',
			description: 'Where your SmartConnect.com company is hosted',
		},
		{
			displayName: 'Host',
			name: 'host',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://apina.smartconnect.com',
			displayOptions: { show: { region: ['custom'] } },
			description: 'Address of the REST API',
		},
		{
			displayName: 'Session Token',
			name: 'sessionToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
		{
			displayName: 'Refresh Token',
			name: 'refreshToken',
			type: 'hidden',
			typeOptions: { password: true },
			default: '',
		},
		{
			displayName: 'Session For',
			name: 'sessionFor',
			type: 'hidden',
			default: '',
		},
		{
			displayName: 'Session Until',
			name: 'sessionUntil',
			type: 'hidden',
			default: '',
		},
	];

	/** The token goes to the host of the REST API only, and not to its log-in. */
	authenticate: IAuthenticate = async (credentials, requestOptions) => {
		beginTest(requestOptions, credentials, credentials.sessionToken);
		if (!takesToken(credentials, requestOptions)) return requestOptions;
		return { ...requestOptions, headers: { ...requestOptions.headers, Authorization: `Bearer ${tokenOf(credentials)}` } };
	};

	// The log-in with the password: a refresh token that is still alive would not judge it.
	test: ICredentialTestRequest = {
		request: {
			baseURL: `={{ (/^https?:/i.test(${HOST}) ? "" : "https://") + ${HOST} }}`,
			url: '/token',
			method: 'POST',
			headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...sessionTestMark },
			disableFollowRedirect: true,
			body: {
				grant_type: 'password',
				username: '={{ $credentials.username.trim() }}',
				password: '={{ $credentials.password }}',
				client_id: '={{ $credentials.clientId.trim() }}',
				client_secret: '={{ $credentials.clientSecret.trim() }}',
			},
		},
		rules: asRules(...onStatus([400, 401, 403], REFUSED), ...onStatus(REDIRECTS, MOVED)),
	};

	/** Gets a token by the refresh token, or else by the password (smartconnect.md §4). */
	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject): Promise<IDataObject> {
		return await logInToRest(async (request) => (await this.helpers.httpRequest(request)) as unknown, credentials);
	}
}

function tokenOf(credentials: ICredentialDataDecryptedObject): string {
	return credentials.sessionFor === restTokenOwner(credentials) ? String(credentials.sessionToken) : 'none';
}

function takesToken(credentials: ICredentialDataDecryptedObject, requestOptions: IHttpRequestOptions): boolean {
	const address = addressOf(requestOptions);
	const host = restHostOf(credentials);
	const isOwnHost = originOf(address) !== undefined && originOf(address) === originOf(host);
	return isOwnHost && address !== `${host}/token`;
}
