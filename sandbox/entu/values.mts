import { EntuError } from './errors.mts';
import { parseDate } from './query.mts';
import { without, WRITABLE_SYSTEM } from './model.mts';

type Generation = 'july' | 'later';

/** A property object of a request's body. */
export type Input = Record<string, unknown> & { type: string };

const VALUE_FIELDS: ReadonlySet<string> = new Set([
	'string', 'number', 'boolean', 'date', 'datetime', 'reference', 'filename', 'filesize', 'filetype', 'counter',
]);

/** Checks a body as loosely as the service does (§5.5): forms and system properties, nothing against the definitions. */
export function checkInputs(body: unknown, generation: Generation): Input[] {
	if (!Array.isArray(body)) throw new EntuError(400, 'Data must be array');
	if (body.length === 0) throw new EntuError(400, 'At least one property must be set');
	for (const one of body) checkInput(one as Record<string, unknown>, generation);
	return body as Input[];
}

function checkInput(input: Record<string, unknown>, generation: Generation): void {
	const { type } = input;
	if (typeof type !== 'string' || type === '') throw new EntuError(400, 'Property type not set');
	if (!/^\w+$/.test(type)) throw new EntuError(400, 'Property type must be alphanumeric');
	if (type.startsWith('_') && !WRITABLE_SYSTEM.has(type)) throw new EntuError(400, "Property type can't begin with _");
	if (!Object.keys(input).some((key) => VALUE_FIELDS.has(key))) throw new EntuError(400, 'Property must have at least one value');
	if (type === '_type' && !input.reference) throw new EntuError(400, 'Property _type must have reference value');
	if (type === '_sharing' && !['public', 'domain', 'private'].includes(String(input.string))) {
		throw new EntuError(400, 'Property _sharing value must be public, domain or private');
	}
	if (type === '_inheritrights' && typeof input.boolean !== 'boolean') {
		throw new EntuError(400, 'Property _inheritrights must have boolean value');
	}
	checkLanguage(input, generation);
	checkFile(input);
}

function checkLanguage(input: Record<string, unknown>, generation: Generation): void {
	if (!('language' in input)) return;
	const { language } = input;
	const form = generation === 'later' ? /^[a-z]{2}$/ : /./;
	if (typeof language === 'string' && form.test(language)) return;
	// assumed: the text of later servers.
	const needed = generation === 'later' ? 'two lower-case letters' : 'a non-empty string';
	throw new EntuError(400, `Property language must be ${needed}`);
}

function checkFile(input: Record<string, unknown>): void {
	const parts = ['filename', 'filesize', 'filetype'].filter((field) => input[field] !== undefined && input[field] !== '');
	if (parts.length > 0 && parts.length < 3) throw new EntuError(400, 'File property must have filename, filesize and filetype');
}

/** The fields as the service stores them. Nonsense is stored too; an unreadable date becomes 1970. */
export function storedFields(input: Input): Record<string, unknown> {
	const fields = without(input, 'type', '_id', 'counter');
	for (const field of ['date', 'datetime']) {
		if (!(field in fields)) continue;
		const time = parseDate(fields[field] as string | number);
		fields[field] = new Date(field === 'date' ? Math.floor(time / 86_400_000) * 86_400_000 : time).toISOString();
	}
	if (typeof fields.reference === 'string') fields.reference = fields.reference.toLowerCase();
	return fields;
}
