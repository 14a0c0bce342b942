// `npm run e2e`: installs and builds what is missing, then runs the checks of test/e2e against a real n8n.
//
// `npm run e2e -- loading workers`  only these parts
// `npm run e2e -- --write`          also renews the pictures of the docs and, unless parts are named, docs/proof.md
import { parseArgs } from 'node:util';
import { checkNode, installProject, root, run } from '../scripts/install.mjs';
import { main, Told } from '../scripts/processes.mjs';
import { installHost } from './n8n.mjs';

void main(async () => {
	checkNode();
	const { values, positionals } = parseArgs({ allowPositionals: true, options: { write: { type: 'boolean', default: false } } });
	await installProject();
	await installHost();
	const { code, output } = await run(['run', 'build'], root);
	if (code !== 0) throw new Told(`${output.trimEnd()}\n\nThe build failed; see above.`);
	// Not `tsImport`: it loads modules a second time, and what those launch would outlive a Ctrl-C.
	const { register } = await import('tsx/esm/api');
	register();
	const { endToEnd } = await import('../test/e2e/main.mts');
	process.exitCode = (await endToEnd(positionals, values.write)) ? 0 : 1;
});
