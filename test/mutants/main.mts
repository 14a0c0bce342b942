/**
 * `npm run mutants`: small mistakes made in shipped code, one at a time, to see whether the tests notice.
 *
 * `npm run mutants -- --sample 300 --seed 1 --room shared/pages --seconds 90 --minutes 120 --jobs 2 --write`
 *
 * `--room` takes the beginning of a path below `nodes/`, or `credentials`; `--at nodes/shared/wait.ts:28,…` only mutants of these lines; `--minutes` ends it early, with what
 * was tried so far (a random sample as well); `--seconds` asks only so many of the tests that run the changed lines as take so long together: quick, and a lower bound; `--walks` asks
 * the walks over all operations too, which take minutes each; `--jobs` how
 * many are tried at once; `--write` puts the figures in docs/tests.md. Everything happens in copies of the project. Which tests run which lines is found out first, which takes as
 * long as all tests, and is kept until shipped code or tests change.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { coverageOf, type Coverage } from './coverage.mts';
import { reasonFor } from './equivalent.mts';
import { mutantsOf, sample, type Mutant } from './mutate.mts';
import { blockAt, blocksOf } from './probes.mts';
import { lineOf, summary, survivorsOf, writeFigures, type Outcome } from './report.mts';
import { Workbench } from './runner.mts';
import { Tests } from './tests.mts';

const { values } = parseArgs({
	options: {
		sample: { type: 'string', default: '100' },
		seed: { type: 'string', default: '1' },
		room: { type: 'string', default: '' },
		at: { type: 'string', default: '' },
		seconds: { type: 'string', default: 'Infinity' },
		minutes: { type: 'string', default: 'Infinity' },
		jobs: { type: 'string', default: '1' },
		walks: { type: 'boolean', default: false },
		write: { type: 'boolean', default: false },
	},
});
const [wanted, seed, jobs] = [values.sample, values.seed, values.jobs].map(Number) as [number, number, number];
const started = Date.now();
const minutes = () => (Date.now() - started) / 60_000;

const projects = (createRequire(import.meta.url)(path.resolve('jest.config.js')) as { projects: Array<{ displayName: string; testMatch: string[] }> }).projects;
const walks = projects.find(({ displayName }) => displayName === 'walks')?.testMatch ?? [];
const tests = new Tests(values.walks ? [] : walks.map((file) => file.replace('<rootDir>/', '')));

const shipped = execFileSync('git', ['ls-files', 'nodes', 'credentials'], { encoding: 'utf8' }).split('\n').filter((file) => file.endsWith('.ts'));
const all = shipped.filter((file) => file.startsWith(values.room) || file.startsWith(`nodes/${values.room}`)).flatMap((file) => mutantsOf(file, readFileSync(file, 'utf8')));
const places = values.at.split(',').filter((place) => place !== '');
const chosen = places.length > 0 ? all.filter(({ file, line }) => places.includes(`${file}:${line}`)) : sample(all, wanted, seed);
console.log(`${chosen.length} of ${all.length} mutants`);

const workbenches: Workbench[] = [];
const closeAll = () => {
	for (const bench of workbenches.splice(0)) bench.close();
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
	process.once(signal, () => {
		closeAll();
		process.exit(130);
	});
}

const outcomes: Outcome[] = [];
const proven = new Set<string>();
/** Test files that fail without any mutant: they would notice everything, and judge nothing. */
const broken = new Set<string>();
const left = [...chosen];
try {
	for (let n = 0; n < Math.min(jobs, chosen.length); n++) workbenches.push(new Workbench());
	const coverage = await coverageOf(workbenches, shipped, tests.all, console.log);
	await Promise.all(workbenches.map(async (bench) => await work(bench, coverage)));
} finally {
	closeAll();
}

const survivors = survivorsOf(outcomes);
console.log(`\n${summary(outcomes)}, ${outcomes.filter(({ reason }) => reason !== undefined).length} are equivalent`);
for (const { mutant } of survivors) console.log(`  ${lineOf(mutant)}`);
for (const file of broken) console.log(`${file} judged nothing: it fails without any mutant`);
if (values.write) {
	const more = `${values.room === '' ? '' : ` --room ${values.room}`}${values.seconds === 'Infinity' ? '' : ` --seconds ${values.seconds}`}${values.walks ? ' --walks' : ''}`;
	writeFigures(outcomes, { seed, all: all.length, minutes: Math.round(minutes()), date: new Date().toISOString().slice(0, 10), command: `npm run mutants -- --sample ${wanted} --seed ${seed}${more}` });
}
const counted = outcomes.length - outcomes.filter(({ reason }) => reason !== undefined).length;
process.exitCode = survivors.length > 0.05 * counted || broken.size > 0 ? 1 : 0;

/** Tries one mutant after the other, as long as there are any. */
async function work(bench: Workbench, coverage: Coverage): Promise<void> {
	for (let mutant = left.shift(); mutant && minutes() < Number(values.minutes); mutant = left.shift()) {
		const begun = Date.now();
		const outcome = await judge(bench, mutant, coverage);
		outcomes.push(outcome);
		const word = outcome.reason ? `equivalent: ${outcome.reason}` : outcome.killedBy ? `noticed by ${outcome.killedBy}` : 'SURVIVED';
		console.log(`${outcomes.length}/${chosen.length} ${lineOf(mutant)} ${word} (${Math.round((Date.now() - begun) / 1000)} s)`);
	}
}

async function judge(bench: Workbench, mutant: Mutant, coverage: Coverage): Promise<Outcome> {
	const reason = reasonFor(mutant);
	if (reason !== undefined) return { mutant, reason };
	const block = blockAt(blocksOf(mutant.file, readFileSync(mutant.file, 'utf8')), mutant.place);
	return { mutant, killedBy: await noticedBy(bench, mutant, tests.of(mutant.file, block, coverage, Number(values.seconds) * 1000)) };
}

/** The first of the tests that fails with the mutant and passes without it. */
async function noticedBy(bench: Workbench, mutant: Mutant, files: readonly string[]): Promise<string | undefined> {
	const judges = files.filter((test) => !broken.has(test));
	// Asked for none, Jest would run all.
	if (judges.length === 0) return undefined;
	const { killedBy, isEnd, why } = await bench.tryMutant(mutant.file, mutant.source, judges);
	if (!killedBy) return undefined;
	if (isEnd) console.log(`the process of the tests ended: ${why ?? ''}`);
	if (await passes(bench, killedBy.file)) return `${killedBy.file}: ${killedBy.test}`;
	broken.add(killedBy.file);
	return await noticedBy(bench, mutant, judges);
}

/** Whether a test file passes without a mutant, seen once for each; in one of two tries, as the machine may be busy. */
async function passes(bench: Workbench, file: string): Promise<boolean> {
	for (let n = 0; n < 2 && !proven.has(file); n++) {
		const { killedBy, why } = await bench.tryNothing([file]);
		if (!killedBy) proven.add(file);
		else console.log(`without a mutant fails ${file}: ${killedBy.test}\n${why ?? ''}`);
	}
	return proven.has(file);
}
