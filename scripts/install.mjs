// Installs what the project needs to build, test and start; does nothing when all is there.
// Run before anything is installed, so it uses nothing but Node itself.
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { launch, main, Told } from './processes.mjs';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const oldestNode = [20, 19];
const networkFault = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT)\b/;

/** Refuses a Node that is too old. */
export function checkNode(version = process.versions.node) {
	const [major, minor] = version.split('.').map(Number);
	const enough = major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1]);
	if (!enough) {
		throw new Told(`Node ${oldestNode.join('.')} or newer is needed; this is Node ${version}. Install a newer one from https://nodejs.org and start again.`);
	}
}

/** SHA-256 (hex) over the contents of files, in the given order. */
export function contentHash(...files) {
	const hash = createHash('sha256');
	for (const file of files) hash.update(readFileSync(file));
	return hash.digest('hex');
}

/**
 * Whether node_modules matches package-lock.json: either our stamp says so, or npm itself has installed after the lock
 * file was last changed. A linked node_modules belongs to somebody else and is never touched.
 */
export function isInstalled(folder) {
	const modules = path.join(folder, 'node_modules');
	const lock = path.join(folder, 'package-lock.json');
	if (!existsSync(modules)) return false;
	if (lstatSync(modules).isSymbolicLink()) return true;
	const stamp = stampFile(folder);
	if (existsSync(stamp)) return readFileSync(stamp, 'utf8') === contentHash(lock);
	const byNpm = path.join(modules, '.package-lock.json');
	return existsSync(byNpm) && statSync(byNpm).mtimeMs >= statSync(lock).mtimeMs;
}

const stampFile = (folder) => path.join(folder, 'node_modules', '.installed-from-lock');

/** Installs the project's own tools if they are missing or older than the lock file. Returns whether it had to. */
export async function installProject(folder = root) {
	if (isInstalled(folder)) return false;
	await checkNetwork(folder);
	const total = countInLock(path.join(folder, 'package-lock.json'));
	await npm(['ci', '--no-fund', '--no-audit'], {
		folder,
		title: `Installing the project's tools: about ${total.toLocaleString('en')} packages, 1.7 GB, usually 1-5 minutes`,
		measure: packagesOf(folder, total),
	});
	writeFileSync(stampFile(folder), contentHash(path.join(folder, 'package-lock.json')));
	return true;
}

/** Asks the package registry for a sign of life, so that a missing network is told at once and not after npm's retries. */
export async function checkNetwork(folder) {
	const { code, output } = await run(['ping', '--fetch-retries=0', '--fetch-timeout=15000'], folder);
	const fault = networkFault.exec(output);
	if (code === 0 || !fault) return;
	const { output: registry } = await run(['config', 'get', 'registry'], folder);
	const address = /https?:\/\/\S+/.exec(registry)?.[0] ?? "npm's package registry";
	throw new Told(`${address} cannot be reached (${fault[0]}). Packages must be downloaded: connect to the network (behind a proxy: npm config set proxy …) and start again.`);
}

/** How many packages a lock file brings to this machine; about, since npm may leave out optional ones. */
export function countInLock(file) {
	const { packages } = JSON.parse(readFileSync(file, 'utf8'));
	const fits = (list, mine) => !list || (list.some((x) => !x.startsWith('!')) ? list.includes(mine) : !list.includes(`!${mine}`));
	return Object.entries(packages).filter(([name, entry]) => name !== '' && fits(entry.os, process.platform) && fits(entry.cpu, process.arch)).length;
}

/** A measure for `npm`: "812 of about 1,450 packages", counted in node_modules. */
export function packagesOf(folder, total) {
	const about = total.toLocaleString('en');
	return () => {
		const count = countInstalled(path.join(folder, 'node_modules'));
		return count === 0 ? 'preparing' : `${count.toLocaleString('en')} of about ${about} packages`;
	};
}

/** Counts the packages that have been unpacked below a node_modules folder. */
export function countInstalled(modules) {
	let count = 0;
	for (const name of list(modules)) {
		if (name.startsWith('.')) continue;
		const folder = path.join(modules, name);
		const found = name.startsWith('@') ? list(folder).map((inner) => path.join(folder, inner)) : [folder];
		for (const one of found) {
			if (!existsSync(path.join(one, 'package.json'))) continue;
			count += 1 + countInstalled(path.join(one, 'node_modules'));
		}
	}
	return count;
}

function list(folder) {
	try {
		return readdirSync(folder);
	} catch {
		return []; // not there yet, or just being moved by npm
	}
}

/**
 * Runs npm with a title and a live line (elapsed seconds and what `measure()` returns).
 * `env` is added to the environment. A failure becomes one sentence and npm's own last lines.
 */
export async function npm(args, { folder, title, measure = () => '', env = {} }) {
	console.log(`${title}.`);
	const begun = Date.now();
	const { code, output } = await withSign(() => run(args, folder, env), measure);
	if (code === 0) {
		console.log(`  done in ${duration(Date.now() - begun)}`);
		return;
	}
	const fault = networkFault.exec(output);
	const what = fault
		? `The network failed while npm was downloading (${fault[0]}). Check the connection and start again; what is half done is begun anew.`
		: `npm ${args[0]} failed. Its last lines are above.`;
	throw new Told(`${lastLines(output, 15)}\n\n${what}`);
}

/** The last lines of an output that say something: npm's warnings and its help text are left out. */
export function lastLines(output, count) {
	const help = /^npm error (Clean install a project|Usage:)[^]*?(?=^npm error A complete log|(?![^]))/gm;
	const lines = output.replace(help, '').split('\n');
	const telling = lines.filter((line) => !/^(npm error)?\s*$|^npm warn/i.test(line));
	return telling.slice(-count).map((line) => `  ${line}`).join('\n');
}

/** Runs npm silently; resolves with its exit code and the end of its output (stdout and stderr, at most 200 kB). */
export async function run(args, folder, env = {}) {
	const { command, prefix } = npmProgram();
	// npm tells child processes where "the project" is; an npm in another folder must not believe it.
	const { npm_config_local_prefix: _, ...inherited } = process.env;
	const npmProcess = launch(command, [...prefix, ...args], {
		cwd: folder,
		env: { ...inherited, ...env },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let output = '';
	for (const stream of [npmProcess.child.stdout, npmProcess.child.stderr]) {
		stream.setEncoding('utf8');
		stream.on('data', (text) => (output = (output + text).slice(-200_000)));
	}
	const { code, error } = await npmProcess.exited;
	if (error) throw new Told(`npm cannot be started (${error.code}). It comes with Node: install Node from https://nodejs.org and start again.`);
	return { code, output };
}

/** The npm that runs us, if any, else the one in the path. */
function npmProgram() {
	const script = process.env.npm_execpath;
	if (script?.endsWith('npm-cli.js')) return { command: process.execPath, prefix: [script] };
	return { command: 'npm', prefix: [] };
}

/** Milliseconds as people say them: "6.1 s", "42 s", "4 min 27 s". */
export function duration(ms) {
	const seconds = ms / 1000;
	if (seconds < 10) return `${seconds.toFixed(1)} s`;
	const whole = Math.round(seconds);
	return whole < 100 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/**
 * Does some work under a live line: elapsed seconds and what `measure()` returns. On a terminal the line is rewritten every second; elsewhere
 * there is a line every 8 seconds, so that nobody waits for longer than 10 without a sign.
 */
export async function withSign(work, measure = () => '') {
	const begun = Date.now();
	const text = () => `  ${[duration(Date.now() - begun), measure()].filter(Boolean).join(' · ')}`;
	const terminal = process.stdout.isTTY;
	const show = () => (terminal ? process.stdout.write(`\r\x1b[K${text()}`) : console.log(text()));
	const timer = setInterval(show, terminal ? 1000 : 8000);
	try {
		return await work();
	} finally {
		clearInterval(timer);
		if (terminal) process.stdout.write('\r\x1b[K');
	}
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
	void main(async () => {
		checkNode();
		await installProject();
	});
}
