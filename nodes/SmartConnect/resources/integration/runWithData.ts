import type { INodeProperties } from 'n8n-workflow';

import { ofSavedNode, ofNewNode } from '../../../shared/editor/fields';
import { refuse } from '../../../shared/answer/failure';
import type { Call } from '../../../shared/operation/call';
import { defineBatchOperation } from '../../../shared/operation/operation';
import type { Body } from '../../../shared/service/request';
import { failedRun, integrationLocator, runFor, runNotices, variables } from '../../editor/fields';
import { givenRows, itemFinder, writeTable, type Row, type Table, type TableMode } from '../../rows/table';
import { givenVariables } from '../../rows/variables';
import { outcomeOf, RUN_TIMEOUT_MS, startRun, togetherInRun } from '../../runs';
import { requiredId } from '../../values/ids';
import { WEB_SERVICE } from '../../wire/names';

const mode: INodeProperties = {
	displayName: 'Mode',
	name: 'mode',
	type: 'options',
	options: [
		{ name: 'Encoded XML', value: 'xml', description: 'Send the rows as encoded XML, and get back the rows that were rejected' },
		{ name: 'Table', value: 'table', description: 'Get back only how many rows were rejected' },
		{ name: 'Table With Errors', value: 'tableWithErrors', description: 'Get back the rows that were rejected' },
	],
	default: 'tableWithErrors',
	description: 'How to hand the rows over',
};
/** Since version 1.1 of the node it stands among the options: few ever need another. */
const modeField = ofSavedNode(mode);
const modeOption = ofNewNode(mode);

const rows: INodeProperties[] = [
	{
		displayName: 'Input',
		name: 'rowsMode',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Fields', value: 'columns', description: 'Fill in the columns of the integration; each item is a row' },
			{ name: 'JSON', value: 'json', description: 'Give a row or a list of rows as JSON' },
		],
		default: 'columns',
		description: 'How to give the rows',
	},
	{
		displayName: 'Columns',
		name: 'columns',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		displayOptions: { show: { rowsMode: ['columns'] }, hide: { integrationId: [''] } },
		typeOptions: {
			loadOptionsDependsOn: ['integrationId.value'],
			resourceMapper: {
				resourceMapperMethod: 'getColumns',
				mode: 'add',
				fieldWords: { singular: 'column', plural: 'columns' },
				addAllFields: true,
				supportAutoMap: true,
			},
		},
	},
	{
		displayName: 'Rows (JSON)',
		name: 'rowsJson',
		type: 'json',
		default: '{}',
		displayOptions: { show: { rowsMode: ['json'] } },
		placeholder: 'e.g. [{ "No": "A-77", "Name": "Northwind" }]',
		description: 'An object with the values by column, or a list of such objects',
	},
];

const xmlForm: INodeProperties = {
	displayName: 'XML Form',
	name: 'xmlForm',
	type: 'options',
	options: [
		{ name: 'Rows Only', value: 'rowsOnly', description: 'The earlier form, which has no room for variables' },
		{ name: 'Variables and Rows', value: 'variablesAndRows', description: 'The form since December 2020' },
	],
	default: 'variablesAndRows',
	description: 'Which form the service expects. Change it if the rows do not arrive.',
};

interface Input {
	readonly integration: string;
	readonly table: Table;
	readonly rows: readonly Row[];
}

export const runWithData = defineBatchOperation<Input>({
	name: 'Run With Data',
	value: 'runWithData',
	action: 'Run integration with rows of items',
	description: 'Run an integration on rows made from the incoming items, wait for its end and return the result',
	effect: 'write',
	authentications: [WEB_SERVICE],
	timeoutMs: RUN_TIMEOUT_MS,
	fields: [...runNotices, integrationLocator, runFor('One run gets the rows of all items; items with other variables get a run of their own'), modeField, ...rows, variables],
	options: [failedRun, modeOption, xmlForm],
	input: async (call) => {
		const integration = requiredId(call, 'integrationId');
		return { integration, table: tableOf(call), rows: await givenRows(call, integration) };
	},
	together: (call, { integration, table }) => togetherInRun(call, [integration.toLowerCase(), table]),
	run: async (items) => {
		const [{ call, input }] = items;
		const sent = items.flatMap((item) => item.input.rows.map((row) => ({ row, item: item.call.itemIndex })));
		const body = xml(await call.inSlices(writeTable(input.table, sent.map(({ row }) => row))));
		const request = { path: PATHS[input.table.mode], query: { mapKey: input.integration }, body };
		// Before the run: what comes after it must not be given up.
		const itemsOf = await call.inSlices(itemFinder(sent));
		return outcomeOf(call, await startRun(call, input.integration, request), itemsOf, sent.map(({ item }) => item));
	},
});

const PATHS: Readonly<Record<TableMode, string>> = {
	table: '/RunMapDataTable',
	tableWithErrors: '/RunMapDataTableWithErrors',
	xml: '/RunMapXml',
};

const MODES: readonly TableMode[] = ['tableWithErrors', 'table', 'xml'];

function tableOf(call: Call): Table {
	const mode = call.optionalChoice(call.placed('mode'), MODES) ?? 'tableWithErrors';
	const given = givenVariables(call);
	const isEarlierForm = call.optionalChoice('options.xmlForm', ['variablesAndRows', 'rowsOnly']) === 'rowsOnly';
	if (isEarlierForm && given.length > 0) {
		refuse('XML Form', 'The earlier form has no room for variables', "Choose 'Variables and Rows', or leave the variables out");
	}
	return { mode, isEarlierForm, variables: given };
}

function xml(content: string): () => Body {
	return () => ({ content, type: 'text/xml', length: Buffer.byteLength(content) });
}
