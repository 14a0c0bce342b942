import { refuse } from '../answer/failure';

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
