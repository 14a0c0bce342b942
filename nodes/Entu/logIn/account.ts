import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { normalizeBaseUrl } from '../../shared/addresses';
import { fingerprint } from '../../shared/fingerprint';

export function databaseOf(credentials: ICredentialDataDecryptedObject): string {
	return String(credentials.database ?? '').trim();
}

/** Identifies the account that a session token belongs to: the same database and key at the same address. */
export function sessionOwner(credentials: ICredentialDataDecryptedObject): string {
	return fingerprint([normalizeBaseUrl(credentials.baseUrl), databaseOf(credentials), credentials.apiKey]);
}
