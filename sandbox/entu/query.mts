import type { Request } from 'express';
import { badId, EntuError } from './errors.mts';
import { isId, type Fields, type View } from './model.mts';

export type Test = (view: View) => boolean;

export interface Query {
	tests: Test[];
	/** Exact `_type.reference` and `_type.string` asked for: they narrow the search. */
	typeId?: string;
	typeName?: string;
	terms: string[];
	props: string[];
	sort: Array<{ property: string; field: string; descending: boolean }>;
	limit: number;
	skip: number;
	group: Array<{ property: string; field: string }>;
}

type Generation = 'july' | 'later';
type Compare = (value: unknown) => boolean;

const RESERVED: ReadonlySet<string> = new Set(['q', 'props', 'sort', 'limit', 'skip', 'group']);
const OPERATORS: ReadonlySet<string> = new Set(['ne', 'gt', 'gte', 'lt', 'lte', 'in', 'regex', 'exists']);
/** Fields on which `exists` works in July; elsewhere the value sent is lost (§5.2, trap 1). */
const ALWAYS_EXISTS: ReadonlySet<string> = new Set(['number', 'date', 'datetime', 'filesize']);

/** Reads a list's query string with all the traps of vendors/entu.md §5.2. Throws what the service would answer. */
export function parseQuery(req: Request, generation: Generation): Query {
	const search = new URL(req.originalUrl, 'http://sandbox').searchParams;
	const single = (name: string) => search.get(name) ?? '';
	const list = (name: string) => single(name).split(',').map((part) => part.trim()).filter((part) => part !== '');
	const typeId = equals(search, '_type.reference');
	const typeName = equals(search, '_type.string');
	return {
		tests: testsOf(search, generation),
		...(isId(typeId) ? { typeId: typeId.toLowerCase() } : {}),
		...(typeName === undefined ? {} : { typeName }),
		terms: single('q').toLowerCase().split(' ').filter((term) => term !== '').map((term) => term.slice(0, 20)),
		props: list('props'),
		sort: list('sort').map(sortKey),
		limit: count(single('limit'), 100),
		skip: count(single('skip'), 0),
		group: list('group').map(path),
	};
}

function equals(search: URLSearchParams, key: string): string | undefined {
	const values = search.getAll(key);
	return values.length === 1 ? values[0] : undefined;
}

/** `0` and text count as not given; a negative number is an unexpected error. No maximum. */
function count(text: string, fallback: number): number {
	const number = Math.trunc(Number(text)) || fallback;
	if (number < 0) throw new Error('Negative limit or skip');
	return number;
}

function path(text: string): { property: string; field: string } {
	const [property = '', field = ''] = text.split('.');
	return { property, field };
}

function sortKey(text: string): Query['sort'][number] {
	const descending = text.startsWith('-');
	return { ...path(descending ? text.slice(1) : text), descending };
}

function testsOf(search: URLSearchParams, generation: Generation): Test[] {
	const byField = new Map<string, { property: string; field: string; plain: number; compares: Test[] }>();
	for (const key of new Set(search.keys())) {
		if (RESERVED.has(key)) continue;
		const [property = '', field, operator = ''] = key.split('.');
		// Keys without a dot and names with other characters are ignored: the filter is simply not there.
		if (!field || !/^\w+$/.test(property) || !/^\w+$/.test(field)) continue;
		const values = search.getAll(key);
		const value = values[0] ?? '';
		const known = OPERATORS.has(operator) ? operator : '';
		const id = `${property}.${field}`;
		const entry = byField.get(id) ?? { property, field, plain: 0, compares: [] };
		if (known === '') entry.plain += 1;
		entry.compares.push(values.length > 1 ? () => false : testOf(property, field, known, value, generation));
		byField.set(id, entry);
	}
	return [...byField.values()].flatMap(({ plain, compares }) => {
		// assumed: equality together with an operator on one field finds nothing.
		return plain > 0 && compares.length > 1 ? [() => false] : compares;
	});
}

function testOf(property: string, field: string, operator: string, value: string, generation: Generation): Test {
	const some = (compare: Compare): Test => (view) => (view[property] ?? []).some((fields) => compare(comparable(fields, field)));
	if (operator === 'exists') return existsTest(property, field, value, generation);
	if (operator === 'regex') {
		const regex = parseRegex(value);
		return some((found) => typeof found === 'string' && regex.test(found));
	}
	if (operator === 'in') {
		const wanted = new Set(value.split(',').map((part) => convert(field, part, generation)));
		return some((found) => wanted.has(found));
	}
	const wanted = convert(field, value, generation);
	if (operator === 'ne') {
		const equal = some((found) => found === wanted);
		return (view) => !equal(view);
	}
	return some(comparison(operator, wanted));
}

function comparison(operator: string, wanted: unknown): Compare {
	const ordered = (found: unknown): found is string | number => typeof found === typeof wanted && found !== undefined;
	const limit = wanted as string | number;
	switch (operator) {
		case 'gt': return (found) => ordered(found) && found > limit;
		case 'gte': return (found) => ordered(found) && found >= limit;
		case 'lt': return (found) => ordered(found) && found < limit;
		case 'lte': return (found) => ordered(found) && found <= limit;
		default: return (found) => found === wanted;
	}
}

function existsTest(property: string, field: string, value: string, generation: Generation): Test {
	if (generation === 'july' && field === 'reference') throw new Error('exists on a reference');
	const wanted = generation === 'july' && ALWAYS_EXISTS.has(field) ? true : value.toLowerCase() === 'true';
	return (view) => (view[property] ?? []).some((fields) => fields[field] !== undefined) === wanted;
}

/** What a filter compares: dates as ms, all else as stored. */
export function comparable(fields: Fields, field: string): unknown {
	const value = fields[field];
	return (field === 'date' || field === 'datetime') && typeof value === 'string' ? Date.parse(value) : value;
}

function convert(field: string, text: string, generation: Generation): unknown {
	switch (field) {
		case 'number':
		case 'filesize':
			return Number(text);
		case 'boolean':
			return text.toLowerCase() === 'true';
		case 'date':
		case 'datetime':
			return parseDate(text);
		case 'reference':
			if (!isId(text)) throw badId(generation, text);
			return text.toLowerCase();
		default:
			return text;
	}
}

/** ISO text or ms; what can't be read is 1970. */
export function parseDate(text: string | number): number {
	const value = typeof text === 'string' && /^-?\d{5,}$/.test(text) ? Number(text) : text;
	const time = new Date(value).getTime();
	return Number.isNaN(time) ? 0 : time;
}

/** `/pattern/flags` or a bare pattern; cut at the next slash, escaped or not (§5.2, trap 6). */
function parseRegex(text: string): RegExp {
	const [pattern = '', flags = ''] = text.startsWith('/') ? text.split('/').slice(1) : text.split('/');
	if (/[^ims]/.test(flags) && text.startsWith('/')) throw new EntuError(400, 'Invalid regex');
	try {
		return new RegExp(pattern, text.startsWith('/') ? flags : '');
	} catch {
		throw new EntuError(400, 'Invalid regex');
	}
}
