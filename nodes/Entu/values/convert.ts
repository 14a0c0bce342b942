import type { IDataObject } from 'n8n-workflow';

import { refuse } from '../../shared/answer/failure';
import { assertMeant } from '../../shared/operation/hollow';
import { shown, toSwitch, toText as plainText } from '../../shared/operation/values';
import { toDay, toMoment } from './dates';
import type { Definition } from './definitions';
import { toId } from './ids';

/**
 * What one value of a property is in Entu.
 * @param timeZone of dates that name none
 * @throws FailureError `invalid input` that names the property
 */
export function convert(definition: Definition, value: unknown, timeZone: string): IDataObject {
	switch (definition.type) {
		case 'number':
			return { number: toNumber(definition, value) };
		case 'boolean':
			return { boolean: toSwitch(definition.label, value) };
		case 'date':
			return { date: toDay(definition.label, value, timeZone) };
		case 'datetime':
			return { datetime: toMoment(definition.label, value, timeZone) };
		case 'reference':
			return { reference: toReference(definition, value) };
		case 'counter':
			return toCounter(definition, value);
		default:
			return { string: toText(definition, value) };
	}
}

function toText({ label, choices }: Definition, value: unknown): string {
	assertMeant(label, value);
	const given = plainText(value) ?? refuse(label, 'is an object where a text is expected', 'Give a text');
	// Filters compare in Unicode NFC (entu.md §5.2).
	const text = given.normalize('NFC');
	if (choices.length === 0 || choices.includes(text)) return text;
	return refuse(label, `"${text}" is not among its choices`, `Use one of: ${choices.join(', ')}`);
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function toNumber({ label }: Definition, value: unknown): number {
	const isNumber = typeof value === 'number' || typeof value === 'bigint' || (typeof value === 'string' && NUMBER.test(value.trim()));
	const number = isNumber ? Number(value) : NaN;
	if (!Number.isFinite(number)) refuse(label, `${shown(value)} is not a number`, 'Give a number such as 12 or 12.5');
	if (Number.isInteger(number) && !Number.isSafeInteger(number)) {
		refuse(label, `${shown(value)} has more digits than a number keeps`, 'Keep such numbers in a property of type string');
	}
	return number;
}

function toReference({ label }: Definition, value: unknown): string {
	return toId(value) ?? refuse(label, `${shown(value)} is not an Entu ID`, 'Give the 24 characters of the ID of the entity to refer to, or its link');
}

/** The last number of a text's line, as the server finds it. */
const LAST_NUMBER = /\d+(?!.*\d)/;

/** `true` asks for the next value; anything else is set, in the form that the server gives it (entu.md §4.3). */
function toCounter(definition: Definition, value: unknown): IDataObject {
	if (value === true || (typeof value === 'string' && value.trim().toLowerCase() === 'true')) return { counter: 1 };
	return { counter: 1, string: toCounterText(definition.label, toText(definition, value)) };
}

/**
 * The text of a counter as the server stores it, without leading zeros in its number; another one is never found again.
 * @param label of the property
 * @throws FailureError `invalid input` for a text without a digit, at which the server fails with half of the values written
 */
export function toCounterText(label: string, text: string): string {
	const [digits = refuse(label, `"${text}" holds no number, which a counter needs`, 'Give a text with a number such as INV-7, or true for the next one')] = LAST_NUMBER.exec(text) ?? [];
	if (!Number.isSafeInteger(Number(digits))) refuse(label, `The number in "${text}" has more digits than a counter keeps`, 'Keep such numbers in a property of type string');
	return text.replace(LAST_NUMBER, String(Number(digits)));
}
