import { refuse } from '../../shared/answer/failure';
import type { Call } from '../../shared/operation/call';
import { toValue } from './filters';
import { assertProps, assertSort } from './names';
import { searchWords } from './search';

const KEY = /^([A-Za-z0-9_]+)\.([a-z_]+)(?:\.(ne|gt|gte|lt|lte|in|regex|exists))?$/;
/** `/pattern/flags` or a bare pattern; the server cuts it at the next slash, escaped or not, and drops the flag `s` (entu.md §5.2, trap 6). */
const PATTERN = /^(\/[^/]+\/[im]*|[^/]+)$/;
/** Fields on which servers of July 2026 don't understand `exists` (trap 1). */
const NO_EXISTS = ['number', 'date', 'datetime', 'filesize', 'reference'];
/** What everything that converts to a number is in a date filter, however short (trap 11); shorter ones are meant for something else. */
const MILLISECONDS = /^-?\d{11,14}$/;
/** What has a parameter of its own here. */
const ELSEWHERE: ReadonlyMap<string, string> = new Map([
	['limit', "Leave it out and use 'Limit' or 'Return All'"],
	['skip', "Leave it out: the node reads page after page by itself. Use 'Limit' or 'Return All'"],
	['group', "Leave it out and use the operation 'Count' with the option 'Group By'"],
]);

/**
 * A query entered as text, such as `pages.number.gte=300&name.string.regex=/ring/i`.
 * @throws FailureError `invalid input` for what the server would ignore or get wrong without a word (entu.md §5.2)
 */
export function rawQuery(call: Call, parameter: string): Array<[string, string]> {
	const text = call.text(parameter).replace(/^\?/, '');
	const label = call.label(parameter);
	return [...new URLSearchParams(text)].map(([key, value]) => [key, checked(call, label, key, value)]);
}

function checked(call: Call, label: string, key: string, value: string): string {
	const elsewhere = ELSEWHERE.get(key);
	if (elsewhere) refuse(label, `The node sets "${key}" itself and would ignore yours`, elsewhere);
	if (key === 'q') return searchWords(label, value);
	if (key === 'props') return assertProps(label, value.split(',')).join(',');
	if (key === 'sort') return assertSort(label, value);
	const [, name, field = '', operator] = KEY.exec(key) ?? [];
	if (name === undefined || name === '_id') {
		return refuse(label, `Entu would ignore "${key}" and send everything`, 'Write property.field or property.field.operator, such as pages.number.gte=300');
	}
	switch (operator) {
		case 'exists':
			if (NO_EXISTS.includes(field)) refuse(label, `Entu may get "${key}" wrong`, `Write ${name}._id.exists=${value}`);
			return value;
		case 'regex':
			return PATTERN.test(value) ? value : refuse(label, `Entu would cut the pattern in "${key}" at its next slash, or drop a flag`, 'Write a slash in a pattern as \\x2F, and no flags but i and m');
		case 'in':
			return value.split(',').map((entry) => compared(call, key, field, entry)).join(',');
		default:
			return compared(call, key, field, value);
	}
}

function compared(call: Call, key: string, field: string, value: string): string {
	const isTime = field === 'date' || field === 'datetime';
	return isTime && MILLISECONDS.test(value.trim()) ? value.trim() : toValue(call, key, field, value);
}
