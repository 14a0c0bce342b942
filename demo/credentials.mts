import type { CredentialInput } from './api.mts';

/** One credential for each service of the sandbox at `url`. Workflows refer to them by these names. */
export function exampleCredentials(url: string): CredentialInput[] {
	return [{ name: 'Entu account', type: 'entuApi', data: { baseUrl: `${url}/entu`, database: 'demo', apiKey: 'demo' } }];
}
