import { saidOf, type Probed, type Prober } from '../../shared/operation/probe';
import { PROPOSED } from '../wire/address';
import { listedIn, type Found, type Listed } from './findings';

/** Likely names; none is documented (vendors/ento.md §3). Ento calls employees staff, and locations areas, in its own files. */
const NAMES = {
	employeesPath: ['/staff', '/employees', '/people'],
	shiftsPath: ['/shifts', '/roster', '/rosters', '/schedule'],
	locationsPath: ['/areas', '/locations'],
	rolesPath: ['/roles'],
} as const;

const PREFIXES = ['', '/v1', '/api/v1', '/api', '/v2'];

export type Placed = Listed & { readonly path: string };

/** Where the employees are: first where the credential says, then under likely names and prefixes. */
export async function findEmployees(prober: Prober, found: Found, entered: string): Promise<Placed | undefined> {
	const first = await prober.ask(entered);
	const here = first && placedAt(found, 'employeesPath', entered, first);
	if (here) return here;
	const likely = PREFIXES.flatMap((prefix) => NAMES.employeesPath.slice(0, prefix === '' ? 3 : 2).map((name) => prefix + name));
	return await firstOf(prober, found, 'employeesPath', likely.filter((path) => path !== entered), first ? [`${entered}: ${saidOf(first)}`] : []);
}

/** Where something else is, given what stands in front of the path of the employees. */
export async function findBeside(prober: Prober, found: Found, name: Exclude<keyof typeof NAMES, 'employeesPath'>, entered: string, prefix: string): Promise<Placed | undefined> {
	const likely = [...(entered === '' ? [] : [prefix + entered.replace(new RegExp(`^${escaped(prefix)}(?=/)`), ''), entered]), ...NAMES[name].map((path) => prefix + path)];
	return await firstOf(prober, found, name, [...new Set(likely)], []);
}

/** What stands in front of the last part of a path. */
export const prefixOf = (path: string): string => path.slice(0, path.lastIndexOf('/'));

async function firstOf(prober: Prober, found: Found, name: keyof typeof NAMES, paths: readonly string[], before: readonly string[]): Promise<Placed | undefined> {
	const tried = [...before];
	for (const path of paths) {
		const probed = await prober.ask(path);
		if (!probed) break;
		const placed = placedAt(found, name, path, probed);
		if (placed) return placed;
		tried.push(`${path}: ${saidOf(probed)}`);
	}
	found.findings.push({ setting: name, value: '', evidence: tried.length > 0 ? `Not found. ${tried.join('; ')}` : 'Not looked for' });
	return undefined;
}

/** A list at the path, or one that only wants to be asked otherwise: a refusal that is no 404 says that something is there. */
function placedAt({ differences, findings }: Found, name: keyof typeof NAMES, path: string, probed: Probed): Placed | undefined {
	const listed = listedIn(probed);
	const wantsMore = probed.failure?.status === 400;
	if (!listed && !wantsMore) return undefined;
	if (path !== (name in PROPOSED ? PROPOSED[name as keyof typeof PROPOSED] : '')) differences[name] = path;
	const evidence = listed ? `${listed.records.length} records${listed.place === '' ? '' : ` in "${listed.place}"`}` : `HTTP 400: ${probed.failure?.message ?? ''}`;
	findings.push({ setting: name, value: path, evidence: `${probed.request} answered: ${evidence}` });
	return { path, place: listed?.place ?? '', records: listed?.records ?? [] };
}

function escaped(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
