import type { IHttpRequestOptions } from 'n8n-workflow';

import { assertWebAddress, normalizeBaseUrl, originOf } from '../addresses';

/**
 * Where a request goes that a credential's `authenticate` is given, without its query. n8n's HTTP Request node still says `uri`, and the
 * test of a credential has the address in two parts.
 */
export function addressOf({ baseURL = '', url, uri }: IHttpRequestOptions & { readonly uri?: string }): string {
	const given = url ?? uri ?? '';
	return ((originOf(given) === undefined ? baseURL : '') + given).split('?')[0] ?? '';
}

/**
 * Keeps what is secret in a credential on the host of its base URL, whatever address the HTTP Request node is given.
 * @param secret what would travel, such as `API key`
 * @throws Error whose text is shown to the user, also for a base URL that is no web address
 */
export function assertOwnHost(request: IHttpRequestOptions, baseUrl: unknown, secret: string): void {
	const address = normalizeBaseUrl(baseUrl);
	assertWebAddress(address, 'base URL');
	const own = originOf(address);
	if (originOf(addressOf(request)) === own) return;
	throw new Error(`The ${secret} of this credential is sent to ${own} only. Correct the address of the request, or the base URL in the credential`);
}
