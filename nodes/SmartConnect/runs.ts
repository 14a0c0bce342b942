import type { IDataObject } from 'n8n-workflow';

import { toFailure } from '../shared/answer/errors';
import { fail, type Failure, type FailurePart } from '../shared/answer/failure';
import { unexpectedAnswer } from '../shared/answer/outcome';
import { isRecord, numberOf, textOf } from '../shared/guards';
import type { Call } from '../shared/operation/call';
import { record, type Output } from '../shared/operation/output';
import type { Request } from '../shared/service/request';
import { inSlices } from '../shared/slices';
import { rowsIn } from './rows/rows';
import { getHistory } from './wire/api';
import { SERVICE, REST_API } from './wire/names';

/** A run may take its time, in ms. */
export const RUN_TIMEOUT_MS = 600_000;

/** What a service said about a run (smartconnect.md §3.4.1, §4). */
export interface RunResult {
	readonly success: boolean;
	/** As the service sent it. */
	readonly raw: IDataObject;
	/** Rows that the target rejected, as far as the service told them. */
	readonly rejected: readonly IDataObject[];
}

/** Holds what the service says about a rejected row, beside the columns of the row. */
const ROW_MESSAGE = 'EONERUNERRORS';
const ROW_ID = 'EONERUNIDENT';

/**
 * Which items are carried out in one run, for `together`: those that ask for the same, unless each is to have a run of its own.
 * @param asked what they ask for, beside the options of the run
 */
export function togetherInRun(call: Call, asked: readonly unknown[]): string {
	const isAlone = call.choice('runFor', ['all', 'each']) === 'each';
	return JSON.stringify(isAlone ? [call.itemIndex] : [...asked, returnsFailure(call)]);
}

/**
 * Starts a run and waits for its end. The request is sent once, whatever happens.
 * @param integration ID of the integration, for the history
 * @throws FailureError; `outcome unknown` when the run may have been carried out
 */
export async function startRun(call: Call, integration: string, request: Request): Promise<RunResult> {
	const seen = await lastRun(call, integration);
	try {
		const result = await toRunResult(await call.client.send({ ...request, method: 'POST', effect: 'write', once: true }));
		seen.number = Math.max(seen.number ?? 0, numberOf(result.raw.RunNumber) ?? 0);
		return result;
	} catch (error) {
		const failure = call.client.told(toFailure(error, (text) => call.client.shown(text)));
		if (failure.reason !== 'outcome unknown') return fail(failure);
		return fail({ ...failure, ...(await whatHistorySays(call, integration, seen.number, failure)) });
	}
}

/** The highest run number known so far, which tells runs of ours from older ones when an answer gets lost. */
async function lastRun(call: Call, integration: string): Promise<{ number?: number }> {
	return await call.shared(`last run ${integration}`, async () => ({ number: (await newestRun(call, integration))?.number }));
}

interface PastRun {
	readonly number: number;
	readonly raw: IDataObject;
}

/** The newest run in the history; nothing where there is none or it can't be had. */
async function newestRun(call: Call, integration: string): Promise<PastRun | undefined> {
	if (!hasHistory(call)) return undefined;
	try {
		const runs = (await getHistory(call.client, integration)).map((raw) => ({ number: Number(raw.RunNumber), raw }));
		return runs.sort((a, b) => b.number - a.number)[0] ?? { number: 0, raw: {} };
	} catch {
		return undefined;
	}
}

/** The REST API is not known to have one (smartconnect.md §4). */
function hasHistory(call: Call): boolean {
	return call.client.authentication !== REST_API;
}

async function whatHistorySays(
	call: Call,
	integration: string,
	before: number | undefined,
	{ message, details }: Failure,
): Promise<Pick<Failure, 'message' | 'details'>> {
	const newest = before === undefined ? undefined : await newestRun(call, integration);
	if (newest === undefined || before === undefined) return { message, details };
	if (newest.number <= before) {
		return { message: `${message}. The history of the integration shows no new run so far; it may still be under way`, details };
	}
	const { RunDate, RecordCount, ErrorCount } = newest.raw;
	const counts = `${String(RecordCount)} records, ${String(ErrorCount)} of them rejected`;
	return {
		message: `${message}. The history of the integration shows run ${newest.number} since then (${String(RunDate)}, ${counts})`,
		details: { ...details, runNumber: newest.number },
	};
}

async function toRunResult(body: unknown): Promise<RunResult> {
	if (!isRecord(body) || body.Status === undefined || numberOf(body.RunNumber) === undefined) {
		return unexpectedAnswer(SERVICE, 'the result of a run was expected', 'Check the API URL in the credential');
	}
	const rejected = await rejectedIn(body.Errors);
	return { success: isSuccess(body.Status) && !(Number(body.ErrorCount) > 0) && rejected.length === 0, raw: body, rejected };
}

/** 0 is success. The documentation calls it boolean, and the REST API sends a word. */
function isSuccess(status: unknown): boolean {
	return ['0', 'false', 'successful'].includes(String(status).toLowerCase());
}

/** The rows in the data table of a run; none where it can't be read, since the raw text stays in the result. */
async function rejectedIn(errors: unknown): Promise<IDataObject[]> {
	if (typeof errors !== 'string') return [];
	try {
		// The run is made: what came of it is read to the end, also when the execution was stopped.
		return await inSlices(rowsIn(errors), undefined);
	} catch {
		return [];
	}
}

/**
 * What comes out of a run.
 * @param itemsOf the items that a rejected row comes from
 * @param sent the item of each row that was sent, where there were any
 * @throws FailureError for a run without success, unless the user wants its result
 */
export function outcomeOf(call: Call, result: RunResult, itemsOf: (row: IDataObject) => readonly number[], sent: readonly number[] = []): Output[] {
	const { success, raw, rejected } = result;
	if (success || returnsFailure(call)) {
		return record({ success, ...raw, ...(rejected.length > 0 ? { rejectedRows: [...rejected] } : {}) });
	}
	const { done, ...failure } = failureOf(result, itemsOf, sent, (text) => call.client.shown(text));
	// Workflows of before take what comes out for whole runs.
	const accepted = done && (call.isOfSavedWorkflow ? { items: done.items } : done);
	return fail({ ...failure, ...(accepted ? { done: accepted } : {}), fate: 'carried out in part' });
}

/** Whether the user wants the result of a run also when it did not succeed. */
export function returnsFailure(call: Call): boolean {
	return call.optionalChoice('options.failedRun', ['fail', 'return']) === 'return';
}

/** @param show takes the secrets out of what the service says; the rows themselves are the user's own data */
function failureOf(
	{ raw, rejected }: RunResult,
	itemsOf: (row: IDataObject) => readonly number[],
	sent: readonly number[],
	show: (text: string) => string,
): Failure {
	const run = {
		runNumber: raw.RunNumber,
		integration: raw.MapId ?? raw.Description,
		errorMessage: typeof raw.ErrorMessage === 'string' ? show(raw.ErrorMessage) : raw.ErrorMessage,
		errorCount: raw.ErrorCount,
		recordCount: raw.RecordCount,
	};
	const said = textOf(run.errorMessage)?.trim().replace(/\.$/, '');
	const counts = `${String(raw.ErrorCount)} of ${String(raw.RecordCount)} records were rejected`;
	const failure: Failure = {
		reason: 'rejected',
		message: show(`Run ${String(run.runNumber)} of ${String(run.integration)} did not succeed: ${said ? `${said}. ` : ''}${counts}`),
		fix: FIX_RUN,
		details: { ...run, ...(rejected.length > 0 ? { rejectedRows: [...rejected] } : {}) },
	};
	const items = [...new Set(sent)];
	// Which of several items it was is not told.
	if (rejected.length === 0) return items.length > 1 && isPartial(raw) ? { ...failure, fix: FIX_UNTOLD, parts: [{ items, failure: { ...failure, fix: FIX_UNTOLD } }] } : failure;
	const origins = rejected.map(itemsOf);
	const accepted = acceptedItems(raw, origins, sent);
	const fix = accepted.length > 0 ? FIX_ALONE : isPartial(raw) ? FIX_UNSURE : FIX_ROWS;
	return {
		...failure,
		fix: `${show(rowSummary(rejected))}. ${fix}`,
		parts: rejected.map((row, i) => rejectedPart(row, run, origins[i] ?? [], fix, show)),
		...(accepted.length > 0 ? { done: { items: accepted, json: { success: true, ...withoutErrors(raw) } } } : {}),
	};
}

function isPartial({ RecordCount, ErrorCount }: IDataObject): boolean {
	return Number(ErrorCount) < Number(RecordCount);
}

/** The items all rows of which were accepted, where the counts of the run prove it: each rejected row is known by its item. */
function acceptedItems({ RecordCount, ErrorCount }: IDataObject, origins: ReadonlyArray<readonly number[]>, sent: readonly number[]): number[] {
	const isProven = origins.every((items) => items.length === 1) && Number(RecordCount) - Number(ErrorCount) === sent.length - origins.length;
	const rejected = new Set(origins.flat());
	return isProven ? [...new Set(sent)].filter((item) => !rejected.has(item)) : [];
}

/** The result of the run for what it has accepted. */
function withoutErrors(raw: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(raw).filter(([name]) => name !== 'Errors' && name !== 'ErrorMessage' && name !== 'Status'));
}

const FIX_ROWS = 'Correct these rows and run them again';
const FIX_ALONE = 'Correct these rows and send only them again: the others were accepted';
const FIX_UNSURE = 'Correct these rows and send only them again. The others may have been carried out: look in SmartConnect before you send any of those';
const FIX_UNTOLD =
	"Which rows were rejected was not told, and the others were accepted: do not send all of them again. Look in SmartConnect, or with Run > Get Errors if the integration keeps rejected rows; the modes 'Table With Errors' and 'Encoded XML' tell them";
const FIX_RUN = 'See what the run says in SmartConnect, or with Run > Get Errors if the integration keeps rejected rows';
const ROWS_IN_MESSAGE = 5;

function rejectedPart(row: IDataObject, run: IDataObject, items: readonly number[], fix: string, show: (text: string) => string): FailurePart {
	const said = messageOf(row);
	const message = (said && show(said)) ?? textOf(run.errorMessage) ?? `${SERVICE} rejected this row`;
	return { items, failure: { reason: 'rejected', message, fix, details: { ...run, row: columnsOf(row) } } };
}

function messageOf(row: IDataObject): string | undefined {
	return textOf(String(row[ROW_MESSAGE] ?? '').trim());
}

/** A rejected row without what the service adds to it. */
export function columnsOf(row: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(row).filter(([name]) => name !== ROW_MESSAGE && name !== ROW_ID));
}

function rowSummary(rejected: readonly IDataObject[]): string {
	const shown = rejected.slice(0, ROWS_IN_MESSAGE).map((row) => `${JSON.stringify(columnsOf(row))}: ${messageOf(row) ?? 'no reason given'}`);
	const more = rejected.length > shown.length ? ` and ${rejected.length - shown.length} more` : '';
	return `Rejected rows: ${shown.join('; ')}${more}`;
}
