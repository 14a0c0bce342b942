import type { Request } from 'express';
import { EntoError } from './errors.mts';
import type { Collection, Row } from './seed.mts';
import type { State } from './state.mts';

const USUAL_SIZE = 100;
const MOST = 200;
const OWN_SIZE = 20;

interface Part {
	rows: Row[];
	/** What the answer says about its place in the list. */
	info: Record<string, unknown>;
}

/** The answer to a list. assumed: the parameters, the envelopes and the members of `pagination` (vendors/ento.md §3.5, §3.7). */
export function listAnswer(state: State, collection: Collection, req: Request, rows: Row[]): unknown {
	const { listShape, tellsTotal } = state.settings;
	const { rows: page, info } = partOf(state, req, rows);
	if (listShape === 'bare') return page;
	const { total, total_pages: pages, ...rest } = info;
	const pagination = tellsTotal ? { ...rest, ...(total === undefined ? {} : { total }), ...(pages === undefined ? {} : { total_pages: pages }) } : rest;
	if (listShape === 'nested') return { response: { records: page, pagination } };
	const name = listShape === 'data' ? 'data' : collection;
	return { [name]: page, ...(Object.keys(pagination).length > 0 ? { pagination } : {}) };
}

function partOf(state: State, req: Request, rows: Row[]): Part {
	const { paging, listShape } = state.settings;
	const asks = (...names: string[]): boolean => names.some((name) => req.query[name] !== undefined);
	switch (paging) {
		case 'whole':
			return { rows, info: {} };
		case 'first':
			return { rows: rows.slice(0, USUAL_SIZE), info: {} };
		case 'page':
			return asks('page', 'per_page') ? byPage(rows, number(req, 'page', 1), sizeOf(req, 'per_page')) : { rows, info: {} };
		case 'ownSize':
			return { rows: byPage(rows, number(req, 'page', 1), OWN_SIZE).rows, info: {} };
		case 'offset': {
			if (!asks('offset', 'limit')) return { rows, info: {} };
			const [offset, limit] = [number(req, 'offset', 0, 0), sizeOf(req, 'limit')];
			return { rows: rows.slice(offset, offset + limit), info: { offset, limit, total: rows.length } };
		}
		case 'link':
		case 'cursor':
			// A bare array has no place for the address of the next page.
			return listShape === 'bare' ? { rows, info: {} } : byToken(state, req, rows, paging);
	}
}

function byPage(rows: Row[], page: number, size: number): Part {
	const start = (page - 1) * size;
	const info = { page, per_page: size, total: rows.length, total_pages: Math.ceil(rows.length / size) };
	return { rows: rows.slice(start, start + size), info };
}

function byToken({ room, settings }: State, req: Request, rows: Row[], paging: 'link' | 'cursor'): Part {
	const size = sizeOf(req, 'per_page');
	const start = req.query.cursor === undefined ? 0 : Number(Buffer.from(String(req.query.cursor), 'base64url').toString());
	if (!Number.isInteger(start)) throw new EntoError(400, 'Invalid cursor');
	const end = start + size;
	const cursor = Buffer.from(String(end)).toString('base64url');
	const address = new URL(`${settings.foreignNext ?? room.urls.url}${req.originalUrl}`);
	address.searchParams.set('cursor', cursor);
	const next = end >= rows.length ? null : paging === 'link' ? address.toString() : cursor;
	return { rows: rows.slice(start, end), info: { total: rows.length, [paging === 'link' ? 'next' : 'next_cursor']: next } };
}

function sizeOf(req: Request, name: string): number {
	return Math.min(number(req, name, USUAL_SIZE), MOST);
}

function number(req: Request, name: string, fallback: number, least = 1): number {
	const text = req.query[name];
	if (text === undefined) return fallback;
	const value = Number(text);
	if (!Number.isInteger(value) || value < least) throw new EntoError(400, `Invalid ${name}`);
	return value;
}
