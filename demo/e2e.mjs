// `npm run e2e`: installs and builds what is missing, then runs the checks of test/e2e against a real n8n.
//
// `npm run e2e -- loading workers`  only these parts
// `npm run e2e -- triggers`         one of the long parts, which run by name only: triggers, durable-triggers, queue-triggers, soak
// `npm run e2e -- --n8n 2.8.4`      in another release of n8n
// `npm run e2e -- --write`          also renews the pictures of the docs and, unless parts are named, docs/proof.md
import { parseArgs } from 'node:util';
import { buildPackage } from '../scripts/build.mjs';
import { checkNode, installProject } from '../scripts/install.mjs';
import { main, Told } from '../scripts/processes.mjs';
import { installHost } from './n8n.mjs';
import { currentRelease, parseRelease } from './releases.mjs';

void main(async () => {
	checkNode();
	const options = { n8n: { type: 'string', default: currentRelease }, write: { type: 'boolean', default: false } };
	const { values, positionals } = parseArgs({ allowPositionals: true, options });
	const release = parseRelease(values.n8n);
	if (values.write && release !== currentRelease) throw new Told(`The documents tell of n8n ${currentRelease}: leave out --write or --n8n.`);
	await installProject();
	await installHost(release);
	await buildPackage();
	// Not `tsImport`: it loads modules a second time, and what those launch would outlive a Ctrl-C.
	const { register } = await import('tsx/esm/api');
	register();
	const { endToEnd } = await import('../test/e2e/main.mts');
	process.exitCode = (await endToEnd(release, positionals, values.write)) ? 0 : 1;
});
