import { refuse } from '../answer/failure';
import { isRecord } from '../guards';
import { timeObject } from './values';

/** What is left where something was made a text that is none: by JavaScript, and by Luxon, with which n8n's expressions calculate dates. */
const HOLLOW_TEXTS: ReadonlySet<string> = new Set(['NaN', 'Invalid Date', 'Invalid DateTime', '[object Object]']);
const LONGEST = Math.max(...[...HOLLOW_TEXTS].map((text) => text.length));
const FIX = 'Look at what its expression gives for this item: a calculation or a date in it came to nothing, or an object stands where a text should';

/**
 * Refuses what is no value of anything, also inside of lists and objects. JSON would make `null` of it, and texts keep the word: the service
 * would take either for what was meant.
 * @param parameter display name of the parameter
 * @param name of the value, where a parameter holds several
 * @throws FailureError `invalid input`
 */
export function assertMeant(parameter: string, value: unknown, name?: string): void {
	const found = hollowIn(value, name === undefined ? [] : [name]);
	if (!found) return;
	const { place, what } = found;
	refuse(parameter, `${place.length > 0 ? `"${place.join('.')}" ` : ''}comes to ${what}, which is no value`, FIX);
}

interface Hollow {
	readonly place: readonly string[];
	readonly what: string;
}

function hollowIn(value: unknown, place: readonly string[]): Hollow | undefined {
	const what = hollow(value);
	if (what !== undefined) return { place, what };
	if (typeof value !== 'object' || value === null || timeObject(value)) return undefined;
	const entries = Array.isArray(value) ? value.entries() : isRecord(value) ? Object.entries(value) : [];
	for (const [key, inner] of entries) {
		const found = hollowIn(inner, [...place, String(key)]);
		if (found) return found;
	}
	return undefined;
}

/** What a plain value is that is none. */
function hollow(value: unknown): string | undefined {
	if (typeof value === 'number') return Number.isFinite(value) ? undefined : String(value);
	if (typeof value === 'string') return value.length <= LONGEST + 2 && HOLLOW_TEXTS.has(value.trim()) ? value.trim() : undefined;
	const time = timeObject(value);
	return time && Number.isNaN(time.ms) ? 'an invalid date' : undefined;
}
