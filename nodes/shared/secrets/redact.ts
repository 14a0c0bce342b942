const SHORTEST_SECRET = 4;
/** Shorter texts may stand in data by chance. */
const SHORTEST_IN_DATA = 12;
const MASK = '***';

/** Replaces each secret, also in its URL-encoded, form-encoded and base64 form and whatever its case, so that a text can be shown. */
export function redact(text: string, secrets: readonly string[]): string {
	// The longest first: a secret may be part of another one, whose rest would be left over.
	const forms = [...new Set(secrets.flatMap(formsOf))].sort((a, b) => b.length - a.length);
	return forms.reduce((shown, form) => shown.replace(new RegExp(literally(form), 'gi'), MASK), text);
}

/** The same for all texts inside a JSON value. */
export function redactJson<T>(value: T, secrets: readonly string[]): T {
	if (typeof value === 'string') return redact(value, secrets) as T;
	if (Array.isArray(value)) return value.map((entry: unknown) => redactJson(entry, secrets)) as T;
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value).map(([key, entry]) => [redact(key, secrets), redactJson<unknown>(entry, secrets)]);
	return Object.fromEntries(entries) as T;
}

/**
 * The same for data, which may be large: they are looked through quickly, and changed only if a secret is in them. Not for passwords and
 * the like, which data may hold by chance.
 */
export function redactData(text: string, keys: readonly string[]): string {
	const long = keys.filter((key) => key.trim().length >= SHORTEST_IN_DATA);
	const isThere = long.flatMap(formsOf).some((form) => text.includes(form) || text.includes(withSmallEscapes(form)));
	return isThere ? redact(text, long) : text;
}

/** As some servers URL-encode: `%2b` for `%2B`. */
function withSmallEscapes(form: string): string {
	return form.replace(/%[\dA-F]{2}/g, (escape) => escape.toLowerCase());
}

function formsOf(entered: string): string[] {
	const secret = entered.trim();
	if (secret.length < SHORTEST_SECRET) return [];
	const escaped = JSON.stringify(secret).slice(1, -1);
	const formEncoded = new URLSearchParams([['', secret]]).toString().slice(1);
	// White space around it is no secret, but changes what base64 makes of it.
	const base64 = [secret, entered].map((text) => Buffer.from(text).toString('base64'));
	return [secret, escaped, encodeURIComponent(wellFormed(secret)), formEncoded, ...base64];
}

/** Half of a character can't be URL-encoded: it is sent as a replacement character. */
function wellFormed(text: string): string {
	return text.replace(/\p{Cs}/gu, '\uFFFD');
}

function literally(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
