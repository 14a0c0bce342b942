/**
 * `npm run bench`: measures the package against n8n's own HTTP Request node and prints a table and JSON.
 *
 * `npm run bench -- list creates`  only these measures
 * `npm run bench -- --runs 9`      so many runs of each (default 5)
 * `npm run bench -- --node <path>` the contestants run on another Node
 * `npm run bench -- --write`       also writes bench/README.md and bench/results.json
 */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { measures } from './measures.mts';
import { judge, tablesOf, write, type Result } from './report.mts';
import { runMeasure } from './runner.mts';

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: { runs: { type: 'string', default: '5' }, node: { type: 'string', default: process.execPath }, write: { type: 'boolean', default: false } },
});

function giveUp(sentence: string): never {
	console.error(sentence);
	process.exit(2);
}

const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1) giveUp(`--runs must be a whole number from 1, not "${values.runs}".`);
const unknown = positionals.filter((name) => !(name in measures));
if (unknown.length > 0) giveUp(`No measure "${unknown.join('", "')}". There are: ${Object.keys(measures).join(', ')}.`);
if (!existsSync(values.node)) giveUp(`--node must be the path of a Node, and there is nothing at "${values.node}".`);
if (!existsSync('dist/types/nodes.json')) giveUp('The package is not built: run `npm run build` first.');

const results: Record<string, Result> = {};
for (const [name, measure] of Object.entries(measures)) {
	if (positionals.length > 0 && !positionals.includes(name)) continue;
	const times = Math.min(runs, measure.mostRuns ?? Infinity);
	results[name] = judge(measure, await runMeasure(name, measure, { times, node: values.node, say: console.error }));
	console.log(`${tablesOf(name, results[name])}\n`);
	if (values.write) write({ [name]: results[name] });
}
console.log(JSON.stringify(results));
