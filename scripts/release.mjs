// `node scripts/release.mjs n8n-nodes-entu@0.2.0` prints the folder that a tag publishes; fails where tag, manifest and changelog disagree.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder that a tag publishes, seen from the repository.
 * @param {string} tag `<package>@<version>`
 * @param {string} repository folder
 * @throws a sentence to act on
 */
export function releaseFolder(tag, repository) {
	const [, name, version] = /^(n8n-nodes-[a-z-]+)@(\d+\.\d+\.\d+)$/.exec(tag) ?? [];
	if (!name) throw new Error(`"${tag}" names no release: a tag is <package>@<version>, such as n8n-nodes-entu@0.2.0`);
	const manifestOf = (folder) => JSON.parse(readFileSync(path.join(repository, folder, 'package.json'), 'utf8'));
	const folder = manifestOf('.').name === name ? '.' : `packages/${name}`;
	if (!existsSync(path.join(repository, folder, 'package.json'))) throw new Error(`There is no package ${name} in this repository`);
	const manifest = manifestOf(folder);
	if (manifest.version !== version) throw new Error(`The tag says ${version}, but ${folder}/package.json ${manifest.version}`);
	const changelog = readFileSync(path.join(repository, 'CHANGELOG.md'), 'utf8');
	if (!changelog.split('\n').includes(`## ${version}`)) throw new Error(`CHANGELOG.md has no heading "## ${version}"`);
	return folder;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	try {
		console.log(releaseFolder(process.argv[2] ?? '', process.cwd()));
	} catch (error) {
		console.error(error.message);
		process.exitCode = 1;
	}
}
