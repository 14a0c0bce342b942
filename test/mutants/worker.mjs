/** Runs test files of the folder it was started in, in one process, so that n8n's engine is loaded once for many mutants. Started by `runner.mts`. */
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = process.cwd();
const load = createRequire(path.join(folder, 'package.json'));
const { runCLI } = load('jest');
const [quick] = load('./jest.config.js').projects;
const own = (name) => path.join(folder, 'test/mutants/jest', name);

const config = {
	...quick,
	rootDir: folder,
	// Only where tests, what they import and their data lie: looking through node_modules takes longer than most test files.
	roots: ['test', 'nodes', 'credentials', 'sandbox', 'demo', 'scripts'].map((name) => path.join(folder, name)),
	testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/e2e/'],
	globalSetup: undefined,
	testEnvironment: own('environment.cjs'),
	testSequencer: own('inOrder.cjs'),
	reporters: [own('reporter.cjs')],
	testTimeout: 30_000,
	maxConcurrency: 6,
};

const compiled = import(pathToFileURL(path.join(folder, 'test/support/compileSandbox.mjs')).href).then(async ({ default: compileSandbox }) => await compileSandbox());

process.on('message', async ({ tests }) => {
	await compiled;
	globalThis.mutantNoticed = false;
	globalThis.probed = new Set();
	globalThis.mutantTests = tests.map((file) => path.join(folder, file));
	const argv = { _: tests, $0: 'jest', config: JSON.stringify(config), runTestsByPath: true, runInBand: true, watchman: false, silent: true };
	try {
		const { results } = await runCLI(argv, [folder]);
		process.send({ done: true, success: results.success, tests: results.numTotalTests - results.numPendingTests, probed: [...globalThis.probed], memory: process.memoryUsage().rss });
	} catch (error) {
		process.send({ done: true, success: false, tests: 0, memory: Number.MAX_SAFE_INTEGER, error: String(error) });
	}
});
// Without its parent nobody needs it.
process.on('disconnect', () => process.exit());
