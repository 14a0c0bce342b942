import type { IDataObject, INodeListSearchItems, INodeListSearchResult, INodePropertyOptions, ResourceMapperField } from 'n8n-workflow';

import { listSearch, loadOptions, resourceMapping, type LookUp } from '../../shared/editor/lookUps';
import { outputFieldNames } from '../../shared/editor/outputFields';
import { textOf } from '../../shared/guards';
import type { Client } from '../../shared/service/client';
import { FIELD_OF_TYPE, isMapped, loadDefinitions, loadTypes, type Definition } from '../values/definitions';
import { toId } from '../values/ids';
import { choicesAmong } from '../values/picked';
import { typeIn } from '../values/types';
import { searchWords } from '../query/search';
import { ALL_TYPES } from './fields';
import { LANGUAGE_MARK } from '../values/values';
import { entu } from '../vendor';
import { getEntity, listPage, typeIdOf, valuesOf, type Entity } from '../wire/entities';

const ROWS_AT_ONCE = 50;
/** A reference to more entities than this is entered as an ID: a longer dropdown helps nobody. */
const MOST_CHOICES = 100;

/** The types of what a database is built of. */
const SYSTEM_TYPES = ['database', 'entity', 'menu', 'plugin', 'property', 'share_in', 'share_out'];
/** What a database is built of comes first in it and would fill a list that nobody has narrowed down; a search still finds it. */
const WITHOUT_DEFINITIONS = { '_type.string.regex': `/^(?!(${SYSTEM_TYPES.join('|')})$)/` };

export const methods = {
	listSearch: {
		searchTypes: listSearch(entu, async ({ client }, filter) => ({ results: matching(filter, await typeChoices(client)) })),
		searchTypesOrAll: listSearch(entu, async ({ client }, filter) => ({
			results: matching(filter, [{ name: 'All Types', value: ALL_TYPES }, ...(await typeChoices(client))]),
		})),
		searchEntities: listSearch(entu, async ({ client, text }, filter, page) => {
			const typeId = await chosenType(client, text('typeId'));
			const anyType = filter === '' ? WITHOUT_DEFINITIONS : {};
			return await searchList(client, typeId ? { '_type.reference': typeId } : anyType, filter, page);
		}),
		searchPersons: listSearch(entu, async ({ client }, filter, page) =>
			await searchList(client, { '_type.string': 'person', sort: 'name.string' }, filter, page),
		),
	},
	loadOptions: {
		getOutputFields: outputFieldNames(entu),
		getPropertyKeys: loadOptions(entu, async (lookUp) => [...(await propertyKeys(lookUp)), ...SYSTEM_KEYS]),
		getPropertyNames: loadOptions(entu, async (lookUp) =>
			(await chosenDefinitions(lookUp))
				.filter(isMapped)
				.map(({ name, label }) => ({ name: label, value: name, description: name })),
		),
		getFileProperties: loadOptions(entu, async (lookUp) =>
			(await chosenDefinitions(lookUp))
				.filter(({ type }) => type === 'file')
				.map(({ name, label }) => ({ name: label, value: name, description: name })),
		),
		getValues: loadOptions(entu, async ({ client, text }) => {
			const [id, property] = [toId(text('entityId')), text('propertyName')];
			if (id === undefined || property === '') return [];
			return choicesAmong(valuesOf(await getEntity(client, id, [property]), property));
		}),
	},
	resourceMapping: {
		getColumns: resourceMapping(entu, async (lookUp) => {
			const definitions = await chosenDefinitions(lookUp);
			const languages = languagesOf(definitions);
			const isDemanding = lookUp.text('operation') !== 'update' && lookUp.text('options.checkRequired') !== 'false';
			const columns = await Promise.all(
				definitions
					.filter(isMapped)
					.map(async (definition) => await toColumns(lookUp.client, definition, languages, isDemanding)),
			);
			return { fields: columns.flat() };
		}),
	},
};

const SYSTEM_KEYS: INodePropertyOptions[] = [
	{ name: 'Created At', value: '_created.datetime', description: 'Time of creation' },
	{ name: 'Created By', value: '_created.reference', description: 'ID of the person who created the entity' },
	{ name: 'Owner', value: '_owner.reference', description: 'ID of a person with this right' },
	{ name: 'Parent', value: '_parent.reference', description: 'ID of the entity it stands under' },
	{ name: 'Sharing', value: '_sharing.string', description: 'One of private, domain and public' },
];

/** The types of the database's own first: the others are rarely meant. */
async function typeChoices(client: Client): Promise<INodeListSearchItems[]> {
	const types = await loadTypes(client);
	const isSystem = ({ name }: { readonly name: string }): boolean => SYSTEM_TYPES.includes(name);
	const own = types.filter((type) => !isSystem(type));
	return [...own, ...types.filter(isSystem)].map(({ id, name, label }) => ({ name: label === name ? name : `${label} (${name})`, value: id }));
}

function matching(filter: string, choices: INodeListSearchItems[]): INodeListSearchItems[] {
	return choices.filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase()));
}

async function searchList(client: Client, query: IDataObject, filter: string, page?: string): Promise<INodeListSearchResult> {
	const skip = Number(page ?? 0);
	const search = filter ? { q: searchWords('Search', filter) } : {};
	const { records, total = 0 } = await listPage(client, { ...query, ...search, props: 'name,_type', limit: ROWS_AT_ONCE, skip });
	const end = skip + records.length;
	return {
		results: records.map((entity) => ({ name: titleOf(entity), value: String(entity._id) })),
		paginationToken: records.length > 0 && end < total ? String(end) : undefined,
	};
}

function titleOf(entity: Entity): string {
	const name = textOf(valuesOf(entity, 'name')[0]?.string);
	const type = textOf(valuesOf(entity, '_type')[0]?.string);
	return [name ?? String(entity._id), type ? `(${type})` : ''].join(' ').trim();
}

async function chosenDefinitions({ client, text }: LookUp): Promise<Definition[]> {
	const typeId = (await chosenType(client, text('typeId'))) ?? (await typeOfEntity(client, toId(text('entityId'))));
	return typeId ? await loadDefinitions(client, typeId) : [];
}

async function chosenType(client: Client, text: string): Promise<string | undefined> {
	return text === ALL_TYPES ? undefined : await typeIn(client, text);
}

async function typeOfEntity(client: Client, id: string | undefined): Promise<string | undefined> {
	if (!id) return undefined;
	return typeIdOf(await getEntity(client, id, ['_type']));
}

async function propertyKeys(lookUp: LookUp): Promise<INodePropertyOptions[]> {
	return (await chosenDefinitions(lookUp)).map(({ name, label, type, formula }) => {
		const value = `${name}.${formula ? computedField(type) : FIELD_OF_TYPE[type]}`;
		return { name: label, value, description: value };
	});
}

/** How a filter names what is computed: see `keys.ts`. */
function computedField(type: Definition['type']): string {
	return ['number', 'boolean', 'date', 'datetime'].includes(type) ? `formula_${type}` : 'formula';
}

/** Languages of the labels, which tell the languages of the database; English and Estonian where there are none. */
function languagesOf(definitions: readonly Definition[]): string[] {
	const found = new Set(definitions.flatMap(({ languages }) => languages));
	return found.size > 0 ? [...found].sort() : ['en', 'et'];
}

const COLUMN_TYPES: Readonly<Partial<Record<Definition['type'], ResourceMapperField['type']>>> = {
	number: 'number',
	boolean: 'boolean',
	date: 'dateTime',
	datetime: 'dateTime',
	counter: 'boolean',
};

async function toColumns(
	client: Client,
	definition: Definition,
	languages: readonly string[],
	isDemanding: boolean,
): Promise<ResourceMapperField[]> {
	const options = definition.list ? undefined : await choicesOf(client, definition);
	const type = options ? 'options' : definition.list ? 'string' : (COLUMN_TYPES[definition.type] ?? 'string');
	const column: ResourceMapperField = {
		id: definition.name,
		displayName: columnTitle(definition, options !== undefined),
		required: isDemanding && definition.mandatory && !definition.hasDefault && !definition.readonly,
		defaultMatch: false,
		canBeUsedToMatch: definition.type !== 'counter' && !definition.multilingual && !definition.list,
		display: true,
		type,
		...(options ? { options } : {}),
		// Without it n8n fills in "false", which would be written although nobody has touched the switch.
		...(type === 'boolean' ? { defaultValue: null } : {}),
		readOnly: false,
		// For those who fill it on purpose.
		removed: definition.readonly,
	};
	if (!definition.multilingual) return [column];
	return languages.map((language) => ({
		...column,
		id: `${definition.name}${LANGUAGE_MARK}${language}`,
		displayName: `${column.displayName} [${language}]`,
		required: false,
	}));
}

function columnTitle(definition: Definition, hasChoices: boolean): string {
	const title = titleByKind(definition, hasChoices);
	return definition.readonly ? `${title} (read-only in the web app)` : title;
}

function titleByKind({ label, type, list }: Definition, hasChoices: boolean): string {
	if (type === 'counter') return `${label} (next number, if it has none)`;
	const isId = type === 'reference' && !hasChoices;
	if (list) return `${label} (${isId ? 'IDs, separated by commas' : 'one or a JSON list'})`;
	return isId ? `${label} (ID)` : label;
}

async function choicesOf(client: Client, { choices, type, referenceQuery }: Definition): Promise<INodePropertyOptions[] | undefined> {
	if (choices.length > 0) return choices.map((choice) => ({ name: choice, value: choice }));
	if (type !== 'reference' || !referenceQuery) return undefined;
	const query = { ...Object.fromEntries(new URLSearchParams(referenceQuery)), props: 'name', sort: 'name.string' };
	const { records, total = 0 } = await listPage(client, { ...query, limit: MOST_CHOICES });
	if (records.length === 0 || total > records.length) return undefined;
	return records.map((entity) => ({ name: titleOf(entity), value: String(entity._id) }));
}
