// Rules of this project on top of n8n's: run with `eslint -c eslint.house.config.mjs .`
// (`eslint.config.mjs` must stay n8n's own two lines, strict mode compares it).
import { createRequire } from 'node:module';

// The copy that n8n's own linter brings along, wherever npm has put it.
const n8nLint = createRequire(createRequire(import.meta.url).resolve('@n8n/node-cli/eslint'));
const tseslint = n8nLint('typescript-eslint');

const noPushSpread = {
	selector: "CallExpression[callee.property.name='push'] > SpreadElement",
	message: 'Spreading into push overflows the stack near 125,000 items; append with a loop.',
};

/** Expectations that an empty list passes. */
const noEmptyPass = [
	{
		selector: "CallExpression[callee.name='expect'] > CallExpression[callee.property.name='every']",
		message: 'An empty list passes this: compare the list itself, or the set of what it holds.',
	},
	{
		selector: "CallExpression[callee.property.name='forEach'] CallExpression[callee.name='expect']",
		message: 'An empty list passes this: compare the list itself, or use test.each.',
	},
];

export default tseslint.config(
	// `packages` links to what is looked at here.
	{ ignores: ['dist', 'node_modules', 'coverage', 'packages', 'site/.vitepress/cache', 'site/.vitepress/dist'] },
	{ linterOptions: { reportUnusedDisableDirectives: 'error' } },
	{
		files: ['**/*.ts', '**/*.mts'],
		extends: [tseslint.configs.recommended],
		rules: {
			'no-restricted-syntax': ['error', noPushSpread],
			'@typescript-eslint/no-explicit-any': 'error',
			eqeqeq: 'error',
		},
	},
	{
		files: ['nodes/**/*.ts', 'credentials/**/*.ts', 'sandbox/**/*.mts'],
		languageOptions: { parserOptions: { project: ['tsconfig.json', 'tsconfig.tools.json'] } },
		rules: {
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
		},
	},
	{
		files: ['test/**/*.mts'],
		rules: { 'no-restricted-syntax': ['error', noPushSpread, ...noEmptyPass] },
	},
);
