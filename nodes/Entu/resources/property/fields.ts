import type { INodeProperties } from 'n8n-workflow';

export const propertyName: INodeProperties = {
	displayName: 'Property Name or ID',
	name: 'propertyName',
	type: 'options',
	typeOptions: { loadOptionsMethod: 'getPropertyNames', loadOptionsDependsOn: ['entityId.value'] },
	required: true,
	default: '',
	description:
		'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
};

export const newValue: INodeProperties = {
	displayName: 'Value',
	name: 'value',
	type: 'string',
	required: true,
	default: '',
	description: 'The value, which is checked and converted by the type of the property; several as a JSON list',
};

export const language: INodeProperties = {
	displayName: 'Language',
	name: 'language',
	type: 'string',
	default: '',
	placeholder: 'e.g. en',
	description: 'Two letters, for properties that have values by language',
};
