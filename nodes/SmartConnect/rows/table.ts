import type { IDataObject } from 'n8n-workflow';

import { mapAll, mapAllInSlices, refuse } from '../../shared/answer/failure';
import { isRecord } from '../../shared/guards';
import type { Call } from '../../shared/operation/call';
import { mapByName } from '../../shared/operation/columns';
import { assertMeant } from '../../shared/operation/hollow';
import { toTextOrJson } from '../../shared/operation/values';
import type { Sliced } from '../../shared/slices';
import { columnsOf } from '../runs';
import { getColumns } from '../wire/api';
import type { Variable } from './variables';
import { unwritableAt, writeElement, writeText } from './xml';

/** How many rows are worked on before others may have their turn. */
const SLICE = 200;

/** A row as it is sent: texts by column. A column without a value is left out. */
export type Row = ReadonlyMap<string, string>;

/**
 * The rows that the user gave for this item, mapped column by column or as JSON.
 * @throws FailureError `invalid input` for a row without any column of the integration
 */
export async function givenRows(call: Call, mapKey: string): Promise<Row[]> {
	const columns = await call.shared(`columns ${mapKey}`, async () => (await getColumns(call.client, mapKey)).map(({ ColumnName }) => String(ColumnName)));
	const isJson = call.choice('rowsMode', ['columns', 'json']) === 'json';
	const given = isJson ? rowsFromJson(call) : [mappedColumns(call, columns)];
	const parameter = call.label(isJson ? 'rowsJson' : 'columns');
	return await call.inSlices(mapAllInSlices(given, (row) => toRow(parameter, row, columns)));
}

function rowsFromJson(call: Call): IDataObject[] {
	const given = call.json('rowsJson');
	const rows = Array.isArray(given) ? (given as unknown[]) : [given];
	if (rows.length > 0 && rows.every(isRecord)) return rows;
	return refuse(call.label('rowsJson'), 'is neither a row nor a list of rows', 'Write an object such as { "Name": "Northwind" }, or a list of such objects');
}

function mappedColumns(call: Call, columns: readonly string[]): IDataObject {
	const { mappingMode, value } = call.object('columns');
	if (mappingMode !== 'autoMapInputData') return isRecord(value) ? value : {};
	const { values, remarks } = mapByName(call.itemJson, columns);
	for (const remark of remarks) call.note(remark);
	return values;
}

function toRow(parameter: string, given: IDataObject, columns: readonly string[]): Row {
	const known = `The integration has: ${columns.join(', ')}`;
	const cells = mapAll(Object.entries(given), ([name, value]) =>
		columns.includes(name) ? toCell(parameter, name, value) : refuse(parameter, `The integration has no column "${name}"`, known),
	);
	const row = new Map(cells.flat());
	return row.size > 0 ? row : refuse(parameter, 'The row has no value for any column of the integration', known);
}

function toCell(parameter: string, name: string, value: unknown): Array<[string, string]> {
	assertMeant(parameter, value, name);
	const text = toTextOrJson(value);
	if (text === undefined) return [];
	const bad = unwritableAt(text);
	if (bad >= 0) refuse(parameter, `The value of "${name}" holds a control character that XML has no form for, at position ${bad + 1}`, 'Remove the character');
	return [[name, text]];
}

export type TableMode = 'tableWithErrors' | 'table' | 'xml';

/** Rows and variables as the body of a run (smartconnect.md §3.4.3). */
export interface Table {
	readonly mode: TableMode;
	/** The earlier form has rows only. */
	readonly isEarlierForm: boolean;
	readonly variables: readonly Variable[];
}

export function* writeTable({ mode, isEarlierForm, variables }: Table, rows: readonly Row[]): Sliced<string> {
	if (mode === 'xml') {
		const inner = yield* joined(rows, (row) => writeText(writeRow(row)));
		const given = isEarlierForm ? '' : writeVariables(variables);
		const xml = writeElement('Xml', `${writeText('<DataSet>')}${inner}${writeText('</DataSet>')}`);
		return `<RequestData xmlns:i="http://www.w3.org/2001/XMLSchema-instance">${given}${xml}</RequestData>`;
	}
	const table = yield* joined(rows, writeRow);
	return writeElement('RequestData', isEarlierForm ? table : writeVariables(variables) + writeElement('Xml', table));
}

function* joined(rows: readonly Row[], write: (row: Row) => string): Sliced<string> {
	const written: string[] = [];
	for (const row of rows) {
		written.push(write(row));
		if (written.length % SLICE === 0) yield;
	}
	return written.join('');
}

function writeRow(row: Row): string {
	return writeElement('Table', [...row].map(([name, text]) => writeElement(name, writeText(text))).join(''));
}

function writeVariables(variables: readonly Variable[]): string {
	if (variables.length === 0) return '<Variables/>';
	const list = variables.map(({ name, value }) =>
		writeElement('VariableOfstringstring', writeElement('Key', writeText(name)) + writeElement('Value', writeText(value))),
	);
	return writeElement('Variables', writeElement('ArrayOfVariableOfstringstring', list.join('')));
}

/** A row that was sent, and the item it comes from. */
export interface SentRow {
	readonly row: Row;
	readonly item: number;
}

/**
 * Finds the items of rejected rows. The service doesn't number rows: a rejected one is known by its values, and of equal rows each is
 * taken once, in order. One that the service has changed belongs to all items.
 */
export function* itemFinder(sent: readonly SentRow[]): Sliced<(rejected: IDataObject) => readonly number[]> {
	const byContent = new Map<string, number[]>();
	for (const [i, { row, item }] of sent.entries()) {
		if (i % SLICE === 0) yield;
		const key = contentOf(row);
		const items = byContent.get(key);
		if (items) items.push(item);
		else byContent.set(key, [item]);
	}
	const all = [...new Set(sent.map(({ item }) => item))];
	return (rejected) => {
		const item = byContent.get(contentOf(Object.entries(columnsOf(rejected)).map(([name, value]) => [name, String(value ?? '')])))?.shift();
		return item === undefined ? all : [item];
	};
}

/** The same for rows with the same values, whatever their order and line ends; empty values count as none. */
function contentOf(row: Iterable<readonly [string, string]>): string {
	const cells = [...row].map(([name, text]) => [name, text.replace(/\r\n?/g, '\n')]).filter(([, text]) => text !== '');
	return JSON.stringify(cells.sort(([a = ''], [b = '']) => (a < b ? -1 : 1)));
}
