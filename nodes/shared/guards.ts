import type { IDataObject } from 'n8n-workflow';

/** Whether the value is an object that is no array. */
export function isRecord(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of a list; anything else in it, and anything that is no list, is left out. */
export function recordsIn(value: unknown): IDataObject[] {
	return Array.isArray(value) ? value.filter(isRecord) : [];
}

/** A non-empty text or nothing. */
export function textOf(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The beginning of a text that is too long, without half of a character at its end: strict readers of JSON, such as those of AI models, take none. */
export function shortened(text: string, most: number): string {
	return text.length > most ? `${text.slice(0, most).replace(/\p{Cs}$/u, '')}…` : text;
}

/** The ID that a record may have: a text or a number; anything else can't tell one record from another. */
export function idIn(value: unknown): string | undefined {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** A finite number or nothing. */
export function numberOf(value: unknown): number | undefined {
	return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
