import type { IDataObject } from 'n8n-workflow';

import { mapAll, refuse } from '../../shared/answer/failure';
import { isRecord, textOf } from '../../shared/guards';
import type { PropertyValue } from '../wire/entities';
import { toCounterText } from './convert';
import { FIELD_OF_TYPE, type Definition } from './definitions';
import { toId } from './ids';
import { merged, toGiven, type Given } from './values';

/** Value fields of the API (entu.md §4.2). */
const VALUE_FIELDS = ['string', 'number', 'boolean', 'date', 'datetime', 'reference', 'counter'];
const NAME = /^[A-Za-z0-9_]+$/;
const FIELD_OF_SYSTEM: ReadonlyMap<string, string> = new Map([
	['_type', 'reference'],
	['_parent', 'reference'],
	['_owner', 'reference'],
	['_editor', 'reference'],
	['_expander', 'reference'],
	['_viewer', 'reference'],
	['_noaccess', 'reference'],
	['_sharing', 'string'],
	['_inheritrights', 'boolean'],
]);
/** As Entu writes a day: the time in it means nothing (entu.md §4.2). */
const DAY_AS_SENT = /^(\d{4}-\d{2}-\d{2})T00:00:00(?:\.000)?Z$/;

/**
 * Properties given in the form of the API: a list of objects with `type` and a value. Values of defined properties are checked like
 * mapped ones; a property without a definition is taken as it is, since databases may hold such values.
 */
export function toGivenFromApi(definitions: readonly Definition[], input: readonly unknown[], timeZone: string): Given[] {
	const given = mapAll(input, (entry, i) => {
		const place = `Entry ${i + 1}`;
		if (!isRecord(entry)) return refuse('Properties', `${place} is not an object`, EXAMPLE);
		const name = textOf(entry.type);
		if (!name || !NAME.test(name)) return refuse('Properties', `${place} has no valid "type"`, EXAMPLE);
		const fields = VALUE_FIELDS.filter((field) => entry[field] !== undefined && entry[field] !== null);
		if (fields.length === 0) return refuse('Properties', `${place} ("${name}") has no value`, EXAMPLE);
		const language = textOf(entry.language);
		const definition = definitions.find((known) => known.name === name);
		if (definition) return toGivenEntry(definition, entry, fields, timeZone);
		return { property: name, ...(language ? { language: language.toLowerCase() } : {}), values: [rawValue(name, entry, place)] };
	});
	return merged(definitions, given);
}

/** Values that Entu has sent hold other fields too, such as the name of what a reference points to: the one of the type counts. */
function toGivenEntry(definition: Definition, entry: IDataObject, fields: readonly string[], timeZone: string): Given {
	const field = [FIELD_OF_TYPE[definition.type], ...fields].find((name) => fields.includes(name)) ?? '';
	const value = field === 'date' && typeof entry.date === 'string' ? entry.date.replace(DAY_AS_SENT, '$1') : entry[field];
	const given = toGiven(definition, value, textOf(entry.language), timeZone);
	const isStep = field === 'counter' && typeof entry.counter === 'number';
	return isStep ? { ...given, values: [{ type: definition.name, counter: entry.counter }] } : given;
}

function rawValue(name: string, entry: IDataObject, place: string): PropertyValue {
	const field = FIELD_OF_SYSTEM.get(name);
	if (name.startsWith('_') && !field) return refuse('Properties', `${place}: "${name}" can't be written`, 'Leave it out');
	if (field === 'reference') return { type: name, reference: toId(entry.reference) ?? refuse('Properties', `${place} ("${name}") needs a "reference" that is an Entu ID`, EXAMPLE) };
	if (field && entry[field] === undefined) return refuse('Properties', `${place} ("${name}") needs a "${field}"`, EXAMPLE);
	const counted = entry.counter ? textOf(entry.string) : undefined;
	if (counted !== undefined) toCounterText(name, counted);
	const language = textOf(entry.language)?.toLowerCase();
	return { ...pick(entry, VALUE_FIELDS), type: name, ...(language ? { language } : {}) };
}

function pick(entry: IDataObject, keys: readonly string[]): IDataObject {
	return Object.fromEntries(keys.filter((key) => entry[key] !== undefined).map((key) => [key, entry[key]]));
}

const EXAMPLE = 'Write entries such as { "type": "name", "string": "The Hobbit" } or { "type": "pages", "number": 310 }';
