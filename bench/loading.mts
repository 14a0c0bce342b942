import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { load, loadN8n, projectRoot } from '../test/support/n8n.mts';
import { highest, type Contestant, type Figures, type Measure, type Runs } from './support.mts';

/** Loads the package as n8n does at its start. */
function loadWith(loader: 'LazyPackageDirectoryLoader' | 'PackageDirectoryLoader'): Contestant {
	return async (lab) => {
		// Not the engine of the lab, which has loaded the package already.
		const packages = new (loadN8n().core[loader])(projectRoot);
		const before = ownModules();
		const { figures } = await lab.measure(async () => await packages.loadAll());
		if (packages.types.nodes.length === 0) throw new Error('The package was loaded without nodes');
		return { ...figures, modules: ownModules() - before };
	};
}

/** How many files of this package Node has loaded as modules. */
function ownModules(): number {
	const dist = path.join(projectRoot, 'dist') + path.sep;
	const index = path.join(projectRoot, 'index.js');
	return Object.keys(load.cache).filter((file) => file.startsWith(dist) || file === index).length;
}

/** What n8n sends to the editor, and what npm sends to n8n. */
const sizes: Contestant = async () => await Promise.resolve({ ...typesOfLargestNode(), ...tarball() });

function typesOfLargestNode(): Figures {
	const nodes = JSON.parse(readFileSync(path.join(projectRoot, 'dist/types/nodes.json'), 'utf8')) as unknown[];
	return { typesBytes: Math.max(...nodes.map((node) => Buffer.byteLength(JSON.stringify(node)))), nodes: nodes.length };
}

function tarball(): Figures {
	const out = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: projectRoot, stdio: ['ignore', 'pipe', 'ignore'] });
	const [packed] = JSON.parse(out.toString()) as Array<{ size: number; unpackedSize: number; entryCount: number }>;
	return { tarballBytes: packed?.size ?? NaN, unpackedBytes: packed?.unpackedSize ?? NaN, files: packed?.entryCount ?? NaN };
}

const LAZY = "n8n's start";
const SIZES = 'package';
const KILOBYTE = 1_000;

export const loading: Measure = {
	title: 'Load the package, and its size',
	columns: {
		modules: 'modules loaded',
		ms: 'time',
		typesBytes: 'types of the largest node',
		tarballBytes: 'tarball',
		unpackedBytes: 'unpacked',
		files: 'files',
	},
	contestants: {
		[LAZY]: loadWith('LazyPackageDirectoryLoader'),
		'all code at once, for comparison': loadWith('PackageDirectoryLoader'),
		[SIZES]: sizes,
	},
	bars: (runs) => [
		{ what: "modules loaded at n8n's start", measured: highest(runs, LAZY, 'modules'), atMost: 3, unit: 'count' },
		{ what: 'types of the largest node', measured: highest(runs, SIZES, 'typesBytes'), atMost: 60 * KILOBYTE, unit: 'bytes' },
		{ what: 'packed tarball', measured: highest(runs, SIZES, 'tarballBytes'), atMost: mostPacked(runs), unit: 'bytes' },
	],
};

/** 60 kB for a package of one node, 15 kB more for each further one. */
function mostPacked(runs: Runs): number {
	return (60 + 15 * (highest(runs, SIZES, 'nodes') - 1)) * KILOBYTE;
}
