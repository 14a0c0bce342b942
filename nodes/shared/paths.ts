import { refuse } from './failure';

/**
 * Builds a path below the base URL: path`/library/entity/${id}`. What is put in is encoded as one segment.
 * @throws FailureError `invalid input` for an empty segment, `.` and `..`, which would lead to another address, and for what can't be encoded
 */
export function path(fixed: TemplateStringsArray, ...segments: string[]): string {
	return segments.reduce((built, segment, i) => built + toSegment(segment) + (fixed[i + 1] ?? ''), fixed[0] ?? '');
}

function toSegment(segment: string): string {
	// `Cs`: half of a character, as is left when a text is cut in the middle of an emoji.
	if (segment === '' || segment === '.' || segment === '..' || /\p{Cs}/u.test(segment)) {
		refuse('ID', `"${segment}" can't be part of an address`, 'Enter the ID of an existing record');
	}
	return encodeURIComponent(segment);
}

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
