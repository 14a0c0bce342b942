import { refuse } from '../../shared/answer/failure';
import type { Call } from '../../shared/operation/call';

const GUID = /^\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?$/i;
/** Stands in some answers in place of an ID (smartconnect.md §3.2). */
export const NO_ID = '00000000-0000-0000-0000-000000000000';

/**
 * The ID in a parameter.
 * @throws FailureError `invalid input`
 */
export function requiredId(call: Call, parameter: string): string {
	const text = call.requiredText(parameter);
	const id = GUID.exec(text)?.[1];
	if (!id) return refuse(call.label(parameter), `"${text}" is not an ID of SmartConnect`, HOW);
	return id === NO_ID ? refuse(call.label(parameter), 'The ID consists of zeros, which stands for none', HOW) : id;
}

/** The number of a run where it is given; nothing for a blank or 0. */
export function optionalRunNumber(call: Call): number | undefined {
	const number = call.number('runNumber', 0);
	return number === 0 ? undefined : checked(call, number);
}

/** @throws FailureError `invalid input` */
export function requiredRunNumber(call: Call): number {
	return checked(call, call.number('runNumber', 0));
}

function checked(call: Call, number: number): number {
	if (Number.isInteger(number) && number > 0) return number;
	return refuse(call.label('runNumber'), `${number} is not the number of a run`, 'Enter a whole number from 1, as Run > Get Many gives it');
}

const HOW = 'Pick from the list, or enter an ID such as 7d0b7c1e-0000-4000-8000-0000000000a1';
