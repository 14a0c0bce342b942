// n8n's package scanner, offline, both legs: the source as it lies in the repository, and the package as npm would publish it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { analyzePackage, SOURCE_FILE_PATTERNS } from '@n8n/scan-community-package/scanner/scanner.mjs';

const root = process.cwd();
const PUBLISHED_FILE_PATTERNS = ['**/*.js', 'package.json'];
const NEVER_PUBLISHED = /\.(map|tsbuildinfo|tgz)$|\.ts$|\.test\.|(^|\/)(test|sandbox|demo|bench)\//;
const { nodes, credentials } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).n8n;
const findings = [];

const source = ['nodes', 'credentials'].flatMap((folder) => listFiles(path.join(root, folder)));
await scan('source', root, SOURCE_FILE_PATTERNS, source.filter((file) => /\.(js|ts|json)$/.test(file)).length + 1);
refuse('eslint-disable in shipped code', source.filter((file) => readFileSync(file, 'utf8').includes('eslint-disable')));

const temporary = mkdtempSync(path.join(tmpdir(), 'n8n-scan-'));
try {
	const packed = pack(temporary);
	const files = packed.files.map((file) => file.path);
	console.log(`Package: ${packed.size} bytes packed, ${packed.unpackedSize} bytes unpacked, ${files.length} files`);
	const scripts = files.filter((file) => file.endsWith('.js')).length;
	await scan('published package', path.join(temporary, 'package'), PUBLISHED_FILE_PATTERNS, scripts + 1);
	refuse('missing from the package: build it first', [...nodes, ...credentials].filter((file) => !files.includes(file)));
	refuse('files that must not be published', files.filter((file) => NEVER_PUBLISHED.test(file)));
} finally {
	rmSync(temporary, { recursive: true, force: true });
}

for (const finding of findings) console.error(finding);
console.log(findings.length === 0 ? 'Scan passed' : `Scan failed: ${findings.length} findings`);
process.exitCode = findings.length === 0 ? 0 : 1;

/** `count`: how many files the patterns cover; the scanner itself calls an empty folder clean. */
async function scan(leg, folder, patterns, count) {
	const result = await analyzePackage(folder, patterns);
	const passed = result.passed && count > 1;
	console.log(`Scanned the ${leg}: ${count} files (${patterns.join(', ')}): ${passed ? 'passed' : 'failed'}`);
	if (!passed) findings.push(`${leg}: ${result.details ?? result.message ?? 'nothing to scan'}`);
}

function refuse(what, files) {
	for (const file of files) findings.push(`${what}: ${path.relative(root, path.resolve(root, file))}`);
}

function pack(folder) {
	const options = { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] };
	const answer = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], options);
	const [packed] = JSON.parse(answer);
	execFileSync('tar', ['-xzf', path.join(folder, packed.filename), '-C', folder]);
	return packed;
}

/** All files below a folder, also behind links. */
function listFiles(folder) {
	return readdirSync(folder).flatMap((name) => {
		const file = path.join(folder, name);
		return statSync(file).isDirectory() ? listFiles(file) : [file];
	});
}
