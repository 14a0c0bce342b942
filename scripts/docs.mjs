// Keeps the tables of operations and events in README.md and docs/ equal to what the built nodes offer, and figures to what was measured.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { withFigures } from './figures.mjs';

const root = process.cwd();
// <!-- operations:entu -->
// ... the table ...
// <!-- /operations -->
const MARKED = /(<!-- operations:(\w+) -->\n)[^]*?(<!-- \/operations -->)/g;
// <!-- events:entuTrigger --> for one trigger, <!-- events --> for all of them
const EVENTS = /(<!-- events(?::(\w+))? -->\n)[^]*?(<!-- \/events -->)/g;
// <!-- russian --> for the list of Russian words in what is shipped
const RUSSIAN = /(<!-- russian -->\n)[^]*?(<!-- \/russian -->)/g;
const ROOMS = /(<!-- rooms -->\n)[^]*?(<!-- \/rooms -->)/;

/** Writes every table anew. */
export async function write() {
	for (const [file, text] of await render()) writeFileSync(file, text);
}

/** Fails where a table differs from the built nodes, or a node has no table in the README. */
export async function check() {
	for (const [file, text] of await render()) {
		if (readFileSync(file, 'utf8') === text) continue;
		throw new Error(`${path.relative(root, file)} is out of date: run \`npm run docs\``);
	}
	const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
	for (const { name } of nodesWithOperations()) {
		if (!readme.includes(`<!-- operations:${name} -->`)) throw new Error(`README.md has no table of the operations of ${name}`);
	}
}

/** [file, its text with current tables] of each page. */
async function render() {
	const { chart } = await import('./rooms.mjs'); // the analysis of imports is large
	const rooms = await chart();
	return pages().map((file) => {
		const page = path.relative(root, file);
		const text = withFigures(readFileSync(file, 'utf8'), page, page.endsWith('.ru.md') ? 'ru' : 'en')
			.replaceAll(MARKED, (_all, start, node, end) => `${start}${operationTable(node)}${end}`)
			.replaceAll(EVENTS, (_all, start, node, end) => `${start}${eventTable(node)}${end}`)
			.replaceAll(RUSSIAN, (_all, start, end) => `${start}${russianTable()}${end}`)
			.replace(ROOMS, (_all, start, end) => `${start}\n${rooms}\n${end}`);
		return [file, text];
	});
}

/** A table of the events of one trigger, or of all of them. */
export function eventTable(node) {
	const found = builtNodes().filter(({ name, properties }) => (node === undefined || name === node) && properties.some(isEvent));
	if (found.length === 0) throw new Error(`There is no trigger "${node}" to make a table of events of`);
	const rows = found.flatMap(({ displayName, properties }) =>
		properties.find(isEvent).options.map(({ name, description }, i) => [...(node === undefined ? [i === 0 ? displayName : ''] : []), name, escape(description)]),
	);
	const head = [...(node === undefined ? ['Node'] : []), 'Event', 'Starts the workflow'];
	const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
	return `\n${lines.join('\n')}\n\n`;
}

const isEvent = ({ name }) => name === 'event';

function pages() {
	const docs = path.join(root, 'docs');
	const files = existsSync(docs) ? readdirSync(docs).map((name) => path.join(docs, name)) : [];
	return [...['README.md', 'CONTRIBUTING.md'].map((name) => path.join(root, name)), ...files].filter((file) => file.endsWith('.md') && existsSync(file));
}

function nodesWithOperations() {
	return builtNodes().filter((node) => operations(node).length > 0);
}

function builtNodes() {
	const file = path.join(root, 'dist/types/nodes.json');
	if (!existsSync(file)) throw new Error('The package is not built: run `npm run build`');
	return JSON.parse(readFileSync(file, 'utf8'));
}

/** { resource, operation, description } in the order of the panel; once, also where several ways to log in offer it. */
function operations({ properties }) {
	const resource = properties.find(({ name }) => name === 'resource');
	const choices = properties.filter(({ name }) => name === 'operation');
	return (resource?.options ?? []).flatMap(({ name, value }) =>
		choices
			.filter(({ displayOptions }) => displayOptions?.show?.resource?.includes(value))
			.flatMap(({ options }) => options)
			.filter(({ value: operation }, i, all) => all.findIndex((other) => other.value === operation) === i)
			.map((operation) => ({ resource: name, operation: operation.name, description: operation.description ?? '' })),
	);
}

/** A table of the operations of a node. */
export function operationTable(name) {
	const node = nodesWithOperations().find((one) => one.name === name);
	if (!node) throw new Error(`There is no node "${name}" to make a table of operations of`);
	const lines = ['| Resource | Operation | What it does |', '| --- | --- | --- |'];
	let last;
	for (const { resource, operation, description } of operations(node)) {
		lines.push(`| ${resource === last ? '' : resource} | ${operation} | ${escape(description)} |`);
		last = resource;
	}
	return `\n${lines.join('\n')}\n\n`;
}

const CYRILLIC = /\d*[А-ЯЁа-яё][А-ЯЁа-яё0-9 ,-]*/g;

/** A table of the Russian words in the sources of the package, by file. */
function russianTable() {
	const rows = ['nodes', 'credentials'].flatMap((folder) => sources(folder)).flatMap((file) => {
		const words = [...new Set([...readFileSync(path.join(root, file), 'utf8').matchAll(CYRILLIC)].map(([word]) => word.trim()))];
		return words.length > 0 ? [`| \`${file}\` | ${words.join(' · ')} |`] : [];
	});
	return `\n${['| file | words |', '| --- | --- |', ...rows].join('\n')}\n\n`;
}

function sources(folder) {
	const files = readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).filter((file) => /\.(ts|json)$/.test(file));
	return files.sort().map((file) => path.posix.join(folder, file.split(path.sep).join('/')));
}

const escape = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
