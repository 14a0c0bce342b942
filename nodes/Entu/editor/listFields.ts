import type { INodeProperties } from 'n8n-workflow';

import { ofNewNode, ofSavedNode } from '../../shared/editor/fields';
const PROPERTY_KEY: INodeProperties = {
	displayName: 'Property Name or ID',
	name: 'property',
	type: 'options',
	typeOptions: { loadOptionsMethod: 'getPropertyKeys', loadOptionsDependsOn: ['typeId.value'] },
	default: '',
	description:
		'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
};

export const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Condition',
	default: {},
	description: 'Only entities that meet all these conditions',
	options: [
		{
			displayName: 'Condition',
			name: 'conditions',
			values: [
				PROPERTY_KEY,
				{
					displayName: 'Operator',
					name: 'operator',
					type: 'options',
					options: [
						{ name: 'Contains', value: 'contains' },
						{ name: 'Does Not Exist', value: 'doesNotExist' },
						{ name: 'Equals', value: 'equals' },
						{ name: 'Exists', value: 'exists' },
						{ name: 'Greater Than', value: 'greater' },
						{ name: 'Greater Than or Equal', value: 'greaterOrEqual' },
						{ name: 'Is One Of', value: 'isOneOf' },
						{ name: 'Less Than', value: 'less' },
						{ name: 'Less Than or Equal', value: 'lessOrEqual' },
						{ name: 'Not Equal or Missing', value: 'notEquals' },
						{ name: 'Starts With', value: 'startsWith' },
					],
					default: 'equals',
					description: 'Equals compares the whole value and minds upper and lower case; Contains and Starts With do not',
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					displayOptions: { hide: { operator: ['exists', 'doesNotExist'] } },
					description: 'For Is One Of, separate values by commas. Blanks at the ends of a text count.',
				},
			],
		},
	],
};

export const searchText: INodeProperties = {
	displayName: 'Search',
	name: 'search',
	type: 'string',
	default: '',
	placeholder: 'e.g. tolkien ring',
	description: 'Words that must all occur, in properties that are searchable in Entu; part of a word is enough',
};

const anySort: INodeProperties = {
	displayName: 'Sort',
	name: 'sort',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Sort Rule',
	default: {},
	description: 'The property to sort by, of which Entu takes one; without a rule, entities come in the order of their creation',
	options: [
		{
			displayName: 'Rule',
			name: 'rules',
			values: [
				PROPERTY_KEY,
				{
					displayName: 'Direction',
					name: 'direction',
					type: 'options',
					options: [
						{ name: 'Ascending', value: 'ascending' },
						{ name: 'Descending', value: 'descending' },
					],
					default: 'ascending',
				},
			],
		},
	],
};

/** By one property: Entu can't sort by two (entu.md §5.2, trap 14). Nodes of version 1 may have several rules, for fields of one property. */
export const sort: INodeProperties[] = [
	ofSavedNode(anySort),
	ofNewNode({ ...anySort, typeOptions: { multipleValues: true, maxAllowedFields: 1 } }),
];

export const rawQueryOption: INodeProperties = {
	displayName: 'Raw Query',
	name: 'rawQuery',
	type: 'string',
	default: '',
	placeholder: 'e.g. pages.number.gte=300&available.boolean=true',
	description: 'Further conditions in the form of the API',
};

export const chosenPropertiesOption: INodeProperties = {
	displayName: 'Properties',
	name: 'properties',
	type: 'string',
	default: '',
	placeholder: 'e.g. name,author,pages',
	description: 'Names of the only properties to return, separated by commas; fewer make long lists faster',
};
