import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { idIn } from '../../shared/guards';
import type { Call } from '../../shared/operation/call';
import { readWhole, type WholeList } from '../../shared/trigger/watch/whole';
import { additionalQueryOption, booleanFormatOption, itemsPropertyOption, pagingOption } from '../editor/fields';
import { listSource, type Reading } from '../wire/list';
import type { PagingMode } from '../wire/paging';
import { additionalQuery } from '../wire/query';

export const idOf = ({ id }: IDataObject): string | undefined => idIn(id);
export const idField = ({ id }: IDataObject): IDataObject => ({ id });

/** What each event may be told of how this account's API is spelled. */
export function listOptions(usual: PagingMode): INodeProperties[] {
	return [additionalQueryOption, booleanFormatOption, itemsPropertyOption, pagingOption(usual)];
}

/** What of a list, if it changes, makes it another list. */
export function listIdentity(call: Call, { path, query }: Pick<Reading, 'path' | 'query'>): readonly unknown[] {
	return [path, query, additionalQuery(call), call.option('itemsProperty')];
}

/** All records of a list. */
export async function readAll(call: Call, reading: Reading, usual: PagingMode): Promise<WholeList> {
	const { pager, ask } = listSource(call, reading, usual);
	return await readWhole(pager, ask, idOf);
}

export const NO_ID = "Say in the option 'Items Property' where the records stand in the answer; each needs a field id";
