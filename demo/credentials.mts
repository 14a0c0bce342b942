import { ownerKey } from '../sandbox/entu/seed-known.mts';
import type { CredentialInput } from './api.mts';

/** One credential for each service of the sandbox at `url`. The example workflows refer to them by these names. */
export function exampleCredentials(url: string): CredentialInput[] {
	return [{ name: 'Entu (sandbox)', type: 'entuApi', data: { baseUrl: `${url}/entu`, database: 'labdb', apiKey: ownerKey } }];
}
