import type { IDataObject } from 'n8n-workflow';

import { idIn } from '../../shared/guards';
import type { Call } from '../../shared/operation/call';
import { readWhole, type WholeList } from '../../shared/trigger/watch/whole';
import { listSource, type Reading } from '../wire/list';
import type { PagingMode } from '../values/proposals';
import { additionalQuery } from '../wire/query';

export const idOf = ({ id }: IDataObject): string | undefined => idIn(id);
export const idField = ({ id }: IDataObject): IDataObject => ({ id });

/** What of a list, if it changes, makes it another list. */
export function listIdentity(call: Call, { path, query }: Pick<Reading, 'path' | 'query'>): readonly unknown[] {
	return [path, query, additionalQuery(call)];
}

/** All records of a list. */
export async function readAll(call: Call, reading: Reading, usual: PagingMode): Promise<WholeList> {
	const { pager, ask } = listSource(call, reading, usual);
	return await readWhole(pager, ask, idOf);
}

export const NO_ID = "Say in the credential where the records stand in the answer, as itemsProperty under 'API Differences'; each needs a field id";
