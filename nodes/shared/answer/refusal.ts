import type { IDataObject } from 'n8n-workflow';

import { idIn, isRecord } from '../guards';

const SUCCESS = ['success', 'isSuccess', 'ok'] as const;
const FAILED: ReadonlySet<unknown> = new Set(['error', 'fail', 'failed', 'failure']);
const FIRST_ERROR = 400;
const LAST_ERROR = 599;

/**
 * Whether an answer with a status of success says no all the same: `{"success":false}`, `{"status":"error"}`, `{"errors":[…]}`, `{"error":…}`.
 * One with an ID is a record, which may have a status and errors of its own.
 */
export function saysNo(body: unknown): boolean {
	if (!isRecord(body)) return false;
	if (SUCCESS.some((name) => isNo(body[name]))) return true;
	const isItem = [body.id, body._id].some((id) => idIn(id) !== undefined);
	return !isItem && (isErrorStatus(body) || isFilled(body.error) || isFilled(body.errors));
}

function isNo(value: unknown): boolean {
	return value === false || value === 'false' || value === 0;
}

function isErrorStatus({ status, statusCode }: IDataObject): boolean {
	if (typeof status === 'string' && FAILED.has(status.toLowerCase())) return true;
	return [status, statusCode].some((code) => typeof code === 'number' && code >= FIRST_ERROR && code <= LAST_ERROR);
}

function isFilled(value: unknown): boolean {
	return typeof value === 'object' && value !== null ? Object.keys(value).length > 0 : Boolean(value);
}
