import type { IDataObject } from 'n8n-workflow';

import { idIn, isRecord, textOf } from '../../shared/guards';
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

/** Since version 1.1 of the node, names stand in front of IDs, and every row has the columns for them. */
const NAMED_SHIFT = ['date', 'start', 'end', 'label', 'employee_name', 'employee_id', 'role_name', 'role_id', 'area_name', 'area_id', 'state', 'id'];
const NAMED_EMPLOYEE = ['full_name', 'first_name', 'last_name', 'status', 'deleted', 'commencement_date', 'primary_area_name', 'primary_area_id', 'role_names', 'roles', 'permissions', 'id'];

/** The names of locations and roles by ID, as far as they are known. */
export interface Names {
	readonly areas: ReadonlyMap<string, string>;
	readonly roles: ReadonlyMap<string, string>;
}

type Shape = (entry: IDataObject) => IDataObject;

export const namedShift = ({ areas, roles }: Names): Shape => ({ employee, role, area, ...shift }) => {
	const known: IDataObject = {
		employee_name: personIn(employee) ?? textOf(shift.employee_name) ?? null,
		employee_id: shift.employee_id ?? partOf(employee, 'id') ?? null,
		role_name: partOf(role, 'name') ?? shift.role_name ?? nameOf(roles, shift.role_id ?? partOf(role, 'id')),
		role_id: shift.role_id ?? partOf(role, 'id') ?? null,
		area_name: partOf(area, 'name') ?? shift.area_name ?? nameOf(areas, shift.area_id ?? partOf(area, 'id')),
		area_id: shift.area_id ?? partOf(area, 'id') ?? null,
	};
	return toRow({ ...shift, ...known }, NAMED_SHIFT, true);
};

export const namedEmployee = ({ areas, roles }: Names): Shape => (employee) => {
	const held = Array.isArray(employee.roles) ? (employee.roles as unknown[]) : [];
	const known: IDataObject = {
		...(areas.size > 0 ? { primary_area_name: nameOf(areas, employee.primary_area_id) } : {}),
		...(roles.size > 0 ? { role_names: held.map((id) => nameOf(roles, id) ?? id) as string[] } : {}),
	};
	return toRow({ ...employee, ...known }, NAMED_EMPLOYEE, true);
};

function personIn(employee: unknown): string | undefined {
	if (!isRecord(employee)) return undefined;
	const { first_name: first, last_name: last, full_name: full, name } = employee;
	return textOf(full) ?? textOf(name) ?? textOf([first, last].filter((part) => typeof part === 'string').join(' '));
}

function partOf(part: unknown, name: string): IDataObject[string] | undefined {
	return isRecord(part) ? part[name] : undefined;
}

function nameOf(names: ReadonlyMap<string, string>, id: unknown): string | null {
	return names.get(idIn(id) ?? '') ?? null;
}

/** The record for the output: as a row, or as Ento sent it. @param simplify what makes a row of it, which may need names first */
export async function shapeOf(call: Call, simplify: () => Promise<Shape>): Promise<Shape> {
	return call.isSimplified ? call.shape(await simplify()) : (entry) => entry;
}

/** At most ten plain fields: what is in an object gets its name (`role_name`), lists of plain values become text, all else is left out. */
/** @param isWhole whether all preferred fields are wanted, even more than that */
function toRow(entry: IDataObject, preferred: readonly string[], isWhole = false): IDataObject {
	const flat = flatten(entry);
	const first = preferred.filter((name) => name in flat);
	const names = [...first, ...Object.keys(flat).filter((name) => !preferred.includes(name))];
	const most = isWhole ? Math.max(first.length, MOST_FIELDS) : MOST_FIELDS;
	return Object.fromEntries(names.slice(0, most).map((name) => [name, flat[name]]));
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
