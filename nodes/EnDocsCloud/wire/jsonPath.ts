import type { IDataObject } from 'n8n-workflow';

import { isRecord } from '../../shared/guards';

type Step = string | number;

const PATH = /^[^.[\]]+(\[\d+\])*(\.[^.[\]]+(\[\d+\])*)*$/;
const STEPS = /([^.[\]]+)|\[(\d+)\]/g;

/**
 * A copy of an object that has the value at a place such as `Attachment.Content` or `Files[0].Content`; what is missing on the way
 * there is made.
 * @returns nothing when the path is none, leads through a value that is no object or list, leaves a gap in a list, or ends at a
 * value that is there already
 */
export function withValueAt(object: IDataObject, path: string, value: string): IDataObject | undefined {
	if (!PATH.test(path)) return undefined;
	const steps = [...path.matchAll(STEPS)].map(([, key, index]): Step => key ?? Number(index));
	const result = put(object, steps, value);
	return isRecord(result) ? result : undefined;
}

/** @returns `undefined` when there is no such place */
function put(node: unknown, [step, ...rest]: readonly Step[], value: string): unknown {
	const isFree = node === undefined || node === null || node === '';
	if (step === undefined) return isFree ? value : undefined;
	return typeof step === 'number' ? putInList(isFree ? [] : node, step, rest, value) : putInObject(isFree ? {} : node, step, rest, value);
}

function putInList(list: unknown, index: number, rest: readonly Step[], value: string): unknown {
	if (!Array.isArray(list) || index > list.length) return undefined;
	const entry = put(list[index], rest, value);
	return entry === undefined ? undefined : [...list.slice(0, index), entry, ...list.slice(index + 1)];
}

function putInObject(object: unknown, key: string, rest: readonly Step[], value: string): unknown {
	if (!isRecord(object)) return undefined;
	const member = put(Object.hasOwn(object, key) ? object[key] : undefined, rest, value);
	return member === undefined ? undefined : { ...object, [key]: member };
}
