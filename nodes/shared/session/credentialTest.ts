import type { IAuthenticateRuleResponseCode, ICredentialDataDecryptedObject, ICredentialTestRequest, IDataObject, IHttpRequestHelper, IHttpRequestOptions, INodeProperties } from 'n8n-workflow';

import { isRecord } from '../guards';
import { assertAsked, told } from './logIn';
import { NO_REDIRECTS } from './redirects';

/*
 * Of a request that finds nobody, n8n shows the person who tests a credential nothing but a code such as ECONNREFUSED; of an error in
 * `preAuthentication` it shows the text. It calls that when a service answers 401. So each test begins as if the service had done so.
 */

const MARK = 'x-credential-test';
const NO_SESSION = 'none';

/** Headers for the `test.request` of a credential without sessions. */
export const testMark = { [MARK]: NO_SESSION };

/** The same for one with sessions: names the token that n8n holds, which may be older than the password that is tested. It never leaves. */
export const sessionTestMark = { [MARK]: '={{ $credentials.sessionToken }}' };

/** n8n calls the `preAuthentication` of those credentials only that have a field which can expire. This one does nothing else. */
export const testField: INodeProperties = {
	displayName: 'Session',
	name: 'session',
	type: 'hidden',
	typeOptions: { expirable: true },
	default: NO_SESSION,
};

/** The credentials of tests that have begun: n8n hands the same object to `authenticate` and to `preAuthentication`. */
const begun = new WeakSet<ICredentialDataDecryptedObject>();

/**
 * Call it in `authenticate`: sends a test through `preAuthentication` first.
 * @param token that n8n holds now; a test goes on when it is another than the one it began with
 * @throws Error that n8n takes for a 401
 */
export function beginTest({ headers }: IHttpRequestOptions, credentials: ICredentialDataDecryptedObject, token: unknown = NO_SESSION): void {
	const mark: unknown = headers?.[MARK];
	if (!headers || mark === undefined) return;
	// n8n comes back with the same request.
	delete headers[MARK];
	if (mark !== token) return;
	begun.add(credentials);
	throw Object.assign(new Error('The test has only begun'), { response: { status: 401 } });
}

/**
 * For the `preAuthentication` of a credential without sessions: sends what the test is about to send, and says what its rules say of the
 * status. Left to n8n, nobody would read it in the releases from 1.123 to 2.33: their errors forget the status of an answer. Where no test
 * has begun, as in the HTTP Request node, it does nothing.
 * @param request with the secret in it, to the host of the credential
 * @throws Error whose text is shown to the user
 */
export async function tryOut({ helpers }: IHttpRequestHelper, service: string, credentials: ICredentialDataDecryptedObject, { url, headers }: Pick<IHttpRequestOptions, 'url' | 'headers'>, rules: readonly Rule[]): Promise<IDataObject> {
	if (!begun.delete(credentials)) return {};
	const request = {
		url,
		headers: { Accept: 'application/json', ...headers },
		encoding: 'text',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		...NO_REDIRECTS,
		timeout: TIMEOUT_MS,
		abortSignal: AbortSignal.timeout(TIMEOUT_MS),
	} as const;
	const answer = await told(service, 'base URL', async () => (await helpers.httpRequest(request)) as unknown);
	const status = isRecord(answer) ? answer.statusCode : undefined;
	assertAsked(service, status);
	const refusal = rules.find(({ type, properties }) => type === 'responseCode' && properties.value === status);
	if (refusal) throw new Error(refusal.properties.message);
	return {};
}

const TIMEOUT_MS = 30_000;

/** What the test of a credential says of an answer. */
export type Rule = IAuthenticateRuleResponseCode | { type: 'responseSuccessBody'; properties: { key: string; value: unknown; message: string } };

/** n8n looks at the type of each rule; its own type wants all rules to be of one. */
export function asRules(...rules: readonly Rule[]): ICredentialTestRequest['rules'] {
	return rules as ICredentialTestRequest['rules'];
}

/** The answer to a test that is refused with one of these statuses. */
export function onStatus(statuses: readonly number[], message: string): Rule[] {
	return statuses.map((value) => ({ type: 'responseCode', properties: { value, message } }));
}

/** The answer to a test that is refused although the service answered 2xx; `key` is a path in the body. */
export function onBody(key: string, value: unknown, message: string): Rule {
	return { type: 'responseSuccessBody', properties: { key, value, message } };
}

export const REDIRECTS = [301, 302, 303, 307, 308] as const;

/** What to say when the service itself is in trouble. */
export function onServerFault(service: string): Rule[] {
	const statuses = [500, 502, 503, 504];
	return statuses.flatMap((status) => onStatus([status], `${service} could not process the request (HTTP ${status}). Try again later; if it stays, check the base URL`));
}
