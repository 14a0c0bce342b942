/** Before the tests: the sandbox as one file without types, so that a worker starts it in a fifth of the time. */
import { build } from 'esbuild';
import { renameSync } from 'node:fs';

const compiled = 'node_modules/.cache/backoffice-sandbox.mjs';

// Express is CommonJS and requires what is built into Node.
const banner = { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" };

export default async function compileSandbox() {
	// Renamed when it is whole: another run of the tests may just be starting it.
	const outfile = `${compiled}.${process.pid}`;
	await build({ entryPoints: ['sandbox/main.mts'], bundle: true, platform: 'node', target: 'node20', format: 'esm', banner, outfile, logLevel: 'error' });
	renameSync(outfile, compiled);
}
