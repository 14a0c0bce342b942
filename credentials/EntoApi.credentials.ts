import type {
	IAuthenticate,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

import { HTTPS_ONLY, isConfidential, PROPOSED } from '../nodes/Ento/address';
import { addressOf, assertOwnHost } from '../nodes/shared/ownHost';

const WRONG_KEY = 'Ento does not accept this API key. Ento Support issues it, and switches the API on for the account';
const WRONG_PATH =
	'Ento answers and did not reject the API key, but has nothing at this address. Compare the base URL and the employees path with your API documentation';
const MOVED = 'Ento points to another address. Enter the address that it answers at itself as the base URL';

const rule = (value: number, message: string) => ({ type: 'responseCode' as const, properties: { value, message } });

export class EntoApi implements ICredentialType {
	name = 'entoApi';

	displayName = 'Ento API';

	icon = { light: 'file:../nodes/Ento/ento.svg', dark: 'file:../nodes/Ento/ento.dark.svg' } as const;

	documentationUrl = 'https://docs.api.ento.com';

	properties: INodeProperties[] = [
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
	];

	/** The key travels in its header only, to the host of the credential only, and never in the clear (vendors/ento.md §2, §5.5). */
	authenticate: IAuthenticate = async (credentials, requestOptions) => {
		if (!isConfidential(addressOf(requestOptions))) throw new Error(HTTPS_ONLY);
		assertOwnHost(requestOptions, credentials.baseUrl, 'API key');
		return { ...requestOptions, headers: { ...requestOptions.headers, 'x-api-key': String(credentials.apiKey).trim() } };
	};

	// Of the documented reads this is the cheapest that needs no ID (vendors/ento.md §5.1).
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl.trim().replace(/\\/+$/, "")}}',
			url: '={{"/" + $credentials.employeesPath.trim().replace(/^\\/+|\\/+$/g, "")}}',
			headers: { Accept: 'application/json' },
			// n8n would carry the key along to wherever a redirect leads.
			disableFollowRedirect: true,
		},
		rules: [
			rule(401, WRONG_KEY),
			rule(403, WRONG_KEY),
			rule(404, WRONG_PATH),
			rule(405, WRONG_PATH),
			...[301, 302, 303, 307, 308].map((status) => rule(status, MOVED)),
			rule(429, 'Ento receives too many requests at the moment. Try again in a minute'),
			rule(503, 'Ento is down for maintenance. Try again later'),
		],
	};
}
