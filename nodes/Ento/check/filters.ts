import type { IDataObject } from 'n8n-workflow';

import { idIn, isRecord, textOf } from '../../shared/guards';
import { momentIn } from '../../shared/operation/dates';
import { saidOf, type Probed, type Prober } from '../../shared/operation/probe';
import { DATE_FORMAT, PROPOSED_NAMES, type ParameterName } from '../values/proposals';
import { listedIn, type Found } from './findings';
import type { Placed } from './paths';

/** Likely names of parameters, ours first; all are tried in pairs or more at once, since each shows in other fields of the records. */
const DATES: ReadonlyArray<readonly [startDate: string, endDate: string]> = [
	['start_date', 'end_date'],
	['from', 'to'],
	['date_from', 'date_to'],
	['start', 'end'],
];
const FORMATS = [DATE_FORMAT, 'dd/MM/yyyy'];
const PLACES: ReadonlyArray<readonly [area: string, role: string]> = [
	['area', 'role'],
	['area_id', 'role_id'],
	['location', 'position'],
];
const SWITCHES: ReadonlyArray<readonly [assigned: string, includeEmployee: string, includeRole: string]> = [
	['assigned', 'include_employee', 'include_role'],
	['has_staff', 'with_staff', 'with_role'],
];

/** Which filters of shifts narrow down what is sent, under which names and in which form; the others are ignored, or refused. */
export async function findFilters(prober: Prober, found: Found, shifts: Placed): Promise<void> {
	const all = shifts.records;
	const sample = all.find((shift) => idIn(shift.employee_id) !== undefined && dayIn(shift) !== undefined) ?? all.find((shift) => dayIn(shift) !== undefined);
	if (!sample) return void found.findings.push({ setting: 'parameterNames', value: '', evidence: `Not looked for: ${shifts.path} sent no shift whose day can be read` });
	await findDates(prober, found, shifts, sample);
	await findPlaces(prober, found, shifts, sample);
	await findSwitches(prober, found, shifts);
}

async function findDates(prober: Prober, found: Found, { path, records: all }: Placed, sample: IDataObject): Promise<void> {
	const day = dayIn(sample) ?? '';
	const tried: string[] = [];
	for (const [start, end] of DATES) {
		for (const format of FORMATS) {
			const value = momentIn(Date.parse(`${day}T00:00:00Z`), 'UTC').toFormat(format);
			const probed = await prober.ask(path, { [start]: value, [end]: value });
			if (!probed) break;
			const records = listedIn(probed)?.records;
			tried.push(`${probed.request}: ${records ? `${records.length} records` : saidOf(probed)}`);
			if (records && records.length > 0 && records.every((shift) => dayIn(shift) === day) && all.some((shift) => dayIn(shift) !== day)) {
				rename(found, { startDate: start, endDate: end });
				if (format !== DATE_FORMAT) found.differences.dateFormat = format;
				found.findings.push({ setting: 'startDate, endDate', value: `${start}, ${end} as ${format}`, evidence: `${probed.request}: ${records.length} records, all of this day` });
				return;
			}
			// Only what is refused can be right in another form; what is ignored has another name.
			if (probed.failure?.status !== 400) break;
		}
	}
	found.findings.push({ setting: 'startDate, endDate', value: '', evidence: `Nothing narrowed the days down. ${tried.join('; ')}` });
}

async function findPlaces(prober: Prober, found: Found, { path, records: all }: Placed, sample: IDataObject): Promise<void> {
	const open = new Set(['area', 'role'] as const);
	for (const names of PLACES) {
		const asked = (['area', 'role'] as const).map((kind, i) => ({ kind, name: names[i] ?? kind, id: idOf(sample, kind) })).filter(({ kind, id }) => open.has(kind) && id !== undefined);
		if (asked.length === 0) break;
		const probed = await prober.ask(path, Object.fromEntries(asked.map(({ name, id }) => [name, id])));
		if (!probed) break;
		const records = listedIn(probed)?.records ?? [];
		for (const { kind, name, id } of asked) {
			if (records.length === 0 || !records.every((shift) => idOf(shift, kind) === id) || all.every((shift) => idOf(shift, kind) === id)) continue;
			open.delete(kind);
			rename(found, { [kind]: name });
			found.findings.push({ setting: kind, value: name, evidence: `${probed.request}: ${records.length} records, all with this ${kind}` });
		}
	}
	for (const kind of open) found.findings.push({ setting: kind, value: '', evidence: `None of these narrowed the shifts down: ${PLACES.map(([area, role]) => (kind === 'area' ? area : role)).join(', ')}` });
}

async function findSwitches(prober: Prober, found: Found, { path, records: all }: Placed): Promise<void> {
	const open = new Set(['assigned', 'includeEmployee', 'includeRole'] as const);
	let refused: Probed | undefined;
	for (const names of SWITCHES) {
		for (const [yes, no] of [['true', 'false'], ['1', '0']] as const) {
			const asked = (['assigned', 'includeEmployee', 'includeRole'] as const).map((kind, i) => ({ kind, name: names[i] ?? kind })).filter(({ kind }) => open.has(kind));
			if (asked.length === 0) break;
			const probed = await prober.ask(path, Object.fromEntries(asked.map(({ kind, name }) => [name, kind === 'assigned' ? no : yes])));
			if (!probed) break;
			if (probed.failure) refused = probed;
			const records = listedIn(probed)?.records ?? [];
			for (const { kind, name } of asked) {
				if (!shows(kind, records, all)) continue;
				open.delete(kind);
				rename(found, { [kind]: name });
				if (yes === '1') found.differences.booleanFormat = 'oneZero';
				found.findings.push({ setting: kind, value: `${name} as ${yes}, ${no}`, evidence: `${probed.request}: ${records.length} records, ${kind === 'assigned' ? 'none with an employee' : 'with what was asked for'}` });
			}
			// Only what is refused can be right in another form; what is ignored has another name.
			if (probed.failure?.status !== 400) break;
		}
	}
	const why = refused ? ` ${refused.request}: ${saidOf(refused)}` : '';
	for (const kind of open) found.findings.push({ setting: kind, value: '', evidence: `No effect under the names that were tried.${why}` });
}

function shows(kind: 'assigned' | 'includeEmployee' | 'includeRole', records: readonly IDataObject[], all: readonly IDataObject[]): boolean {
	if (kind === 'assigned') return records.length > 0 && records.every((shift) => idIn(shift.employee_id) === undefined) && all.some((shift) => idIn(shift.employee_id) !== undefined);
	const name = kind === 'includeEmployee' ? 'employee' : 'role';
	return records.some((shift) => name in shift) && !all.some((shift) => isRecord(shift[name]));
}

function rename({ differences }: Found, names: Partial<Record<ParameterName, string>>): void {
	const other = Object.entries(names).filter(([name, value]) => PROPOSED_NAMES[name as ParameterName] !== value);
	if (other.length > 0) differences.parameterNames = { ...differences.parameterNames, ...Object.fromEntries(other) };
}

function idOf(shift: IDataObject, kind: 'area' | 'role'): string | undefined {
	const part = shift[kind];
	return idIn(shift[`${kind}_id`]) ?? (isRecord(part) ? idIn(part.id) : undefined);
}

/** The day of a shift as `2026-03-31`; what the field is called isn't public (vendors/ento.md §4). */
function dayIn(shift: IDataObject): string | undefined {
	const names = ['date', 'day', 'shift_date', 'start_date', 'start', 'start_time', 'starts_at'];
	return names.map((name) => /^\d{4}-\d{2}-\d{2}/.exec(textOf(shift[name]) ?? '')?.[0]).find((day) => day !== undefined);
}
