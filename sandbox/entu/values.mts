import { EntuError } from './errors.mts';
import { CREDENTIALS, OWNER_PROPERTIES, SERVER_ONLY, without, WRITABLE_SYSTEM, type Fields } from './model.mts';
import type { Generation } from './settings.mts';

/** A property object of a request's body. Its `type` may be anything until `checkInput` has seen it. */
export type Input = Fields & { readonly type: string };

/** The one field of each system property. */
const fieldOf = (type: string): string => (type === '_sharing' ? 'string' : type === '_inheritrights' ? 'boolean' : 'reference');

const VALUE_FIELDS = ['string', 'number', 'boolean', 'reference', 'date', 'datetime'];
const META_FIELDS: ReadonlySet<string> = new Set(['type', '_id', 'language']);
const CREDENTIAL_FIELDS: Readonly<Record<string, readonly string[]>> = {
	entu_user: ['type', '_id', 'language', 'string', 'email'],
	entu_api_key: ['type', '_id', 'language', 'string', 'email'],
};
const LATER_CREDENTIAL_FIELDS = { ...CREDENTIAL_FIELDS, entu_passkey: ['type', '_id'] };

/** The body as a list of property objects, and nothing in it that only the server sets (§4.4, §5.5). */
export function readInputs(body: unknown, generation: Generation): Input[] {
	if (!body) throw new EntuError(400, 'No data');
	if (!Array.isArray(body)) throw new EntuError(400, 'Data must be array');
	if (body.length === 0) throw new EntuError(400, 'At least one property must be set');
	const inputs = body as Input[];
	const kept = generation === 'later' ? inputs.find(({ type }) => SERVER_ONLY.has(type)) : undefined;
	if (kept) throw new EntuError(403, `Property ${kept.type} can only be set by the server`);
	for (const input of inputs) checkCredential(input, generation === 'later' ? LATER_CREDENTIAL_FIELDS : CREDENTIAL_FIELDS);
	return inputs;
}

function checkCredential(input: Input, allowed: Readonly<Record<string, readonly string[]>>): void {
	const { type } = input;
	const fields = CREDENTIALS.has(type) ? allowed[type] : undefined;
	const extra = fields && Object.keys(input).find((field) => !fields.includes(field));
	if (extra !== undefined) throw new EntuError(403, `Property ${type} field ${extra} can only be set by the server`);
}

/** Checks one property object as loosely as the service does: its form, nothing against the definitions. */
export function checkInput(input: Input): void {
	const { type } = input;
	if (!type) throw new EntuError(400, 'Property type not set');
	if (!/^\w+$/.test(type)) throw new EntuError(400, 'Property type must be alphanumeric');
	if (type.startsWith('_') && !WRITABLE_SYSTEM.has(type)) throw new EntuError(400, "Property type can't begin with _");
	if (WRITABLE_SYSTEM.has(type)) checkSystemValue(input);
	else checkOrdinaryValue(input);
	const { language } = input;
	if (language !== undefined && (typeof language !== 'string' || language.trim() === '')) {
		throw new EntuError(400, 'Property language must be a non-empty string');
	}
}

function checkSystemValue(input: Input): void {
	const { type } = input;
	const field = fieldOf(type);
	if (input[field] === undefined || input[field] === null) throw new EntuError(400, `Property ${type} must have ${field} value`);
	if (VALUE_FIELDS.some((other) => other !== field && input[other] !== undefined)) {
		throw new EntuError(400, `Property ${type} must only have ${field} value`);
	}
	if (type === '_sharing' && !['public', 'domain', 'private'].includes(String(input.string))) {
		throw new EntuError(400, 'Property _sharing value must be public, domain or private');
	}
}

function checkOrdinaryValue(input: Input): void {
	if (Object.keys(input).every((field) => META_FIELDS.has(field))) throw new EntuError(400, 'Property must have at least one value');
	const parts = ['filename', 'filesize', 'filetype'].filter((field) => input[field] !== undefined);
	if (parts.length > 0 && parts.length < 3) throw new EntuError(400, 'File property must have filename, filesize and filetype');
}

export const isOwnersAffair = ({ type }: Input): boolean => OWNER_PROPERTIES.has(type);

/** The fields of a value as the request gives them, dates read; a date that can't be read is none. */
export function givenFields(input: Input): Record<string, unknown> {
	const fields = without(input, 'type', '_id', 'entity', 'created');
	for (const field of ['date', 'datetime']) if (fields[field]) fields[field] = new Date(fields[field] as string | number);
	return fields;
}

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** The same as the database keeps them: dates that are none as 1970, halves of characters as U+FFFD. */
export function storedFields(fields: Fields): Fields {
	return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, stored(value)]));
}

function stored(value: unknown): unknown {
	if (value === undefined) return null;
	if (typeof value === 'string') return value.replace(LONE_SURROGATE, '\ufffd');
	return value instanceof Date && Number.isNaN(value.getTime()) ? new Date(0) : value;
}
