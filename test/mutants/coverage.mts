/** Which tests run which blocks of shipped code, and how long each takes: found once by running all of them with probes in the code. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { withProbes } from './probes.mts';
import type { Workbench } from './runner.mts';

/** By test file. */
export type Coverage = ReadonlyMap<string, Covered>;

export interface Covered {
	/** Names of blocks. */
	readonly blocks: ReadonlySet<string>;
	/** How long the tests take, milliseconds. */
	readonly ms: number;
}

const CACHE = 'node_modules/.cache/mutants';

/**
 * @param shipped the files that get probes
 * @param tests the test files; one that fails with probes in the code is left out
 * @param say takes what is done
 */
export async function coverageOf(benches: readonly Workbench[], shipped: readonly string[], tests: readonly string[], say: (text: string) => void): Promise<Coverage> {
	const cache = path.join(CACHE, `${hashOf([...shipped, ...tests])}.json`);
	if (existsSync(cache)) return read(cache);
	const found = new Map<string, Covered>();
	const left = [...tests];
	await Promise.all(benches.map(async (bench) => {
		for (const file of shipped) bench.put(file, withProbes(file, readFileSync(file, 'utf8')));
		for (let test = left.shift(); test !== undefined; test = left.shift()) {
			const first = await bench.tryNothing([test]);
			// Once more before it is believed: the machine may be busy.
			const { killedBy, why, probed = [] } = first.killedBy ? await bench.tryNothing([test]) : first;
			if (killedBy) say(`left out, as it fails with probes in the code: ${test}: ${killedBy.test}\n${why ?? ''}`);
			else found.set(test, { blocks: new Set(probed), ms: bench.durations.get(test) ?? 0 });
			if (left.length % 20 === 0) say(`${left.length} test files to look at`);
		}
		for (const file of shipped) bench.put(file, readFileSync(file, 'utf8'));
		bench.stopWorker();
	}));
	write(cache, found);
	return found;
}

function hashOf(files: readonly string[]): string {
	const hash = createHash('sha256');
	for (const file of files) hash.update(`${file}\0`).update(readFileSync(file));
	return hash.digest('hex').slice(0, 16);
}

function read(file: string): Coverage {
	const entries = JSON.parse(readFileSync(file, 'utf8')) as Array<[string, { blocks: string[]; ms: number }]>;
	return new Map(entries.map(([test, { blocks, ms }]) => [test, { blocks: new Set(blocks), ms }]));
}

function write(file: string, coverage: Coverage): void {
	mkdirSync(path.dirname(file), { recursive: true });
	writeFileSync(file, JSON.stringify([...coverage].map(([test, { blocks, ms }]) => [test, { blocks: [...blocks], ms }])));
}
