// docs/proof.md: what a run of `npm run e2e -- --write` has found.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus, platform, totalmem } from 'node:os';
import { programFile } from '../../demo/debian.mjs';
import { hostFolder, nodeFor } from '../../demo/n8n.mjs';
import { duration } from '../../scripts/install.mjs';
import type { Checks, Section } from './checks.mts';
import { packageJson } from './server.mts';

/** Writes docs/proof.md; `ms` is what the whole run took. */
export function writeReport({ sections, passed, failed }: Checks, release: string, ms: number): void {
	const { name, version } = packageJson();
	const gibibytes = Math.round(totalmem() / 2 ** 30);
	const lines = [
		'# Proven in a real n8n',
		'',
		'<!-- Written by `npm run e2e -- --write`; do not edit. -->',
		'',
		'The packed package is installed through n8n’s own *Settings → Community nodes → Install* from a registry on the same machine, and used there against the sandbox.',
		'`npm run e2e` repeats all of it; with `-- --write` it writes this page.',
		'',
		...table(['', ''], [
			['Result', `**${passed} passed, ${failed} failed** in ${duration(ms)}`],
			['Date', `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`],
			['Package', `${name} ${version}`],
			['n8n', `${release} on Node ${versionOf(nodeFor(hostFolder(release)))}`],
			['Browser', versionOf(programFile('chromium'))],
			['Redis', versionOf(programFile('redis'))],
			['PostgreSQL', versionOf(programFile('postgres'))],
			['Machine', `${cpus().length} cores, ${gibibytes} GiB, ${platform()}`],
		]),
		...sections.flatMap(sectionLines),
		'',
	];
	writeFileSync('docs/proof.md', lines.join('\n'));
}

function sectionLines({ title, ms, checks, figures }: Section): string[] {
	const failures = checks.filter(({ failure }) => failure !== undefined);
	const lines = checks.map(({ name, failure }) => `- ${name}${failure === undefined ? '' : `: **failed**, ${failure}`}`);
	return [
		'',
		`## ${title}`,
		'',
		`${checks.length - failures.length} of ${checks.length} checks passed, in ${duration(ms)}.`,
		...(figures.length > 0 ? ['', ...table(['what', 'figure'], figures.map(({ what, value }) => [what, value]))] : []),
		'',
		`<details><summary>The checks</summary>`,
		'',
		...lines,
		'',
		'</details>',
	];
}

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
