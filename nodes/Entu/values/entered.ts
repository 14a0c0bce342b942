import type { IDataObject } from 'n8n-workflow';

import { faultIn, refuse, refuseAll, type Failure } from '../../shared/answer/failure';
import { isRecord, recordsIn } from '../../shared/guards';
import type { Call } from '../../shared/operation/call';
import { mapByName } from '../../shared/operation/columns';
import { isBlank } from '../../shared/operation/values';
import { toGivenFromApi } from './apiForm';
import { definitionsOf, isMapped, type Definition } from './definitions';
import { LANGUAGE_MARK, toGivenList, type Given } from './values';

/**
 * The properties that the user gave for this item, as columns or as JSON, checked against the definitions of the type.
 * @param isNew whether they are all that the entity will have: then what is missing is named beside what is wrong
 * @throws FailureError `invalid input`
 */
export async function givenProperties(call: Call, typeId: string, isNew = false): Promise<Given[]> {
	const definitions = await definitionsOf(call, typeId);
	const input = isJson(call) ? (call.json('propertiesJson') ?? {}) : mappedColumns(call, definitions);
	const read = faultIn(() => toGivenProperties(call, definitions, input));
	if ('value' in read) return read.value;
	refuseAll([read.failure, ...(isNew && checksRequired(call) ? missingFaults(definitions, namesIn(input)) : [])]);
	return [];
}

function toGivenProperties(call: Call, definitions: readonly Definition[], input: unknown): Given[] {
	if (Array.isArray(input)) return toGivenFromApi(definitions, input, call.timeZone);
	if (isRecord(input)) return toGivenList(definitions, input, call.timeZone);
	return refuse(call.label('propertiesJson'), 'is neither an object nor a list', 'Write an object such as { "name": "The Hobbit" }');
}

/** The properties that something is given for, right or wrong. */
function namesIn(input: unknown): Set<string> {
	if (Array.isArray(input)) return new Set(recordsIn(input).map(({ type }) => String(type)));
	const fields = isRecord(input) ? Object.entries(input) : [];
	return new Set(fields.filter(([, value]) => !isBlank(value)).map(([name]) => name.split(LANGUAGE_MARK)[0] ?? ''));
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
	refuseAll(missingFaults(await definitionsOf(call, typeId), present));
}

function missingFaults(definitions: readonly Definition[], present: ReadonlySet<string>): Failure[] {
	const missing = definitions.filter((definition) => isDemanded(definition) && !present.has(definition.name));
	if (missing.length === 0) return [];
	const parameter = missing.map(({ label }) => label).join(', ');
	return [{ reason: 'invalid input', message: 'is required by the entity type', fix: `Give a value for it. ${OR_SWITCH_OFF}`, parameter }];
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
