import { isLive, hasText, referencesOf, type Entity, type Fields, type Value, type View } from './model.mts';
import type { Generation } from './settings.mts';

/** What a formula may look at. */
export interface Surroundings {
	get(id: string): Entity | undefined;
	/** All stored values of an entity. */
	valuesOf(id: string): readonly Value[];
	children(id: string): Entity[];
	/** Entities whose own references lead to this one. */
	referring(id: string): Entity[];
	readonly generation: Generation;
}

/** The entity whose formula it is: as computed so far, and as it was before. */
export interface Subject {
	readonly id: string;
	readonly view: View;
	readonly before: View;
}

type Slot = readonly unknown[];

interface Operator {
	/** How many slots it takes from the stack. */
	readonly takes: number | 'all';
	/** `undefined` ends the formula without a result. */
	run(slots: readonly Slot[]): Slot | undefined;
	/** Unknown to July's servers, which take its name for a property. */
	readonly later?: true;
}

/**
 * The values of a formula in reverse Polish notation (§4.2); none when it has no result. Results carry no `_id`.
 * Without an operator at its end all is joined.
 */
export function formulaValues(formula: string, subject: Subject, around: Surroundings): Fields[] {
	const tokens = tokensOf(formula);
	const last = tokens.at(-1);
	if (last === undefined) return [];
	if (!operator(last, around.generation)) tokens.push('CONCAT');
	const stack: Slot[] = [];
	for (const token of tokens) {
		const found = operator(token, around.generation);
		if (!found) {
			stack.push(plainValues(fieldsFor(token, subject, around), around));
			continue;
		}
		const count = found.takes === 'all' ? stack.length : found.takes;
		if (stack.length < count) return [];
		const result = found.run(stack.splice(stack.length - count, count));
		if (result === undefined) return [];
		stack.push(result);
	}
	return stack.length === 1 ? (stack[0] ?? []).flatMap(wrapped) : [];
}

/** Whether a formula's result depends on the generation of the server. */
export const isForLaterServers = (formula: string): boolean => tokensOf(formula).some((token) => OPERATORS.get(token)?.later);

function operator(token: string, generation: Generation): Operator | undefined {
	const found = OPERATORS.get(token);
	return found?.later && generation === 'july' ? undefined : found;
}

/** Words between blanks; what stands in quotes is one word. */
function tokensOf(formula: string): string[] {
	return formula.match(/(?:'(?:\\'|[^'])*(?:'|$)|"(?:\\"|[^"])*(?:"|$)|[^\s'"])+/g) ?? [];
}

function wrapped(value: unknown): Fields[] {
	if (value === undefined || value === null) return [];
	if (typeof value === 'number') return [{ number: value }];
	if (typeof value === 'boolean') return [{ boolean: value }];
	if (value instanceof Moment) return [{ [value.field]: value.date }];
	return [{ string: String(value) }];
}

/** A computed date, apart from the texts that dates are for all other operators. */
class Moment {
	constructor(
		readonly field: 'date' | 'datetime',
		readonly date: Date,
	) {}
}

function fieldsFor(token: string, { id, view, before }: Subject, around: Surroundings): readonly Fields[] {
	if (/^['"].*['"]$/s.test(token)) return [{ string: token.slice(1, -1) }];
	if (token === 'true' || token === 'false') return [{ boolean: token === 'true' }];
	if (String(Number.parseFloat(token)) === token) return [{ number: Number.parseFloat(token) }];
	const [first = '', type = '*', property = '', ...rest] = token.split('.');
	if (token === '_id') return [{ _id: id }];
	if (first === token) return view[token] ?? before[token] ?? [];
	if (property === '' || rest.length > 0) return [];
	const related = relatedIds(first, id, around);
	// The id of a reference counts even where nothing stands behind it.
	if (type === '*' && property === '_id') return related.map((one) => ({ _id: one }));
	const entities = related.flatMap((one) => around.get(one) ?? []).filter((one) => type === '*' || hasText(one.private, '_type', type));
	return property === '_id' ? entities.map((one) => ({ _id: one.id })) : entities.flatMap((one) => one.private[property] ?? []);
}

function relatedIds(relation: string, id: string, around: Surroundings): string[] {
	if (relation === '_child') return around.children(id).map((one) => one.id);
	if (relation === '_referrer') return around.referring(id).map((one) => one.id);
	const values = around.valuesOf(id).filter((value) => isLive(value) && value.type === relation);
	return referencesOf({ [relation]: values.map(({ data }) => data) }, relation).filter((one) => one !== '');
}

/** The one plain value of each property value: numbers before texts, dates as texts, references as names (§4.2). */
export function plainValues(list: readonly Fields[], around: Pick<Surroundings, 'get'>): unknown[] {
	return list.map(({ boolean, number, datetime, date, string, reference, _id }) => {
		const first = boolean ?? number;
		if (first !== undefined && first !== null) return first;
		const moment = datetime ?? date;
		if (moment !== undefined && moment !== null) {
			if (!(moment instanceof Date)) return _id;
			return datetime === moment ? moment.toISOString() : moment.toISOString().slice(0, 10);
		}
		if (string !== undefined && string !== null) return string;
		if (reference === undefined || reference === null) return _id;
		const name = around.get(String(reference))?.private.name?.[0]?.string;
		return name === undefined || name === null || name === '' ? reference : name;
	});
}

const isNumber = (value: unknown): value is number => typeof value === 'number';
const isText = (value: unknown): value is string => typeof value === 'string';

/** Over all values of the stack, none of them of another kind. */
const overNumbers = (reduce: (numbers: readonly number[]) => number | undefined): Operator => ({
	takes: 'all',
	run(slots) {
		const values = slots.flat();
		if (values.length === 0 || !values.every(isNumber)) return undefined;
		const result = reduce(values);
		return result === undefined ? undefined : [result];
	},
});

const chain = (step: (a: number, b: number) => number) => overNumbers((numbers) => numbers.reduce(step));

const extreme = (better: (a: number | string, b: number | string) => boolean): Operator => ({
	takes: 'all',
	run(slots) {
		const values = slots.flat();
		if (values.length === 0 || !alike(values)) return undefined;
		return [(values as Array<number | string>).reduce((best, value) => (better(value, best) ? value : best))];
	},
});

const alike = (values: Slot): values is ReadonlyArray<number | string> => values.every(isNumber) || values.every(isText);

/** True if any pair of both sides fits; no result where no pair can be compared. */
const anyPair = (fits: (a: number | string, b: number | string) => boolean): Operator => ({
	takes: 2,
	run([left = [], right = []]) {
		const pairs = left.flatMap((a) => right.map((b) => [a, b])).filter(alike);
		return pairs.length === 0 ? undefined : [pairs.some(([a, b]) => fits(a as number, b as number))];
	},
});

/** `some`: whether any value on the left is (not) on the right. */
const membership = (wanted: boolean): Operator => ({
	takes: 2,
	run([left = [], right = []]) {
		if (left.length === 0 || right.length === 0) return undefined;
		const known = new Set(right);
		return [left.some((value) => known.has(value) === wanted)];
	},
});

const isAmong = ([needles = [], ...hay]: readonly Slot[]): boolean => {
	const known = new Set(hay.flat());
	return needles.some((needle) => known.has(needle));
};

/** Each value of one slot for itself; no result if one of them can't be converted. */
const each = (convert: (value: unknown) => unknown, later?: true): Operator => ({
	takes: 1,
	run([slot = []]) {
		const results = slot.map(convert);
		return slot.length === 0 || results.includes(undefined) ? undefined : results;
	},
	...(later ? { later } : {}),
});

const only = <T,>(is: (value: unknown) => value is T, convert: (value: T) => unknown) => (value: unknown) => (is(value) ? convert(value) : undefined);

const theBoolean = (slot: Slot = []): boolean | undefined => (slot.length === 1 && typeof slot[0] === 'boolean' ? slot[0] : undefined);

const logic = (takes: 1 | 2, decide: (left: boolean, right: boolean) => boolean): Operator => ({
	takes,
	later: true,
	run(slots) {
		const [left, right = takes === 1 ? false : undefined] = slots.map(theBoolean);
		return left === undefined || right === undefined ? undefined : [decide(left, right)];
	},
});

const nonEmpty = (slot: Slot = []): Slot | undefined => (slot.length === 0 ? undefined : slot);

const ISO = /^\d{4}-\d{2}-\d{2}(?<time>T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?<zone>Z|[+-]\d{2}:\d{2})?)?$/;

/** Milliseconds or strict ISO text; a time without a zone is UTC. */
function moment(value: unknown, field: 'date' | 'datetime'): Moment | undefined {
	const iso = isText(value) ? ISO.exec(value)?.groups : undefined;
	if (!isNumber(value) && !iso) return undefined;
	const date = new Date(iso?.time !== undefined && iso.zone === undefined ? `${String(value)}Z` : (value as number | string));
	if (Number.isNaN(date.getTime())) return undefined;
	if (field === 'date') date.setUTCHours(0, 0, 0, 0);
	return new Moment(field, date);
}

const REGEX_LONGEST = 10_000;

function replaceAll([values = [], patterns = [], replacements = []]: readonly Slot[]): Slot | undefined {
	const [pattern, replacement] = [patterns[0], replacements[0]];
	if (!isText(pattern) || !isText(replacement) || values.length === 0) return undefined;
	if (!values.every((value): value is string => isText(value) && value.length <= REGEX_LONGEST)) return undefined;
	try {
		const regex = new RegExp(pattern, 'g');
		return values.map((value) => value.replace(regex, replacement));
	} catch {
		return undefined;
	}
}

const OPERATORS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
	['CONCAT', { takes: 'all', run: (slots) => (slots.flat().length === 0 ? undefined : [slots.flat().join('')]) }],
	[
		'CONCAT_WS',
		{
			takes: 'all',
			run(slots) {
				const values = slots.flat();
				return values.length < 2 ? undefined : [values.slice(0, -1).join(String(values.at(-1) ?? ''))];
			},
		},
	],
	['SUM', chain((a, b) => a + b)],
	['SUBTRACT', chain((a, b) => a - b)],
	['MULTIPLY', chain((a, b) => a * b)],
	['DIVIDE', overNumbers((numbers) => (numbers.slice(1).includes(0) ? undefined : numbers.reduce((a, b) => a / b)))],
	['AVERAGE', overNumbers((numbers) => numbers.reduce((a, b) => a + b, 0) / numbers.length)],
	['COUNT', { takes: 'all', run: (slots) => [slots.flat().length] }],
	['MIN', extreme((a, b) => a < b)],
	['MAX', extreme((a, b) => a > b)],
	['IN', { takes: 'all', run: (slots) => (slots.length === 0 ? undefined : [isAmong(slots)]) }],
	['NIN', { takes: 'all', run: (slots) => (slots.length === 0 ? undefined : [!isAmong(slots)]) }],
	['EQ', membership(true)],
	['NE', membership(false)],
	['GT', anyPair((a, b) => a > b)],
	['GTE', anyPair((a, b) => a >= b)],
	['LT', anyPair((a, b) => a < b)],
	['LTE', anyPair((a, b) => a <= b)],
	['ABS', each(only(isNumber, Math.abs))],
	[
		'ROUND',
		{
			takes: 2,
			run([values = [], decimals = []]) {
				const [digits] = decimals;
				if (decimals.length !== 1 || !isNumber(digits) || !Number.isInteger(digits) || digits < 0 || digits > 100) return undefined;
				return values.length > 0 && values.every(isNumber) ? values.map((value) => Number(value.toFixed(digits))) : undefined;
			},
		},
	],
	['EXISTS', { takes: 1, run: ([slot = []]) => [slot.length > 0] }],
	[
		'IF',
		{
			takes: 3,
			run([condition, yes, no]) {
				const decided = theBoolean(condition);
				return decided === undefined ? undefined : nonEmpty(decided ? yes : no);
			},
		},
	],
	['WHEN', { takes: 2, run: ([condition, yes]) => (theBoolean(condition) === true ? nonEmpty(yes) : undefined) }],
	['FLOOR', each(only(isNumber, Math.floor), true)],
	['CEIL', each(only(isNumber, Math.ceil), true)],
	['UPPER', each(only(isText, (text) => text.toUpperCase()), true)],
	['LOWER', each(only(isText, (text) => text.toLowerCase()), true)],
	['NUMBER', each((value) => (isNumber(value) ? value : isText(value) && /^-?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : undefined), true)],
	['DATE', each((value) => moment(value, 'date'), true)],
	['DATETIME', each((value) => moment(value, 'datetime'), true)],
	['UNIQUE', { takes: 1, later: true, run: ([slot = []]) => nonEmpty([...new Set(slot)]) }],
	['SORT', { takes: 1, later: true, run: ([slot = []]) => (alike(slot) ? nonEmpty([...slot].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))) : undefined) }],
	['REGEX', { takes: 3, later: true, run: replaceAll }],
	['AND', logic(2, (left, right) => left && right)],
	['OR', logic(2, (left, right) => left || right)],
	['NOT', logic(1, (left) => !left)],
]);
