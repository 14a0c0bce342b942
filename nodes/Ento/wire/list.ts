import type { IDataObject } from 'n8n-workflow';

import { normalizeBaseUrl } from '../../shared/addresses';
import type { Call } from '../../shared/operation/call';
import { records, type Output } from '../../shared/operation/output';
import type { Pager, PageSource } from '../../shared/pages';
import { nextAddress } from './address';
import { knownRecord, recordIn, toPage, toRecord } from './answer';
import type { PagingMode } from '../values/proposals';
import { pagingOf } from './paging';
import { additionalQuery } from './query';

/** What is read, and what becomes of each record. */
export interface Reading {
	readonly path: string;
	readonly query?: IDataObject;
	readonly shape?: (entry: IDataObject) => IDataObject;
}

/** A list as pages: the way through it, and how to ask for one of them. */
interface Source {
	readonly pager: Pager;
	readonly ask: PageSource['ask'];
	/** The answer that a page came in. */
	readonly bodyOf: (records: readonly IDataObject[]) => unknown;
}

/**
 * A list as the user has chosen to read it.
 * @param usual how it is read page by page when nothing was chosen
 */
export function listSource(call: Call, { path, query, shape }: Reading, usual: PagingMode): Source {
	const { pager, next } = pagingOf(call, usual, wantsEnvelope(call));
	const baseUrl = normalizeBaseUrl(call.client.setting('baseUrl'));
	const extra = additionalQuery(call);
	const bodies = new WeakMap<readonly IDataObject[], unknown>();
	const ask: PageSource['ask'] = async ({ query: place, url }) => {
		const request = url === undefined ? { path, query: { ...query, ...place, ...extra } } : { path: nextAddress(url, baseUrl, path) };
		const body = await call.client.send(request);
		const page = toPage(call, body, shape !== undefined && !wantsEnvelope(call), next);
		bodies.set(page.records, body);
		return page;
	};
	return { pager, ask, bodyOf: (records) => bodies.get(records) };
}

/**
 * Reads a list in the way that the user chose.
 * @param usual how it is read page by page when nothing was chosen
 */
export async function readList(call: Call, reading: Reading, usual: PagingMode): Promise<Output[]> {
	const { pager, ask, bodyOf } = listSource(call, reading, usual);
	if (!wantsEnvelope(call)) return await call.list(pager, ask, reading.shape);
	const answers: IDataObject[] = [];
	for await (const page of call.pages(pager, ask)) answers.push(toRecord(bodyOf(page)));
	return records(answers);
}

/** Reads one record. */
export async function readOne(call: Call, { path, query, shape }: Reading): Promise<Output[]> {
	return toOutput(call, await call.client.send({ path, query: { ...query, ...additionalQuery(call) } }), shape);
}

/**
 * The record in an answer, or the whole answer if the user wants that; nothing for an answer without content.
 * @param shape of records that are known to be objects; of those at paths of the user's own nobody knows what they look like
 */
export function toOutput(call: Call, body: unknown, shape?: Reading['shape']): Output[] {
	if (wantsEnvelope(call)) return records([toRecord(body)]);
	const found = recordIn(call, body);
	if (found === undefined && (body === undefined || !shape)) return [];
	return records([shape ? shape(knownRecord(call, found)) : toRecord(found)]);
}

/** Whether a change was answered with nothing that could be an item. */
export function holdsNothing(body: unknown): boolean {
	return body === undefined || [body].flat().every((entry) => entry === null || entry === '');
}

function wantsEnvelope(call: Call): boolean {
	return call.flag('options.rawEnvelope');
}
