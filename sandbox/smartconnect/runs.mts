import { randomUUID } from 'node:crypto';
import type { Request } from 'express';
import { effect } from '../journal.mts';
import type { Process, Rejected, Row, RunRecord } from './model.mts';
import { outputFile, type State } from './state.mts';
import { errorTable, escapeXml } from './xml.mts';

export interface RunRequest {
	process: Process;
	rows: Row[];
	/** Whether the answer tells the rejected rows; RunMapDataTable never does (assumed, vendors/smartconnect.md §6). */
	tellRows: boolean;
}

/** Carries a run out: counts it, rejects what it must, leaves files. */
export function carryOut(req: Request, state: State, { process, rows }: RunRequest): RunRecord {
	const runs = state.runsOf(process.key);
	const runNumber = Math.max(0, ...runs.map((run) => run.runNumber)) + 1;
	const record: RunRecord = { runNumber, runDate: state.localTime(), recordCount: rows.length, rejected: rejectedRows(state, process, rows) };
	runs.push(record);
	if (process.isOutput) state.outputs.push(outputFile(randomUUID(), process.key, runNumber, record.runDate));
	effect(req, 'run', `${process.key}#${runNumber}`);
	return record;
}

function rejectedRows({ settings }: State, process: Process, rows: readonly Row[]): Rejected[] {
	const all = (message: string, list = rows): Rejected[] => list.map((row) => ({ row, message }));
	switch (settings.runResult) {
		case 'success':
			return [];
		case 'failure':
			return all('Posting date is closed.\r\n');
		case 'partial':
			return all('Duplicate found.\r\n', rows.slice(0, 1));
		case 'auto': {
			const bare = rows.filter((row) => process.required.some((column) => (row[column] ?? '') === ''));
			const strange = rows.filter((row) => !bare.includes(row) && /^bad/i.test(row.Name ?? ''));
			return [...all('A key field is empty.\r\n', bare), ...all('The target refused the name.\r\n', strange)];
		}
	}
}

/** Whether the run as a whole counts as failed. */
function statusOf({ settings }: State, { rejected, recordCount }: RunRecord): 0 | 1 {
	if (settings.runResult === 'failure') return 1;
	if (rejected.length === 0) return 0;
	return rejected.length < recordCount ? settings.partialStatus : 1;
}

/** The answer of the web service, its keys as documented (§3.4.1). */
export function runAnswer(state: State, { process, tellRows }: RunRequest, record: RunRecord): unknown {
	const status = statusOf(state, record);
	const { rejected, recordCount, runNumber } = record;
	const table = errorTable(rejected.map(({ row, message }) => ({ ...row, EONERUNERRORS: message })), [...process.columns, 'EONERUNERRORS']);
	const errors = tellRows && rejected.length > 0 ? table : '';
	return {
		ErrorCount: rejected.length,
		Errors: state.settings.errorsForm === 'escaped' ? escapeXml(errors) : errors,
		MapDescription: process.description,
		MapKey: process.key,
		MapId: process.mapId,
		RecordCount: recordCount,
		RunNumber: runNumber,
		Status: formOf(state.settings.statusForm, status),
		ErrorMessage: messageOf(status, record),
	};
}

function messageOf(status: 0 | 1, { rejected }: RunRecord): string {
	if (rejected.length > 0) return (rejected.at(-1)?.message ?? '').trim();
	return status === 1 ? 'The source could not be opened.' : '';
}

function formOf(form: State['settings']['statusForm'], status: 0 | 1): unknown {
	if (form === 'boolean') return status === 1;
	return form === 'text' ? String(status) : status;
}

/** The answer of the newer API (§4); other words than `Successful` are assumed. */
export function restAnswer(state: State, { process }: RunRequest, record: RunRecord): unknown {
	const status = statusOf(state, record);
	return {
		Id: randomUUID(),
		Key: process.key,
		Description: process.description,
		Status: status === 0 ? 'Successful' : 'Failed',
		ErrorMessage: messageOf(status, record),
		RunNumber: record.runNumber,
		RecordCount: record.recordCount,
		ErrorCount: record.rejected.length,
	};
}

const MOST_ERRORS = 1000;

/** Rejected rows of a past run, by target (§3.5). */
export function errorsAnswer(process: Process, record: RunRecord): unknown {
	const rejected = process.storesErrors ? record.rejected : [];
	const idOf = (i: number) => `${process.key.slice(0, -12)}${String(record.runNumber * 100_000 + i).padStart(12, '0')}`;
	const dataRows = rejected.slice(0, MOST_ERRORS).map(({ row, message }, i) => ({ ...row, EONERUNIDENT: idOf(i + 1), EONERUNERRORS: message }));
	const errorData = { currentPage: 1, pageSize: MOST_ERRORS, recordCount: rejected.length, columnList: [], dataRows };
	const tenant = { errorId: idOf(0), tenantServer: 'crm.example', tenantTechnical: 'org1', errorCount: rejected.length, errorData };
	return {
		mapKey: process.key,
		mapId: process.mapId,
		mapDescription: process.description,
		runNumber: record.runNumber,
		runTenants: rejected.length > 0 ? [tenant] : [],
	};
}
