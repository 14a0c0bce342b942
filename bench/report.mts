/** Results as tables, and their place in `bench/README.md`. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem, platform } from 'node:os';
import path from 'node:path';
import { measures } from './measures.mts';
import type { Measured } from './runner.mts';
import { median, passes, type Bar, type Measure, type Plot, type Runs } from './support.mts';

export interface Result extends Measured {
	readonly bars: readonly Bar[];
	readonly passed: boolean;
	readonly machine: string;
}

export type Results = Readonly<Record<string, Result>>;

const root = process.cwd();
const README = path.join(root, 'bench', 'README.md');
const KEPT = path.join(root, 'bench', 'results.json');
const MARKS = { begin: '<!-- results -->', end: '<!-- /results -->' };

export function judge(measure: Measure, measured: Measured): Result {
	const bars = measure.bars(measured.runs);
	return { ...measured, bars, passed: bars.every(passes), machine: machine(measured.node) };
}

/** Cores, memory, Node and what was measured against. */
function machine(node: string): string {
	const gibibytes = Math.round(totalmem() / 2 ** 30);
	const versions = ['n8n-core', 'n8n-nodes-base'].map((name) => `${name} ${versionOf(name)}`);
	return `${cpus().length} cores, ${gibibytes} GiB, ${platform()}, Node ${node}, ${versions.join(', ')}`;
}

function versionOf(name: string): string {
	const file = path.join(root, 'node_modules', name, 'package.json');
	return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

/** In the description of a machine; measures may have run on different ones. */
const NODE = /, (Node [\d.]+)/;

/** Both tables of a measure, in Markdown. */
export function tablesOf(name: string, result: Result): string {
	const measure = measures[name];
	if (!measure) return '';
	return [
		`### ${measure.title}`,
		'',
		`\`npm run bench -- ${name} --runs ${runsIn(result.runs)}\` · ${result.at.slice(0, 16).replace('T', ' ')} UTC · ${NODE.exec(result.machine)?.[1] ?? ''} · load before it began: ${result.load.toFixed(1)}`,
		'',
		...figures(measure, result.runs),
		...(measure.plots?.(result.runs) ?? []).flatMap(drawing),
		'',
		...verdicts(result.bars),
	].join('\n');
}

function figures({ columns }: Measure, runs: Runs): string[] {
	const names = Object.keys(columns);
	const row = (contestant: string): string[] => [contestant, ...names.map((name) => shown(median(runs, contestant, name), unitOf(name)))];
	return table(['', ...Object.values(columns)], Object.keys(runs).map(row));
}

/** A plot as a Mermaid chart, which GitHub draws. */
function drawing({ title, x, y, points }: Plot): string[] {
	const labels = points.map(([label]) => `"${label}"`).join(', ');
	const values = points.map(([, value]) => value.toFixed(1)).join(', ');
	const highest = Math.ceil(Math.max(...points.map(([, value]) => value)) * 1.2);
	const lines = [`title "${title}"`, `x-axis "${x}" [${labels}]`, `y-axis "${y}" 0 --> ${highest}`, `line [${values}]`];
	return ['', '```mermaid', 'xychart-beta', ...lines.map((line) => `\t${line}`), '```'];
}

function verdicts(bars: readonly Bar[]): string[] {
	const row = (bar: Bar): string[] => {
		const wanted = bar.atLeast === undefined ? `≤ ${shown(bar.atMost ?? NaN, bar.unit)}` : `≥ ${shown(bar.atLeast, bar.unit)}`;
		return [bar.what, wanted, shown(bar.measured, bar.unit), passes(bar) ? 'passed' : '**missed**'];
	};
	return table(['bar', 'wanted', 'measured', ''], bars.map(row));
}

function table(head: string[], rows: string[][]): string[] {
	const line = (cells: string[]): string => `| ${cells.join(' | ')} |`;
	return [line(head), line(head.map((_, i) => (i === 0 ? '---' : '--:'))), ...rows.map(line)];
}

function runsIn(runs: Runs): number {
	return Object.values(runs)[0]?.length ?? 0;
}

type Unit = Bar['unit'];

function unitOf(figure: string): Unit {
	if (/ms$/i.test(figure)) return 'ms';
	if (/us$/i.test(figure)) return 'us';
	return /bytes$/i.test(figure) ? 'bytes' : 'count';
}

function shown(value: number, unit: Unit): string {
	if (Number.isNaN(value)) return '';
	if (unit === 'times') return `${value.toFixed(2)} ×`;
	if (unit === 'us') return `${value.toFixed(1)} µs`;
	if (unit === 'ms') return value < 100 ? `${value.toFixed(1)} ms` : `${(value / 1000).toFixed(2)} s`;
	if (unit === 'count') return value.toLocaleString('en');
	return Math.abs(value) < 1e6 ? `${(value / 1e3).toFixed(1)} kB` : `${(value / 1e6).toFixed(1)} MB`;
}

/** Keeps all runs in `bench/results.json` and puts the tables into `bench/README.md`; measures that were not run stay as they are. */
export function write(results: Results): void {
	const kept = existsSync(KEPT) ? (JSON.parse(readFileSync(KEPT, 'utf8')) as Results) : {};
	const all = { ...kept, ...results };
	const inOrder = Object.fromEntries(Object.keys(measures).flatMap((name) => (all[name] ? [[name, all[name]]] : [])));
	writeFileSync(KEPT, `${JSON.stringify(inOrder, null, '\t')}\n`);
	const text = readFileSync(README, 'utf8');
	const [before, rest] = text.split(MARKS.begin);
	const after = rest?.split(MARKS.end)[1];
	if (before === undefined || after === undefined) throw new Error(`bench/README.md lacks ${MARKS.begin} … ${MARKS.end}`);
	writeFileSync(README, `${before}${MARKS.begin}\n\n${summary(inOrder)}\n\n${MARKS.end}${after}`);
}

function summary(results: Results): string {
	const machines = [...new Set(Object.values(results).map(({ machine }) => machine.replace(NODE, '')))];
	const missed = Object.entries(results).flatMap(([name, { bars }]) => bars.filter((bar) => !passes(bar)).map(({ what }) => `- \`${name}\`: ${what}`));
	const verdict = missed.length === 0 ? ['All bars were passed.'] : ['Bars that were missed:', '', ...missed];
	const tables = Object.entries(results).flatMap(([name, result]) => ['', tablesOf(name, result)]);
	return [`Measured on: ${machines.join('; ')}.`, '', ...verdict, ...tables].join('\n');
}
