import type { IDataObject } from 'n8n-workflow';
import { tryToParseDateTime } from 'n8n-workflow';

import { refuse } from '../shared/failure';
import { isRecord, textOf } from '../shared/guards';
import { parseJson } from '../shared/outcome';
import type { PropertyValue } from './api';
import type { Definition } from './definitions';
import { toId } from './ids';

/** A property that the user gave, with all values it is to have; of one language, where the property has languages. */
export interface Given {
	readonly property: string;
	readonly language?: string;
	/** None means that the property was given without a value. */
	readonly values: readonly PropertyValue[];
}

/** `title@et`: how a column names the language of a multilingual property. */
export const LANGUAGE_MARK = '@';

const LANGUAGE = /^[a-z]{2}$/;

/**
 * Turns what the user gave for one property into values that mean the same in Entu, which itself checks next to nothing: it stores
 * a text in a number property, and an unparsable date as 1970 (entu.md §4.2).
 * @param timeZone of dates that name none
 * @throws FailureError `invalid input` that names the property
 */
export function toGiven(definition: Definition, input: unknown, language: string | undefined, timeZone: string): Given {
	assertWritable(definition);
	const code = language === undefined ? undefined : toLanguage(definition, language);
	const values = toList(definition, input).filter((entry) => !isEmpty(definition, entry));
	assertSingle(definition, values.length);
	return {
		property: definition.name,
		...(code ? { language: code } : {}),
		values: values.map((entry) => ({
			type: definition.name,
			...convert(definition, entry, timeZone),
			...(code ? { language: code } : {}),
		})),
	};
}

/** Properties given as an object, such as `{ "name": "The Hobbit", "description": { "en": "…", "et": "…" } }`. */
export function toGivenList(definitions: readonly Definition[], input: IDataObject, timeZone: string): Given[] {
	const given = Object.entries(input).flatMap(([key, value]) => {
		const [name = '', language] = key.split(LANGUAGE_MARK);
		const definition = definitions.find((known) => known.name === name) ?? unknownProperty(name, definitions);
		if (definition.multilingual && language === undefined && isRecord(value)) {
			return Object.entries(value).map(([code, text]) => toGiven(definition, text, code, timeZone));
		}
		return [toGiven(definition, value, language, timeZone)];
	});
	return merged(definitions, given);
}

/**
 * A language code as all servers accept it: two lower-case letters (entu.md §1.3).
 * @throws FailureError `invalid input` for anything else, or a property without languages
 */
export function toLanguage({ label, multilingual }: Definition, language: string): string {
	const code = language.trim().toLowerCase();
	if (!multilingual) refuse(label, 'has no languages', 'Leave the language out, or make the property multilingual in Entu');
	return LANGUAGE.test(code) ? code : refuse(label, `"${language}" is not a language`, 'Use two letters such as en or et');
}

/** Whether a property takes values as texts, numbers and the like: not computed ones, and no files. */
export function isMapped({ formula, readonly, type }: Definition): boolean {
	return !formula && !readonly && type !== 'file';
}

function assertWritable(definition: Definition): void {
	if (definition.formula) refuse(definition.label, 'is computed by Entu', 'Leave it out');
	if (definition.readonly) refuse(definition.label, 'is read-only in Entu', 'Leave it out');
	if (definition.type === 'file') refuse(definition.label, 'is a file', "Use the resource 'File' to upload it");
}

function unknownProperty(name: string, definitions: readonly Definition[]): never {
	const known = definitions.filter(isMapped).map((definition) => definition.name);
	const fix = known.length > 0 ? `Use one of: ${known.join(', ')}` : 'No property of this type can be seen: check the entity type, and the rights of the API key';
	return refuse('Properties', `The entity type has no property "${name}"`, fix);
}

function assertSingle({ label, list }: Definition, count: number): void {
	if (count > 1 && !list) refuse(label, `takes one value, but ${count} were given`, 'Give one value, or make the property a list in Entu');
}

/** One value or several; in a property that is a list, a text that holds a JSON list counts as one. */
function toList({ list }: Definition, input: unknown): unknown[] {
	if (Array.isArray(input)) return input;
	const parsed = list && typeof input === 'string' && input.trim().startsWith('[') ? parseJson(input) : undefined;
	return Array.isArray(parsed) ? parsed : [input];
}

/** A counter that is not asked for its next number has no value either. */
function isEmpty({ type }: Definition, value: unknown): boolean {
	if (type === 'counter' && (value === false || value === 'false')) return true;
	return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

/**
 * One entry for each property and language, so that two entries for the same don't get in each other's way.
 * @throws FailureError `invalid input` when a property that takes one value comes to several
 */
function merged(definitions: readonly Definition[], given: readonly Given[]): Given[] {
	const groups = new Map<string, Given>();
	for (const entry of given) {
		const key = `${entry.property} ${entry.language ?? ''}`;
		const known = groups.get(key);
		groups.set(key, known ? { ...known, values: [...known.values, ...entry.values] } : entry);
	}
	for (const { property, values } of groups.values()) {
		const definition = definitions.find(({ name }) => name === property);
		if (definition) assertSingle(definition, values.length);
	}
	return [...groups.values()];
}

function convert(definition: Definition, value: unknown, timeZone: string): IDataObject {
	switch (definition.type) {
		case 'number':
			return { number: toNumber(definition, value) };
		case 'boolean':
			return { boolean: toBoolean(definition, value) };
		case 'date':
			return { date: toDate(definition, value, timeZone) };
		case 'datetime':
			return { datetime: toDateTime(definition, value, timeZone) };
		case 'reference':
			return { reference: toReference(definition, value) };
		case 'counter':
			return toCounter(definition, value);
		default:
			return { string: toText(definition, value) };
	}
}

function toText({ label, choices }: Definition, value: unknown): string {
	if (typeof value === 'object') return refuse(label, 'is an object where a text is expected', 'Give a text');
	// Filters compare in Unicode NFC (entu.md §5.2).
	const text = String(value).normalize('NFC');
	if (choices.length === 0 || choices.includes(text)) return text;
	return refuse(label, `"${text}" is not among its choices`, `Use one of: ${choices.join(', ')}`);
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function toNumber({ label }: Definition, value: unknown): number {
	const number = typeof value === 'number' || NUMBER.test(String(value).trim()) ? Number(value) : NaN;
	if (!Number.isFinite(number)) refuse(label, `${shown(value)} is not a number`, 'Give a number such as 12 or 12.5');
	if (Number.isInteger(number) && !Number.isSafeInteger(number)) {
		refuse(label, `${shown(value)} has more digits than a number keeps`, 'Keep such numbers in a property of type string');
	}
	return number;
}

const YES: readonly unknown[] = [true, 1, 'true', '1', 'yes'];
const NO: readonly unknown[] = [false, 0, 'false', '0', 'no'];

function toBoolean({ label }: Definition, value: unknown): boolean {
	const given = typeof value === 'string' ? value.trim().toLowerCase() : value;
	if (YES.includes(given)) return true;
	return NO.includes(given) ? false : refuse(label, `${shown(value)} is neither true nor false`, 'Give true or false');
}

/** A day, alone or with a time behind it. */
const DATE = /^(\d{4}-\d{2}-\d{2})(?:$|[T ]\d{2}:\d{2})/;

/** The calendar day that stands in the value, as it stands there: a zone would move it to the day before or after. */
function toDate({ label }: Definition, value: unknown, timeZone: string): string {
	const text = typeof value === 'string' ? value.trim() : momentOf(value, timeZone)?.toISODate();
	const day = DATE.exec(text ?? '')?.[1];
	return day && isDay(day) ? day : refuse(label, `${shown(value)} is not a date`, 'Give a date such as 2026-11-21');
}

function toDateTime({ label }: Definition, value: unknown, timeZone: string): string {
	const day = typeof value === 'string' ? (DATE.exec(value.trim())?.[1] ?? '') : undefined;
	const moment = day === undefined || isDay(day) ? momentOf(value, timeZone) : undefined;
	const iso = moment?.toUTC().toISO();
	return iso ?? refuse(label, `${shown(value)} is not a date and time`, 'Give one such as 2026-11-21T09:30:00 or 2026-11-21T09:30:00Z');
}

function isDay(text: string): boolean {
	const date = new Date(`${text}T00:00:00Z`);
	return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function momentOf(value: unknown, timeZone: string): ReturnType<typeof tryToParseDateTime> | undefined {
	if (typeof value === 'number') return undefined;
	try {
		return tryToParseDateTime(value, timeZone);
	} catch {
		return undefined;
	}
}

function toReference({ label }: Definition, value: unknown): string {
	return toId(value) ?? refuse(label, `${shown(value)} is not an Entu ID`, 'Give the 24 characters of the ID of the entity to refer to, or its link');
}

/** `true` asks for the next value; anything else is set as it is (entu.md §4.3). */
function toCounter(definition: Definition, value: unknown): IDataObject {
	if (value === true || value === 'true') return { counter: 1 };
	return { counter: 1, string: toText(definition, value) };
}

function shown(value: unknown): string {
	return typeof value === 'object' ? 'The given object' : `"${String(value)}"`;
}

/** Value fields of the API (entu.md §4.2). */
const VALUE_FIELDS = ['string', 'number', 'boolean', 'date', 'datetime', 'reference', 'counter'];
const NAME = /^[A-Za-z0-9_]+$/;
const FIELD_OF_SYSTEM: Readonly<Record<string, string>> = {
	_type: 'reference',
	_parent: 'reference',
	_owner: 'reference',
	_editor: 'reference',
	_expander: 'reference',
	_viewer: 'reference',
	_noaccess: 'reference',
	_sharing: 'string',
	_inheritrights: 'boolean',
};

/**
 * Properties given in the form of the API: a list of objects with `type` and a value. Values of defined properties are checked like
 * mapped ones; a property without a definition is taken as it is, since databases may hold such values.
 */
export function toGivenFromApi(definitions: readonly Definition[], input: readonly unknown[], timeZone: string): Given[] {
	const given = input.map((entry, i) => {
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
	const given = toGiven(definition, entry[field], textOf(entry.language), timeZone);
	const isStep = field === 'counter' && typeof entry.counter === 'number';
	return isStep ? { ...given, values: [{ type: definition.name, counter: entry.counter }] } : given;
}

/** Where a value of a type stands (entu.md §4.2). */
export const FIELD_OF_TYPE: Readonly<Record<Definition['type'], string>> = {
	string: 'string',
	text: 'string',
	number: 'number',
	boolean: 'boolean',
	date: 'date',
	datetime: 'datetime',
	reference: 'reference',
	file: 'filename',
	counter: 'string',
};

function rawValue(name: string, entry: IDataObject, place: string): PropertyValue {
	const field = FIELD_OF_SYSTEM[name];
	if (name.startsWith('_') && !field) return refuse('Properties', `${place}: "${name}" can't be written`, 'Leave it out');
	if (field === 'reference') return { type: name, reference: toId(entry.reference) ?? refuse('Properties', `${place} ("${name}") needs a "reference" that is an Entu ID`, EXAMPLE) };
	if (field && entry[field] === undefined) return refuse('Properties', `${place} ("${name}") needs a "${field}"`, EXAMPLE);
	const language = textOf(entry.language)?.toLowerCase();
	return { ...pick(entry, VALUE_FIELDS), type: name, ...(language ? { language } : {}) };
}

function pick(entry: IDataObject, keys: readonly string[]): IDataObject {
	return Object.fromEntries(keys.filter((key) => entry[key] !== undefined).map((key) => [key, entry[key]]));
}

const EXAMPLE = 'Write entries such as { "type": "name", "string": "The Hobbit" } or { "type": "pages", "number": 310 }';
