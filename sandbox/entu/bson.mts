import { isId } from './model.mts';

/** A value with its rank among the kinds in MongoDB's order. Ids are texts in the sandbox: the field that holds them tells. */
export interface Typed {
	readonly rank: number;
	readonly value: unknown;
}

const RANK = { missing: 0, number: 1, text: 2, object: 3, list: 4, id: 5, boolean: 6, date: 7 } as const;

export const idOperand = (id: string): Typed => ({ rank: RANK.id, value: id.toLowerCase() });

/** The value of a field as MongoDB sees it. */
export function typed(value: unknown, field = ''): Typed {
	if (value === undefined || value === null) return { rank: RANK.missing, value: null };
	if (typeof value === 'number') return { rank: RANK.number, value };
	if (typeof value === 'boolean') return { rank: RANK.boolean, value };
	if (value instanceof Date) return { rank: RANK.date, value: storedTime(value) };
	if (Array.isArray(value)) return { rank: RANK.list, value };
	if (typeof value !== 'string') return { rank: RANK.object, value };
	const holdsId = (field === '_id' || field === 'reference') && isId(value);
	return { rank: holdsId ? RANK.id : RANK.text, value };
}

/** ms since 1970; a date that is none is stored as 1970. */
export function storedTime(date: Date): number {
	const time = date.getTime();
	return Number.isNaN(time) ? 0 : time;
}

/** The order in which MongoDB sorts values of any kind. */
export function compare(a: Typed, b: Typed): number {
	if (a.rank !== b.rank) return a.rank - b.rank;
	switch (a.rank) {
		case RANK.missing:
			return 0;
		case RANK.text:
			return compareTexts(String(a.value), String(b.value));
		case RANK.object:
			return compareObjects(a.value as object, b.value as object);
		case RANK.list:
			return compareLists(a.value as unknown[], b.value as unknown[]);
		default:
			return compareScalars(a.value as number, b.value as number);
	}
}

function compareScalars(a: number, b: number): number {
	if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(b)) - Number(Number.isNaN(a));
	return a < b ? -1 : a > b ? 1 : 0;
}

const SURROGATE = /[\ud800-\udfff]/;

/** By code points, as UTF-8 sorts them. */
function compareTexts(a: string, b: string): number {
	if (SURROGATE.test(a) || SURROGATE.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b));
	return a < b ? -1 : a > b ? 1 : 0;
}

function compareObjects(a: object, b: object): number {
	const [left, right] = [Object.entries(a), Object.entries(b)];
	for (const [at, [name, value]] of left.entries()) {
		const other = right[at];
		if (!other) return 1;
		const [mine, theirs] = [typed(value, name), typed(other[1], other[0])];
		const order = mine.rank - theirs.rank || compareTexts(name, other[0]) || compare(mine, theirs);
		if (order !== 0) return order;
	}
	return left.length - right.length;
}

function compareLists(a: readonly unknown[], b: readonly unknown[]): number {
	for (const [at, value] of a.entries()) {
		if (at >= b.length) return 1;
		const order = compare(typed(value), typed(b[at]));
		if (order !== 0) return order;
	}
	return a.length - b.length;
}

/** What `field` gives within a list of values: every value that has it; values that are lists count with their elements too. */
export function fieldValues(list: ReadonlyArray<Readonly<Record<string, unknown>>> | undefined, field: string): Typed[] {
	const found: Typed[] = [];
	for (const fields of list ?? []) {
		const value = fields[field];
		if (value === undefined) continue;
		found.push(typed(value, field));
		if (Array.isArray(value)) for (const element of value) found.push(typed(element, field));
	}
	return found;
}
