import type { INodeProperties } from 'n8n-workflow';

import { locator, ofNewNode } from '../../shared/editor/fields';
import { DATE_FORMAT, PROPOSED_NAMES, type PagingMode, type ParameterName } from '../values/proposals';
import { MOST_PAGES, PAGE_SIZE } from '../wire/paging';

const REFERENCE = '<a href="https://docs.api.ento.com" target="_blank">docs.api.ento.com</a>';

export const pathNotice: INodeProperties = {
	displayName: `Look up paths and fields at ${REFERENCE}; this node knows none of them beforehand.`,
	name: 'notice',
	type: 'notice',
	default: '',
};

/** A list of names and values in the group `entries`. */
function namesAndValues(text: Pick<INodeProperties, 'displayName' | 'name' | 'description' | 'displayOptions'>, placeholder: string, entry: string): INodeProperties {
	return {
		...text,
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder,
		default: {},
		options: [
			{
				displayName: entry,
				name: 'entries',
				values: [
					{ displayName: 'Name', name: 'name', type: 'string', default: '' },
					{ displayName: 'Value', name: 'value', type: 'string', default: '' },
				],
			},
		],
	};
}

export const additionalQueryOption = namesAndValues(
	{
		displayName: 'Additional Query Parameters',
		name: 'additionalQuery',
		description: 'Sent as they are; they replace those of the same name that the node would send',
	},
	'Add Parameter',
	'Parameter',
);

export const queryField = namesAndValues(
	{ displayName: 'Query Parameters', name: 'queryParameters', description: 'What stands in the address after the question mark' },
	'Add Parameter',
	'Parameter',
);

export const headersField = namesAndValues(
	{ displayName: 'Headers', name: 'headers', description: 'Headers to send beside those of the node; the API key comes from the credential' },
	'Add Header',
	'Header',
);

/** The collection 'Filters' of a list. */
export function filtersOf(options: INodeProperties[]): INodeProperties {
	return { displayName: 'Filters', name: 'filters', type: 'collection', placeholder: 'Add Filter', default: {}, options };
}

export const areaFilter = locator({
	displayName: 'Area',
	name: 'area',
	description: 'Only shifts at this location',
	search: 'searchAreas',
	placeholder: 'e.g. AR10001',
	byName: { placeholder: 'e.g. Harbour Cafe' },
	required: false,
});

export const roleFilter = locator({
	displayName: 'Role',
	name: 'role',
	description: 'Only shifts of this role',
	search: 'searchRoles',
	placeholder: 'e.g. RO1001',
	byName: { placeholder: 'e.g. Barista' },
	required: false,
});

/** The body of a request: fields one by one or as JSON; sent form-encoded either way. */
export function bodyFields(show: NonNullable<INodeProperties['displayOptions']>['show'] = {}): INodeProperties[] {
	const forMode = (mode: string): INodeProperties['displayOptions'] => ({ show: { ...show, fieldsMode: [mode] } });
	return [
		{
			displayName: 'Input',
			name: 'fieldsMode',
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'Fields', value: 'fields', description: 'Give the fields one by one' },
				{ name: 'JSON', value: 'json', description: 'Give all fields as JSON' },
			],
			default: 'fields',
			displayOptions: { show },
			description: 'How to give the fields; Ento takes them form-encoded in either case',
		},
		namesAndValues(
			{
				displayName: 'Fields',
				name: 'fields',
				description: 'For a list, give the same name several times. Write names such as items[0][ID] out in full.',
				displayOptions: forMode('fields'),
			},
			'Add Field',
			'Field',
		),
		{
			displayName: 'Fields (JSON)',
			name: 'fieldsJson',
			type: 'json',
			default: '{}',
			placeholder: 'e.g. { "name": "Bar", "roles": ["RO1001", "RO1002"] }',
			displayOptions: forMode('json'),
			description: 'An object with the values by field name. A list is sent as one field for each of its values.',
		},
	];
}

export const booleanFormatOption: INodeProperties = {
	displayName: 'Boolean Format',
	name: 'booleanFormat',
	type: 'options',
	options: [
		{ name: 'True / False', value: 'trueFalse' },
		{ name: '1 / 0', value: 'oneZero' },
	],
	default: 'trueFalse',
	description: 'How your Ento account wants yes and no to be written',
};

export const dateFormatOption: INodeProperties = {
	displayName: 'Date Format',
	name: 'dateFormat',
	type: 'string',
	default: DATE_FORMAT,
	placeholder: 'e.g. dd/MM/yyyy',
	description:
		'How your Ento account wants dates to be written, in <a href="https://moment.github.io/luxon/#/formatting">tokens of Luxon</a>; X stands for Unix seconds',
};

export const itemsPropertyOption: INodeProperties = {
	displayName: 'Items Property',
	name: 'itemsProperty',
	type: 'string',
	default: '',
	placeholder: 'e.g. response.shifts',
	description: 'Where the records stand in the answer; leave empty to look in the usual places',
};

export const rawEnvelopeOption: INodeProperties = {
	displayName: 'Include Response Envelope',
	name: 'rawEnvelope',
	type: 'boolean',
	default: false,
	description: 'Whether to return the answers of Ento untouched, one item for each page, instead of the records in them',
};

export const includeOption: INodeProperties = {
	displayName: 'Include',
	name: 'include',
	type: 'multiOptions',
	options: [
		{ name: 'Employee', value: 'employee', description: 'Who works the shift' },
		{ name: 'Role', value: 'role', description: 'What the shift is for' },
	],
	default: [],
	description: 'What Ento is to add to each shift',
};

/** The same in the main panel, and on: who works, and as what, is what a roster is read for. */
export const includeField = ofNewNode({ ...includeOption, default: ['employee', 'role'] });

const PARAMETER_TITLES: Readonly<Record<ParameterName, string>> = {
	area: 'Area',
	assigned: 'Assigned',
	commencementDate: 'Commencement Date',
	deleted: 'Deleted',
	earningRates: 'Earning Rates',
	endDate: 'End Date',
	firstName: 'First Name',
	includeEmployee: 'Include Employee',
	includeRole: 'Include Role',
	role: 'Role',
	startDate: 'Start Date',
	status: 'Status',
};

/** What the API calls the parameters of an operation, to be corrected where the proposal is wrong. */
export function parameterNamesOption(...names: ParameterName[]): INodeProperties {
	const values = [...names].sort().map((name) => parameterName(PARAMETER_TITLES[name], name, PROPOSED_NAMES[name]));
	return {
		displayName: 'Parameter Names',
		name: 'parameterNames',
		type: 'fixedCollection',
		default: {},
		description: 'What your API documentation calls the query parameters; what stands here is a proposal of this node',
		options: [{ displayName: 'Names', name: 'names', values }],
	};
}

const forModes = (...modes: PagingMode[]): INodeProperties['displayOptions'] => ({ show: { mode: modes } });

/** How to read a list page by page. @param usual the mode when this option is not there */
export function pagingOption(usual: PagingMode): INodeProperties {
	return {
		displayName: 'Paging',
		name: 'paging',
		type: 'fixedCollection',
		default: {},
		description: `How to ask for one page after the other. Ento documents that shifts come in pages, not how. Without this option: ${usual === 'off' ? 'one request' : 'by page number'}.`,
		options: [
			{
				displayName: 'Settings',
				name: 'settings',
				values: byDisplayName([
					{
						// n8n wants long lists in alphabetical order; this one comes first under this name.
						displayName: 'Approach',
						name: 'mode',
						type: 'options',
						options: [
							{ name: 'Cursor in Body', value: 'cursor', description: 'Each answer names the token of the next page' },
							{ name: 'Next URL in Body', value: 'nextUrl', description: 'Each answer names the address of the next page' },
							{ name: 'Off', value: 'off', description: 'Take what comes with one request' },
							{ name: 'Offset and Limit', value: 'offset', description: 'Ask by the number of records before the page' },
							{ name: 'Page Number', value: 'page', description: 'Ask for page 1, 2, 3 and so on' },
						],
						default: usual,
					},
					parameterName('Page Parameter', 'pageParameter', 'page', forModes('page')),
					{
						displayName: 'First Page',
						name: 'firstPage',
						type: 'number',
						typeOptions: { minValue: 0 },
						default: 1,
						displayOptions: forModes('page'),
						description: 'Number of the first page',
					},
					parameterName('Offset Parameter', 'offsetParameter', 'offset', forModes('offset')),
					parameterName('Limit Parameter', 'limitParameter', 'limit', forModes('offset')),
					{
						displayName: 'Next URL Property',
						name: 'nextProperty',
						type: 'string',
						default: '',
						placeholder: 'e.g. pagination.next',
						displayOptions: forModes('nextUrl'),
						description: 'Where the address stands in the answer; leave empty to look in the usual places. It must be on the host of the credential.',
					},
					parameterName('Cursor Parameter', 'cursorParameter', 'cursor', forModes('cursor')),
					{
						displayName: 'Cursor Property',
						name: 'cursorProperty',
						type: 'string',
						default: '',
						placeholder: 'e.g. pagination.next_cursor',
						displayOptions: forModes('cursor'),
						description: 'Where the token stands in the answer; leave empty to look in the usual places',
					},
					parameterName('Size Parameter', 'sizeParameter', 'per_page', forModes('page', 'nextUrl', 'cursor')),
					{
						displayName: 'Page Size',
						name: 'pageSize',
						type: 'number',
						typeOptions: { minValue: 1 },
						default: PAGE_SIZE,
						displayOptions: forModes('page', 'offset', 'nextUrl', 'cursor'),
						description: 'How many records to ask for at once',
					},
					{
						displayName: 'Maximum Pages',
						name: 'maxPages',
						type: 'number',
						typeOptions: { minValue: 1 },
						default: MOST_PAGES,
						displayOptions: forModes('page', 'offset', 'nextUrl', 'cursor'),
						description: 'Reading stops after so many pages, and says so',
					},
				]),
			},
		],
	};
}

function byDisplayName(fields: INodeProperties[]): INodeProperties[] {
	return fields.sort((a, b) => a.displayName.localeCompare(b.displayName, 'en'));
}

/** What the API calls a parameter. */
function parameterName(displayName: string, name: string, proposed: string, displayOptions?: INodeProperties['displayOptions']): INodeProperties {
	const more = displayOptions ? { displayOptions } : {};
	return { displayName, name, type: 'string', default: proposed, description: 'What your API documentation calls it', ...more };
}
