/** The base URL as all requests use it: trimmed, without trailing slashes. */
export function normalizeBaseUrl(url: unknown): string {
	return String(url ?? '').trim().replace(/\/+$/, '');
}

/**
 * For the log-in and the test of a credential, where nothing else looks at the address before n8n sends to it.
 * @throws Error whose text is shown to the user, for what is no web address
 */
export function assertWebAddress(url: string, field: string): void {
	if (!/^https?:/i.test(url) || originOf(url) === undefined) {
		throw new Error(`The ${field} in the credential is no web address. Enter one that begins with https://`);
	}
}

/** Scheme, host and port of an address, or nothing when it is none. */
export function originOf(url: string): string | undefined {
	return URL.canParse(url) ? new URL(url).origin : undefined;
}
