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
import { apiUrlOf, tokenOwner } from '../nodes/SmartConnect/logIn/account';
import { logIn } from '../nodes/SmartConnect/logIn/logIn';

const MOVED = 'The API URL leads on to another address. Enter the address that answers itself: it is shown in SmartConnect.com under System > API Settings';

export class SmartConnectApi implements ICredentialType {
	name = 'smartConnectApi';

	displayName = 'SmartConnect.com API';

	icon = { light: 'file:../nodes/SmartConnect/smartconnect.svg', dark: 'file:../nodes/SmartConnect/smartconnect.dark.svg' } as const;

	documentationUrl = 'https://github.com/n8n-nodes-backoffice/n8n-nodes-backoffice/blob/main/docs/smartconnect.md#smartconnectcom-api';

	properties: INodeProperties[] = [
		whereFrom(
			'In SmartConnect.com, open System > API Settings and copy API URL and Customer ID. Every user who can log in there can give you both; email and password are those of a user of this company who has the security option "Active".',
			this.documentationUrl,
		),
		{
			displayName: 'API URL',
			name: 'apiUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://smartconnect-na-scheduler.azurewebsites.net/API',
			description: 'In SmartConnect.com: System > API Settings. The address depends on your region.',
		},
		{
			displayName: 'Customer ID',
			name: 'customerId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 7d0b7c1e-0000-4000-8000-0000000000c1',
			description: 'In SmartConnect.com: System > API Settings. A user of several companies needs a credential for each.',
		},
		{
			displayName: 'Email',
			name: 'email',
			type: 'string',
			placeholder: 'name@email.com',
			default: '',
			required: true,
			description: 'Of a user of this company who has the security option "Active"',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'With which this user logs in to SmartConnect.com',
		},
		{
			displayName: 'Login URL',
			name: 'loginUrl',
			type: 'string',
			default: 'https://login.smartconnect.com',
			description: 'Where passwords are encrypted for; leave it as it is unless SmartConnect.com tells you otherwise',
		},
		{
			displayName: 'Session Token',
			name: 'sessionToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
		{
			displayName: 'Session For',
			name: 'sessionFor',
			type: 'hidden',
			default: '',
		},
	];

	/** The token travels in the query, to the host of the API URL only; the calls that take a password go without it. */
	authenticate: IAuthenticate = async (credentials, requestOptions) => {
		beginTest(requestOptions, credentials, credentials.sessionToken);
		const query = (requestOptions.qs ?? {}) as IDataObject;
		const token = tokenOf(credentials);
		// A token that is there already is one to be validated, or one that n8n has just found to be over.
		const isGiven = 'token' in query && /\/validate$/i.test(addressOf(requestOptions));
		return { ...requestOptions, qs: isGiven || !takesToken(credentials, requestOptions) ? query : { ...query, token } };
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL:
				'={{ (/^https?:/i.test($credentials.apiUrl.trim()) ? "" : "https://") + $credentials.apiUrl.trim().replace(/\\/+$/, "") }}',
			url: '/validate',
			method: 'POST',
			headers: sessionTestMark,
			disableFollowRedirect: true,
		},
		rules: asRules(...onStatus(REDIRECTS, MOVED)),
	};

	/** Exchanges e-mail and password for a token, and makes sure that the service takes it (smartconnect.md §2.2). */
	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject): Promise<IDataObject> {
		const sessionToken = await logIn(async (request) => (await this.helpers.httpRequest(request)) as unknown, credentials);
		return { sessionToken, sessionFor: tokenOwner(credentials) };
	}
}

/** In place of a token that was made for somebody else. */
const NO_TOKEN = 'none';

function tokenOf(credentials: ICredentialDataDecryptedObject): string {
	return credentials.sessionFor === tokenOwner(credentials) ? String(credentials.sessionToken) : NO_TOKEN;
}

function takesToken(credentials: ICredentialDataDecryptedObject, requestOptions: IHttpRequestOptions): boolean {
	const address = addressOf(requestOptions);
	const isOwnHost = originOf(address) !== undefined && originOf(address) === originOf(apiUrlOf(credentials));
	return isOwnHost && !/\/(GetToken|GetCompanyList)$/i.test(new URL(address).pathname);
}
