import type { IDataObject } from 'n8n-workflow';

import { fail } from '../../shared/answer/failure';
import { listFrom, unexpectedAnswer } from '../../shared/answer/outcome';
import { isRecord, numberOf, recordsIn, textOf } from '../../shared/guards';
import type { Call } from '../../shared/operation/call';
import type { Page } from '../../shared/pages';
import { differencesOf, type Differences } from '../values/differences';

// The form of the answers isn't public (vendors/ento.md §4): what follows finds its way in all common ones, and the user can say where to look.

const SERVICE = 'Ento';
const LISTS = ['data', 'items', 'results', 'staff', 'employees', 'shifts'];
const SINGLES = ['data', 'item', 'result', 'staff', 'employee', 'shift'];
const INFOS = ['pagination', 'paging', 'page_info', 'meta'];
const TOTALS = ['total', 'total_count', 'total_items'];
const NEXT_LINKS = ['next', 'next_url', 'next_page_url', 'links.next', '_links.next'];
const NEXT_CURSORS = ['next_cursor', 'cursor.next', 'cursors.after'];

/** What an answer names for the next page: its address or a token; and where, when the user has said so. */
export interface Next {
	readonly kind: 'link' | 'cursor';
	readonly property: string;
}

/**
 * The records in the answer to a list: those of 'Items Property', or where the account has lists.
 * @param isKnown whether they are known to be employees or shifts, and not what stands at a path of the user's own
 */
function itemsIn(call: Call, body: unknown, isKnown: boolean): IDataObject[] {
	const chosen = call.option('itemsProperty');
	const found = chosen ? chosenPart(body, chosen) : listOf(body, differencesOf(call.client));
	if (isKnown && body === null) return unexpectedAnswer(SERVICE, 'a list was expected');
	if (isKnown && Array.isArray(found)) return listFrom(SERVICE, found).map(filled);
	const records = toRecords(found);
	if (chosen || found !== body || !isRecord(body)) return records;
	if (isKnown) refuseWithoutId(body, 'a list was expected');
	noteHiddenLists(call, body);
	return records;
}

function filled(entry: IDataObject): IDataObject {
	return Object.keys(entry).length > 0 ? entry : unexpectedAnswer(SERVICE, 'a list of records was expected, and one of them is empty');
}

/** Employees and shifts have IDs, whatever they are called; an answer without one is something else, such as a message or an envelope. */
function refuseWithoutId(body: IDataObject, expected: string): void {
	if (hasId(body)) return;
	const [list] = listsIn(body);
	const fix = list === undefined ? WITHOUT_IDS : `If the records stand in "${list}", open the credential and add { "itemsProperty": "${list}" } to 'API Differences'`;
	const names = Object.keys(body).join(', ');
	unexpectedAnswer(SERVICE, names === '' ? expected : `${expected}, and the answer has ${names}`, fix);
}

/** The record in the answer to an employee or a shift. @throws FailureError `unreadable answer` for anything that has no ID */
export function knownRecord(call: Call, found: unknown): IDataObject {
	if (!isRecord(found)) return unexpectedAnswer(SERVICE, 'a record was expected');
	const isChosen = call.option('itemsProperty') !== '' || placesIn(differencesOf(call.client)).length > 0;
	if (!isChosen) refuseWithoutId(found, 'a record was expected');
	return Object.keys(found).length > 0 ? found : unexpectedAnswer(SERVICE, 'a record was expected');
}

const WITHOUT_IDS = "Check the base URL in the credential. If the records of your account have no IDs, read them with the resource 'Record'";

function hasId(record: IDataObject): boolean {
	return Object.keys(record).some((name) => /^(id|uuid|guid)$|_id$/i.test(name) || /[a-z]I[dD]$/.test(name));
}

/** The records in the answer to a list that a look-up asks for. */
export function recordsOf(body: unknown, differences: Differences): IDataObject[] {
	return toRecords(listOf(body, differences));
}

function toRecords(found: unknown): IDataObject[] {
	if (found === undefined || found === null) return [];
	if (Array.isArray(found)) return found.map(toRecord);
	if (!isRecord(found)) return unexpectedAnswer(SERVICE, 'a list was expected');
	const empty = 'id' in found ? undefined : LISTS.find((name) => found[name] === null);
	return empty === undefined ? [found] : nullForList(empty);
}

/** Whether `{ "data": null }` says that there are no records is not public: it may be a failure as well. */
function nullForList(name: string): never {
	return unexpectedAnswer(SERVICE, `a list was expected, but "${name}" is null`, `Try again later. If that is how your account says that there is nothing, open the credential and add { "itemsProperty": "${name}" } to 'API Differences'`);
}

/** What stands in an answer where one record should: at the place of 'Items Property', or where the account has it, or where it usually is. */
export function recordIn(call: Call, body: unknown): unknown {
	const chosen = call.option('itemsProperty');
	const found = chosen ? chosenPart(body, chosen) : (firstAt(body, placesIn(differencesOf(call.client))) ?? singleIn(body));
	const single: unknown = Array.isArray(found) && found.length === 1 ? found[0] : found;
	return single ?? undefined;
}

/** An answer as an item, untouched if it is an object. */
export function toRecord(value: unknown): IDataObject {
	return isRecord(value) ? value : { value: value as IDataObject[string] };
}

/**
 * An answer to a list as a page.
 * @param isKnown whether the records are known to be employees or shifts
 * @param next what to look for to find the next page; where pages are counted, that one is named tells enough
 */
export function toPage(call: Call, body: unknown, isKnown: boolean, next?: Next): Page {
	const records = itemsIn(call, body, isKnown);
	// An empty page is the last one, whatever it says of the next.
	if (!isRecord(body) || records.length === 0) return { records };
	const following = next ? namedNext(body, next) : (nextIn(body, 'link') ?? nextIn(body, 'cursor'));
	return { records, total: totalIn(body), last: lastIn(body, following !== undefined), next: following };
}

/** The list in an answer: where the credential says, else where lists usually are. */
function listOf(body: unknown, differences: Differences): unknown {
	const places = placesIn(differences);
	const usual = listIn(body);
	if (places.length === 0) return usual;
	const found = firstAt(body, places) ?? (Array.isArray(usual) ? usual : undefined);
	if (found !== undefined) return found;
	// Where the user has said that the records stand, nothing means that there are none.
	return places.some((place) => valueAt(body, place) === null) ? [] : missing(body, places.join(', '), 'API Differences', "Open the credential and correct itemsProperty in 'API Differences', or leave it out so that the node looks for the records itself");
}

function placesIn({ itemsProperty = '' }: Differences): string[] {
	return itemsProperty.split(',').map((place) => place.trim()).filter((place) => place !== '');
}

function firstAt(body: unknown, places: readonly string[]): unknown {
	return places.map((place) => valueAt(body, place)).find((value) => value !== undefined && value !== null);
}

function listIn(body: unknown): unknown {
	if (!isRecord(body)) return body;
	const name = LISTS.find((property) => Array.isArray(body[property]));
	return name === undefined ? body : body[name];
}

/** An answer that is taken for a single record although records may stand in it. */
function noteHiddenLists(call: Call, body: IDataObject): void {
	const lists = listsIn(body);
	if (lists.length > 0) call.note(`Ento's answer was taken for one record. If the records stand in it, say where in the credential, as itemsProperty under 'API Differences': ${lists.join(', ')}`);
}

/** Where lists of records stand in an answer. */
function listsIn(body: IDataObject): string[] {
	return Object.keys(body).filter((property) => recordsIn(body[property]).length > 0);
}

function singleIn(body: unknown): unknown {
	if (!isRecord(body) || 'id' in body) return body;
	const name = SINGLES.find((property) => isRecord(body[property]));
	return name === undefined ? body : body[name];
}

function chosenPart(body: unknown, property: string): unknown {
	const found = valueAt(body, property);
	return found === undefined ? missing(body, property, 'Items Property', "Correct 'Items Property', or leave it empty so that the node looks for the records itself") : found;
}

function missing(body: unknown, property: string, parameter: string, fix: string): never {
	const known = isRecord(body) ? Object.keys(body).join(', ') : '';
	return fail({
		reason: 'unreadable answer',
		message: `Ento's answer has no "${property}"${known ? `; it has: ${known}` : ''}`,
		fix,
		parameter,
	});
}

/** What stands at a place such as `response.data`. */
function valueAt(body: unknown, property: string): unknown {
	return property.split('.').reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), body);
}

/** Where an answer tells of its paging: only in places that are made for it, since a `total` elsewhere may be of hours or costs. */
function infosIn(body: IDataObject): IDataObject[] {
	const infos = INFOS.map((name) => body[name]).filter(isRecord);
	return infos.flatMap((info) => [...INFOS.map((name) => info[name]).filter(isRecord), info]);
}

function totalIn(body: IDataObject): number | undefined {
	return first(infosIn(body), TOTALS, numberOf);
}

/** @param namesNext whether a next page is named, which says more than any count of pages */
function lastIn(body: IDataObject, namesNext: boolean): boolean | undefined {
	const infos = infosIn(body);
	const more = first([...infos, body], ['has_more', 'has_next'], (value) => (typeof value === 'boolean' ? value : undefined));
	if (more !== undefined) return !more;
	if (namesNext) return undefined;
	const page = first(infos, ['page', 'current_page'], numberOf);
	const pages = first(infos, ['total_pages', 'last_page'], numberOf);
	return page === undefined || pages === undefined ? undefined : page >= pages;
}

function namedNext(body: IDataObject, { kind, property }: Next): string | undefined {
	return property ? (kind === 'link' ? linkOf : tokenOf)(valueAt(body, property)) : nextIn(body, kind);
}

/** The address or the token of the next page, where an answer usually names it. */
export function nextIn(body: unknown, kind: Next['kind']): string | undefined {
	if (!isRecord(body)) return undefined;
	return kind === 'link' ? first([body, ...infosIn(body)], NEXT_LINKS, linkOf) : first([body, ...infosIn(body)], NEXT_CURSORS, tokenOf);
}

/** Whether the node looks for a list there by itself. */
export function isUsualPlace(place: string): boolean {
	return place === '' || LISTS.includes(place);
}

function linkOf(value: unknown): string | undefined {
	return isRecord(value) ? (textOf(value.href) ?? textOf(value.url)) : textOf(value);
}

function tokenOf(value: unknown): string | undefined {
	return typeof value === 'number' ? String(value) : textOf(value);
}

/** The first usable value under any of the names in any of the places. */
function first<T>(places: readonly IDataObject[], names: readonly string[], read: (value: unknown) => T | undefined): T | undefined {
	for (const place of places) {
		for (const name of names) {
			const value = read(valueAt(place, name));
			if (value !== undefined) return value;
		}
	}
	return undefined;
}
