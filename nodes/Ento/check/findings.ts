import type { IDataObject } from 'n8n-workflow';

import { isRecord, recordsIn } from '../../shared/guards';
import type { Finding, Probed } from '../../shared/operation/probe';
import type { Differences } from '../values/differences';

/** What is found out about an account, step by step. */
export interface Found {
	readonly differences: { -readonly [name in keyof Differences]: Differences[name] };
	readonly findings: Finding[];
}

/** A list in an answer, and where it stands; the root is ''. */
export interface Listed {
	readonly place: string;
	readonly records: readonly IDataObject[];
}

const DEEPEST = 3;

/** The list of records in an answer: the longest there is; nothing where there is none. */
export function listedIn({ body }: Probed): Listed | undefined {
	const lists = listsIn(body, '', DEEPEST);
	return lists.sort((a, b) => b.records.length - a.records.length)[0];
}

function listsIn(value: unknown, place: string, depth: number): Listed[] {
	if (Array.isArray(value)) return value.length > 0 && recordsIn(value).length < value.length ? [] : [{ place, records: recordsIn(value) }];
	if (!isRecord(value) || depth === 0) return [];
	return Object.entries(value).flatMap(([name, part]) => listsIn(part, place === '' ? name : `${place}.${name}`, depth - 1));
}
