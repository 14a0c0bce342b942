import type { IDataObject } from 'n8n-workflow';

const FIRST = ['RunNumber', 'RunDate', 'RecordCount', 'ErrorCount', 'ErrorsSaved'];

/** The same run with its number, by which other operations know it, before its long ID. */
export function numberFirst(run: IDataObject): IDataObject {
	return { ...Object.fromEntries(Object.entries(run).filter(([name]) => FIRST.includes(name))), ...run };
}
