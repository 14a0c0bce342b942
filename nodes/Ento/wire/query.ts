import type { IDataObject } from 'n8n-workflow';

import { refuse } from '../../shared/answer/failure';
import { isRecord, recordsIn, textOf } from '../../shared/guards';
import type { Call } from '../../shared/operation/call';

/**
 * What the API calls its parameters, by ours: proposals for what Ento documents without spelling (vendors/ento.md §3), each of which
 * the user can replace under 'Parameter Names'.
 */
export const PROPOSED_NAMES = {
	area: 'area',
	assigned: 'assigned',
	commencementDate: 'commencement_date',
	deleted: 'deleted',
	earningRates: 'earning_rates',
	endDate: 'end_date',
	firstName: 'first_name',
	includeEmployee: 'include_employee',
	includeRole: 'include_role',
	role: 'role',
	startDate: 'start_date',
	status: 'status',
} as const;

export type ParameterName = keyof typeof PROPOSED_NAMES;

/** A query with the names that this account uses. */
export function named(call: Call, values: Partial<Record<ParameterName, string>>): IDataObject {
	const own = call.object('options.parameterNames').names;
	const renamed = isRecord(own) ? own : {};
	const entries = Object.entries(values).map(([name, value]) => [textOf(String(renamed[name] ?? '').trim()) ?? PROPOSED_NAMES[name as ParameterName], value]);
	return Object.fromEntries(entries) as IDataObject;
}

/** A yes or no as the account writes it. */
export function yesOrNo(call: Call, yes: boolean): string {
	return call.option('booleanFormat') === 'oneZero' ? String(Number(yes)) : String(yes);
}

/**
 * The filters that the user has added, as texts; a switch as the account writes it.
 * @throws FailureError `invalid input` for one without a value, which would find more than was meant
 */
export function filterValues(call: Call, switches: readonly ParameterName[] = []): Partial<Record<ParameterName, string>> {
	const names = Object.keys(call.object('filters')) as ParameterName[];
	return Object.fromEntries(names.map((name) => [name, filterValue(call, name, switches.includes(name))]));
}

function filterValue(call: Call, name: ParameterName, isSwitch: boolean): string {
	const text = call.text(`filters.${name}`);
	if (text === '') return refuse(call.label(name), 'is empty', 'Fill in the filter or remove it');
	if (!isSwitch) return text;
	if (!/^(true|false)$/i.test(text)) return refuse(call.label(name), `"${text}" is neither true nor false`, 'Give true or false');
	return yesOrNo(call, text.toLowerCase() === 'true');
}

/** What the user asked to be added to each shift. */
export function includes(call: Call): IDataObject {
	const chosen: unknown = call.object('options').include;
	const wants = (what: string): boolean => Array.isArray(chosen) && chosen.includes(what);
	const yes = yesOrNo(call, true);
	return named(call, { ...(wants('employee') ? { includeEmployee: yes } : {}), ...(wants('role') ? { includeRole: yes } : {}) });
}

/** The query parameters that the user wants to be sent as they are; they win over all others. */
export function additionalQuery(call: Call): IDataObject {
	return toQuery(pairs(call, 'options.additionalQuery'));
}

/** A query of names and values; a name that comes several times gets all its values. */
export function toQuery(entries: ReadonlyArray<readonly [name: string, value: string]>): IDataObject {
	const query: Record<string, string[]> = {};
	for (const [name, value] of entries) (query[name] ??= []).push(value);
	return query;
}

/**
 * Names and values of a fixed collection with the one group `entries`, in their order.
 * @throws FailureError `invalid input` for a value without a name
 */
export function pairs(call: Call, parameter: string): Array<[name: string, value: string]> {
	return recordsIn(call.object(parameter).entries).flatMap(({ name, value }): Array<[string, string]> => {
		const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');
		const known = String(name ?? '').trim();
		if (known !== '') return [[known, text]];
		return text === '' ? [] : refuse(call.label(parameter), `The value "${text}" has no name`, 'Give its name, or remove it');
	});
}
