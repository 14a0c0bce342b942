import type { Database } from './database.mts';

/**
 * The next value of a counter property (§4.3): highest existing number + step, with the prefix of that value.
 * With a text of its own, that text is set, its last number without leading zeros.
 */
export function counterValue(database: Database, typeId: string, property: string, counter: unknown, text: unknown): { string: string; number: number } {
	if (typeof text === 'string' && text !== '') {
		const number = lastNumber(text);
		return { string: withNumber(text, number), number };
	}
	const step = typeof counter === 'number' ? counter : 1;
	const highest = highestOf(database, typeId, property);
	const number = highest.number + step;
	return { string: withNumber(highest.string, number), number };
}

function highestOf(database: Database, typeId: string, property: string): { string: string; number: number } {
	let highest = { string: '', number: 0 };
	for (const entity of database.ofTypes([typeId])) {
		for (const value of entity.view[property] ?? []) {
			if (typeof value.number !== 'number' || value.number <= highest.number) continue;
			highest = { string: String(value.string ?? ''), number: value.number };
		}
	}
	return highest;
}

const LAST_NUMBER = /\d+(?=\D*$)/;

function lastNumber(text: string): number {
	return Number(LAST_NUMBER.exec(text)?.[0] ?? 0);
}

function withNumber(text: string, number: number): string {
	return LAST_NUMBER.test(text) ? text.replace(LAST_NUMBER, String(number)) : `${text}${number}`;
}
