const transform = {
	'\\.(ts|mts|mjs)$': [
		'@swc/jest',
		{
			jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
			module: { type: 'commonjs' },
		},
	],
};

const common = {
	testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/e2e/'],
	moduleFileExtensions: ['mts', 'ts', 'js', 'mjs', 'cjs', 'json', 'node'],
	modulePathIgnorePatterns: ['<rootDir>/dist/'],
	transform,
	globalSetup: '<rootDir>/test/support/compileSandbox.mjs',
	testEnvironment: '<rootDir>/test/support/environment.cjs',
};

// Property-based tests try new cases at every developer's run; what must pass before a change lands tries the same ones each time.
const setupFiles = process.env.CI ? ['<rootDir>/test/support/properties.mts'] : [];

/** Contract tests that take every operation through every case of a kind, and what takes very many records or large files: minutes, too long for every change (`npm run test:walks`). */
const walks = [
	...['endless', 'faultProxy', 'faults', 'generations', 'meant', 'odd', 'operations', 'output', 'preview', 'redirects', 'refusals', 'retries', 'schemas', 'secrets', 'whole'].map((name) => `contract/${name}`),
	'vendors/entu/large',
	'vendors/smartconnect/large',
].map((name) => `<rootDir>/test/${name}.test.mts`);
/** Contract tests whose outcome may depend on the generation of the server. */
const contracts = ['operations', 'sessions'].map((name) => `<rootDir>/test/contract/${name}.test.mts`);

/** @type {import('jest').Config} */
module.exports = {
	// Twice the cores of a small machine: much of the time goes into waiting for services that stall.
	maxWorkers: 4,
	// In ms: the system takes its time to free the heap of a worker, n8n in it. One that is kept from ending by something left open is still reported.
	workerGracefulExitTimeout: 10_000,
	testTimeout: 30_000,
	// As many as the benches of the largest lab (test/contract/lab.mts).
	maxConcurrency: 6,
	projects: [
		{
			...common,
			displayName: 'quick',
			testMatch: ['<rootDir>/test/**/*.test.mts'],
			testPathIgnorePatterns: [...common.testPathIgnorePatterns, ...walks],
			setupFiles,
		},
		{ ...common, displayName: 'walks', testMatch: walks, setupFiles },
		{
			...common,
			displayName: 'Entu of July',
			testMatch: ['<rootDir>/test/vendors/entu/**/*.test.mts', ...contracts],
			setupFiles: ['<rootDir>/test/support/july.mts', ...setupFiles],
		},
	],
};
