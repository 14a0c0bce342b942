// `npm start`: a real n8n with our nodes, the sandbox, and examples to try. Installs and builds what is missing.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildPackage, builtState, isBuilt } from '../scripts/build.mjs';
import { checkNode, duration, installProject, isInstalled, root, withSign } from '../scripts/install.mjs';
import { main, Told } from '../scripts/processes.mjs';
import { demoHome, hostFolder, installHost, installPackage, isAlive, isHostInstalled, logTail, startN8n } from './n8n.mjs';
import { freePorts, isFree, parsePort } from './ports.mjs';
import { currentRelease, parseRelease } from './releases.mjs';
import { startSandbox } from './sandbox.mjs';
import { announcement, heading, stepsOf } from './steps.mjs';

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

/** What the package in n8n's home was made of. */
const packageState = (host) => ({ host, state: builtState() });

function isPackageReady(host) {
	const isSame = JSON.stringify(readJson('package.json')) === JSON.stringify(packageState(host));
	return isBuilt() && isSame && existsSync(inHome('.n8n', 'nodes', 'node_modules', 'n8n-nodes-backoffice'));
}

/** Builds the package and puts it into n8n's home. */
async function preparePackage(host) {
	rmSync(inHome('package.json'), { force: true });
	await withSign(async () => {
		await buildPackage();
		await installPackage(home);
	});
	writeJson('package.json', packageState(host));
}

/** The steps that this start needs. */
function neededSteps(release) {
	const host = hostFolder(release);
	const missing = { tools: !isInstalled(root), n8n: !isHostInstalled(host), package: !isPackageReady(host) };
	return stepsOf(Object.keys(missing).filter((name) => missing[name]));
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

/** What is ended when somebody stops us. */
let current = 'the installation';

async function start() {
	const begun = Date.now();
	checkNode();
	const { port, sandboxPort, release, help: wantsHelp } = options();
	home = demoHome(root, release);
	if (wantsHelp) return console.log(help());
	if (process.platform === 'win32') throw new Told('On Windows, run this inside WSL: https://learn.microsoft.com/windows/wsl/install');
	claimHome(`http://localhost:${port}`);
	await checkPorts({ port, sandboxPort });
	const steps = neededSteps(release);
	console.log(announcement(steps));
	const step = async (name, work) => {
		if (!steps.includes(name)) return;
		console.log(`\n${heading(steps, name)}`);
		await work();
	};
	await step('tools', async () => await installProject());
	await step('n8n', async () => await installHost(release));
	const host = hostFolder(release);
	await step('package', async () => await preparePackage(host));
	let running;
	await step('start', async () => (running = await run({ port, sandboxPort, host })));
	const { n8n, sandbox, account, note } = running;
	console.log(`
  n8n ${release} is ready after ${duration(Date.now() - begun)}.

  Open        http://localhost:${port}
  ${account ? `Sign in     ${account.email}   password ${account.password}` : note}

  Try         Open "Start here", the first workflow of the list: five things, one with each service.
              To see a workflow start by itself, publish one that begins with a trigger, and press a button at ${sandbox.url}/_control
              The data is invented and lives in the sandbox: break what you like, a restart brings it back.

  Real data   In this n8n: Credentials, "Create credential"; it says where the key comes from. Then choose it in a node.
              In your own n8n: Settings, Community nodes, Install; see "Install" in README.md.
              Your own n8n and its folder ~/.n8n are untouched: this one keeps all in ${home}

  Ctrl-C stops n8n and the sandbox. Logs: ${inHome('n8n.log')}, ${inHome('sandbox.log')}
`);

	await Promise.race([ending('n8n', n8n, inHome('n8n.log')), ending('The sandbox', sandbox, inHome('sandbox.log'))]);
}

/** A new n8n makes its database first; on a busy machine that takes minutes. */
const FIRST_START_MS = 300_000;

/** Starts n8n and the sandbox, and fills a new n8n. */
async function run({ port, sandboxPort, host }) {
	current = 'n8n and the sandbox';
	const [brokerPort] = await freePorts(1);
	const n8n = startN8n({ host, home, port, brokerPort, logFile: inHome('n8n.log') });
	return await withSign(async () => {
		const sandbox = await startSandbox({ port: sandboxPort, storagePort: sandboxPort + 1, logFile: inHome('sandbox.log') });
		await n8n.ready(FIRST_START_MS);
		return { n8n, sandbox, ...(await fill(n8n.url, sandbox.url)) };
	}, () => logTail(inHome('n8n.log'), 1).trim().slice(0, 80));
}

async function ending(who, { exited }, log) {
	await exited;
	throw new Told(`${who} has ended by itself. Its log: ${log}`);
}

void main(start, () => console.log(`\n  Stopping ${current} …`));
