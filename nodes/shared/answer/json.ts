import { randomUUID } from 'node:crypto';

/** As many digits as the smallest whole number has that JavaScript can't tell from its neighbours. */
const LONG = 16;
const DIGIT_0 = 48;
const DIGIT_9 = 57;
/** A whole number outside of texts; not the digits of a fraction or an exponent. */
const LONG_WHOLE_NUMBER = /(?<![\d.eE+-])-?[1-9]\d{15,}(?![\d.eE])/g;
const QUOTE = 34;
const POINT = 46;

/** What is nested deeper can be read, but neither written nor kept by n8n. */
const DEEPEST = 1000;
/** As what is nested so deep ends, where it is written without blanks. */
const DEEP_ENDS = [']', '}', '}]'].map((end) => end.repeat(DEEPEST / 2));

/**
 * The value of a JSON text, as `JSON.parse` gives it, but for whole numbers beyond ±(2^53 − 1): these become texts, so that none of
 * their digits is lost. For what a service answers.
 * @throws SyntaxError, also for what is nested too deeply
 */
export function readJson(text: string): unknown {
	const value: unknown = JSON.parse(text);
	if (mayBeTooDeep(text) && isTooDeep(value)) throw new SyntaxError('The JSON is nested too deeply');
	// Only what `JSON.parse` takes may be rewritten: a number in the place of a name would pass else.
	return holdsLongNumber(text) ? JSON.parse(withLongNumbersAs(text, (digits) => `"${digits}"`)) : value;
}

/** Whether a text ends as JSON does that n8n can't keep. */
export function mayBeTooDeep(text: string): boolean {
	return DEEP_ENDS.some((end) => text.includes(end));
}

function isTooDeep(value: unknown): boolean {
	let level = [value];
	for (let depth = 0; depth <= DEEPEST; depth++) level = level.flatMap((entry) => (typeof entry === 'object' && entry !== null ? Object.values(entry) : []));
	return level.length > 0;
}

/**
 * The same for what a user gives, where such numbers become `bigint`: `writeJson` writes them as numbers again.
 * @throws SyntaxError
 */
export function readGivenJson(text: string): unknown {
	const value: unknown = JSON.parse(text);
	if (!holdsLongNumber(text)) return value;
	const mark = randomUUID();
	const marked = withLongNumbersAs(text, (digits) => `"${mark}${digits}"`);
	return JSON.parse(marked, (_, entry: unknown) => (typeof entry === 'string' && entry.startsWith(mark) ? BigInt(entry.slice(mark.length)) : entry));
}

/** The JSON text of a value, `bigint` as a number with all its digits. */
export function writeJson(value: unknown): string {
	const mark = randomUUID();
	let isMarked = false;
	const text = JSON.stringify(value, function (this: Record<string, unknown>, key, entry: unknown) {
		// From where it stands: n8n has given `bigint` a `toJSON`, which makes a text of it before it comes here.
		const given = this[key];
		if (typeof given !== 'bigint') return entry;
		isMarked = true;
		return mark + given.toString();
	});
	return isMarked ? text.replace(new RegExp(`"${mark}(-?\\d+)"`, 'g'), '$1') : text;
}

/**
 * Whether a number may be in the text that is too long. Every answer passes through here, so that it looks at each 16th character
 * only: a run of 16 digits covers one of these, and a second one 8 characters before or behind.
 */
function holdsLongNumber(text: string): boolean {
	for (let i = LONG - 1; i < text.length; i += LONG) {
		if (!isDigit(text.charCodeAt(i))) continue;
		if (isDigit(text.charCodeAt(i - LONG / 2)) || isDigit(text.charCodeAt(i + LONG / 2))) {
			if (isLongNumber(text, i)) return true;
		}
	}
	return false;
}

/** Whether the digit belongs to a long whole number; most long runs are texts or fractions. */
function isLongNumber(text: string, digit: number): boolean {
	let start = digit;
	while (isDigit(text.charCodeAt(start - 1))) start--;
	const before = text.charCodeAt(start - 1);
	if (before === QUOTE || before === POINT) return false;
	let end = digit + 1;
	while (isDigit(text.charCodeAt(end))) end++;
	return end - start >= LONG;
}

function isDigit(code: number): boolean {
	return code >= DIGIT_0 && code <= DIGIT_9;
}

/** @param text valid JSON */
function withLongNumbersAs(text: string, form: (digits: string) => string): string {
	const parts: string[] = [];
	let written = 0;
	let next = nextText(text, 0);
	for (const { 0: digits, index } of text.matchAll(LONG_WHOLE_NUMBER)) {
		while (next.end <= index) next = nextText(text, next.end);
		const isInText = next.start < index;
		if (isInText || Number.isSafeInteger(Number(digits))) continue;
		parts.push(text.slice(written, index), form(digits));
		written = index + digits.length;
	}
	return parts.join('') + text.slice(written);
}

/** The first text in quotation marks from here on; infinitely far if there is none. */
function nextText(json: string, from: number): { start: number; end: number } {
	const start = json.indexOf('"', from);
	return start < 0 ? { start: Infinity, end: Infinity } : { start, end: endOfText(json, start) };
}

/** Where the text that begins with this quotation mark ends. */
function endOfText(text: string, quote: number): number {
	for (let end = text.indexOf('"', quote + 1); end >= 0; end = text.indexOf('"', end + 1)) {
		let escapes = 0;
		while (text[end - 1 - escapes] === '\\') escapes++;
		if (escapes % 2 === 0) return end + 1;
	}
	return text.length;
}
