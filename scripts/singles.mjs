// Writes packages/: for each service a package of its own, as n8n verifies one service a package. A folder there holds what differs from the whole
// (manifest, README, examples) and links to the sources at the top. It is committed, because n8n's scanner looks for it in the repository.
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { eventTable, operationTable } from './docs.mjs';

const root = process.cwd();
const read = (file) => readFileSync(path.join(root, file), 'utf8');
const whole = JSON.parse(read('package.json'));
const repository = whole.homepage;
const LEFT_ALONE = ['dist', 'node_modules'];

/** What the packages differ in. `key` is that of index.js, and the name of the node; `folder` its folder below `nodes/`, `page` that below `docs/` and `workflows/`. */
export const singles = [
	{
		name: 'n8n-nodes-accutics',
		key: 'accutics',
		folder: 'Accutics',
		page: 'accutics',
		service: 'Accutics',
		site: 'https://accutics.com',
		about: 'a platform for marketing data governance: consistent names, tracking links and codes',
		keywords: ['accutics', 'marketing', 'data governance', 'naming conventions'],
	},
	{
		name: 'n8n-nodes-endocs-cloud',
		key: 'enDocsCloud',
		folder: 'EnDocsCloud',
		page: 'endocs',
		service: 'EnDocs Cloud',
		site: 'https://endocs.cloud',
		about: 'electronic documents and their approval: contracts, invoices, receipts, correspondence',
		keywords: ['endocs', 'documents', 'approval', 'invoices', 'contracts'],
	},
	{
		name: 'n8n-nodes-ento',
		key: 'ento',
		folder: 'Ento',
		page: 'ento',
		service: 'Ento',
		site: 'https://ento.com',
		about: 'workforce rostering: who works when and where',
		keywords: ['ento', 'roster', 'shifts', 'workforce', 'scheduling'],
	},
	{
		name: 'n8n-nodes-entu',
		key: 'entu',
		folder: 'Entu',
		page: 'entu',
		service: 'Entu',
		site: 'https://entu.ee',
		about: 'an object database for catalogues, archives and inventories',
		keywords: ['entu', 'database', 'catalogue', 'archive', 'inventory'],
	},
	{
		name: 'n8n-nodes-smartconnect',
		key: 'smartConnect',
		folder: 'SmartConnect',
		page: 'smartconnect',
		service: 'SmartConnect.com',
		site: 'https://smartconnect.com',
		about: 'the integration platform of eOne Solutions: integrations, runs, rejected rows, output files',
		keywords: ['smartconnect', 'eone', 'integration', 'etl'],
	},
];

/** Writes every folder anew; what was built in it stays. */
export function write() {
	for (const single of singles) {
		const folder = folderOf(single);
		for (const name of present(folder)) rmSync(path.join(folder, name));
		for (const [name, entry] of entriesOf(single)) put(path.join(folder, name), entry);
	}
}

/** Fails where a folder is not what `write` makes of the sources. */
export function check() {
	for (const single of singles) {
		const folder = folderOf(single);
		const wanted = entriesOf(single);
		const wrong = [...wanted].filter(([name, entry]) => !isSame(path.join(folder, name), entry)).map(([name]) => name);
		const stray = present(folder).filter((name) => !wanted.has(name));
		const [first] = [...wrong, ...stray];
		if (first === undefined) continue;
		const file = path.join('packages', single.name, first);
		if (wanted.get(first)?.link && isFile(path.join(folder, first))) {
			throw new Error(`${file} is a file, not a link: run \`git config core.symlinks true\` and check out anew (on Windows with its developer mode)`);
		}
		throw new Error(`${file} is out of date: run \`npm run docs\``);
	}
}

const folderOf = ({ name }) => path.join(root, 'packages', name);
const isFile = (file) => existsSync(file) && lstatSync(file).isFile();

/** Path → `{ text }` or `{ link }`. */
function entriesOf(single) {
	const { nodes, credentials } = loadMap()[single.key];
	const sources = [`nodes/${single.folder}`, 'nodes/shared', ...credentials.map((file) => file.replace(/^dist\/(.+)\.js$/, '$1.ts'))];
	const examples = readdirSync(path.join(root, 'workflows', single.page)).sort();
	return new Map([
		['package.json', { text: json(manifestOf(single, nodes, credentials)) }],
		['README.md', { text: readmeOf(single, examples) }],
		['LICENSE.md', { text: read('LICENSE.md') }],
		['eslint.config.mjs', { text: read('eslint.config.mjs') }],
		['tsconfig.json', { text: json(tsconfig()) }],
		...sources.map((source) => [source, { link: `../../../${source}` }]),
		...examples.map((name) => [`workflows/${name}`, { text: renamed(read(`workflows/${single.page}/${name}`), single.name) }]),
	]);
}

const loadMap = () => createRequire(path.join(root, 'package.json'))('./index.js');
const json = (value) => `${JSON.stringify(value, null, 2)}\n`;

/** A workflow with the nodes of another package. */
const renamed = (workflow, name) => workflow.replaceAll(`"${whole.name}.`, `"${name}.`);

function manifestOf({ name, folder, service, about, keywords }, nodes, credentials) {
	const { version, license, author, bugs, engines, peerDependencies } = whole;
	return {
		name,
		version,
		description: `n8n community nodes for ${service}, ${about}`,
		keywords: ['n8n-community-node-package', ...keywords],
		license,
		author,
		homepage: `${repository}/tree/main/packages/${name}#readme`,
		bugs,
		repository: { ...whole.repository, directory: `packages/${name}` },
		engines,
		files: ['dist'],
		scripts: {
			build: 'n8n-node build && gulp --gulpfile ../../gulpfile.js --cwd . finish',
			// The second one follows the links, which the first does not.
			lint: `n8n-node lint && eslint nodes/${folder} nodes/shared`,
			scan: 'node ../../scripts/scan.mjs',
		},
		n8n: { n8nNodesApiVersion: whole.n8n.n8nNodesApiVersion, strict: whole.n8n.strict, credentials, nodes },
		peerDependencies,
	};
}

/** That of the whole; with `preserveSymlinks`, what lies behind the links is compiled as if it lay in the folder. */
function tsconfig() {
	return { extends: '../../tsconfig.json', compilerOptions: { preserveSymlinks: true, outDir: './dist/' }, include: JSON.parse(read('tsconfig.json')).include };
}

function readmeOf(single, examples) {
	const { name, key, page, service, site, about } = single;
	const docs = `${repository}/blob/main/docs`;
	const triggers = triggersOf(single);
	const others = singles.filter((other) => other !== single).map((other) => other.service);
	return `# ${name}

<!-- Written by \`npm run docs\`; do not edit. -->

[n8n](https://n8n.io) community nodes for [${service}](${site}): ${about}.

> **Not run against the live service.** The nodes were built from the public documentation and source code of ${service}, and are tested against a sandbox of it.
> If your account answers otherwise, [tell us](${whole.bugs.url}).

- **Install**: in n8n, open **Settings → Community nodes → Install** and enter \`${name}\`. For n8n 1.85 and later ([tried on](${repository}#compatibility)).
- **Other services too?** [\`${whole.name}\`](${repository}) has these nodes and those for ${new Intl.ListFormat('en').format(others)}. It is one or
  the other: n8n does not install a second package whose nodes have the same names. To go over, [move your workflows](${docs}/move.md).
- **All about the nodes**: [${service}](${docs}/${page}.md), [what is sent for what you enter](${docs}/values.md)${triggers.length > 0 ? `, [triggers](${docs}/triggers.md)` : ''}, [troubleshooting](${repository}#troubleshooting), [changes](${repository}/blob/main/CHANGELOG.md).

## Credential

${credentialSteps(key)}

## Operations
${operationTable(key)}
${triggers.map(({ name: trigger, displayName }) => `## ${displayName}\n${eventTable(trigger)}`).join('\n')}
## Examples

${examples.map((file) => exampleLine(single, file)).join('\n')}

## Support

[Open an issue](${repository}/issues/new/choose), with the versions of n8n and of this package and the smallest workflow that shows it. [How to report a weak point of security](${repository}/blob/main/SECURITY.md).

## License

[MIT](LICENSE.md)
`.replace(/\n{3,}/g, '\n\n');
}

function triggersOf({ folder }) {
	const types = JSON.parse(read('dist/types/nodes.json'));
	const known = JSON.parse(read('dist/known/nodes.json'));
	return types.filter(({ name, group }) => group.includes('trigger') && known[name].sourcePath.startsWith(`dist/nodes/${folder}/`));
}

/** The steps in the README of the whole, with links that hold elsewhere. */
function credentialSteps(key) {
	const [, steps] = new RegExp(`<!-- credential:${key} -->\n\n([^]*?)\n\n<!-- /credential -->`).exec(read('README.md')) ?? [];
	if (steps === undefined) throw new Error(`README.md has no steps between <!-- credential:${key} --> and <!-- /credential -->`);
	return steps.replaceAll('](docs/', `](${repository}/blob/main/docs/`);
}

function exampleLine({ name, page }, file) {
	const workflow = JSON.parse(read(`workflows/${page}/${file}`));
	return `- [${workflow.name.replace(/^[^:]+: /, '')}](${repository}/blob/main/packages/${name}/workflows/${file})`;
}

/** The files and links of a folder, without what was built or installed there. */
function present(folder, below = '') {
	if (!existsSync(path.join(folder, below))) return [];
	return readdirSync(path.join(folder, below), { withFileTypes: true })
		.filter((entry) => below !== '' || !LEFT_ALONE.includes(entry.name))
		.flatMap((entry) => (entry.isDirectory() ? present(folder, path.posix.join(below, entry.name)) : [path.posix.join(below, entry.name)]));
}

function put(file, { text, link }) {
	mkdirSync(path.dirname(file), { recursive: true });
	if (link === undefined) return writeFileSync(file, text);
	symlinkSync(link, file, link.endsWith('.ts') ? 'file' : 'dir');
}

function isSame(file, { text, link }) {
	const found = lstatSync(file, { throwIfNoEntry: false });
	if (link !== undefined) return found?.isSymbolicLink() === true && readlinkSync(file) === link;
	return found?.isFile() === true && readFileSync(file, 'utf8') === text;
}
