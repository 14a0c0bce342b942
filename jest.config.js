/** @type {import('jest').Config} */
module.exports = {
	testMatch: ['<rootDir>/test/**/*.test.mts'],
	testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/e2e/'],
	moduleFileExtensions: ['mts', 'ts', 'js', 'mjs', 'cjs', 'json', 'node'],
	modulePathIgnorePatterns: ['<rootDir>/dist/'],
	transform: {
		'\\.(ts|mts|mjs)$': [
			'@swc/jest',
			{
				jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
				module: { type: 'commonjs' },
			},
		],
	},
	globalSetup: '<rootDir>/test/support/compileSandbox.mjs',
	testEnvironment: '<rootDir>/test/support/environment.cjs',
	// Property-based tests try new cases at every developer's run; what must pass before a change lands tries the same ones each time.
	setupFiles: process.env.CI ? ['<rootDir>/test/support/properties.mts'] : [],
	testTimeout: 30_000,
	maxWorkers: 2,
	// As many as the benches of the largest lab (test/contract/lab.mts).
	maxConcurrency: 6,
};
