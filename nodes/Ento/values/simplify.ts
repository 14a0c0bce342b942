import type { IDataObject } from 'n8n-workflow';

import { isRecord } from '../../shared/guards';
import type { Call } from '../../shared/operation/call';

const MOST_FIELDS = 10;

/**
 * The fields that a row is made of first, if the record has them. The names are those of Ento's import and export screens
 * (vendors/ento.md §3.6); what the API calls them isn't public, so that other fields fill the row up.
 */
const EMPLOYEE = ['full_name', 'first_name', 'last_name', 'status', 'deleted', 'commencement_date', 'roles', 'permissions', 'id', 'primary_area_id'];
const SHIFT = ['date', 'start', 'end', 'label', 'employee_first_name', 'employee_last_name', 'role_name', 'id', 'area_id', 'employee_id', 'role_id', 'state', 'type'];

export const simplifyEmployee = (employee: IDataObject): IDataObject => toRow(employee, EMPLOYEE);
export const simplifyShift = (shift: IDataObject): IDataObject => toRow(shift, SHIFT);

/** The record for the output: as a row, or as Ento sent it. */
export function shapeOf(call: Call, simplify: (entry: IDataObject) => IDataObject): (entry: IDataObject) => IDataObject {
	return call.shape(simplify);
}

/** At most ten plain fields: what is in an object gets its name (`role_name`), lists of plain values become text, all else is left out. */
function toRow(entry: IDataObject, preferred: readonly string[]): IDataObject {
	const flat = flatten(entry);
	const names = [...preferred.filter((name) => name in flat), ...Object.keys(flat).filter((name) => !preferred.includes(name))];
	return Object.fromEntries(names.slice(0, MOST_FIELDS).map((name) => [name, flat[name]]));
}

function flatten(entry: IDataObject): IDataObject {
	const flat: IDataObject = {};
	for (const [name, value] of Object.entries(entry)) {
		if (isRecord(value)) {
			for (const [inner, plain] of Object.entries(value)) if (isPlain(plain)) flat[`${name}_${inner}`] ??= plain;
		} else if (Array.isArray(value)) {
			if (value.every(isPlain)) flat[name] = value.join(', ');
		} else flat[name] = value;
	}
	return flat;
}

function isPlain(value: unknown): value is string | number | boolean | null {
	return typeof value !== 'object' || value === null;
}
