import { refuse } from '../answer/failure';

/**
 * Builds a path below the base URL: path`/library/entity/${id}`. What is put in is encoded as one segment.
 * @throws FailureError `invalid input` for an empty segment, `.` and `..`, which would lead to another address, and for what can't be encoded
 */
export function path(fixed: TemplateStringsArray, ...segments: string[]): string {
	return segments.reduce((built, segment, i) => built + toSegment(segment) + (fixed[i + 1] ?? ''), fixed[0] ?? '');
}

function toSegment(segment: string): string {
	if (segment === '' || segment === '.' || segment === '..') refuse('ID', `"${segment}" can't be part of an address`, 'Enter the ID of an existing record');
	assertWhole('ID', segment);
	return encodeURIComponent(segment);
}

/**
 * Stops at half of a character, as is left when a text is cut in the middle of an emoji: it can't be encoded.
 * @param parameter display name of the field that the text comes from
 * @throws FailureError `invalid input`
 */
export function assertWhole(parameter: string, text: string): void {
	if (/\p{Cs}/u.test(text)) refuse(parameter, `"${text.replace(/\p{Cs}/gu, '\uFFFD')}" holds half of a character, which can't be part of an address`, 'Look where the text is cut: an emoji counts as two');
}

/**
 * Stops at a path that begins with the host of the base URL: an address without https://.
 * @param parameter display name of the field
 * @throws FailureError `invalid input`
 */
export function assertNoHost(parameter: string, path: string, baseUrl: string): void {
	const host = URL.canParse(baseUrl) ? new URL(baseUrl).host : '';
	const [first = ''] = path.replace(/^[/\\]+/, '').split('/');
	if (host !== '' && first.toLowerCase() === host) refuse(parameter, `begins with "${first}", which is the host of the base URL`, 'Enter only what follows the base URL');
}
