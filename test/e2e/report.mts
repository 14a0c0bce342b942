// docs/proof.md: what a run of `npm run e2e -- --write` has found.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus, platform, totalmem } from 'node:os';
import { programFile } from '../../demo/debian.mjs';
import { hostFolder, nodeFor } from '../../demo/n8n.mjs';
import { duration } from '../../scripts/install.mjs';
import type { Checks, Section } from './checks.mts';
import { parts } from './parts.mts';
import { packageJson } from './server.mts';

/** A list longer than this is folded. */
const MANY_FIGURES = 6;

/** Writes docs/proof.md; `ms` is what the whole run took. */
export function writeReport(checks: Checks, release: string, ms: number): void {
	const { name, version } = packageJson();
	const gibibytes = Math.round(totalmem() / 2 ** 30);
	const facts = [
		['Result', `**${checks.passed} passed, ${checks.failed} failed** in ${duration(ms)}`],
		['Date', `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`],
		['Package', `${name} ${version}`],
		['n8n', `${release} on Node ${versionOf(nodeFor(hostFolder(release)))}`],
		['Browser', versionOf(programFile('chromium'))],
		['Redis', versionOf(programFile('redis'))],
		['PostgreSQL', versionOf(programFile('postgres'))],
		['Machine', `${cpus().length} cores, ${gibibytes} GiB, ${platform()}`],
	];
	writeFileSync('docs/proof.md', reportOf(checks.sections, facts).join('\n'));
}

/** The lines of the report: what is known, by what circumstances, the figures, and at the end each check. */
export function reportOf(sections: readonly Section[], facts: string[][]): string[] {
	return [
		'# Proven in a real n8n',
		'',
		'<!-- Written by `npm run e2e -- --write`; do not edit. -->',
		'',
		'What these nodes promise was tried in n8n itself, as a person uses it: the packed package, installed through *Settings → Community nodes → Install*, against a',
		'[sandbox](../README.md#try-it-two-commands) that stands in for the services. The services themselves were not asked. `npm run e2e` repeats all of it on your machine.',
		'',
		...sections.flatMap(sentenceOf),
		'',
		...table(['', ''], facts),
		'',
		'## Figures',
		...sections.filter(({ figures }) => figures.length > 0).flatMap(figureLines),
		'',
		'## All checks',
		...sections.flatMap(checkLines),
		'',
	];
}

const failuresOf = ({ checks }: Section) => checks.filter(({ failure }) => failure !== undefined);
const countOf = (section: Section) => `${section.checks.length - failuresOf(section).length} of ${section.checks.length}`;

/** What a part has proven; what begins otherwise is the start of n8n, which proves nothing by itself. */
function sentenceOf(section: Section): string[] {
	const part = parts.find(({ title }) => title === section.title);
	if (!part) return [];
	const hasPassed = failuresOf(section).length === 0;
	return [`- ${hasPassed ? '' : '**Not proven:** '}${part.proves} *(${countOf(section)} checks)*`];
}

function figureLines({ title, figures }: Section): string[] {
	const lines = table(['what', 'figure'], figures.map(({ what, value }) => [what, value]));
	return ['', `### ${title}`, '', ...(figures.length > MANY_FIGURES ? folded(`${figures.length} figures`, lines) : lines)];
}

function checkLines(section: Section): string[] {
	const lines = section.checks.map(({ name, failure }) => `- ${name}${failure === undefined ? '' : `: **failed**, ${failure}`}`);
	return ['', ...folded(`${section.title}: ${countOf(section)}, in ${duration(section.ms)}`, lines)];
}

const folded = (summary: string, lines: readonly string[]) => [`<details><summary>${summary}</summary>`, '', ...lines, '', '</details>'];

/** A table as Markdown. */
export function table(head: string[], rows: string[][]): string[] {
	const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

/** The version that a program tells of itself. */
export function versionOf(program: string | undefined): string {
	if (!program) return 'not used';
	const text = execFileSync(program, ['--version'], { encoding: 'utf8' });
	return /\d+\.\d+[\d.]*/.exec(text)?.[0] ?? text.trim();
}
