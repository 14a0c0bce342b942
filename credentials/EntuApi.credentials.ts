import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	INodeProperties,
} from 'n8n-workflow';

import { databaseOf, sessionOwner } from '../nodes/Entu/logIn/account';
import { assertWebAddress, normalizeBaseUrl } from '../nodes/shared/addresses';
import { parseJson } from '../nodes/shared/answer/outcome';
import { isRecord, recordsIn, textOf } from '../nodes/shared/guards';
import { whereFrom } from '../nodes/shared/session/credentialNotice';
import { asRules, beginTest, onBody, onStatus, REDIRECTS, sessionTestMark } from '../nodes/shared/session/credentialTest';
import { askForSession, unclear } from '../nodes/shared/session/logIn';
import { addressOf, assertOwnHost } from '../nodes/shared/session/ownHost';

const MOVED = 'The base URL leads on to another address. Enter the address that answers itself: usually it is https://api.entu.app';
const REFUSED =
	'Entu does not accept this API key for this database. Check the key, and that the database name is the one in your Entu address';

export class EntuApi implements ICredentialType {
	name = 'entuApi';

	displayName = 'Entu API';

	icon = { light: 'file:../nodes/Entu/entu.svg', dark: 'file:../nodes/Entu/entu.dark.svg' } as const;

	documentationUrl = 'https://github.com/n8n-nodes-backoffice/n8n-nodes-backoffice/blob/main/docs/entu.md#credential';

	properties: INodeProperties[] = [
		whereFrom(
			'In the Entu web app, open your own person, click Edit, add the property "entu_api_key" and copy the key, which is shown once. Everybody can make one for their own person; the owner of another entity, such as a robot with rights of its own, can make one for that.',
			this.documentationUrl,
		),
		{
			displayName: 'Database',
			name: 'database',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. museum',
			description: 'Name of the database, as it stands in the address of the web app: entu.app/museum',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'Made in the web app on the page of a person: edit it and add the property "entu_api_key". The key has the rights of that person.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.entu.app',
			required: true,
			description: 'Address of the Entu API, without the name of the database',
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

	/** The API key travels to the log-in only, the session token to all other addresses of the host. */
	authenticate: IAuthenticate = async (credentials, requestOptions) => {
		assertOwnHost(requestOptions, credentials.baseUrl, 'API key');
		beginTest(requestOptions, credentials, credentials.sessionToken);
		const secret = isLogIn(credentials, addressOf(requestOptions)) ? keyOf(credentials) : tokenOf(credentials);
		return { ...requestOptions, headers: { ...requestOptions.headers, Authorization: `Bearer ${String(secret)}` } };
	};

	// Judges the key also while an older session is still alive.
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl.trim().replace(/\\/+$/, "")}}',
			url: '=/auth?db={{encodeURIComponent($credentials.database.trim())}}',
			headers: sessionTestMark,
			disableFollowRedirect: true,
		},
		rules: asRules(...onStatus(REDIRECTS, MOVED), onBody('accounts.length', 0, REFUSED)),
	};

	/** Exchanges the API key for a session token (vendors/entu.md §3.1). A wrong key may be answered with 200 and no accounts. */
	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject): Promise<IDataObject> {
		const database = databaseOf(credentials);
		assertWebAddress(normalizeBaseUrl(credentials.baseUrl), 'base URL');
		const answer = await askForSession(async (request) => (await this.helpers.httpRequest(request)) as unknown, 'Entu', {
			url: `${normalizeBaseUrl(credentials.baseUrl)}/auth`,
			qs: { db: database },
			headers: { Authorization: `Bearer ${keyOf(credentials)}` },
		});
		const { status } = answer;
		const said = parseJson(answer.text);
		// 400: without a key.
		if ([400, 401, 403].includes(status)) throw new Error(REFUSED);
		if (status !== 200 || !isRecord(said) || !Array.isArray(said.accounts)) return unclear(unusable(status), answer);
		if (!recordsIn(said.accounts).some(({ _id, name }) => _id === database || name === database)) throw new Error(REFUSED);
		const token = textOf(said.token);
		if (!token) return unclear(unusable(status), answer);
		return { sessionToken: token, sessionFor: sessionOwner(credentials) };
	}
}

/** Without the blanks and line ends that come along when a key is pasted. */
function keyOf(credentials: ICredentialDataDecryptedObject): string {
	return String(credentials.apiKey ?? '').trim();
}

/** In place of a token that was made for another key or database: Entu answers 401, whereupon n8n logs in. */
const NO_TOKEN = 'none';

function tokenOf(credentials: ICredentialDataDecryptedObject): unknown {
	return credentials.sessionFor === sessionOwner(credentials) ? credentials.sessionToken : NO_TOKEN;
}

function isLogIn(credentials: ICredentialDataDecryptedObject, address: string): boolean {
	return address === `${normalizeBaseUrl(credentials.baseUrl)}/auth`;
}

function unusable(status: number): string {
	return `The log-in to Entu was not answered as expected (HTTP ${status}). Check the base URL: usually it is https://api.entu.app`;
}
