import type { IDataObject } from 'n8n-workflow';

import { refuse } from '../../shared/answer/failure';
import { isRecord } from '../../shared/guards';
import type { Call } from '../../shared/operation/call';
import { mapByName } from '../../shared/operation/columns';
import { toGivenFromApi } from './apiForm';
import { definitionsOf, isMapped, type Definition } from './definitions';
import { LANGUAGE_MARK, toGivenList, type Given } from './values';

/** The properties that the user gave for this item, as columns or as JSON, checked against the definitions of the type. */
export async function givenProperties(call: Call, typeId: string): Promise<Given[]> {
	const definitions = await definitionsOf(call, typeId);
	if (!isJson(call)) return toGivenList(definitions, mappedColumns(call, definitions), call.timeZone);
	const input = call.json('propertiesJson') ?? {};
	if (Array.isArray(input)) return toGivenFromApi(definitions, input, call.timeZone);
	if (isRecord(input)) return toGivenList(definitions, input, call.timeZone);
	return refuse(call.label('propertiesJson'), 'is neither an object nor a list', 'Write an object such as { "name": "The Hobbit" }');
}

/** The names of the properties that an entity is looked up by. */
export function matchingProperties(call: Call): string[] {
	const names = isJson(call) ? call.text('matchBy').split(',') : toNames(call.object('columns').matchingColumns);
	return names.map((name) => name.trim()).filter((name) => name !== '');
}

/** Whether what the type demands must be there: the mark is for Entu's web app, its server takes partial records too (entu.md §4.6). */
export function checksRequired(call: Call): boolean {
	return call.optionalFlag('options.checkRequired') ?? true;
}

export const OR_SWITCH_OFF = "To write partial records, turn off the option 'Check Required Properties'";

/**
 * Stops before a new entity lacks what its type demands, which the server does not check.
 * @throws FailureError `invalid input` that names the property
 */
export async function assertComplete(call: Call, typeId: string, given: readonly Given[]): Promise<void> {
	if (!checksRequired(call)) return;
	const present = new Set(given.filter(({ values }) => values.length > 0).map(({ property }) => property));
	const missing = (await definitionsOf(call, typeId)).filter((definition) => isDemanded(definition) && !present.has(definition.name));
	if (missing[0]) {
		refuse(missing.map(({ label }) => label).join(', '), 'is required by the entity type', `Give a value for it. ${OR_SWITCH_OFF}`);
	}
}

function isDemanded(definition: Definition): boolean {
	return definition.mandatory && !definition.hasDefault && !definition.readonly && isMapped(definition) && definition.type !== 'counter';
}

function mappedColumns(call: Call, definitions: readonly Definition[]): IDataObject {
	const { mappingMode, value } = call.object('columns');
	if (mappingMode !== 'autoMapInputData') return isRecord(value) ? value : {};
	const names = definitions.filter((definition) => isMapped(definition) && !definition.readonly).map(({ name }) => name);
	const { values, remarks } = mapByName(call.itemJson, names, (field) => field.split(LANGUAGE_MARK)[0] ?? '');
	for (const remark of remarks) call.note(remark);
	return values;
}

function isJson(call: Call): boolean {
	return call.choice('propertiesMode', ['columns', 'json']) === 'json';
}

function toNames(value: unknown): string[] {
	return Array.isArray(value) ? value.map(String) : [];
}
