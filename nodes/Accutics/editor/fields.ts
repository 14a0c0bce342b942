import type { INodeProperties } from 'n8n-workflow';

import { locator, ofNewNode, ofSavedNode } from '../../shared/editor/fields';
import type { Call } from '../../shared/operation/call';

/** More than that, an endpoint reduces to its own maximum (accutics.md §2.5): few large pages cost the fewest round trips. */
const PAGE_SIZE = 1000;

export const pathField: INodeProperties = {
	displayName: 'Path',
	name: 'path',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. /path-of-your-entities',
	description: 'What follows the base URL of the credential, as in your API documentation at docs.api.accutics.com',
};

/** A list of the API: one that the credential names, or any other by its path. In workflows of before it is a plain text, the path. */
const endpointLocator = locator({
	displayName: 'Endpoint',
	name: 'path',
	description: 'The list to work with: one that the credential names, or any other by its path below the base URL',
	search: 'searchEndpoints',
	placeholder: 'e.g. /path-of-your-entities',
	typed: 'By Path',
});

const endpointNotice: INodeProperties = {
	displayName: 'The list shows the endpoints that your credential names. Paths stand in the API documentation that Accutics gives its customers; <i>Account > Check</i> looks for likely ones.',
	name: 'endpointNotice',
	type: 'notice',
	default: '',
};

/** The list to work with. */
export const endpointFields: INodeProperties[] = [endpointLocator, endpointNotice];

/** The path to one entity. */
export const entityPathFields: INodeProperties[] = [
	...endpointFields,
	{
		displayName: 'Use Path as Typed',
		name: 'pathAsTyped',
		type: 'boolean',
		default: false,
		description: 'Whether the path leads to the entity already, instead of getting the ID at its end',
	},
	{
		displayName: 'ID',
		name: 'entityId',
		type: 'string',
		default: '',
		required: true,
		displayOptions: { show: { pathAsTyped: [false] } },
		description: 'ID of the entity; it is put at the end of the path',
	},
];

export const queryParameters: INodeProperties = {
	displayName: 'Query Parameters',
	name: 'queryParameters',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Query Parameter',
	default: {},
	options: [
		{
			displayName: 'Parameter',
			name: 'parameter',
			values: [
				{ displayName: 'Name', name: 'name', type: 'string', default: '', description: 'Name as in your API documentation' },
				{ displayName: 'Value', name: 'value', type: 'string', default: '', description: 'A list sends the parameter once for each value' },
			],
		},
	],
	description: 'What the endpoint takes beside paging, such as filters',
};

export const pageSize: INodeProperties = {
	displayName: 'Page Size',
	name: 'pageSize',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: PAGE_SIZE,
	description: 'How many entities to ask for at once; each endpoint has a maximum of its own and gives no more than that',
};

export function pageSizeOf(call: Call): number {
	return Math.max(1, Math.floor(call.number('options.pageSize', PAGE_SIZE)));
}

const BODY_MODES = {
	columns: { name: 'Fields', value: 'columns', description: 'Fill in the columns that entities of this endpoint have' },
	fields: { name: 'Fields by Name', value: 'fields', description: 'Give each field with its name' },
	json: { name: 'JSON', value: 'json', description: 'Give all values as JSON' },
};

const bodyMode: INodeProperties = {
	displayName: 'Input',
	name: 'bodyMode',
	type: 'options',
	noDataExpression: true,
	options: [BODY_MODES.fields, BODY_MODES.json],
	default: 'fields',
	description: 'How to give the values to send',
};

const bodyModeOfEntity: INodeProperties = { ...bodyMode, options: [BODY_MODES.columns, BODY_MODES.fields, BODY_MODES.json] };

/** The values of an entity: by column, as fields or as JSON. */
export function entityFields(mode: 'add' | 'map'): INodeProperties[] {
	return [
		ofSavedNode(bodyModeOfEntity),
		ofNewNode({ ...bodyModeOfEntity, default: 'columns' }),
		{
			displayName: 'Columns',
			name: 'columns',
			type: 'resourceMapper',
			noDataExpression: true,
			default: { mappingMode: 'defineBelow', value: null },
			displayOptions: { show: { bodyMode: ['columns'] }, hide: { path: [''] } },
			typeOptions: {
				loadOptionsDependsOn: ['path.value'],
				resourceMapper: {
					resourceMapperMethod: 'getColumns',
					mode,
					fieldWords: { singular: 'column', plural: 'columns' },
					addAllFields: true,
					supportAutoMap: true,
				},
			},
		},
		...byFieldsOrJson(),
	];
}

/** The body of a request as fields or as JSON. @param show conditions of all of them */
export function bodyFields(show: Record<string, string[]>): INodeProperties[] {
	return [{ ...bodyMode, displayOptions: { show } }, ...byFieldsOrJson(show)];
}

function byFieldsOrJson(show: Record<string, string[]> = {}): INodeProperties[] {
	return [
		{
			displayName: 'Fields',
			name: 'bodyFields',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Field',
			default: {},
			displayOptions: { show: { ...show, bodyMode: ['fields'] } },
			options: [
				{
					displayName: 'Field',
					name: 'field',
					values: [
						{ displayName: 'Name', name: 'name', type: 'string', default: '', description: 'Name as in your API documentation' },
						{
							displayName: 'Type',
							name: 'type',
							type: 'options',
							options: [
								{ name: 'As Given', value: 'asGiven', description: 'What is typed is text; an expression keeps its type' },
								{ name: 'Boolean', value: 'boolean' },
								{ name: 'JSON', value: 'json', description: 'A list, an object or null' },
								{ name: 'Number', value: 'number' },
								{ name: 'Text', value: 'text' },
							],
							default: 'asGiven',
							description: 'How to send the value',
						},
						{ displayName: 'Value', name: 'value', type: 'string', default: '', description: 'A field whose expression gives nothing is left out' },
					],
				},
			],
			description: 'The values to send, field by field',
		},
		{
			displayName: 'JSON',
			name: 'bodyJson',
			type: 'json',
			default: '{}',
			displayOptions: { show: { ...show, bodyMode: ['json'] } },
			placeholder: 'e.g. { "name": "Spring push", "markets": ["NL", "BE"] }',
			description: 'The values to send as one JSON object',
		},
	];
}
