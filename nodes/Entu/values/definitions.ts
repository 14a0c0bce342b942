import type { IDataObject } from 'n8n-workflow';

import { recordsIn, textOf } from '../../shared/guards';
import type { Call } from '../../shared/operation/call';
import type { Client } from '../../shared/service/client';
import { listPage, valuesOf, type Entity } from '../wire/entities';

export type PropertyType =
	| 'string'
	| 'text'
	| 'number'
	| 'boolean'
	| 'date'
	| 'datetime'
	| 'reference'
	| 'file'
	| 'counter';

/** What an entity type says about one of its properties (entu.md §4.6). */
export interface Definition {
	readonly id: string;
	readonly name: string;
	readonly label: string;
	readonly type: PropertyType;
	readonly list: boolean;
	readonly multilingual: boolean;
	readonly mandatory: boolean;
	/** Entu fills the property itself when a new entity comes without it. */
	readonly hasDefault: boolean;
	readonly readonly: boolean;
	readonly formula: boolean;
	readonly choices: readonly string[];
	/** Query that lists what a reference may point to. */
	readonly referenceQuery?: string;
	/** Languages in which the database has labels, as a hint at those of its values. */
	readonly languages: readonly string[];
}

/** Where a value of a type stands (entu.md §4.2). */
export const FIELD_OF_TYPE: Readonly<Record<PropertyType, string>> = {
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

/** Later servers set these themselves, and nobody else may (entu.md §4.4). */
const SERVER_ONLY = ['billing_customer_id', 'billing_data_limit', 'billing_entities_limit', 'billing_requests_limit', 'billing_tokens_limit'];

/**
 * Whether a property takes values as texts, numbers and the like: not computed ones, no files, and not what the server keeps to itself.
 * Read-only ones do: that mark keeps them out of the form of Entu's web app, for what integrations fill (entu.md §4.6).
 */
export function isMapped({ name, formula, type }: Definition): boolean {
	return !formula && type !== 'file' && !SERVER_ONLY.includes(name);
}

const PROPS =
	'name,label,type,list,multilingual,mandatory,readonly,formula,set,default,reference_query,decimals,ordinal,description';
const TYPES: readonly string[] = ['string', 'text', 'number', 'boolean', 'date', 'datetime', 'reference', 'file', 'counter'];
const MOST_DEFINITIONS = 1000;

/** The definitions of a type in the order of the web app. */
export async function loadDefinitions(client: Client, typeId: string): Promise<Definition[]> {
	const { records } = await listPage(client, {
		'_type.string': 'property',
		'_parent.reference': typeId,
		props: PROPS,
		limit: MOST_DEFINITIONS,
	});
	return [...records].sort((a, b) => ordinalOf(a) - ordinalOf(b)).map(toDefinition).filter(({ name }) => name !== '');
}

/** The same, not loaded again for a while. */
export async function definitionsOf(call: Call, typeId: string): Promise<Definition[]> {
	return await call.lately(`definitions ${typeId}`, async () => await loadDefinitions(call.client, typeId));
}

/** The entity types of the database, by name. */
export async function loadTypes(client: Client): Promise<Array<{ id: string; name: string; label: string }>> {
	const { records } = await listPage(client, {
		'_type.string': 'entity',
		props: 'name,label',
		sort: 'name.string',
		limit: MOST_DEFINITIONS,
	});
	return records.map((type) => ({ id: String(type._id), name: firstString(type, 'name'), label: labelOf(type) }));
}

function toDefinition(definition: Entity): Definition {
	const type = firstString(definition, 'type');
	const flag = (name: string): boolean => valuesOf(definition, name)[0]?.boolean === true;
	return {
		id: String(definition._id),
		name: firstString(definition, 'name'),
		label: labelOf(definition),
		type: isPropertyType(type) ? type : 'string',
		list: flag('list'),
		multilingual: flag('multilingual'),
		mandatory: flag('mandatory'),
		// A default of another kind, and one of a counter or a file, is ignored (entu.md §4.4).
		hasDefault: firstString(definition, 'default') !== '' && type !== 'counter' && type !== 'file',
		readonly: flag('readonly'),
		formula: type === 'formula' || firstString(definition, 'formula') !== '',
		choices: valuesOf(definition, 'set').flatMap(({ string }) => textOf(string) ?? []),
		referenceQuery: firstString(definition, 'reference_query') || undefined,
		languages: valuesOf(definition, 'label').flatMap(({ language }) => textOf(language)?.toLowerCase() ?? []),
	};
}

function isPropertyType(type: string): type is PropertyType {
	return TYPES.includes(type);
}

function firstString(entity: Entity, property: string): string {
	return textOf(valuesOf(entity, property)[0]?.string) ?? '';
}

/** The English label, else one without language, else any, else the name. */
function labelOf(entity: Entity): string {
	const labels = valuesOf(entity, 'label');
	const byLanguage = (language: unknown): IDataObject | undefined => labels.find((label) => label.language === language);
	const label = byLanguage('en') ?? byLanguage(undefined) ?? labels[0];
	return textOf(label?.string) ?? firstString(entity, 'name');
}

function ordinalOf(entity: Entity): number {
	return Number(recordsIn(entity.ordinal)[0]?.number ?? Number.MAX_SAFE_INTEGER);
}
