import type { IDataObject } from 'n8n-workflow';

import { refuse } from '../../shared/answer/failure';
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

/** `true` asks for the next value; anything else is set as it is (entu.md §4.3). */
function toCounter(definition: Definition, value: unknown): IDataObject {
	if (value === true || value === 'true') return { counter: 1 };
	return { counter: 1, string: toText(definition, value) };
}
