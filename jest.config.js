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
	testTimeout: 30_000,
};

/** Contract tests whose outcome may depend on the generation of the server. */
const contracts = ['operations', 'sessions'].map((name) => `<rootDir>/test/contract/${name}.test.mts`);

/** @type {import('jest').Config} */
module.exports = {
	maxWorkers: 2,
	projects: [
		{ ...common, testMatch: ['<rootDir>/test/**/*.test.mts'], setupFiles: ['<rootDir>/test/support/properties.mts'] },
		{
			...common,
			displayName: 'Entu of July',
			testMatch: ['<rootDir>/test/vendors/entu/**/*.test.mts', ...contracts],
			setupFiles: ['<rootDir>/test/support/july.mts', '<rootDir>/test/support/properties.mts'],
		},
	],
};
