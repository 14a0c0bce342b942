// `npm start`: a real n8n with our nodes, the sandbox, and examples to try. Installs and builds what is missing.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { checkNode, duration, installProject, root } from '../scripts/install.mjs';
import { main, Told } from '../scripts/processes.mjs';
import { buildPackage, demoHome, installHost, installPackage, isAlive, startN8n, treeHash } from './n8n.mjs';
import { freePorts, isFree, parsePort } from './ports.mjs';
import { currentRelease, parseRelease } from './releases.mjs';
import { startSandbox } from './sandbox.mjs';

/** Each release of n8n has its own. */
let home = demoHome();
const inHome = (...names) => path.join(home, ...names);

const help = () => `npm start [-- options]

  --port <number>          where n8n listens (5678; or the variable PORT)
  --sandbox-port <number>  where the sandbox listens; its file storage takes the next port (4010; or SANDBOX_PORT)
  --n8n <version>          another release of n8n than ${currentRelease}, such as one in which something was reported: --n8n 2.8.4
  --help                   this text

All is kept in ${home}; delete that folder to begin with a new n8n.`;

function options() {
	const known = { port: { type: 'string' }, 'sandbox-port': { type: 'string' }, n8n: { type: 'string', default: currentRelease }, help: { type: 'boolean' } };
	try {
		const { values } = parseArgs({ options: known });
		return {
			help: values.help === true,
			port: portFrom('--port', values.port ?? process.env.PORT ?? '5678'),
			release: parseRelease(values.n8n),
			sandboxPort: portFrom('--sandbox-port', values['sandbox-port'] ?? process.env.SANDBOX_PORT ?? '4010'),
		};
	} catch (error) {
		throw error instanceof Told ? error : new Told(`${error.message}\n\n${help()}`);
	}
}

function portFrom(option, text) {
	const port = parsePort(text);
	if (port === undefined) throw new Told(`${option} needs a number from 1 to 65535, not "${text}".`);
	return port;
}

/** One demo at a time: takes the home folder for this process, or tells who has it. */
function claimHome(url) {
	const running = readJson('running.json');
	if (running && isAlive(running.pid)) {
		throw new Told(`The demo runs already (process ${running.pid}), or is just starting: ${running.url}\nOpen that address, or stop it with Ctrl-C in its window. If that process is something else, delete ${inHome('running.json')}.`);
	}
	mkdirSync(home, { recursive: true });
	writeJson('running.json', { pid: process.pid, url });
	process.on('exit', () => rmSync(inHome('running.json'), { force: true }));
}

/** Refuses a port that is taken, before anything slow begins. */
async function checkPorts({ port, sandboxPort }) {
	const wanted = [
		[port, 'n8n', `PORT=${port + 1} npm start`],
		[sandboxPort, 'the sandbox', 'npm start -- --sandbox-port 4020'],
		[sandboxPort + 1, "the sandbox's file storage", 'npm start -- --sandbox-port 4020'],
	];
	for (const [number, who, remedy] of wanted) {
		if (await isFree(number)) continue;
		throw new Told(`Port ${number}, meant for ${who}, is taken by another program. Stop that program, or choose another port: ${remedy}`);
	}
}

/** Builds the package and puts it into n8n's home, unless both are as the sources are. */
async function preparePackage(host) {
	const sources = () => treeHash(...['nodes', 'credentials', 'scripts', 'package.json', 'tsconfig.json', 'gulpfile.js', 'index.js'].map((name) => path.join(root, name)));
	const built = () => treeHash(path.join(root, 'dist'));
	const state = () => ({ host, sources: sources(), built: built() });
	const before = readJson('package.json');
	if (before && JSON.stringify(before) === JSON.stringify(state()) && existsSync(inHome('.n8n', 'nodes', 'node_modules', 'n8n-nodes-backoffice'))) {
		return 'up to date';
	}
	const begun = Date.now();
	rmSync(inHome('package.json'), { force: true });
	await buildPackage();
	await installPackage(home);
	writeJson('package.json', state());
	return `built in ${duration(Date.now() - begun)}`;
}

/** Makes the owner's account and imports the examples, each once. Returns a sentence if something had to be left out. */
async function fill(url, sandboxUrl) {
	const { tsImport } = await import('tsx/esm/api');
	const { n8nApi } = await tsImport('./api.mts', import.meta.url);
	const examples = await tsImport('./examples.mts', import.meta.url);
	const api = n8nApi(url);
	const imported = readJson('examples.json') ?? { credentials: {}, workflows: {} };
	const isNew = await api.needsOwner();
	if (!isNew && examples.isComplete(imported, root, sandboxUrl)) return { account: examples.demoAccount };
	try {
		await (isNew ? api.setUpOwner(examples.demoAccount) : api.signIn(examples.demoAccount));
	} catch (error) {
		if (error.status !== 401) throw error;
		return { note: `The password was changed, so new examples were not imported. To begin anew, delete ${home}.` };
	}
	try {
		await examples.importExamples(api, imported, root, sandboxUrl);
	} finally {
		writeJson('examples.json', imported);
	}
	return { account: examples.demoAccount };
}

function readJson(name) {
	try {
		return JSON.parse(readFileSync(inHome(name), 'utf8'));
	} catch {
		return undefined; // missing, or cut off by a crash: as if it were not there
	}
}

function writeJson(name, value) {
	writeFileSync(inHome(name), JSON.stringify(value, null, 2));
}

const row = (name, text) => console.log(`  ${name.padEnd(12)}${text}`);

async function start() {
	const begun = Date.now();
	checkNode();
	const { port, sandboxPort, release, help: wantsHelp } = options();
	home = demoHome(root, release);
	if (wantsHelp) return console.log(help());
	if (process.platform === 'win32') throw new Told('On Windows, run this inside WSL: https://learn.microsoft.com/windows/wsl/install');
	claimHome(`http://localhost:${port}`);
	await checkPorts({ port, sandboxPort });
	await installProject();
	const host = await installHost(release);
	row('Package', await preparePackage(host));

	const [brokerPort] = await freePorts(1);
	const n8n = startN8n({ host, home, port, brokerPort, logFile: inHome('n8n.log') });
	const sandbox = await startSandbox({ port: sandboxPort, storagePort: sandboxPort + 1, logFile: inHome('sandbox.log') });
	row('Sandbox', sandbox.url);
	await n8n.ready();
	const { account, note } = await fill(n8n.url, sandbox.url);
	row(`n8n ${release}`, `ready after ${duration(Date.now() - begun)}`);
	console.log(`
  Open        http://localhost:${port}
  ${account ? `Sign in     ${account.email}   password ${account.password}` : note}

  Try         Open one of the workflows and press "Execute workflow".
              Or make a new one: "+", type "Entu", choose an action; the credential is there already.
              To see a workflow start by itself, publish one that begins with a trigger, and press a button at ${sandbox.url}/_control
              The data is invented and lives in the sandbox: break what you like, a restart brings it back.

  Ctrl-C stops n8n and the sandbox. Logs: ${inHome('n8n.log')}, ${inHome('sandbox.log')}
`);

	await Promise.race([ending('n8n', n8n, inHome('n8n.log')), ending('The sandbox', sandbox, inHome('sandbox.log'))]);
}

async function ending(who, { exited }, log) {
	await exited;
	throw new Told(`${who} has ended by itself. Its log: ${log}`);
}

void main(start, () => console.log('\n  Stopping n8n and the sandbox …'));
