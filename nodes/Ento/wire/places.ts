import type { IDataObject } from 'n8n-workflow';

import { refuse } from '../../shared/answer/failure';
import { idIn, isRecord, textOf } from '../../shared/guards';
import type { Call } from '../../shared/operation/call';
import { momentIn, type Moment } from '../../shared/operation/dates';
import type { Client } from '../../shared/service/client';
import { differencesOf, luxonFormat } from '../values/differences';
import { DATE_FORMAT, PROPOSED_NAMES, type ParameterName } from '../values/proposals';
import { pathOf } from './address';
import { recordsOf } from './answer';
import type { FilterReaders } from './query';

/** What shifts are narrowed down by: where, and as what. */
export type PlaceKind = 'area' | 'role';

export interface Place {
	readonly id: string;
	/** The ID where no name is known. */
	readonly name: string;
}

const PATHS = { area: 'locationsPath', role: 'rolesPath' } as const;
const TITLES = { area: 'Area', role: 'Role' } as const;
const DAYS_BACK = 7;
const DAYS_AHEAD = 14;
const PAGE_SIZE = 200;
const MOST_PAGES = 5;

/** The locations or roles of the account: from the path that the credential names, else those that the shifts of these weeks have. */
export async function placesOf(client: Client, kind: PlaceKind, timeZone: string): Promise<Place[]> {
	const path = pathOf(client, PATHS[kind]);
	if (path === '') return await placesInShifts(client, kind, timeZone);
	const records = recordsOf(await client.send({ path }), differencesOf(client));
	return distinct(records.map((record) => ({ id: idIn(record.id), name: nameIn(record) })));
}

/** The names of the locations or roles by ID, where the credential names their path. */
export async function namesOf(call: Call, kind: PlaceKind): Promise<ReadonlyMap<string, string>> {
	if (pathOf(call.client, PATHS[kind]) === '') return new Map();
	return new Map((await sharedPlaces(call, kind)).map(({ id, name }) => [id, name]));
}

/** Reads the filters 'Area' and 'Role': an ID, or a name that is looked up. */
export async function placeReaders(call: Call): Promise<FilterReaders> {
	const [area, role] = await Promise.all([idOfNamed(call, 'area'), idOfNamed(call, 'role')]);
	return { ...(area === undefined ? {} : { area: () => area }), ...(role === undefined ? {} : { role: () => role }) };
}

async function idOfNamed(call: Call, kind: PlaceKind): Promise<string | undefined> {
	const parameter = `filters.${kind}`;
	const wanted = call.modeOf(parameter) === 'name' ? call.text(parameter) : '';
	if (wanted === '') return undefined;
	const places = await sharedPlaces(call, kind);
	const [found, another] = places.filter(({ name }) => name.toLowerCase() === wanted.toLowerCase());
	if (found && another) return refuse(TITLES[kind], `"${wanted}" is the name of several: ${found.id}, ${another.id}`, "Choose 'By ID' and enter one of them");
	const known = places.map(({ name }) => name).join(', ');
	return found?.id ?? refuse(TITLES[kind], `"${wanted}" matches nothing`, known === '' ? "Choose 'By ID'; no names are known of this account" : `Known are: ${known}`);
}

async function sharedPlaces(call: Call, kind: PlaceKind): Promise<Place[]> {
	return await call.shared(`${kind}s`, async () => await placesOf(call.client, kind, call.timeZone));
}

/** Of lists of roles and locations nothing is documented, but a shift names its own (vendors/ento.md §3.6). */
async function placesInShifts(client: Client, kind: PlaceKind, timeZone: string): Promise<Place[]> {
	const path = pathOf(client, 'shiftsPath');
	const differences = differencesOf(client);
	const { mode = 'page', pageParameter = 'page', sizeParameter = 'per_page', firstPage = 1 } = differences.paging ?? {};
	const query = shiftQuery(client, momentIn(Date.now(), timeZone));
	const found: Array<Partial<Place>> = [];
	let before: unknown;
	for (let page = 0; page < (mode === 'page' ? MOST_PAGES : 1); page++) {
		const place = mode === 'page' ? { [pageParameter]: firstPage + page, ...(sizeParameter ? { [sizeParameter]: PAGE_SIZE } : {}) } : {};
		const shifts = recordsOf(await client.send({ path, query: { ...query, ...place } }), differences);
		const first = shifts[0]?.id;
		// The end, or a service that sends the same page again.
		if (shifts.length === 0 || first === before) break;
		before = first;
		for (const shift of shifts) found.push(placeIn(shift, kind));
	}
	return distinct(found);
}

function shiftQuery(client: Client, today: Moment): IDataObject {
	const { parameterNames = {}, booleanFormat, dateFormat = DATE_FORMAT } = differencesOf(client);
	const yes = booleanFormat === 'oneZero' ? '1' : 'true';
	const write = (day: Moment): string => day.setLocale('en').toFormat(luxonFormat(dateFormat));
	const values: Partial<Record<ParameterName, string>> = {
		startDate: write(today.minus({ days: DAYS_BACK }).startOf('day')),
		endDate: write(today.plus({ days: DAYS_AHEAD }).endOf('day')),
		includeRole: yes,
		includeEmployee: yes,
	};
	return Object.fromEntries(Object.entries(values).map(([name, value]) => [parameterNames[name as ParameterName] ?? PROPOSED_NAMES[name as ParameterName], value]));
}

function placeIn(shift: IDataObject, kind: PlaceKind): Partial<Place> {
	const part = shift[kind];
	const id = idIn(shift[`${kind}_id`]) ?? (isRecord(part) ? idIn(part.id) : idIn(part));
	return { id, name: (isRecord(part) ? nameIn(part) : undefined) ?? textOf(shift[`${kind}_name`]) };
}

/** What the name is called isn't public (vendors/ento.md §4). */
function nameIn(record: IDataObject): string | undefined {
	return textOf(record.name) ?? textOf(record.title) ?? textOf(record.label);
}

/** Each ID once, with its name if any of them has one. */
function distinct(found: ReadonlyArray<Partial<Place>>): Place[] {
	const places = new Map<string, Place>();
	for (const { id, name } of found) {
		if (id === undefined) continue;
		const known = places.get(id);
		if (!known || known.name === id) places.set(id, { id, name: name ?? id });
	}
	return [...places.values()];
}
