import type { IAuthenticateRuleResponseCode, ICredentialTestRequest, IDataObject, IHttpRequestHelper, IHttpRequestOptions, INodeProperties } from 'n8n-workflow';

import { normalizeBaseUrl } from '../addresses';
import { NO_REDIRECTS } from '../redirects';
import { told } from './logIn';

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

/**
 * Call it in `authenticate`: sends a test through `preAuthentication` first.
 * @param token that n8n holds now; a test goes on when it is another than the one it began with
 * @throws Error that n8n takes for a 401
 */
export function beginTest({ headers }: IHttpRequestOptions, token: unknown = NO_SESSION): void {
	const mark: unknown = headers?.[MARK];
	if (!headers || mark === undefined) return;
	// n8n comes back with the same request.
	delete headers[MARK];
	if (mark === token) throw Object.assign(new Error('The test has only begun'), { response: { status: 401 } });
}

/**
 * For the `preAuthentication` of a credential without sessions: whether anybody answers at its base URL. Nothing secret is sent there.
 * @throws Error whose text is shown to the user
 */
export async function assertReachable({ helpers }: IHttpRequestHelper, baseUrl: unknown, service: string): Promise<IDataObject> {
	const request = { url: normalizeBaseUrl(baseUrl), encoding: 'text', ignoreHttpStatusErrors: true, ...NO_REDIRECTS, timeout: TIMEOUT_MS } as const;
	await told(service, 'base URL', async () => (await helpers.httpRequest(request)) as unknown);
	return {};
}

const TIMEOUT_MS = 30_000;

type Rule = IAuthenticateRuleResponseCode | { type: 'responseSuccessBody'; properties: { key: string; value: unknown; message: string } };

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
