import { compare, fieldValues, idOperand, typed, type Typed } from './bson.mts';
import { EntuError } from './errors.mts';
import { objectIdOf } from './ids.mts';
import { isId, type View } from './model.mts';
import { treeOf, type Tree } from './projection.mts';
import { termsOf } from './search.mts';
import type { Generation } from './settings.mts';

export type Test = (view: View) => boolean;

export interface SortKey {
	readonly property: string;
	/** Empty: the whole value. */
	readonly field: string;
	readonly descending: boolean;
}

export interface Query {
	readonly tests: readonly Test[];
	/** `_type.reference` or `_type.string` asked for: they narrow the search. */
	readonly narrowed: { readonly typeId?: string; readonly typeName?: string };
	readonly terms: readonly string[];
	/** `undefined`: all properties. */
	readonly props: Tree | undefined;
	readonly sort: readonly SortKey[];
	readonly limit: number;
	readonly skip: number;
	/** Paths such as `status.string`. */
	readonly group: readonly string[];
}

const OPERATORS = ['ne', 'gt', 'gte', 'lt', 'lte', 'in', 'regex', 'exists'] as const;
type Operator = (typeof OPERATORS)[number];

/** What the service looks for in one field: one value, or what operators ask; `nothing` is a condition that no value meets. */
type Condition = { readonly equal: Typed } | { readonly operators: ReadonlyMap<Operator, unknown> } | 'nothing';

/** Parameters as the service's framework reads them: one given twice is a list, which most of its code can't take. */
type Parameter = string | string[];

/** Reads a list's query string with all the traps of vendors/entu.md §5.2. Throws what the service would answer. */
export function parseQuery(search: URLSearchParams, generation: Generation): Query {
	const single = (name: string) => text(parameter(search, name) ?? '');
	const list = (name: string) => single(name).split(',').filter((part) => part !== '');
	const props = list('props');
	const filters = conditions(search, generation);
	return {
		tests: [...filters].map(([path, condition]) => testOf(path, condition)),
		narrowed: narrowing(filters),
		terms: termsOf(single('q')),
		props: props.length > 0 ? treeOf(props) : undefined,
		sort: list('sort').map(sortKey),
		limit: count(parameter(search, 'limit')) || 100,
		skip: count(parameter(search, 'skip')) || 0,
		group: list('group').map((path) => path.split('.').map(checkName).join('.')),
	};
}

function parameter(search: URLSearchParams, name: string): Parameter | undefined {
	const values = search.getAll(name);
	return values.length > 1 ? values : values[0];
}

/** What is sent twice can't be taken as a text: an unexpected error. */
function text(value: Parameter): string {
	if (Array.isArray(value)) throw new Error('A parameter was sent twice');
	return value;
}

const count = (value: Parameter = ''): number => Number.parseInt(String(value));

function sortKey(key: string): SortKey {
	const descending = key.startsWith('-');
	const [property = '', field = ''] = (descending ? key.slice(1) : key).split('.').map(checkName);
	return { property, field, descending };
}

/** MongoDB refuses paths with an empty part or one that begins with a dollar sign. */
function checkName(name: string): string {
	if (name === '' || name.startsWith('$')) throw new Error(`Not a field: ${name}`);
	return name;
}

function conditions(search: URLSearchParams, generation: Generation): Map<string, Condition> {
	const found = new Map<string, Condition>();
	for (const key of new Set(search.keys())) {
		const [property = '', field = '', named = ''] = key.split('.');
		// Keys without a dot and names with other characters are ignored: the filter is simply not there.
		if (!/^\w+$/.test(property) || !/^\w+$/.test(field)) continue;
		const path = `${property}.${field}`;
		const value = parameter(search, key) ?? '';
		const operator = OPERATORS.find((one) => one === named);
		if (operator === undefined) found.set(path, { equal: operand(field, value, generation) });
		else found.set(path, joined(found.get(path), operator, operandOf(operator, field, value, generation)));
	}
	return found;
}

/** An operator beside what was asked of the field before: a text or an id in front of it leaves a condition that nothing meets. */
function joined(before: Condition | undefined, operator: Operator, value: unknown): Condition {
	if (before === 'nothing') return before;
	if (before && 'operators' in before) return { operators: new Map([...before.operators, [operator, value]]) };
	const leavesTraces = before !== undefined && (typeof before.equal.value === 'string' || Array.isArray(before.equal.value)) && before.equal.value.length > 0;
	return leavesTraces ? 'nothing' : { operators: new Map([[operator, value]]) };
}

function operandOf(operator: Operator, field: string, value: Parameter, generation: Generation): unknown {
	if (operator === 'in') return text(value).split(',').map((part) => operand(field, part, generation));
	if (operator === 'exists') return exists(field, value, generation);
	if (operator === 'regex') return regex(field, value, generation);
	return operand(field, value, generation);
}

/** The value of a filter, converted by its field. */
function operand(field: string, value: Parameter, generation: Generation): Typed {
	switch (field) {
		case 'reference':
			return idOperand(objectIdOf(value, generation));
		case 'boolean':
			return typed(text(value).toLowerCase() === 'true');
		case 'number':
		case 'filesize':
			return typed(Number(value));
		case 'date':
		case 'datetime':
			return typed(parseDate(value));
		default:
			return typed(value);
	}
}

/** Whatever converts to a number is milliseconds, however short (trap 11). */
function parseDate(value: Parameter): Date {
	const number = Number(value);
	return new Date(Number.isNaN(number) ? String(value) : number);
}

/** In July the value is first converted by the field, and MongoDB takes the result for yes or no (trap 1). */
function exists(field: string, value: Parameter, generation: Generation): boolean {
	if (generation === 'later') return text(value).toLowerCase() === 'true';
	const { value: converted } = operand(field, field === 'boolean' ? text(value) : value, generation);
	if (field === 'number' || field === 'filesize') return converted !== 0;
	if (field === 'date' || field === 'datetime' || field === 'reference') return true;
	return text(value).toLowerCase() === 'true';
}

const TYPED_FIELDS: ReadonlySet<string> = new Set(['number', 'filesize', 'boolean', 'date', 'datetime', 'reference']);

/** `/pattern/flags` or a bare pattern; cut at the next slash, escaped or not (trap 6). */
function regex(field: string, value: Parameter, generation: Generation): RegExp {
	if (TYPED_FIELDS.has(field)) throw new Error('A pattern must be a text');
	const whole = text(value);
	if (!whole.includes('/')) return new RegExp(whole);
	const [, pattern = '', flags = ''] = whole.split('/');
	const known = generation === 'later' ? flags : flags.replace(/[^imsx]/g, '');
	try {
		if (/[^ims]/.test(known)) throw new Error('Unknown flag');
		// The service's driver loses the flag "s"; twice the same one is still an error.
		return new RegExp(new RegExp(pattern, known).source, known.replace('s', ''));
	} catch {
		throw new EntuError(400, 'Invalid regex');
	}
}

function testOf(path: string, condition: Condition): Test {
	if (condition === 'nothing') return () => false;
	const [property = '', field = ''] = path.split('.');
	const some = (fits: (found: Typed) => boolean): Test => (view) => fieldValues(view[property], field).some(fits);
	if ('equal' in condition) return some((found) => same(found, condition.equal));
	const tests = [...condition.operators].map(([operator, value]) => operatorTest(operator, value, some));
	return (view) => tests.every((test) => test(view));
}

const same = (a: Typed, b: Typed): boolean => a.rank === b.rank && compare(a, b) === 0;

function operatorTest(operator: Operator, value: unknown, some: (fits: (found: Typed) => boolean) => Test): Test {
	switch (operator) {
		case 'regex':
			return some((found) => found.rank === typed('').rank && (value as RegExp).test(String(found.value)));
		case 'exists':
			return (view) => some(() => true)(view) === value;
		case 'in':
			return some((found) => (value as Typed[]).some((one) => same(found, one)));
		case 'ne':
			return (view) => !some((found) => same(found, value as Typed))(view);
		default:
			return some((found) => ordered(operator, found, value as Typed));
	}
}

/** Only values of one kind are compared; what is not a number is equal to itself and nothing else. */
function ordered(operator: 'gt' | 'gte' | 'lt' | 'lte', found: Typed, limit: Typed): boolean {
	if (found.rank !== limit.rank || Number.isNaN(found.value) !== Number.isNaN(limit.value)) return false;
	const order = compare(found, limit);
	if (order === 0) return operator === 'gte' || operator === 'lte';
	return operator.startsWith('g') ? order > 0 : order < 0;
}

function narrowing(filters: ReadonlyMap<string, Condition>): Query['narrowed'] {
	const asked = (path: string) => {
		const condition = filters.get(path);
		const value = condition && condition !== 'nothing' && 'equal' in condition ? condition.equal.value : undefined;
		return typeof value === 'string' ? value : undefined;
	};
	const [typeId, typeName] = [asked('_type.reference'), asked('_type.string')];
	if (isId(typeId)) return { typeId };
	return typeName === undefined ? {} : { typeName };
}
