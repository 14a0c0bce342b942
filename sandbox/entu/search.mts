import type { Entity } from './model.mts';

const SEPARATORS = /[\s,;]+/;
const LONGEST_TERM = 20;
const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;
/** What MongoDB needs for a list's element besides its text. */
const ELEMENT_BYTES = 13;
const HARMLESS_LENGTH = 100_000;

/** The words asked for: split at blanks only, cut to the length that the index holds. */
export const termsOf = (text: string): string[] =>
	text.split(' ').filter((term) => term !== '').map((term) => term.toLowerCase().slice(0, LONGEST_TERM));

const wordsOf = (values: readonly unknown[]): string[] => values.flatMap((value) => String(value).toLowerCase().split(SEPARATORS)).filter((word) => word !== '');

const indexes = new WeakMap<readonly unknown[], string>();

/** Whether every term is part of an indexed word. The index knows no word with a separator in it, so such terms are never found (§5.2, trap 13). */
export function contains({ searched }: Entity, terms: readonly string[], inside: boolean): boolean {
	const values = inside ? searched.private : searched.public;
	let index = indexes.get(values);
	if (index === undefined) indexes.set(values, (index = wordsOf(values).join('\n')));
	return terms.every((term) => !SEPARATORS.test(term) && index.includes(term));
}

/** Throws where all parts of all words would be more than a document can hold, an unexpected error of the service (§4.2). */
export function checkIndexSize(values: readonly unknown[]): void {
	const length = values.reduce<number>((sum, value) => sum + (typeof value === 'string' ? value.length : 0), 0);
	if (length < HARMLESS_LENGTH) return;
	let bytes = 0;
	const parts = new Set<string>();
	for (const word of new Set(wordsOf(values))) {
		for (let start = 0; start < word.length; start += 1) {
			for (let end = start + 1; end <= Math.min(word.length, start + LONGEST_TERM); end += 1) {
				const part = word.slice(start, end);
				if (parts.has(part)) continue;
				parts.add(part);
				bytes += part.length + ELEMENT_BYTES;
				if (bytes > MAX_DOCUMENT_BYTES) throw new Error('The search index is larger than a document can be');
			}
		}
	}
}
