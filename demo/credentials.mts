import { known as endocs } from '../sandbox/endocs/seed.mts';
import { ownerKey } from '../sandbox/entu/seed-known.mts';
import type { CredentialInput } from './api.mts';

/** One credential for each service of the sandbox at `url`. The example workflows refer to them by these names. */
export function exampleCredentials(url: string): CredentialInput[] {
	return [
		{ name: 'Entu account', type: 'entuApi', data: { baseUrl: `${url}/entu`, database: 'labdb', apiKey: ownerKey } },
		{ name: 'EnDocs Cloud (sandbox)', type: 'enDocsCloudApi', data: { baseUrl: `${url}/endocs`, apiToken: endocs.token } },
	];
}
