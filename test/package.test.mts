/** What is published: manifest, files, sizes, and what n8n loads of it when it starts. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = process.cwd();
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const exists = (file: string) => existsSync(path.join(root, file));
const manifest = JSON.parse(read('package.json')) as Manifest;
const { nodes, credentials } = manifest.n8n;

const triggers = nodes.filter((file) => file.endsWith('Trigger.node.js'));
/** Bytes: 109 kB for the kit and one service, 25 kB for each further one, and 10 kB for each trigger. */
const PACKED_BUDGET = 109_000 + 25_000 * (nodes.length - triggers.length - 1) + 10_000 * triggers.length;
const TYPES_BUDGET_PER_NODE = 60_000;
const MODULES_AT_START = 3;

interface Manifest {
	name: string;
	license: string;
	keywords: string[];
	dependencies?: object;
	peerDependencies: object;
	overrides?: object;
	n8n: { n8nNodesApiVersion: number; strict: boolean; nodes: string[]; credentials: string[] };
}

describe('manifest', () => {
	test('asks for nothing at run time but n8n itself', () => {
		expect(manifest.dependencies ?? {}).toEqual({});
		expect(manifest.overrides).toBeUndefined();
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	});

	test('is a community package under n8n’s strict rules', () => {
		expect(manifest.name).toMatch(/^n8n-nodes-/);
		expect(manifest.keywords).toContain('n8n-community-node-package');
		expect(manifest.license).toBe('MIT');
		expect(manifest.n8n).toMatchObject({ n8nNodesApiVersion: 1, strict: true });
	});

	test('index.js is a map of exactly what n8n loads', () => {
		const map = JSON.parse(run('process.stdout.write(JSON.stringify(require("./index.js")))')) as Record<string, PackageMap>;
		const services = Object.values(map);
		expect(services.flatMap((service) => service.nodes).sort()).toEqual([...nodes].sort());
		expect(services.flatMap((service) => service.credentials).sort()).toEqual([...credentials].sort());
	});
});

interface PackageMap {
	nodes: string[];
	credentials: string[];
}

describe.each([...nodes, ...credentials])('%s', (file) => {
	test('is built', () => expect(exists(file)).toBe(true));
});

test.each(nodes)('%s has a codex and icons for light and dark', (file) => {
	const codex = JSON.parse(read(`${file}on`)) as { node: string; categories: string[]; resources: object };
	expect(codex.node).toMatch(new RegExp(`^${manifest.name}\\.`));
	expect(codex.categories.length).toBeGreaterThan(0);
	const description = builtTypes().find(({ name }) => codex.node === `${manifest.name}.${name}`);
	const icons = [description?.iconUrl?.light, description?.iconUrl?.dark];
	const found = icons.filter((icon) => icon && exists(icon.replace(`icons/${manifest.name}/`, '')));
	expect(found).toHaveLength(2);
});

describe('published files', () => {
	const packed = pack();
	const files = packed.files.map((file) => file.path);

	test('are the built package and nothing else', () => {
		const allowed = /^(package\.json|README\.md|LICENSE\.md|index\.js|dist\/(nodes|credentials|known|types|methods)\/.+\.(js|json|svg|png))$/;
		expect(files.filter((file) => !allowed.test(file))).toEqual([]);
		expect(files.filter((file) => /\.test\.|\.spec\./.test(file))).toEqual([]);
		expect(files).toEqual(expect.arrayContaining([...nodes, ...credentials, 'index.js', 'README.md', 'LICENSE.md']));
	});

	test('name no source map', () => {
		const scripts = files.filter((file) => file.endsWith('.js'));
		expect(scripts.filter((file) => read(file).includes('sourceMappingURL'))).toEqual([]);
	});

	test(`are at most ${PACKED_BUDGET} bytes packed`, () => expect(packed.size).toBeLessThanOrEqual(PACKED_BUDGET));
});

describe('start of n8n', () => {
	test('types for the editor are small', () => {
		const large = builtTypes()
			.map((type) => [type.name, Buffer.byteLength(JSON.stringify(type))] as const)
			.filter(([, bytes]) => bytes > TYPES_BUDGET_PER_NODE);
		expect(large).toEqual([]);
	});

	test(`loads at most ${MODULES_AT_START} modules, and knows all nodes and credentials`, () => {
		const { modules, lazy, known } = JSON.parse(run(countModules)) as { modules: string[]; lazy: boolean; known: number[] };
		expect(lazy).toBe(true);
		expect(known).toEqual([nodes.length, credentials.length]);
		expect(modules.length).toBeLessThanOrEqual(MODULES_AT_START);
	});

	test('the count sees our modules once a node is used', () => {
		const { modules } = JSON.parse(run(countModules, builtTypes()[0]?.name ?? '')) as { modules: string[] };
		expect(modules.some((file) => file.endsWith(path.normalize(nodes[0] ?? '-')))).toBe(true);
	});
});

test('the documentation lists the operations that are there', () => {
	const check = () => run('import("./scripts/docs.mjs").then((docs) => docs.check())');
	expect(check).not.toThrow();
});

/** Loads the package as n8n does at its start, and tells which modules that took. */
const countModules = `
	process.env.N8N_USER_FOLDER = require('node:fs').mkdtempSync(require('node:path').join(require('node:os').tmpdir(), 'n8n-start-'));
	require('reflect-metadata');
	const { LazyPackageDirectoryLoader } = require('n8n-core');
	const loader = new LazyPackageDirectoryLoader(process.cwd());
	const before = new Set(Object.keys(require.cache));
	loader.loadAll().then(() => {
		if (process.argv[1]) loader.getNode(process.argv[1]);
		const modules = Object.keys(require.cache).filter((file) => !before.has(file));
		const known = [Object.keys(loader.known.nodes).length, Object.keys(loader.known.credentials).length];
		process.stdout.write(JSON.stringify({ modules, lazy: loader.isLazyLoaded, known }));
		require('node:fs').rmSync(process.env.N8N_USER_FOLDER, { recursive: true });
	});
`;

function run(code: string, ...args: string[]): string {
	return execFileSync(process.execPath, ['-e', code, ...args], { cwd: root, encoding: 'utf8', stdio: 'pipe' });
}

interface BuiltType {
	name: string;
	iconUrl?: { light: string; dark: string };
}

function builtTypes(): BuiltType[] {
	if (!exists('dist/types/nodes.json')) throw new Error('The package is not built: run `npm run build` first');
	return JSON.parse(read('dist/types/nodes.json')) as BuiltType[];
}

interface Packed {
	size: number;
	files: Array<{ path: string }>;
}

function pack(): Packed {
	const answer = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
		cwd: root,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	const [packed] = JSON.parse(answer) as Packed[];
	if (!packed) throw new Error('npm pack told nothing');
	return packed;
}
