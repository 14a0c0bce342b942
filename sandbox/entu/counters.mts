import type { Fields } from './model.mts';

/** The last number of a text's line. */
const LAST_NUMBER = /\d+(?!.*\d)/;

export interface Counted {
	readonly string: string;
	readonly number: number;
}

/**
 * What a counter property is set to (§4.3): a text of its own with its last number made plain, or the highest
 * value so far with its last number gone up. Throws, as the service fails, on a text without a digit
 * and where the highest value has no text.
 */
export function countedValue(input: Fields, highest: () => Fields | undefined): Counted {
	if (input.string) {
		const number = lastNumber(input.string);
		if (number === undefined) throw new Error('A counter text needs a number');
		return { string: withNumber(input.string, number), number };
	}
	const step = typeof input.counter === 'number' ? input.counter : 1;
	const last = highest();
	if (!last) return { string: String(step), number: step };
	const found = lastNumber(last.string);
	if (found === undefined) return { string: `${String(last.string)}${step}`, number: step };
	return { string: withNumber(last.string, found + step), number: found + step };
}

function lastNumber(text: unknown): number | undefined {
	if (typeof text !== 'string') throw new Error('A counter needs a text');
	const digits = LAST_NUMBER.exec(text)?.[0];
	return digits === undefined ? undefined : Number.parseInt(digits, 10);
}

const withNumber = (text: unknown, number: number): string => String(text).replace(LAST_NUMBER, String(number));
