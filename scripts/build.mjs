// The built package: made anew only where it is not what the sources give. `npm run build` always builds; what needs a built package asks here.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, run } from './install.mjs';
import { main, Told } from './processes.mjs';

const sources = ['nodes', 'credentials', 'scripts', 'package.json', 'package-lock.json', 'tsconfig.json', 'gulpfile.js', 'index.js'];
const noteFile = (folder) => path.join(folder, 'node_modules', '.cache', 'backoffice-built.txt');

/** SHA-256 (hex) over the names and contents of files and of all that is in folders; what is not there counts as nothing. */
export function treeHash(...entries) {
	const hash = createHash('sha256');
	const add = (entry) => {
		if (!existsSync(entry)) return;
		if (statSync(entry).isDirectory()) {
			for (const name of readdirSync(entry).sort()) add(path.join(entry, name));
			return;
		}
		hash.update(`${path.relative(root, entry)}\0`);
		hash.update(readFileSync(entry));
	};
	for (const entry of entries) add(entry);
	return hash.digest('hex');
}

/** A hash of the sources and of what was built from them. */
export const builtState = (folder = root) => treeHash(...[...sources, 'dist'].map((name) => path.join(folder, name)));

/** Whether `dist/` is what the last whole build has made of these sources. */
export function isBuilt(folder = root) {
	return existsSync(noteFile(folder)) && readFileSync(noteFile(folder), 'utf8') === builtState(folder);
}

/** Notes that `dist/` is whole: the last thing that a build does, also in the folder of a package for one service. */
export function note(folder = process.cwd()) {
	mkdirSync(path.dirname(noteFile(folder)), { recursive: true });
	writeFileSync(noteFile(folder), builtState(folder));
}

/** Builds the package if it is not built from these sources. */
export async function buildPackage() {
	if (isBuilt()) return;
	const { code, output } = await run(['run', 'build'], root);
	if (code !== 0) throw new Told(`${output.trimEnd()}\n\nThe build failed; see above.`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) void main(buildPackage);
