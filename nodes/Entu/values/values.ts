import type { IDataObject } from 'n8n-workflow';

import { mapAll, refuse } from '../../shared/answer/failure';
import { parseJson } from '../../shared/answer/outcome';
import { isRecord } from '../../shared/guards';
import type { PropertyValue } from '../wire/entities';
import { convert } from './convert';
import { isMapped, type Definition } from './definitions';

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
	// A field that the item lacks clears nothing.
	const fields = Object.entries<unknown>(input).filter(([, value]) => value !== undefined);
	const given = mapAll(fields, ([key, value]) => {
		const [name = '', language] = key.split(LANGUAGE_MARK);
		const definition = definitions.find((known) => known.name === name) ?? unknownProperty(name, definitions);
		if (definition.multilingual && language === undefined && isRecord(value)) {
			const byLanguage = Object.entries(value).filter(([, text]) => text !== undefined);
			return mapAll(byLanguage, ([code, text]) => toGiven(definition, text, code, timeZone));
		}
		return [toGiven(definition, value, language, timeZone)];
	});
	return merged(definitions, given.flat());
}

/**
 * A language code as all servers accept it: two lower-case letters (entu.md §1.3).
 * @throws FailureError `invalid input` for anything else, or a property without languages
 */
function toLanguage({ label, multilingual }: Definition, language: string): string {
	const code = language.trim().toLowerCase();
	if (!multilingual) refuse(label, 'has no languages', 'Leave the language out, or make the property multilingual in Entu');
	return LANGUAGE.test(code) ? code : refuse(label, `"${language}" is not a language`, 'Use two letters such as en or et');
}

function assertWritable(definition: Definition): void {
	if (definition.formula) refuse(definition.label, 'is computed by Entu', 'Leave it out');
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

/** One value or several; in a property that is a list, a text that holds a JSON list counts as one, and so do IDs with commas between. */
function toList({ list, type }: Definition, input: unknown): unknown[] {
	if (Array.isArray(input)) return input;
	if (list && type === 'reference' && typeof input === 'string' && !input.trim().startsWith('[')) return input.split(',');
	const parsed = list && typeof input === 'string' && input.trim().startsWith('[') ? parseJson(input) : undefined;
	return Array.isArray(parsed) ? parsed : [input];
}

/** A counter that is not asked for its next number has no value either. */
function isEmpty({ type }: Definition, value: unknown): boolean {
	if (type === 'counter' && (value === false || (typeof value === 'string' && value.trim().toLowerCase() === 'false'))) return true;
	return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

/**
 * One entry for each property and language, so that two entries for the same don't get in each other's way.
 * @throws FailureError `invalid input` when a property that takes one value comes to several
 */
export function merged(definitions: readonly Definition[], given: readonly Given[]): Given[] {
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
