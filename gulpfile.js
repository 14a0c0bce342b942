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
);

/** `gulp docs` writes the operation tables, `gulp docs --check` fails where they are out of date. */
exports.docs = series(task('docs', process.argv.includes('--check') ? 'check' : 'write'));
