import type { Request } from 'express';
import { EntoError } from './errors.mts';
import { earningRates, type Row } from './seed.mts';
import type { State } from './state.mts';

// The filters are documented, their spelling and exact effect are not (vendors/ento.md §3): all of that is assumed here.

export function staffFor(state: State, req: Request): Row[] {
	const firstName = text(req, 'first_name')?.toLowerCase();
	const status = text(req, 'status');
	if (status !== undefined && !['active', 'inactive'].includes(status)) throw new EntoError(400, 'status must be active or inactive');
	const deleted = flag(state, req, 'deleted') ?? false;
	const commencement = day(state, req, 'commencement_date');
	return state.list('staff').filter(
		(row) =>
			(row.deleted === true) === deleted &&
			(firstName === undefined || String(row.first_name).toLowerCase() === firstName) &&
			(status === undefined || row.status === status) &&
			(commencement === undefined || row.commencement_date === commencement),
	);
}

export function shiftsFor(state: State, req: Request): Row[] {
	const [first, last] = [day(state, req, 'start_date'), day(state, req, 'end_date')];
	if (first !== undefined && last !== undefined && last < first) throw new EntoError(400, 'end_date is before start_date');
	const assigned = flag(state, req, 'assigned');
	const [area, role] = [text(req, 'area'), text(req, 'role')];
	return state
		.list('shifts')
		.filter(
			(row) =>
				(first === undefined || String(row.date) >= first) &&
				(last === undefined || String(row.date) <= last) &&
				(area === undefined || row.area_id === area) &&
				(role === undefined || row.role_id === role) &&
				(assigned === undefined || (row.employee_id !== null) === assigned),
		)
		.map((row) => shiftFor(state, req, row));
}

/** A shift with what was asked for in addition. */
export function shiftFor(state: State, req: Request, shift: Row): Row {
	const role = flag(state, req, 'include_role') ? { role: state.find('roles', String(shift.role_id)) ?? null } : {};
	const employee = flag(state, req, 'include_employee') ? { employee: nameOf(state.find('staff', String(shift.employee_id))) } : {};
	const rates = ['true', '1', 'ER3'].includes(text(req, 'earning_rates') ?? '') ? { earning_rates: earningRates(shift) } : {};
	return { ...shift, ...role, ...employee, ...rates };
}

function nameOf(employee: Row | undefined): unknown {
	return employee ? { id: employee.id, first_name: employee.first_name, last_name: employee.last_name } : null;
}

function text(req: Request, name: string): string | undefined {
	const value = req.query[name];
	return typeof value === 'string' ? value : undefined;
}

function flag(state: State, req: Request, name: string): boolean | undefined {
	const value = text(req, name);
	if (value === undefined) return undefined;
	const taken = state.settings.booleans === 'oneZero' ? ['1', '0'] : ['true', 'false', '1', '0'];
	if (!taken.includes(value)) throw new EntoError(400, `${name} must be true or false`);
	return value === 'true' || value === '1';
}

function day(state: State, req: Request, name: string): string | undefined {
	const given = text(req, name);
	if (given === undefined) return undefined;
	const [, d, m, y] = /^(\d\d)\/(\d\d)\/(\d{4})$/.exec(given) ?? [];
	const value = state.settings.dates === 'yyyy-MM-dd' ? given : `${y}-${m}-${d}`;
	if (!/^\d{4}-\d{2}-\d{2}$/.test(value) || Number.isNaN(Date.parse(value))) throw new EntoError(400, `${name} must be a date such as 2025-05-12`);
	return value;
}
