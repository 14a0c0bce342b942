import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	INodeProperties,
} from 'n8n-workflow';

import { differencesIn } from '../nodes/Ento/values/differences';
import { HTTPS_ONLY, isConfidential, PROPOSED, unusable } from '../nodes/Ento/wire/address';
import { normalizeBaseUrl } from '../nodes/shared/addresses';
import { whereFrom } from '../nodes/shared/session/credentialNotice';
import { asRules, beginTest, onBody, onServerFault, onStatus, REDIRECTS, testField, testMark, tryOut, type Rule } from '../nodes/shared/session/credentialTest';
import { addressOf, assertOwnHost } from '../nodes/shared/session/ownHost';

const WRONG_KEY = 'Ento does not accept this API key. Enter the one that Ento Support has issued; Ento Support also switches the API on for the account';
const WRONG_PATH =
	'Ento answers and did not reject the API key, but has nothing at this address. Compare the base URL and the employees path with your API documentation';
const MOVED = 'Ento points to another address. Enter the address that it answers at itself as the base URL';
const NO_SHIFTS = 'The shifts path is empty. Enter where the API has the shifts, such as /shifts';
const NOT_ENTO = 'The address answers, but not in the way of an API. Compare the base URL and the employees path with your API documentation';

const RULES: Rule[] = [
	...onStatus([401, 403], WRONG_KEY),
	...onStatus([404, 405], WRONG_PATH),
	...onStatus(REDIRECTS, MOVED),
	...onStatus([429], 'Ento receives too many requests at the moment. Try again in a minute'),
	...onStatus([503], 'Ento is down for maintenance. Try again later'),
	...onServerFault('Ento'),
	// Nothing, or a web page.
	onBody('length', 0, NOT_ENTO),
	onBody('0', '<', NOT_ENTO),
];

export class EntoApi implements ICredentialType {
	name = 'entoApi';

	displayName = 'Ento API';

	icon = { light: 'file:../nodes/Ento/ento.svg', dark: 'file:../nodes/Ento/ento.dark.svg' } as const;

	documentationUrl = 'https://github.com/n8n-nodes-backoffice/n8n-nodes-backoffice/blob/main/docs/ento.md#credential';

	properties: INodeProperties[] = [
		whereFrom(
			'Ask Ento Support for the API key by chat or e-mail: they switch the API on for your account and issue its key. Addresses and paths below are proposals: compare them with your API documentation, and leave them as they are if you have none.',
			this.documentationUrl,
		),
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'Issued by Ento Support when it switches the API on for your account; ask by chat or e-mail',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: PROPOSED.baseUrl,
			required: true,
			description:
				'Address of the API, over HTTPS, with a version in its path if yours has one. What stands here is a proposal: compare it with your API documentation.',
		},
		{
			displayName: 'Employees Path',
			name: 'employeesPath',
			type: 'string',
			default: PROPOSED.employeesPath,
			required: true,
			description:
				'Where the API has the employees, below the base URL. What stands here is a proposal: compare it with your API documentation.',
		},
		{
			displayName: 'Shifts Path',
			name: 'shiftsPath',
			type: 'string',
			default: PROPOSED.shiftsPath,
			required: true,
			description:
				'Where the API has the shifts, below the base URL. What stands here is a proposal: compare it with your API documentation.',
		},
		{
			displayName: 'Locations Path',
			name: 'locationsPath',
			type: 'string',
			default: '',
			placeholder: 'e.g. /areas',
			description: 'Where the API has the locations, if it has them; then the nodes show their names. Without it, locations are offered by the IDs that shifts have.',
		},
		{
			displayName: 'Roles Path',
			name: 'rolesPath',
			type: 'string',
			default: '',
			placeholder: 'e.g. /roles',
			description: 'Where the API has the roles, if it has them. Without it, roles are offered by what shifts say of them.',
		},
		{
			displayName:
				'Paths and the names of parameters are proposals of this node: Ento gives its reference to customers. Compare them once with <a href="https://docs.api.ento.com" target="_blank">docs.api.ento.com</a>, or run <i>Account > Check</i> of the Ento node and paste what it gives out below.',
			name: 'differencesNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'API Differences',
			name: 'apiDifferences',
			type: 'json',
			default: '',
			placeholder: 'e.g. { "parameterNames": { "startDate": "from" }, "booleanFormat": "oneZero" }',
			description:
				'How the API of your account differs from the proposals, as JSON. Known are employeesPath, shiftsPath, locationsPath, rolesPath (they win over the fields above), parameterNames, booleanFormat, dateFormat, itemsProperty and paging; our documentation lists them all.',
		},
		testField,
	];

	/** The key travels in its header only, to the host of the credential only, and never in the clear (vendors/ento.md §2, §5.5). */
	authenticate: IAuthenticate = async (credentials, requestOptions) => {
		if (!isConfidential(addressOf(requestOptions))) throw new Error(HTTPS_ONLY);
		assertOwnHost(requestOptions, credentials.baseUrl, 'API key');
		beginTest(requestOptions, credentials);
		return { ...requestOptions, headers: { ...requestOptions.headers, 'x-api-key': String(credentials.apiKey).trim() } };
	};

	// Of the documented reads this is the cheapest that needs no ID (vendors/ento.md §5.1).
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl.trim().replace(/\\/+$/, "")}}',
			url: '={{"/" + (JSON.parse($credentials.apiDifferences || "{}").employeesPath || $credentials.employeesPath).trim().replace(/^\\/+|\\/+$/g, "")}}',
			headers: { Accept: 'application/json', ...testMark },
			// n8n would carry the key along to wherever a redirect leads.
			disableFollowRedirect: true,
			// Of a list without entries there would be nothing that the last rules could be tried on.
			encoding: 'text',
		},
		rules: asRules(...RULES),
	};

	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject): Promise<IDataObject> {
		const { baseUrl, apiKey } = credentials;
		// What the node would refuse is refused here, in the same words.
		const bad = unusable(credentials);
		if (bad) throw new Error(`The ${bad.parameter} ${bad.message}. ${bad.fix}`);
		const { employeesPath, shiftsPath } = { ...credentials, ...differencesIn(credentials.apiDifferences) };
		if (String(shiftsPath ?? '').trim() === '') throw new Error(NO_SHIFTS);
		const url = `${normalizeBaseUrl(baseUrl)}/${String(employeesPath ?? '').trim().replace(/^\/+|\/+$/g, '')}`;
		return await tryOut(this, 'Ento', credentials, { url, headers: { 'x-api-key': String(apiKey).trim() } }, RULES);
	}
}
