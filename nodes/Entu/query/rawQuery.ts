import { refuse } from '../../shared/answer/failure';
import type { Call } from '../../shared/operation/call';
import { toValue } from './filters';

const KEY = /^([A-Za-z0-9_]+)\.([a-z_]+)(?:\.(ne|gt|gte|lt|lte|in|regex|exists))?$/;
const WORDS = ['q', 'props', 'sort'];
/** `/pattern/flags` or a bare pattern; the server cuts it at the next slash, escaped or not (entu.md §5.2, trap 6). */
const PATTERN = /^(\/[^/]+\/[ims]*|[^/]+)$/;
/** Fields on which servers of July 2026 don't understand `exists` (trap 1). */
const NO_EXISTS = ['number', 'date', 'datetime', 'filesize', 'reference'];

/**
 * A query entered as text, such as `pages.number.gte=300&name.string.regex=/ring/i`.
 * @throws FailureError `invalid input` for what the server would ignore or get wrong without a word (entu.md §5.2)
 */
export function rawQuery(call: Call, parameter: string): Array<[string, string]> {
	const text = call.text(parameter).replace(/^\?/, '');
	const label = call.label(parameter);
	return [...new URLSearchParams(text)].map(([key, value]) => [key, checked(label, key, value, call.timeZone)]);
}

function checked(label: string, key: string, value: string, timeZone: string): string {
	if (WORDS.includes(key)) return value;
	const [, name, field = '', operator] = KEY.exec(key) ?? [];
	if (name === undefined || name === '_id') {
		return refuse(label, `Entu would ignore "${key}" and send everything`, 'Write property.field or property.field.operator, such as pages.number.gte=300');
	}
	switch (operator) {
		case 'exists':
			if (NO_EXISTS.includes(field)) refuse(label, `Entu may get "${key}" wrong`, `Write ${name}._id.exists=${value}`);
			return value;
		case 'regex':
			return PATTERN.test(value) ? value : refuse(label, `Entu would cut the pattern in "${key}" at its next slash`, 'Write a slash in a pattern as \\x2F, and no flags but i, m and s');
		case 'in':
			return value.split(',').map((entry) => toValue(key, field, entry, timeZone)).join(',');
		default:
			return toValue(key, field, value, timeZone);
	}
}
