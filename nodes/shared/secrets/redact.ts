import { Finder } from './finder';
import { PIECE } from './forms';

const MASK = '***';

/**
 * Replaces each secret so that a text can be shown: whatever its case, however escaped (addresses, JSON, HTML, up to three times), in base64
 * and hex, and pieces of 12 or more characters.
 */
export function redact(text: string, secrets: readonly string[]): string {
	return maskedIn(text, new Finder(secrets));
}

/** The same for all texts inside a JSON value. */
export function redactJson<T>(value: T, secrets: readonly string[]): T {
	return maskedInJson(value, new Finder(secrets)) as T;
}

/** The same for data, which may be large. Not for passwords and the like, which data may hold by chance, nor for short keys. */
export class DataRedactor {
	private readonly finder: Finder;

	constructor(keys: readonly string[]) {
		this.finder = new Finder(keys.filter((key) => key.trim().length >= PIECE));
	}

	text(text: string): string {
		return this.finder.isInLong(text) ? this.finder.masked(text, MASK) : text;
	}

	json<T>(value: T): T {
		return maskedInJson(value, this.finder) as T;
	}
}

function maskedInJson(value: unknown, finder: Finder): unknown {
	if (typeof value === 'string') return maskedIn(value, finder);
	if (Array.isArray(value)) return value.map((entry: unknown) => maskedInJson(entry, finder));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, entry]) => [maskedIn(key, finder), maskedInJson(entry, finder)]));
}

/** Nearly always as it is. */
function maskedIn(text: string, finder: Finder): string {
	return finder.isIn(text) ? finder.masked(text, MASK) : text;
}
