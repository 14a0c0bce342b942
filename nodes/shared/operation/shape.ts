import type { IDataObject } from 'n8n-workflow';

import { isRecord } from '../guards';
import type { Output } from './output';

const SEPARATOR = '.';

/**
 * The chosen fields of a record, in the order in which they were chosen, and the same for every record: what is missing is null.
 * @param fields names, or paths such as `address.city`
 */
export function pickFields(record: IDataObject, fields: readonly string[]): IDataObject {
	// No object: a field may be called "constructor".
	const picked = new Map<string, unknown>();
	for (const field of fields) {
		const [name = '', ...inner] = Object.hasOwn(record, field) ? [field] : field.split(SEPARATOR);
		const value = Object.hasOwn(record, name) ? record[name] : null;
		if (inner.length === 0) picked.set(name, value);
		else picked.set(name, { ...asRecord(picked.get(name)), ...pickFields(asRecord(value), [inner.join(SEPARATOR)]) });
	}
	return Object.fromEntries(picked) as IDataObject;
}

/**
 * The same fields for every record of a list, null where it has none. A field stands behind the one that it follows where it is first found,
 * so that what comes last in the records stays last.
 */
export function evened(outputs: readonly Output[]): readonly Output[] {
	const fields: string[] = [];
	const known = new Set<string>();
	for (const { json } of outputs) {
		let before = -1;
		for (const name of Object.keys(json)) {
			if (!known.has(name)) fields.splice(before + 1, 0, name);
			known.add(name);
			before = fields.indexOf(name);
		}
	}
	return outputs.map((output) => (Object.keys(output.json).length === fields.length ? output : withJson(output, filled(output.json, fields))));
}

/** Written out, not spread, for the sake of memory. */
export function withJson({ binary }: Output, json: IDataObject): Output {
	return binary ? { json, binary } : { json };
}

function filled(record: IDataObject, fields: readonly string[]): IDataObject {
	return Object.fromEntries(fields.map((name) => [name, Object.hasOwn(record, name) ? record[name] : null]));
}

/** The fields that records have, in their order; those of an object in a record by path behind it. */
export function fieldsOf(records: readonly IDataObject[]): string[] {
	const fields = new Set<string>();
	for (const record of records) {
		for (const [name, value] of Object.entries(record)) {
			fields.add(name);
			for (const inner of Object.keys(asRecord(value))) fields.add(`${name}${SEPARATOR}${inner}`);
		}
	}
	return [...fields];
}

function asRecord(value: unknown): IDataObject {
	return isRecord(value) ? value : {};
}
