// Finishes `dist/` after n8n's own build, so that it holds what the published package needs and nothing else.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';

const root = process.cwd();
const dist = path.join(root, 'dist');
const load = createRequire(path.join(root, 'package.json'));
const readJson = (file) => JSON.parse(readFileSync(path.join(root, file), 'utf8'));
const { name, n8n: { nodes, credentials } } = readJson('package.json');

const SHIPPED_FOLDERS = ['nodes', 'credentials'];
const SHIPPED_FILES = /(?<!\.test)\.(js|json|svg|png)$/;

/** Deletes what n8n's build leaves behind: images of other folders, the package.json and build info of the compiler, maps, declarations. */
export function prune() {
	for (const entry of readdirSync(dist)) {
		if (!SHIPPED_FOLDERS.includes(entry)) rmSync(path.join(dist, entry), { recursive: true });
	}
	for (const file of listFiles(dist)) {
		if (!SHIPPED_FILES.test(file)) rmSync(file);
	}
}

/** Puts each node's codex (search words, documentation links) beside it, under the name that the node has in this package. */
export function copyCodex() {
	for (const file of nodes) {
		const codex = `${file}on`;
		const source = codex.replace(/^dist\//, '');
		if (!existsSync(path.join(root, source))) throw new Error(`${source} is missing: every node has a codex file`);
		const { node, ...rest } = readJson(source);
		const own = { node: node.replace(/^.*\./, `${name}.`), ...rest };
		mkdirSync(path.dirname(path.join(root, codex)), { recursive: true });
		writeFileSync(path.join(root, codex), JSON.stringify(own));
	}
}

/** Writes previews and codex files without the white space that only their readers in the sources need. */
export function compactJson() {
	for (const file of listFiles(dist)) {
		if (file.endsWith('.json')) writeFileSync(file, JSON.stringify(JSON.parse(readFileSync(file, 'utf8'))));
	}
}

/** Each node and credential has a light and a dark icon, and both lie in `dist/`. */
export function checkIcons() {
	for (const file of [...nodes, ...credentials]) {
		const { icon } = describe(file);
		if (!icon?.light || !icon?.dark) throw new Error(`${file}: give \`icon\` a light and a dark file`);
		for (const name of [icon.light, icon.dark]) {
			const target = path.resolve(root, path.dirname(file), name.replace(/^file:/, ''));
			if (!existsSync(target)) throw new Error(`${file}: there is no icon ${path.relative(root, target)}`);
		}
	}
}

/** Writes dist/known, dist/types and dist/methods with n8n's own tool, so that n8n starts without running our code. */
export function generateMetadata() {
	inTemporaryHome((environment) => {
		const tool = load.resolve('n8n-core/bin/generate-metadata');
		execFileSync(process.execPath, [tool], { cwd: root, env: environment, stdio: ['ignore', 'ignore', 'inherit'] });
	});
}

/** What n8n reads from the metadata is what the code itself says; nothing but the package's own files lies in `dist/`. */
export async function verify() {
	const { eager, lazy } = await loadBothWays();
	for (const kind of ['nodes', 'credentials']) {
		const fromCode = asJson(eager.types[kind].map(withoutMethods));
		if (!isDeepStrictEqual(fromCode, lazy.types[kind])) throw new Error(`dist/types/${kind}.json does not match the code`);
		if (!isDeepStrictEqual(asJson(eager.known[kind]), lazy.known[kind])) {
			throw new Error(`dist/known/${kind}.json does not match the code`);
		}
	}
	for (const description of eager.types.nodes) refuseFunctions(description, description.name);
	const stray = listFiles(dist).filter((file) => !SHIPPED_FILES.test(file));
	if (stray.length > 0) throw new Error(`Files that must not be shipped: ${stray.join(', ')}`);
}

async function loadBothWays() {
	const folder = mkdtempSync(path.join(tmpdir(), 'n8n-metadata-'));
	process.env.N8N_USER_FOLDER = folder;
	try {
		load('reflect-metadata');
		const { PackageDirectoryLoader, LazyPackageDirectoryLoader } = load('n8n-core');
		const eager = new PackageDirectoryLoader(root);
		const lazy = new LazyPackageDirectoryLoader(root);
		await eager.loadAll();
		await lazy.loadAll();
		if (!lazy.isLazyLoaded) throw new Error('n8n cannot load the package lazily: the metadata is missing or broken');
		return { eager, lazy };
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

function inTemporaryHome(run) {
	const folder = mkdtempSync(path.join(tmpdir(), 'n8n-metadata-'));
	try {
		run({ ...process.env, N8N_USER_FOLDER: folder });
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

function describe(file) {
	const name = path.basename(file).split('.')[0];
	const instance = new (load(path.join(root, file))[name])();
	return instance.description ?? instance;
}

const asJson = (value) => JSON.parse(JSON.stringify(value));

function withoutMethods(type) {
	if (!('__loadOptionsMethods' in type)) return type;
	const { __loadOptionsMethods, ...rest } = type;
	return rest;
}

/** A function in a description would be lost in the metadata. */
function refuseFunctions(value, where) {
	if (typeof value === 'function') throw new Error(`${where} is a function: descriptions hold plain data only`);
	if (typeof value !== 'object' || value === null) return;
	for (const [key, child] of Object.entries(value)) refuseFunctions(child, `${where}.${key}`);
}

function listFiles(folder) {
	const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
	return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
}
