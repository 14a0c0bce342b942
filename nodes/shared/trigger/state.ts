import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

import { isRecord } from '../guards';

/** Of the form of the state; another one is none. */
const VERSION = 1;
const KEY = 'state';
const HASH_BYTES = 8;
/** How long `hashOf` is, in characters. */
export const HASH_LENGTH = 11;
const HEXADECIMAL = /^(?:[\da-f]{2})+$/;
/** Before an ID that is packed; not in the alphabet of base64url. */
const PACKED = '~';

/**
 * What a trigger remembers lies in n8n as one text: n8n does not notice what is written into an object that was put there before, and stores it
 * never (n8n's library for this; tried in 2.41.1).
 */
export function storedText(data: IDataObject): string | undefined {
	return typeof data[KEY] === 'string' ? data[KEY] : undefined;
}

export function storeText(data: IDataObject, text: string): void {
	if (data[KEY] !== text) data[KEY] = text;
}

/** @param watching fingerprint of what is watched */
export function writeState(watching: string, at: IDataObject): string {
	return JSON.stringify({ v: VERSION, for: watching, at });
}

/** What was remembered; nothing when it belongs to something else that was watched, or can't be read. */
export function readState(text: string | undefined, watching: string): unknown {
	const state = parsed(text);
	return isRecord(state) && state.v === VERSION && state.for === watching && isRecord(state.at) ? state.at : undefined;
}

function parsed(text: string | undefined): unknown {
	try {
		return JSON.parse(text ?? 'null');
	} catch {
		return undefined;
	}
}

/** 11 characters that stand for a text: one chance in 10^11 that any two of 10,000 are the same. */
export function hashOf(text: string): string {
	return createHash('sha256').update(text).digest().subarray(0, HASH_BYTES).toString('base64url');
}

/** The same for any JSON value, in whatever order its fields come. */
export function contentHash(value: unknown): string {
	return hashOf(JSON.stringify(inOrder(value)) ?? '');
}

function inOrder(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(inOrder);
	if (!isRecord(value)) return typeof value === 'bigint' ? String(value) : value;
	const entries = Object.entries(value).map(([key, inner]): [string, unknown] => [key, inOrder(inner)]);
	return entries.sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The entries of a text in which they stand behind one another. */
export function slices(packed: unknown, length: number): string[] {
	const text = typeof packed === 'string' ? packed : '';
	return Array.from({ length: Math.floor(text.length / length) }, (_, i) => text.slice(i * length, (i + 1) * length));
}

/** An ID in fewer characters, where it is hexadecimal as in many databases (24 become 17). No ID loses or gains its meaning by it. */
export function packId(id: string): string {
	if (HEXADECIMAL.test(id)) return PACKED + Buffer.from(id, 'hex').toString('base64url');
	return id.startsWith(PACKED) ? PACKED + PACKED + id : id;
}

/** What `packId` was given. */
export function unpackId(packed: string): string {
	if (packed.startsWith(PACKED + PACKED)) return packed.slice(2 * PACKED.length);
	return packed.startsWith(PACKED) ? Buffer.from(packed.slice(PACKED.length), 'base64url').toString('hex') : packed;
}
