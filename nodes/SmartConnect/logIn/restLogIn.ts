import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { assertWebAddress } from '../../shared/addresses';
import { parseJson, type HttpResponse } from '../../shared/answer/outcome';
import { isRecord, textOf } from '../../shared/guards';
import { unclear, type Send } from '../../shared/session/logIn';
import { restHostOf, restTokenOwner } from './account';
import { ask } from './logIn';

/** A token is used for so long where the service doesn't say how long it lives, in s (smartconnect.md §4). */
const USUAL_LIFE_S = 1798;
/** A token is renewed so long before its end: a run must not begin with one that ends on the way, in s. */
const MARGIN_S = 60;

/**
 * Logs in to the REST API, with the refresh token if there is one that still works, else with the password.
 * @returns the fields of the credential that hold the session
 * @throws Error whose text is shown to the user
 */
export async function logInToRest(send: Send, credentials: ICredentialDataDecryptedObject): Promise<IDataObject> {
	assertWebAddress(restHostOf(credentials), 'host');
	const isOwn = credentials.sessionFor === restTokenOwner(credentials);
	const refreshToken = isOwn ? textOf(credentials.refreshToken) : undefined;
	const refreshed = refreshToken && sessionIn(await grant(send, credentials, { grant_type: 'refresh_token', refresh_token: refreshToken }), credentials);
	if (refreshed) return refreshed;
	const { username, password } = credentials;
	const answer = await grant(send, credentials, { grant_type: 'password', username: String(username).trim(), password });
	const session = sessionIn(answer, credentials);
	if (session) return session;
	if ([400, 401, 403].includes(answer.status)) throw new Error(REFUSED);
	return unclear(`The log-in to SmartConnect was not answered as expected (HTTP ${answer.status}). Check the ${ADDRESS} in the credential`, answer);
}

/** The fields that hold the address. */
const ADDRESS = 'region or the host';

export const REFUSED = 'SmartConnect does not accept this log-in. Check username, password, client ID and client secret, and the region';

async function grant(send: Send, credentials: ICredentialDataDecryptedObject, fields: IDataObject): Promise<HttpResponse> {
	const client = { client_id: String(credentials.clientId).trim(), client_secret: String(credentials.clientSecret).trim() };
	const body = new URLSearchParams({ ...fields, ...client } as Record<string, string>).toString();
	return await ask(send, ADDRESS, { url: `${restHostOf(credentials)}/token`, body, headers: { 'Content-Type': 'application/x-www-form-urlencoded' } });
}

function sessionIn({ status, text }: HttpResponse, credentials: ICredentialDataDecryptedObject): IDataObject | undefined {
	const said = status === 200 ? parseJson(text) : undefined;
	const sessionToken = isRecord(said) ? textOf(said.access_token) : undefined;
	if (!isRecord(said) || !sessionToken) return undefined;
	const life = Number(said.expires_in) > 0 ? Number(said.expires_in) : USUAL_LIFE_S;
	return {
		sessionToken,
		refreshToken: textOf(said.refresh_token) ?? '',
		sessionFor: restTokenOwner(credentials),
		sessionUntil: String(Date.now() + Math.max(life - MARGIN_S, life / 2) * 1000),
	};
}
