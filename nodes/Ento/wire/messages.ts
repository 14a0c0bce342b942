import { isRecord, textOf } from '../../shared/guards';

/** Longer plain text is no message for people. */
const LONGEST_TEXT = 300;

/**
 * The service's own words in the body of a refusal. Its form isn't public (vendors/ento.md §2), so all common ones are looked for.
 * @param body the body as JSON, if it is that
 * @param text the body as it came
 */
export function messageIn(body: unknown, text: string): string | undefined {
	if (body === undefined) return plainText(text);
	if (!isRecord(body)) return textOf(body);
	const { message, error, errors, detail } = body;
	return textOf(message) ?? (isRecord(error) ? textOf(error.message) : undefined) ?? textOf(error) ?? joined(errors) ?? textOf(detail);
}

function plainText(text: string): string | undefined {
	const words = text.trim();
	return words === '' || words.startsWith('<') || words.length > LONGEST_TEXT ? undefined : words;
}

/** A list of texts or of objects with a message, or an object with texts by field. */
function joined(errors: unknown): string | undefined {
	const list: unknown[] = Array.isArray(errors)
		? errors
		: isRecord(errors)
			? Object.entries(errors).map(([field, said]) => `${field}: ${Array.isArray(said) ? said.join(', ') : String(said)}`)
			: [];
	const texts = list.map((entry) => (isRecord(entry) ? (textOf(entry.message) ?? textOf(entry.detail)) : textOf(entry)));
	return texts.filter((text) => text !== undefined).join('; ') || undefined;
}
