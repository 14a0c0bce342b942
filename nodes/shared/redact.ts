const SHORTEST_SECRET = 4;
const MASK = '***';

/** Replaces each secret, also in its URL-encoded and base64 form and whatever its case, so that a text can be shown. */
export function redact(text: string, secrets: readonly string[]): string {
	return secrets.flatMap(formsOf).reduce((shown, form) => shown.replace(new RegExp(literally(form), 'gi'), MASK), text);
}

/** The same for all texts inside a JSON value. */
export function redactJson<T>(value: T, secrets: readonly string[]): T {
	if (typeof value === 'string') return redact(value, secrets) as T;
	if (Array.isArray(value)) return value.map((entry: unknown) => redactJson(entry, secrets)) as T;
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value).map(([key, entry]) => [redact(key, secrets), redactJson<unknown>(entry, secrets)]);
	return Object.fromEntries(entries) as T;
}

function formsOf(secret: string): string[] {
	if (secret.length < SHORTEST_SECRET) return [];
	const escaped = JSON.stringify(secret).slice(1, -1);
	const forms = [secret, escaped, encodeURIComponent(secret), Buffer.from(secret).toString('base64')];
	return [...new Set(forms)].sort((a, b) => b.length - a.length);
}

function literally(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
