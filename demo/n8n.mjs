// A real n8n: where it is installed, how it is started, what it is told. All settings of n8n are in this file.
//
// n8n and its homes live in a cache folder of the user, never inside the project: n8n's build tool copies every image
// below the project, its linter reads every script there, and a package there would find the project's n8n-workflow before n8n's.
import { createHash } from 'node:crypto';
import { closeSync, copyFileSync, existsSync, mkdirSync, openSync, readFileSync, readdirSync, renameSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { contentHash, countInLock, checkNetwork, npm, packagesOf, root, run } from '../scripts/install.mjs';
import { launch, Told } from '../scripts/processes.mjs';
import { currentRelease, definitionOf, nodeMajorOf, settingsOf } from './releases.mjs';

const packageName = 'n8n-nodes-backoffice';
const definition = path.join(root, 'demo', 'n8n-host');
const definitionFiles = ['package-lock.json', 'package.json'].map((name) => path.join(definition, name));
const [lockFile] = definitionFiles;
const marker = 'installed';
const neededBytes = 4e9;

/** The folder a release of n8n is installed in; another lock file, or other packages asked for, mean another folder. */
export function hostFolder(release = currentRelease) {
	if (release === currentRelease) return path.join(cacheFolder(), `n8n-${contentHash(...definitionFiles).slice(0, 12)}`);
	return path.join(cacheFolder(), `n8n-${release}-${hashOf(JSON.stringify(definitionOf(release)))}`);
}

/** The release that is installed in such a folder. */
export function releaseIn(host) {
	return /^n8n-(\d+\.\d+\.\d+)-/.exec(path.basename(host))?.[1] ?? currentRelease;
}

/** The home of the demo's n8n; every checkout of the project has its own, and every release: n8n can't read the database of a newer one. */
export function demoHome(checkout = root, release = currentRelease) {
	return path.join(cacheFolder(), `demo-${hashOf(checkout)}${release === currentRelease ? '' : `-${release}`}`);
}

const hashOf = (text) => createHash('sha256').update(text).digest('hex').slice(0, 12);

function cacheFolder() {
	return path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), packageName);
}

/** Whether n8n is there, completely. */
export function isHostInstalled(folder) {
	return existsSync(path.join(folder, marker));
}

/**
 * Installs a release of n8n if it is missing and returns its folder. It is built beside its final place and moved there when
 * complete, so that an interrupted install is begun anew and two at once do not meet.
 */
export async function installHost(release = currentRelease) {
	const folder = hostFolder(release);
	if (isHostInstalled(folder)) return folder;
	mkdirSync(path.dirname(folder), { recursive: true });
	removeAbandoned(path.dirname(folder));
	checkSpace(path.dirname(folder));
	await checkNetwork(definition);
	await checkCompiler();

	const partial = `${folder}.partial-${process.pid}`;
	mkdirSync(partial);
	try {
		define(release, partial);
		await install(release, partial);
		if (isHostInstalled(folder)) return folder; // somebody else was faster
		rmSync(folder, { recursive: true, force: true });
		renameSync(partial, folder);
	} catch (error) {
		if (!isHostInstalled(folder)) throw error;
	} finally {
		rmSync(partial, { recursive: true, force: true });
	}
	return folder;
}

/** Says in a folder what npm is to install there. */
function define(release, folder) {
	if (release !== currentRelease) return writeFileSync(path.join(folder, 'package.json'), JSON.stringify(definitionOf(release), null, 2));
	for (const file of definitionFiles) copyFileSync(file, path.join(folder, path.basename(file)));
}

/** Only two packages need their scripts: `node` fetches its binary, `sqlite3` fetches or compiles its library. */
async function install(release, folder) {
	const total = countInLock(lockFile); // another release has about as many
	const about = total.toLocaleString('en');
	await npm([release === currentRelease ? 'ci' : 'install', '--ignore-scripts', '--no-fund', '--no-audit'], {
		folder,
		title: `Installing n8n ${release} (once): about ${about} packages, 3.1 GB, usually 2-6 minutes, into ${folder.replace(/\.partial-\d+$/, '')}`,
		measure: packagesOf(folder, total),
	});
	const node = `Node ${nodeMajorOf(release)}`;
	await npm(['rebuild', '--ignore-scripts=false', 'node', 'sqlite3'], {
		folder,
		title: `Preparing ${node} and the database library of n8n: 1-2 minutes where it must be compiled`,
		env: headersOfThisNode(),
	});
	for (const [file, what] of [[nodeFile(folder), node], [sqliteFile(folder), "n8n's database library"]]) {
		if (!existsSync(file)) throw new Told(`npm reported success, but ${what} is missing (${file}). Start again; if it fails again, run: npm rebuild --foreground-scripts node sqlite3`);
	}
	writeFileSync(path.join(folder, marker), new Date().toISOString());
}

const nodeFile = (folder) => path.join(folder, 'node_modules', 'node', 'bin', 'node');
const sqliteFile = (folder) => path.join(folder, 'node_modules', 'sqlite3', 'build', 'Release', 'node_sqlite3.node');

/** Where this Node came with its C headers, the compiler is pointed to them instead of a download. */
function headersOfThisNode() {
	const prefix = path.dirname(path.dirname(process.execPath));
	return existsSync(path.join(prefix, 'include', 'node', 'node_api.h')) ? { npm_config_nodedir: prefix } : {};
}

/** Removes what interrupted installs have left behind: their process is gone. */
function removeAbandoned(cache) {
	for (const name of readdirSync(cache)) {
		const pid = Number(/\.partial-(\d+)$/.exec(name)?.[1]);
		if (pid && !isAlive(pid)) rmSync(path.join(cache, name), { recursive: true, force: true });
	}
}

/** Whether a process with this id runs. */
export function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error.code === 'EPERM';
	}
}

function checkSpace(folder) {
	const { bavail, bsize } = statfsSync(folder);
	const free = bavail * bsize;
	if (free < neededBytes) {
		throw new Told(`n8n needs 3.1 GB (4 GB while it is installed), but ${folder} has ${(free / 1e9).toFixed(1)} GB left. Make room, or set XDG_CACHE_HOME to a folder on a larger disk.`);
	}
}

/** n8n's database library is downloaded ready-made from GitHub or else compiled: one of the two must be possible. */
async function checkCompiler() {
	const tools = { python3: 'python3', make: 'make', 'a C++ compiler': process.platform === 'darwin' ? 'clang++' : 'g++' };
	const missing = Object.keys(tools).filter((name) => !isInPath(tools[name]));
	if (missing.length === 0 || (await isPrebuiltReachable())) return;
	const remedy = process.platform === 'darwin' ? 'xcode-select --install' : 'on Debian and Ubuntu: sudo apt-get install -y python3 g++ make';
	const list = new Intl.ListFormat('en').format(missing);
	throw new Told(`n8n's database library (sqlite3) must be compiled here, as the ready-made one cannot be downloaded from github.com; but ${list} ${missing.length > 1 ? 'are' : 'is'} missing. Install them (${remedy}) and start again.`);
}

function isInPath(program) {
	return (process.env.PATH ?? '').split(path.delimiter).some((folder) => folder && existsSync(path.join(folder, program)));
}

async function isPrebuiltReachable() {
	const { version } = JSON.parse(readFileSync(lockFile, 'utf8')).packages['node_modules/sqlite3'];
	const libc = process.platform === 'linux' && !process.report.getReport().header.glibcVersionRuntime ? 'linuxmusl' : process.platform;
	const file = `https://github.com/TryGhost/node-sqlite3/releases/download/v${version}/sqlite3-v${version}-napi-v6-${libc}-${process.arch}.tar.gz`;
	try {
		const answer = await fetch(file, { method: 'HEAD', signal: AbortSignal.timeout(8000) });
		return answer.ok;
	} catch {
		return false;
	}
}

/** The Node that runs n8n: this one if it suits, else the one that was installed beside n8n. Older releases refuse a newer Node. */
export function nodeFor(host) {
	const wanted = nodeMajorOf(releaseIn(host));
	const own = Number(process.versions.node.split('.')[0]);
	return own === wanted || (wanted === 24 && own > wanted) ? process.execPath : nodeFile(host);
}

/**
 * The whole environment of an n8n. `home` holds its `.n8n` folder; `brokerPort` must differ between instances.
 * Settings of an n8n that the person runs otherwise must not reach this one; `extra` comes last.
 */
export function environment({ host, home, port, brokerPort, extra = {} }) {
	const foreign = /^(N8N_|DB_|EXECUTIONS_|QUEUE_|WEBHOOK_URL$|GENERIC_TIMEZONE$|NODE_OPTIONS$|npm_)/;
	const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
	return {
		...inherited,
		PATH: [path.dirname(nodeFor(host)), process.env.PATH].join(path.delimiter), // n8n starts its task runner with plain "node"
		N8N_USER_FOLDER: home,
		N8N_PORT: String(port),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_EDITOR_BASE_URL: `http://localhost:${port}`,
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_SECURE_COOKIE: 'false', // plain http
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
		// No look-ups of foreign hosts, no banners, no questions.
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		...settingsOf(releaseIn(host), host),
		NO_COLOR: '1',
		...extra,
	};
}

/**
 * Starts n8n; everything it prints goes to `logFile`. `command` is n8n's own, for example `['worker']`.
 * Returns what `launch` returns, with `url`, `logFile` and `ready()`.
 */
export function startN8n({ host, home, port, brokerPort, logFile, extra, command = ['start'] }) {
	mkdirSync(home, { recursive: true });
	const log = openSync(logFile, 'w');
	const n8n = launch(nodeFor(host), [path.join(host, 'node_modules', 'n8n', 'bin', 'n8n'), ...command], {
		cwd: home,
		env: environment({ host, home, port, brokerPort, extra }),
		stdio: ['ignore', log, log],
	});
	closeSync(log);
	const url = `http://127.0.0.1:${port}`;
	return Object.assign(n8n, { url, logFile, ready: (timeoutMs) => ready(n8n, url, logFile, timeoutMs) });
}

/** Resolves when the editor and its REST interface answer; throws with the end of the log if n8n ends or takes too long. */
async function ready(n8n, url, logFile, timeoutMs = 120_000) {
	let ended = false;
	void n8n.exited.then(() => (ended = true));
	const deadline = Date.now() + timeoutMs;
	while (!(await answers(url))) {
		if (ended) throw new Told(`${logTail(logFile)}\n\nn8n ended while it was starting. The whole log: ${logFile}`);
		if (Date.now() > deadline) throw new Told(`${logTail(logFile)}\n\nn8n is not ready after ${timeoutMs / 1000} seconds. The whole log: ${logFile}`);
		await new Promise((resolve) => setTimeout(resolve, 150));
	}
}

async function answers(url) {
	try {
		const health = await fetch(`${url}/healthz/readiness`);
		if (!health.ok) return false;
		const settings = await fetch(`${url}/rest/settings`);
		return settings.ok && (settings.headers.get('content-type') ?? '').includes('json');
	} catch {
		return false;
	}
}

/** The last lines of a log file, indented. */
export function logTail(file, count = 15) {
	const lines = existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
	return lines.slice(-count).map((line) => `  ${line}`).join('\n');
}

/** Runs one of n8n's own commands (`import:workflow`, `execute`, …) to its end; returns exit code, stdout and stderr. */
export async function cli({ host, home, args, extra = {} }) {
	const program = launch(nodeFor(host), [path.join(host, 'node_modules', 'n8n', 'bin', 'n8n'), ...args], {
		cwd: home,
		env: environment({ host, home, port: 0, brokerPort: 0, extra }),
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const output = { stdout: '', stderr: '' };
	for (const name of ['stdout', 'stderr']) program.child[name].setEncoding('utf8').on('data', (text) => (output[name] += text));
	const { code } = await program.exited;
	return { code, ...output };
}

/** Packs our package into a folder as it would be published; returns the tarball's file. */
export async function packPackage(folder) {
	const { code, output } = await run(['pack', '--ignore-scripts', '--pack-destination', folder], root);
	const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
	if (code !== 0 || !tarball) throw new Told(`${output.trim()}\n\nThe package could not be packed.`);
	return path.join(folder, tarball);
}

/** Packs our package and unpacks it into an n8n home, where n8n loads it under its published type name. */
export async function installPackage(home) {
	const target = path.join(home, '.n8n', 'nodes', 'node_modules', packageName);
	rmSync(target, { recursive: true, force: true });
	mkdirSync(target, { recursive: true });
	const tarball = await packPackage(target);
	const tar = launch('tar', ['-xzf', tarball, '-C', target, '--strip-components=1'], { stdio: 'inherit' });
	if ((await tar.exited).code !== 0) throw new Told(`${tarball} could not be unpacked with tar.`);
	rmSync(tarball);
}
