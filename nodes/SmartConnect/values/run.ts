import type { IDataObject } from 'n8n-workflow';

const FIRST = ['RunNumber', 'RunDate', 'RecordCount', 'ErrorCount', 'ErrorsSaved'];

/** The same run with its number, by which other operations know it, before its long ID. */
export function numberFirst(run: IDataObject): IDataObject {
	return { ...Object.fromEntries(Object.entries(run).filter(([name]) => FIRST.includes(name))), ...run };
}

/** Whether a run of the history has rejected rows, the only failure that it tells (smartconnect.md §5.2, 8). */
export function hasRejected({ ErrorCount }: IDataObject): boolean {
	return Number(ErrorCount) > 0;
}

/** A run of the history, with the same word about its success as the result of a run. */
export function withSuccess(run: IDataObject): IDataObject {
	return { success: !hasRejected(run), ...numberFirst(run) };
}
