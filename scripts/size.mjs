// `node scripts/size.mjs`: where the bytes of the packed package go, and what other ways to write the same code would bring. Needs a built package.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { transformSync } from 'esbuild';

const root = process.cwd();
const groups = [
	['types/nodes.json: the descriptions once more, so that n8n starts without our code', /^dist\/types\/nodes\.json$/],
	['previews of output (__schema__)', /\/__schema__\//],
	['icons', /\.(svg|png)$/],
	['the kit (nodes/shared)', /^dist\/nodes\/shared\//],
	...['Accutics', 'EnDocsCloud', 'Ento', 'Entu', 'SmartConnect'].map((name) => [name, new RegExp(`^dist/nodes/${name}/`)]),
	['credentials', /credentials/],
	['README', /^README/],
	['everything else', /./],
];

const { size, files } = pack(root);
const names = files.map((file) => file.path);
const scripts = names.filter((name) => name.endsWith('.js'));

console.log(`${kilobytes(size)} packed, ${names.length} files\n`);
const rest = new Set(names);
for (const [title, pattern] of groups) {
	const own = [...rest].filter((name) => pattern.test(name));
	for (const name of own) rest.delete(name);
	console.log(`${kilobytes(gzipSync(Buffer.concat(own.map((name) => readFileSync(name))), { level: 9 }).length).padStart(9)}  ${title}`);
}

const compiled = new Map(scripts.map((name) => [name, readFileSync(name, 'utf8')]));
console.log('\nPacked, with the scripts');
report('without white space', (code) => transformSync(code, { minifyWhitespace: true, charset: 'utf8' }).code);
report('and with shortest syntax and names', (code) => transformSync(code, { minify: true, charset: 'utf8' }).code);
report('left out altogether', () => '');

/** Packs a copy in which each script is written otherwise. */
function report(title, rewrite) {
	const folder = mkdtempSync(path.join(tmpdir(), 'backoffice-size-'));
	try {
		for (const name of [...names, 'package.json']) cpSync(path.join(root, name), path.join(folder, name));
		for (const [name, code] of compiled) writeFileSync(path.join(folder, name), rewrite(code));
		console.log(`${kilobytes(pack(folder).size).padStart(9)}  ${title}`);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

function pack(cwd) {
	const [packed] = JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
	return packed;
}

function kilobytes(bytes) {
	return `${(bytes / 1000).toFixed(1)} kB`;
}
