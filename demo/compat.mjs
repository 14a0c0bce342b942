// `npm run compat`: runs the packed package in several releases of n8n, from the oldest to the current one, and prints a table of what works.
// Each release is installed once, 2 to 3 GB in the cache folder.
//
// `npm run compat -- 2.8.4 2.33.7`  in these releases
// `npm run compat -- --write`       in the usual ones; the table goes into README.md
import { parseArgs } from 'node:util';
import { buildPackage } from '../scripts/build.mjs';
import { checkNode, installProject } from '../scripts/install.mjs';
import { main, Told } from '../scripts/processes.mjs';
import { installHost } from './n8n.mjs';
import { compatReleases, parseRelease } from './releases.mjs';

void main(async () => {
	checkNode();
	const { values, positionals } = parseArgs({ allowPositionals: true, options: { write: { type: 'boolean', default: false } } });
	if (values.write && positionals.length > 0) throw new Told('The README tells of the usual releases: leave out --write, or name none.');
	const releases = positionals.length > 0 ? positionals.map(parseRelease) : compatReleases;
	await installProject();
	for (const release of releases) await installHost(release);
	await buildPackage();
	const { register } = await import('tsx/esm/api');
	register();
	const { compatibility } = await import('../test/e2e/compat.mts');
	process.exitCode = (await compatibility(releases, values.write)) ? 0 : 1;
});
