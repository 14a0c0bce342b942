import type { INodeProperties } from 'n8n-workflow';

import { locator } from '../../shared/editor/fields';

const LINK = {
	placeholder: 'e.g. https://entu.app/museum/65a0c0ffee0123456789abcd',
	regex: 'https?:\\/\\/[^\\/\\s]+\\/(?:[^\\/\\s]+\\/)*([0-9a-fA-F]{24})(?:[\\/?#].*)?',
};
const ID = 'e.g. 65a0c0ffee0123456789abcd';
const TYPE_NAME = { placeholder: 'e.g. book' };

export const entityLocator = locator({
	displayName: 'Entity',
	name: 'entityId',
	description: 'The entity to work on',
	search: 'searchEntities',
	placeholder: ID,
	link: LINK,
});

export const typeLocator = locator({
	displayName: 'Entity Type',
	name: 'typeId',
	description: 'Type of the entity',
	search: 'searchTypes',
	placeholder: ID,
	link: LINK,
	byName: TYPE_NAME,
});

/** What stands for all types in place of the ID of one. */
export const ALL_TYPES = 'all';

export const optionalTypeLocator = locator({
	displayName: 'Entity Type',
	name: 'typeId',
	description: 'Only entities of this type, or of all types',
	search: 'searchTypesOrAll',
	placeholder: ID,
	link: LINK,
	byName: TYPE_NAME,
	required: false,
});

export const parentLocator = locator({
	displayName: 'Parent',
	name: 'parentId',
	description: 'Where to put the new one, beside the default parents of its type',
	empty: 'Default parent of the type',
	search: 'searchEntities',
	placeholder: ID,
	link: LINK,
	required: false,
});

export const personLocator = locator({
	displayName: 'Person',
	name: 'personId',
	description: 'The person, or the entity that holds an API key',
	search: 'searchPersons',
	placeholder: ID,
	link: LINK,
});

/** Properties as columns of the type or as JSON. `map` asks for no columns to match by, since the entity is named. */
export function propertyInput(mode: 'add' | 'map' | 'upsert'): INodeProperties[] {
	return [
		{
			displayName: 'Input',
			name: 'propertiesMode',
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'Fields', value: 'columns', description: 'Fill in the properties of the entity type' },
				{ name: 'JSON', value: 'json', description: 'Give all properties as JSON' },
			],
			default: 'columns',
			description: 'How to give the values of the properties',
		},
		{
			displayName: 'Columns',
			name: 'columns',
			type: 'resourceMapper',
			noDataExpression: true,
			default: { mappingMode: 'defineBelow', value: null },
			displayOptions: { show: { propertiesMode: ['columns'] }, hide: { typeId: [''] } },
			typeOptions: {
				loadOptionsDependsOn: ['typeId.value', 'options.checkRequired'],
				resourceMapper: {
					resourceMapperMethod: 'getColumns',
					mode,
					fieldWords: { singular: 'property', plural: 'properties' },
					addAllFields: mode === 'add',
					multiKeyMatch: true,
					supportAutoMap: true,
				},
			},
		},
		{
			displayName: 'Properties (JSON)',
			name: 'propertiesJson',
			type: 'json',
			default: '{}',
			displayOptions: { show: { propertiesMode: ['json'] } },
			placeholder: 'e.g. { "name": "The Hobbit", "pages": 310, "description": { "en": "There and back" } }',
			description:
				'An object with the values by property name, or a list in the form of the API. Several values of a property stand in a list, values by language in an object.',
		},
	];
}

export const checkRequired: INodeProperties = {
	displayName: 'Check Required Properties',
	name: 'checkRequired',
	type: 'boolean',
	default: true,
	description: "Whether to refuse an entity without a value that its type marks as mandatory. The mark is for Entu's web app: Entu itself takes partial records too.",
};

/** What to do with properties that come without a value. */
export const emptyValues: INodeProperties = {
	displayName: 'Empty Values',
	name: 'emptyValues',
	type: 'options',
	options: [
		{ name: 'Clear the Property', value: 'clear', description: 'Remove the values that the property has' },
		{ name: 'Leave the Property Alone', value: 'ignore' },
	],
	default: 'ignore',
	description: 'What an empty value does to a property that has one',
};

export const valueId: INodeProperties = {
	displayName: 'Value ID',
	name: 'valueId',
	type: 'string',
	required: true,
	default: '',
	placeholder: ID,
	description: "ID of the value itself, which stands in the entity when 'Simplify' is off",
};

export const fileId: INodeProperties = {
	displayName: 'File ID',
	name: 'fileId',
	type: 'string',
	required: true,
	default: '',
	placeholder: ID,
	description: 'ID of the file value, such as photo._id of an entity',
};

export const outputBinaryField: INodeProperties = {
	displayName: 'Put Output File in Field',
	name: 'binaryPropertyName',
	type: 'string',
	required: true,
	default: 'data',
	hint: 'The name of the output binary field to put the file in',
};
