// What differs between releases of n8n, as far as installing, starting and asking them goes. A release is its version, such as "2.8.4".
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../scripts/install.mjs';
import { Told } from '../scripts/processes.mjs';

const pinned = JSON.parse(readFileSync(path.join(root, 'demo', 'n8n-host', 'package.json'), 'utf8'));

/** The release that is used unless another one is named; it is installed from a lock file. */
export const currentRelease = pinned.devDependencies.n8n;

/** The releases that `npm run compat` tries, oldest first: the last of n8n 1, the newest that runs on Node 20, the current one. */
export const compatReleases = ['1.123.81', '2.8.4', currentRelease];

/** A release from what a person has typed; throws a sentence if it is none. */
export function parseRelease(text) {
	if (/^[12]\.\d{1,3}\.\d{1,3}$/.test(text)) return text;
	throw new Told(`"${text}" is no version of n8n. Write it whole, as n8n shows it in Settings: for example ${compatReleases.join(', ')}.`);
}

/** Whether a release is older than another. */
export function isBefore(release, other) {
	const [one, two] = [release, other].map((text) => text.split('.').map(Number));
	const differs = one.findIndex((number, i) => number !== two[i]);
	return differs !== -1 && one[differs] < two[differs];
}

/** The major version of Node that a release runs on (`engines` of n8n's package: 2.10 wants 22.16, 2.36 wants 24). */
export function nodeMajorOf(release) {
	if (isBefore(release, '2.10.0')) return 20;
	return isBefore(release, '2.36.0') ? 22 : 24;
}

/** The package.json to install a release with that has no lock file: what n8n pins is as it was, what it leaves open is as it is today. */
export function definitionOf(release) {
	return {
		...pinned,
		devDependencies: { n8n: release, node: String(nodeMajorOf(release)) },
		// Older releases get `xlsx` from a site of its own.
		overrides: { ...pinned.overrides, xlsx: '0.18.5' },
	};
}

/** Settings that not every release takes in the same way; `host` is the folder the release is installed in. */
export function settingsOf(release, host) {
	const known = modulesOf(host);
	return {
		// A module that it does not know stops n8n.
		N8N_DISABLED_MODULES: ['mcp-registry', 'instance-ai', 'agents', 'agent-evals', 'chat-hub'].filter((name) => known.includes(name)).join(','),
		// n8n 1.123 takes isolated-vm for expressions, which comes ready-made for Node 22 and 24 only and is not compiled here.
		...(nodeMajorOf(release) === 20 ? { N8N_EXPRESSION_ENGINE: 'legacy' } : {}),
	};
}

/** The names of the modules of an installed n8n. */
function modulesOf(host) {
	const file = path.join(host, 'node_modules', '@n8n', 'backend-common', 'dist', 'modules', 'modules.config.js');
	if (!existsSync(file)) return [];
	const [, list = ''] = /MODULE_NAMES = \[([^\]]*)\]/.exec(readFileSync(file, 'utf8')) ?? [];
	return [...list.matchAll(/'([\w-]+)'/g)].map(([, name]) => name);
}
