import type { IDataObject } from 'n8n-workflow';

import { normalizeBaseUrl } from '../../shared/addresses';
import { unexpectedAnswer } from '../../shared/answer/outcome';
import { idIn, isRecord, numberOf, textOf } from '../../shared/guards';
import type { Call } from '../../shared/operation/call';
import { accepted, records, type Output } from '../../shared/operation/output';
import { byPageOrLink, untilStable, type Page, type Pager } from '../../shared/pages';
import { endpointsIn, idFieldFor } from '../values/endpoints';
import { enteredPath, type Address } from './address';
import { send, type Answer } from './answer';

/** Names of the query parameters for paging (accutics.md §2.5). */
export const PAGE = { page: 'page', size: 'page_size' } as const;

/** What the answer to a change holds, as output items; where it holds no entity, that the request was accepted (accutics.md §5.3). */
export function outputsOf({ status, body }: Answer): Output[] {
	if (body === undefined) return records([accepted({ statusCode: status })]);
	if (!isRecord(body) || !('data' in body || 'meta' in body)) return unexpectedAnswer('Accutics', 'an entity in "data" was expected');
	const entities = Array.isArray(body.data) || isRecord(body.data) ? entitiesIn(body.data).filter((entity) => Object.keys(entity).length > 0) : [];
	return records(entities.length > 0 ? entities : [accepted({ statusCode: status, ...body })]);
}

/** The entities of an answer that must hold some. */
export function entitiesOf({ body }: Answer): IDataObject[] {
	const data = isRecord(body) ? body.data : undefined;
	return Array.isArray(data) || isRecord(data) ? entitiesIn(data) : unexpectedAnswer('Accutics', 'entities in "data" were expected');
}

/** Objects are documented; anything else is handed through all the same. */
function entitiesIn(data: unknown): IDataObject[] {
	return [data].flat().map((entry) => (isRecord(entry) ? entry : { value: entry as IDataObject[string] }));
}

/** The field that tells the entities of the chosen endpoint apart: as the credential says, else `id`. */
export function idFieldOf(call: Call): string {
	return idFieldFor(endpointsIn(call.client.setting('endpoints')), enteredPath(call).path);
}

/** The way through a list, with the option 'Read Until Stable'. @param size entities to ask for at once */
export function entityPages(call: Call, size: number): Pager {
	const field = idFieldOf(call);
	const idOf = (entity: IDataObject): string | undefined => idIn(entity[field]);
	const pager = byPageOrLink(PAGE, size, { idOf });
	return call.flag('options.readUntilStable') ? untilStable(pager, idOf) : pager;
}

/** A page of a list (accutics.md §2.5): at a number, or at the address that the page before named. */
export async function listPage(call: Call, address: Address, where: { query?: IDataObject; url?: string }): Promise<Page> {
	const request = where.url === undefined ? { path: address.path, query: { ...address.query, ...where.query } } : { path: where.url };
	const answer = await send(call.client, request);
	const pagination = paginationIn(answer);
	return { records: entitiesOf(answer), ...(pagination ? whatFollows(call, pagination, fullAddress(call, request)) : {}) };
}

/** How many entities the service says there are, where it pages. */
export function totalOf(answer: Answer): number | undefined {
	return numberOf(paginationIn(answer)?.total_items);
}

/** Not every endpoint pages. */
function paginationIn({ body }: Answer): IDataObject | undefined {
	const meta = isRecord(body) ? body.meta : undefined;
	return isRecord(meta) && isRecord(meta.pagination) ? meta.pagination : undefined;
}

/** No member is documented as always there; `next` is null on the last page. */
function whatFollows(call: Call, pagination: IDataObject, asked: URL): Omit<Page, 'records'> {
	const next = textOf(pagination.next);
	return {
		total: numberOf(pagination.total_items),
		size: numberOf(pagination.items_per_page),
		last: pagination.next === null ? true : undefined,
		next: next === undefined ? undefined : nextAddress(call, next, asked, textOf(pagination.page_param) ?? PAGE.page),
	};
}

/** The link to the next page; one that leads to another origin is not followed, and the page number counted up in its place. */
function nextAddress(call: Call, link: string, asked: URL, pageParameter: string): string {
	const next = URL.canParse(link, asked.href) ? new URL(link, asked.href) : undefined;
	if (next?.origin === asked.origin) return next.origin + next.pathname + next.search;
	call.note(`Accutics named ${next?.host ?? 'something unreadable'} for the next page. Nothing was sent there: the pages were asked for by number.`);
	const own = new URL(asked);
	own.searchParams.set(pageParameter, String(Number(own.searchParams.get(pageParameter) ?? 1) + 1));
	return own.href;
}

function fullAddress(call: Call, { path, query = {} }: { path: string; query?: IDataObject }): URL {
	const base = normalizeBaseUrl(call.client.setting('baseUrl'));
	const url = new URL(URL.canParse(path) ? path : base + path);
	for (const [name, value] of Object.entries(query)) for (const one of [value].flat()) url.searchParams.append(name, String(one));
	return url;
}
