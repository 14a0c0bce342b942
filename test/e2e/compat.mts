// The same package in several releases of n8n: which of the checks pass where.
import { readFileSync, writeFileSync } from 'node:fs';
import { hostFolder, nodeFor } from '../../demo/n8n.mjs';
import { duration } from '../../scripts/install.mjs';
import { Checks, type Section } from './checks.mts';
import { runParts } from './main.mts';
import { parts } from './parts.mts';
import { BYTES_OF_SECRETS } from './parts/redirects.mts';
import { table, versionOf } from './report.mts';

/** What is tried in each release: the parts of `npm run e2e` that depend on how n8n deals with a package. By name: how the table calls it. */
const ROWS: Readonly<Record<string, string>> = {
	loading: 'Installed from a registry, loaded, with icons, texts and previews',
	credentials: 'Credential tests',
	lookups: 'Look-ups',
	workflows: 'Example workflows, each with the outcome that is wanted',
	errors: 'Items that fail, in the three modes of *On Error*',
	retries: '*Retry On Fail*: nothing is changed twice',
	redirects: 'Redirects to another host',
	sessions: 'Sessions that end',
	agent: 'Tools of AI agents',
};

/** What came of one release. */
interface Column {
	release: string;
	node: string;
	date: string;
	checks: Checks;
}

const MARKED = /(<!-- compatibility -->\n)[^]*?(<!-- \/compatibility -->)/;

/** Tries the package in each release and prints the table; with `write` it goes into README.md, as it is. Resolves with whether all passed. */
export async function compatibility(releases: readonly string[], write: boolean): Promise<boolean> {
	const begun = Date.now();
	const columns: Column[] = [];
	for (const release of releases) {
		const checks = new Checks();
		await runParts(checks, release, Object.keys(ROWS));
		columns.push({ release, node: versionOf(nodeFor(hostFolder(release))), date: new Date().toISOString().slice(0, 10), checks });
	}
	const lines = rowsOf(columns);
	console.log(`\n${lines.join('\n')}\n\nIn all ${duration(Date.now() - begun)}.`);
	if (write) writeTable(lines);
	const passed = columns.reduce((sum, { checks }) => sum + checks.passed, 0);
	const failed = columns.reduce((sum, { checks }) => sum + checks.failed, 0);
	console.log(`${passed} passed, ${failed} failed`);
	return failed === 0;
}

function rowsOf(columns: readonly Column[]): string[] {
	return table(['n8n', ...columns.map(({ release }) => release)], [
		['Node', ...columns.map(({ node }) => node)],
		['Tried on', ...columns.map(({ date }) => date)],
		...Object.entries(ROWS).map(([name, title]) => [title, ...columns.map(({ checks }) => verdict(sectionOf(checks, name)))]),
		['Bytes of a secret that another host got by redirects', ...columns.map(({ checks }) => figureOf(sectionOf(checks, 'redirects'), BYTES_OF_SECRETS))],
	]);
}

function sectionOf({ sections }: Checks, name: string): Section | undefined {
	const title = parts.find((part) => part.name === name)?.title;
	return sections.find((section) => section.title === title);
}

/** "all 32", or how many of them in bold; a part that was not reached says so. */
function verdict(section: Section | undefined): string {
	if (!section) return '**not reached**';
	const all = section.checks.length;
	const passed = section.checks.filter(({ failure }) => failure === undefined).length;
	return passed === all && all > 0 ? `all ${all}` : `**${passed} of ${all}**`;
}

function figureOf(section: Section | undefined, wanted: string): string {
	return section?.figures.find(({ what }) => what === wanted)?.value ?? '**not measured**';
}

function writeTable(lines: readonly string[]): void {
	const readme = readFileSync('README.md', 'utf8');
	if (!MARKED.test(readme)) throw new Error('README.md has no place for the table.');
	writeFileSync('README.md', readme.replace(MARKED, (_all, start: string, end: string) => `${start}\n${lines.join('\n')}\n\n${end}`));
}
