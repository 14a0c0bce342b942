/** What came of the mutants, by room: for the terminal, and for docs/tests.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Mutant } from './mutate.mts';
import { roomOf } from './tests.mts';

export interface Outcome {
	readonly mutant: Mutant;
	/** The test that noticed it. */
	readonly killedBy?: string;
	/** Why nothing can notice it. */
	readonly reason?: string;
}

export interface Circumstances {
	readonly seed: number;
	/** How many mutants there are in all. */
	readonly all: number;
	readonly date: string;
	readonly minutes: number;
	readonly command: string;
}

const PAGE = 'docs/tests.md';
const MARKED = /(?<=<!-- mutants -->\n)[\s\S]*(?=<!-- \/mutants -->)/;

interface Count {
	tried: number;
	noticed: number;
	equivalent: number;
}

export function countRooms(outcomes: readonly Outcome[]): Map<string, Count> {
	const rooms = new Map<string, Count>();
	for (const { mutant, killedBy, reason } of outcomes) {
		const count = rooms.get(roomOf(mutant.file)) ?? { tried: 0, noticed: 0, equivalent: 0 };
		count.tried += 1;
		if (killedBy !== undefined) count.noticed += 1;
		else if (reason !== undefined) count.equivalent += 1;
		rooms.set(roomOf(mutant.file), count);
	}
	return new Map([...rooms].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** `noticed 57 of 60 (95.0 %)`; what nobody can notice is not counted. */
export function summary(outcomes: readonly Outcome[]): string {
	const noticed = outcomes.filter(({ killedBy }) => killedBy !== undefined).length;
	const counted = noticed + survivorsOf(outcomes).length;
	const share = counted === 0 ? '' : ` (${((100 * noticed) / counted).toFixed(1)} %)`;
	return `noticed ${noticed} of ${counted}${share}`;
}

export const survivorsOf = (outcomes: readonly Outcome[]): Outcome[] => outcomes.filter(({ killedBy, reason }) => killedBy === undefined && reason === undefined);

export const lineOf = ({ file, line, kind, change }: Mutant): string => `${file}:${line} [${kind}] ${change}`;

/** Puts the figures in their place in the document. */
export function writeFigures(outcomes: readonly Outcome[], circumstances: Circumstances): void {
	const page = readFileSync(PAGE, 'utf8');
	if (!MARKED.test(page)) throw new Error(`${PAGE} has no place for the figures: <!-- mutants --> … <!-- /mutants -->`);
	writeFileSync(PAGE, page.replace(MARKED, () => figures(outcomes, circumstances)));
}

export function figures(outcomes: readonly Outcome[], { seed, all, date, minutes, command }: Circumstances): string {
	const rows = [...countRooms(outcomes)].map(([room, { tried, noticed, equivalent }]) => `| \`${room}\` | ${tried} | ${noticed} | ${equivalent} | ${tried - noticed - equivalent} |`);
	const survivors = survivorsOf(outcomes).map(({ mutant: { file, line, change } }) => `- \`${file}:${line}\` ${inCode(change)}`);
	return [
		`A random sample of ${outcomes.length} of ${all.toLocaleString('en')} mutants, seed ${seed}: **${summary(outcomes)}**. ${date}, ${minutes} min, \`${command}\`.`,
		'',
		'| room | tried | noticed | equivalent | survived |',
		'| --- | --- | --- | --- | --- |',
		...rows,
		...(survivors.length === 0 ? [] : ['', 'Survivors:', '', ...survivors]),
		'',
	].join('\n');
}

/** In a document: backticks inside would end the code early. */
const inCode = (text: string): string => `\`\` ${text} \`\``;
