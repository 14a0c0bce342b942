import type { INodeProperties } from 'n8n-workflow';

import { refuse } from '../../shared/answer/failure';
import { locator, ofNewNode, ofSavedNode } from '../../shared/editor/fields';
import type { Call } from '../../shared/operation/call';

/** Our labels, the vendor's ids and names (vendors/endocs.md §3.11). */
const DOCUMENT_TYPES: ReadonlyArray<readonly [id: number, label: string, name: string]> = [
	[1, 'Receipt', 'Поступление'],
	[2, 'Sale', 'Реализация'],
	[4, 'Contract', 'Договор'],
	[5, 'Outgoing Tax Invoice', 'Счет-фактура исходящий'],
	[6, 'Outgoing Invoice', 'Счет исходящий'],
	[7, 'Bank', 'Банк'],
	[8, 'Expense Report', 'Авансовый отчет'],
	[9, 'Report', 'Отчет'],
	[10, 'Reconciliation Statement', 'Акт сверки'],
	[11, 'Incoming Correspondence', 'Входящая корреспонденция'],
	[12, 'Outgoing Correspondence', 'Исходящая корреспонденция'],
	[13, 'Other', 'Прочее'],
	[14, 'Incoming Invoice', 'Счет входящий'],
	[15, 'Incoming Tax Invoice', 'Счет-фактура входящий'],
	[16, 'Unprocessed', 'Необработанные'],
	[19, 'Internal Memo', 'Служебная записка'],
	[20, 'Warehouse Document', 'Складской документ'],
	[21, 'HR Document', 'Кадровый документ'],
	[22, 'Technical Document', 'Технический документ'],
];

/** States that are seen in the product (vendors/endocs.md §1); an account may have more. */
export const STATES: ReadonlyArray<readonly [label: string, name: string]> = [
	['New', 'Новый'],
	['Archived', 'Архив'],
	['Approved', 'Согласовано'],
	['Acknowledged', 'Ознакомлено'],
	['Signed', 'Подписано'],
	['Executed', 'Исполнено'],
	['Declined', 'Отклонено'],
	['Interrupted', 'Прервано'],
	['Paid', 'Оплачено'],
	['Posted in 1C', 'Проведено в 1С'],
];

const INCOMING_INVOICE = 14;
export const UNPROCESSED = 16;
export const OTHER_ID = 'byId';
export const OTHER_NAME = 'byName';

interface Choice {
	readonly name: string;
	readonly value: string | number;
	readonly description: string;
}

/** Sorted as n8n's editor guidelines want it. */
function sorted(choices: Choice[]): Choice[] {
	return choices.sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** The document type: from the list, or the ID of one that the list doesn't have. */
export const documentTypeFields: INodeProperties[] = [
	{
		displayName: 'Document Type',
		name: 'documentType',
		type: 'options',
		options: sorted([
			...DOCUMENT_TYPES.map(([value, name, description]) => ({ name, value, description })),
			{ name: 'By ID', value: OTHER_ID, description: 'Enter the ID of a type that is not in this list' },
		]),
		default: INCOMING_INVOICE,
		description: 'Type of the document',
	},
	{
		displayName: 'Document Type ID',
		name: 'documentTypeId',
		// Not required: n8n would demand it also where an expression names type.
		type: 'string',
		default: '',
		displayOptions: { show: { documentType: [OTHER_ID] } },
		placeholder: 'e.g. 14',
		description: 'ID of the type of the document',
	},
];

/** @throws FailureError `invalid input` for what is no ID of a type */
export function documentTypeOf(call: Call): number {
	const chosen = call.choice('documentType', [OTHER_ID, ...DOCUMENT_TYPES.map(([id]) => id)], "For another type, choose 'By ID' and enter its ID");
	return chosen === OTHER_ID ? wholeNumberOf(call, 'documentTypeId', 'Enter the ID of a document type, such as 14') : Number(chosen);
}

/** For the trigger and for nodes of version 1. */
export const documentKindId: INodeProperties = {
	displayName: 'Document Kind ID',
	name: 'documentKindId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 31',
	description:
		'ID of the kind of document (вид документа). It stands as dockindId in each document that Document > Get Many returns; EnDocs Cloud documents no list of kinds.',
};

/** From version 1.1 on, the kinds seen in the account's documents are there to pick from, and none need be given. */
export const documentKindFields: INodeProperties[] = [
	ofNewNode({
		...locator({
			displayName: 'Document Kind',
			name: 'documentKindId',
			description:
				'Kind of the documents (вид документа). EnDocs Cloud documents no list of kinds: offered are those of the documents of this type and state. The ID of another one stands as dockindId in each document that comes out.',
			search: 'searchKinds',
			placeholder: 'e.g. 31',
			required: false,
		}),
		hint: 'Left empty, all kinds are asked for; where your account does not show that this works, the node says so',
	}),
	ofSavedNode(documentKindId),
];

/** Sent where no kind is chosen. Whether it stands for all kinds is not documented (vendors/endocs.md §3.4). */
export const NO_KIND = '0';

/**
 * The ID of the kind that the user wants, or `NO_KIND` where the picker was left empty.
 * @throws FailureError `invalid input` for what is no ID, nothing from an expression included
 */
export function kindOf(call: Call): string {
	const isLeftEmpty = !call.isOfSavedWorkflow && call.text('documentKindId') === '' && !call.isExpression('documentKindId');
	return isLeftEmpty ? NO_KIND : String(wholeNumberOf(call, 'documentKindId', 'Enter an ID such as 53'));
}

/** The state: from the list, or the name of one that the list doesn't have. */
export const stateFields: INodeProperties[] = stateFieldsWith('Согласовано');

/** The same, with another state chosen at first. */
export function stateFieldsWith(chosen: string): INodeProperties[] {
	return [
		{
			displayName: 'State',
			name: 'state',
			type: 'options',
			options: sorted([
				...STATES.map(([name, value]) => ({ name, value, description: value })),
				{ name: 'By Name', value: OTHER_NAME, description: 'Enter the name of a state that is not in this list' },
			]),
			default: chosen,
			description: 'State that the documents are in',
		},
		{
			displayName: 'State Name',
			name: 'stateName',
			// Not required: n8n would demand it also where an expression names state.
			type: 'string',
			default: '',
			displayOptions: { show: { state: [OTHER_NAME] } },
			placeholder: 'e.g. На согласовании',
			description: 'Name of the state, as it stands in EnDocs Cloud',
		},
	];
}

export function stateOf(call: Call): string {
	const chosen = call.choice('state', [OTHER_NAME, ...STATES.map(([, state]) => state)], "For another state, choose 'By Name' and enter its name");
	return chosen === OTHER_NAME ? call.requiredText('stateName') : chosen;
}

/** Type, kind and state that the user wants documents of. @throws FailureError `invalid input` */
export function shelfOf(call: Call): { type: string; kind: string; state: string } {
	return { type: String(documentTypeOf(call)), kind: kindOf(call), state: stateOf(call) };
}

/** Direction of a document; the values are the vendor's (vendors/endocs.md §3.6). */
export const sourceField: INodeProperties = {
	displayName: 'Source',
	name: 'source',
	type: 'options',
	options: [
		{ name: 'Incoming', value: 'Входящий', description: 'Входящий' },
		{ name: 'Outgoing', value: 'Исходящий', description: 'Исходящий' },
	],
	default: 'Входящий',
	description: 'Whether the document came in or went out',
};

const LARGEST_ID = 2 ** 31 - 1;

/**
 * A parameter that must hold a whole number: the ids of EnDocs Cloud are of 32 bits (vendors/endocs.md §2.1).
 * @throws FailureError `invalid input`
 */
export function wholeNumberOf(call: Call, parameter: string, fix: string): number {
	const text = call.requiredText(parameter);
	const isId = /^\d+$/.test(text) && Number(text) <= LARGEST_ID;
	return isId ? Number(text) : refuse(call.label(parameter), `"${text}" is not an ID of EnDocs Cloud, which is a whole number`, fix);
}
