import type { IDataObject } from 'n8n-workflow';

import { fail } from '../../shared/answer/failure';
import type { Client } from '../../shared/service/client';
import { emailOf, encryptPassword, holdsKey, toAddress } from './account';

/**
 * Sends one of the two calls that take e-mail and password in place of a token (smartconnect.md §2.2). The public key is fetched
 * afresh each time, as the service demands.
 * @returns what the judge made of the answer
 */
export async function sendWithPassword(client: Client, path: '/GetToken' | '/GetCompanyList', query: IDataObject = {}): Promise<unknown> {
	const { text } = await client.sendPlain({
		url: `${toAddress(client.setting('loginUrl'))}/v1/public-key`,
		method: 'POST',
		effect: 'read',
		isExpected: holdsKey,
		fix: 'Check the Login URL in the credential: usually it is https://login.smartconnect.com',
	});
	return await client.send({
		method: 'POST',
		path,
		query,
		secretQuery: (credentials) => ({ email: emailOf(credentials), password: encrypted(text, credentials.password) }),
		effect: 'read',
		session: false,
		...(path === '/GetToken' ? { revealsToken: true } : {}),
	});
}

function encrypted(publicKey: string, password: unknown): string {
	try {
		return encryptPassword(publicKey, password);
	} catch (error) {
		return fail({ reason: 'log-in refused', message: error instanceof Error ? error.message : 'The password could not be encrypted' });
	}
}
