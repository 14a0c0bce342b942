import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	INodeProperties,
} from 'n8n-workflow';

import { tokenHeader } from '../nodes/EnDocsCloud/logIn/token';
import { normalizeBaseUrl } from '../nodes/shared/addresses';
import { whereFrom } from '../nodes/shared/session/credentialNotice';
import { asRules, beginTest, onBody, onServerFault, onStatus, REDIRECTS, testField, testMark, tryOut, type Rule } from '../nodes/shared/session/credentialTest';
import { assertOwnHost } from '../nodes/shared/session/ownHost';

const REFUSED =
	"EnDocs Cloud does not accept this token. Copy it again in EnDocs Cloud's settings, section 1C, with the button «Копировать токен»; if it is right, try another value of 'Send Token As'";
const UNKNOWN_ADDRESS = 'There is no EnDocs Cloud API at this base URL. Check it: usually it is https://api.endocs.cloud';
const NOT_ENDOCS = 'The address answers, but not in the way of the EnDocs Cloud API. Check the base URL: usually it is https://api.endocs.cloud';

const TEST_PATH = '/Output/GetClientUsers';
const RULES: Rule[] = [
	...onStatus([400, 401, 403], REFUSED),
	...onStatus([404, ...REDIRECTS], UNKNOWN_ADDRESS),
	...onServerFault('EnDocs Cloud'),
	// An answer with `error` is a refusal also under status 200 (vendors/endocs.md A6): whatever text or object it holds.
	...['String', 'Object'].map((value) => onBody('error.constructor.name', value, REFUSED)),
	// A text is what n8n could not read as JSON.
	onBody('constructor.name', 'String', NOT_ENDOCS),
];

export class EnDocsCloudApi implements ICredentialType {
	name = 'enDocsCloudApi';

	displayName = 'EnDocs Cloud API';

	icon = {
		light: 'file:../nodes/EnDocsCloud/enDocsCloud.svg',
		dark: 'file:../nodes/EnDocsCloud/enDocsCloud.dark.svg',
	} as const;

	documentationUrl = 'https://github.com/n8n-nodes-backoffice/n8n-nodes-backoffice/blob/main/docs/endocs.md#credential';

	properties: INodeProperties[] = [
		whereFrom(
			'In EnDocs Cloud, open Settings > 1C and click «Копировать токен», then paste the token below. If you do not get there, ask an administrator of your EnDocs Cloud account to copy it for you.',
			this.documentationUrl,
		),
		{
			displayName: 'API Token',
			name: 'apiToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: "Copy it in EnDocs Cloud's settings, section 1C, with the button «Копировать токен»",
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.endocs.cloud',
			required: true,
			description: 'Address of the EnDocs Cloud API; it may end with a path',
		},
		{
			displayName: 'Send Token As',
			name: 'sendAs',
			type: 'options',
			options: [
				{ name: 'Bearer', value: 'bearer', description: 'Header "Authorization" with the word "Bearer" before the token' },
				{ name: 'Custom Header', value: 'header', description: 'The token alone, in a header of your choice' },
				{ name: 'Plain', value: 'plain', description: 'Header "Authorization" with the token alone' },
			],
			default: 'bearer',
			description: 'EnDocs Cloud does not document in public how the token travels. If the test refuses a right token, try another way.',
		},
		{
			displayName: 'Header Name',
			name: 'headerName',
			type: 'string',
			default: '',
			required: true,
			displayOptions: { show: { sendAs: ['header'] } },
			placeholder: 'e.g. X-Token',
			description: 'Name of the header that holds the token',
		},
		testField,
	];

	/** The token goes to the host of the base URL only. */
	authenticate: IAuthenticate = async (credentials, requestOptions) => {
		const header = tokenHeader(credentials);
		assertOwnHost(requestOptions, credentials.baseUrl, 'token');
		beginTest(requestOptions, credentials);
		return { ...requestOptions, headers: { ...requestOptions.headers, ...header } };
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl.trim().replace(/\\/+$/, "")}}',
			url: TEST_PATH,
			headers: testMark,
			disableFollowRedirect: true,
		},
		rules: asRules(...RULES),
	};

	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject): Promise<IDataObject> {
		return await tryOut(this, 'EnDocs Cloud', credentials, { url: normalizeBaseUrl(credentials.baseUrl) + TEST_PATH, headers: tokenHeader(credentials) }, RULES);
	}
}
