'use strict';
// The task graph around n8n's own build: `npm run build` is `n8n-node build` (compile, copy images) and then `gulp finish`.
const { series } = require('gulp');

/** A task is one function of one script; scripts are loaded when their task runs. */
const task = (script, name) =>
	Object.assign(async () => (await import(`./scripts/${script}.mjs`))[name](), { displayName: name });

exports.finish = series(
	task('dist', 'prune'),
	task('dist', 'copyCodex'),
	task('dist', 'compactJson'),
	task('dist', 'checkIcons'),
	task('dist', 'generateMetadata'),
	task('dist', 'verify'),
	task('build', 'note'),
);

const writeOrCheck = process.argv.includes('--check') ? 'check' : 'write';

/** `gulp singles` writes the single-service packages in packages/, `gulp singles --check` fails where they are out of date. */
exports.singles = series(task('singles', writeOrCheck));

/** `gulp docs` writes the tables of operations and events, and what is made of them; `gulp docs --check` fails where they are out of date. */
exports.docs = series(task('docs', writeOrCheck), task('singles', writeOrCheck));
