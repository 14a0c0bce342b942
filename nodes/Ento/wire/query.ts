import type { IDataObject } from 'n8n-workflow';

import { mapAll, refuse } from '../../shared/answer/failure';
import { isRecord, textOf } from '../../shared/guards';
import type { Call } from '../../shared/operation/call';
import { namedTexts, toQuery, toText } from '../../shared/operation/values';
import { differencesOf } from '../values/differences';
import { PROPOSED_NAMES, type ParameterName } from '../values/proposals';

/** A query with the names that this account uses. */
export function named(call: Call, values: Partial<Record<ParameterName, string>>): IDataObject {
	const own = call.object('options.parameterNames').names;
	const renamed: IDataObject = { ...differencesOf(call.client).parameterNames, ...(isRecord(own) ? own : {}) };
	const entries = Object.entries(values).map(([name, value]) => [textOf(String(renamed[name] ?? '').trim()) ?? PROPOSED_NAMES[name as ParameterName], value]);
	return Object.fromEntries(entries) as IDataObject;
}

/** A yes or no as the account writes it. */
export function yesOrNo(call: Call, yes: boolean): string {
	const format = call.optionalChoice('options.booleanFormat', BOOLEAN_FORMATS) ?? differencesOf(call.client).booleanFormat;
	return format === 'oneZero' ? String(Number(yes)) : String(yes);
}

export const BOOLEAN_FORMATS = ['trueFalse', 'oneZero'] as const;

/** The text for a value of a form or a query: a yes or no as the account writes it. */
export function writer(call: Call): (value: unknown) => string | undefined {
	return (value) => (typeof value === 'boolean' ? yesOrNo(call, value) : toText(value));
}

/** How the values of filters are read, where they are no texts. */
export type FilterReaders = Partial<Record<ParameterName, FilterReader>>;
type FilterReader = (call: Call, parameter: string) => string;

/** A filter that is a switch, as the account writes it. */
export const switchFilter = (call: Call, parameter: string): string => yesOrNo(call, call.flag(parameter));

/**
 * The filters that the user has added, as texts.
 * @throws FailureError `invalid input` for one without a value, which would find more than was meant
 */
export function filterValues(call: Call, readers: FilterReaders): Partial<Record<ParameterName, string>> {
	const names = Object.keys(call.object('filters')) as ParameterName[];
	return Object.fromEntries(mapAll(names, (name) => [name, filterValue(call, `filters.${name}`, readers[name])]));
}

function filterValue(call: Call, parameter: string, read: FilterReader = (given, name) => given.text(name)): string {
	return read(call, parameter) || refuse(call.label(parameter), 'is empty', 'Fill in the filter or remove it');
}

/** What the user wants to be added to each shift: since version 1.1 of the node in the main panel, before among the options. */
export function included(call: Call): ReadonlyArray<'employee' | 'role'> {
	const field = call.given('include') === undefined ? 'options.include' : 'include';
	return call.choices(field, ['employee', 'role']);
}

/** The parameters that ask for it. */
export function includes(call: Call): IDataObject {
	const chosen = included(call);
	const yes = yesOrNo(call, true);
	return named(call, {
		...(chosen.includes('employee') ? { includeEmployee: yes } : {}),
		...(chosen.includes('role') ? { includeRole: yes } : {}),
	});
}

/** The query parameters that the user wants to be sent as they are; they win over all others. */
export function additionalQuery(call: Call): IDataObject {
	return enteredQuery(call, 'options.additionalQuery');
}

/** The query of a list of names and values. */
export function enteredQuery(call: Call, parameter: string): IDataObject {
	return toQuery(call.label(parameter), pairs(call, parameter));
}

/**
 * Names and values of a fixed collection with the one group `entries`.
 * @throws FailureError `invalid input`
 */
export function pairs(call: Call, parameter: string): Array<[name: string, value: string]> {
	return namedTexts(call.label(parameter), call.object(parameter).entries, writer(call));
}
