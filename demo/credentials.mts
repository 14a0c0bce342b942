import { editorToken } from '../sandbox/accutics/seed.mts';
import { known as endocs } from '../sandbox/endocs/seed.mts';
import { apiKey } from '../sandbox/ento/seed.mts';
import { ownerKey } from '../sandbox/entu/seed-known.mts';
import { consultant, known as smartConnect, restClient } from '../sandbox/smartconnect/seed.mts';
import type { CredentialInput } from './api.mts';

const namedEndpoints = ['Items = /sandbox/items', 'Briefs = /sandbox/briefs', 'Options = /sandbox/options', 'Groups = /sandbox/groups'].join('\n');

/** One credential of each type, for the sandbox at `url`. The example workflows refer to them by these names. */
export function exampleCredentials(url: string): CredentialInput[] {
	return [
		{
			name: 'Accutics (sandbox)',
			type: 'accuticsApi',
			data: { baseUrl: `${url}/accutics`, token: editorToken, testPath: '/sandbox/items', endpoints: namedEndpoints, updateMethod: 'PATCH' },
		},
		{ name: 'EnDocs Cloud (sandbox)', type: 'enDocsCloudApi', data: { baseUrl: `${url}/endocs`, apiToken: endocs.token } },
		{
			name: 'Ento (sandbox)',
			type: 'entoApi',
			data: { baseUrl: `${url}/ento`, apiKey, employeesPath: '/staff', shiftsPath: '/shifts', locationsPath: '/areas', rolesPath: '/roles' },
		},
		{ name: 'Entu (sandbox)', type: 'entuApi', data: { baseUrl: `${url}/entu`, database: 'labdb', apiKey: ownerKey } },
		{
			name: 'SmartConnect REST API (sandbox)',
			type: 'smartConnectRestApi',
			data: {
				region: 'custom',
				host: `${url}/smartconnect/rest`,
				username: consultant.email,
				password: consultant.password,
				...restClient,
			},
		},
		// Last of its service: n8n picks the newest one.
		{
			name: 'SmartConnect (sandbox)',
			type: 'smartConnectApi',
			data: {
				apiUrl: `${url}/smartconnect/API`,
				loginUrl: `${url}/smartconnect/login`,
				customerId: smartConnect.companyA,
				...consultant,
			},
		},
	];
}
