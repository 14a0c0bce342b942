import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { assertWebAddress } from '../../shared/addresses';
import { parseJson, type HttpResponse } from '../../shared/answer/outcome';
import { askForSession, unclear, type Send } from '../../shared/session/logIn';
import { SERVICE } from '../wire/names';
import { apiUrlOf, customerIdOf, emailOf, encryptPassword, holdsKey, loginUrlOf, NO_KEY } from './account';

/**
 * Sends a request of a log-in so that every answer comes back as a value.
 * @param field of the credential that holds the address
 */
export async function ask(send: Send, field: string, request: Pick<IHttpRequestOptions, 'url' | 'qs' | 'body' | 'headers'>): Promise<HttpResponse> {
	return await askForSession(send, SERVICE, { ...request, method: 'POST' }, field);
}

/**
 * Logs in to the web service: public key, GetToken, validate (smartconnect.md §2.2).
 * @returns a token that the service has confirmed
 * @throws Error whose text is shown to the user
 */
export async function logIn(send: Send, credentials: ICredentialDataDecryptedObject): Promise<string> {
	assertWebAddress(apiUrlOf(credentials), 'API URL');
	assertWebAddress(loginUrlOf(credentials), 'Login URL');
	const key = await ask(send, 'Login URL', { url: `${loginUrlOf(credentials)}/v1/public-key` });
	if (key.status !== 200) unclear(unusable('The public key', key, 'Login URL'), key);
	if (!holdsKey(key.text)) unclear(NO_KEY, key);
	const password = encryptPassword(key.text, credentials.password);
	const qs = { email: emailOf(credentials), password, companyId: customerIdOf(credentials) };
	const answer = await ask(send, 'API URL', { url: `${apiUrlOf(credentials)}/GetToken`, qs });
	if ([400, 401, 403].includes(answer.status)) throw new Error(REFUSED);
	const token = answer.status === 200 ? parseJson(answer.text) : undefined;
	// How a wrong password is answered is not documented: all JSON, and a 204 in its place, is taken for a no, and the password not sent again.
	if (token === undefined && answer.status !== 204) return unclear(unusable('The log-in', answer, 'API URL'), answer);
	if (typeof token !== 'string' || token === '') throw new Error(unusable('The log-in', answer, 'API URL'));
	const validated = await ask(send, 'API URL', { url: `${apiUrlOf(credentials)}/validate`, qs: { token } });
	const isValid = parseJson(validated.text);
	if (isValid === true) return token;
	if (isValid === undefined) return unclear(NOT_VALID, validated);
	throw new Error(NOT_VALID);
}

const REFUSED =
	'SmartConnect does not accept this log-in. Check e-mail, password and Customer ID, and that the user has the security option "Active"';
const NOT_VALID = 'SmartConnect does not take its own new token. Check the API URL: it is shown in SmartConnect.com under System > API Settings';

function unusable(what: string, { status, text }: HttpResponse, field: string): string {
	const how = text.trim() === '' ? 'with nothing' : /^\s*</.test(text) ? 'with a web page' : 'in an unknown form';
	return `${what} was answered ${how} (HTTP ${status}). Check the ${field} in the credential; what is needed is shown in SmartConnect.com under System > API Settings`;
}
