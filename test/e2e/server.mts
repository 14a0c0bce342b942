// A fresh n8n into which our package has been installed from a registry, and a fresh sandbox; on free ports and in a temporary home.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { n8nApi, type N8nApi } from '../../demo/api.mts';
import { demoAccount } from '../../demo/examples.mts';
import { environment, hostFolder, installPackage, logTail, nodeFor, packPackage, startN8n } from '../../demo/n8n.mjs';
import { freePorts } from '../../demo/ports.mjs';
import { startSandbox } from '../../demo/sandbox.mjs';
import { control, type Control } from '../../sandbox/client.mts';
import { startRegistry, writeNpm, type Published, type Registry } from './registry.mts';

export interface Server {
	/** The release of n8n. */
	release: string;
	/** The folder that it is installed in. */
	host: string;
	/** The folder that n8n, its database, its logs and our tarball are in. */
	home: string;
	url: string;
	/** Signed in as the owner. */
	api: N8nApi;
	/** n8n's process. */
	pid: number;
	/** All that n8n has printed. */
	logFile: string;
	/** n8n's SQLite database; what was written last may still be in the `-wal` file beside it. */
	databaseFile: string;
	/** The environment of this n8n, for another process that belongs to it (a worker, a command). */
	env: Record<string, string>;
	sandboxUrl: string;
	control: Control;
	tarballBytes: number;
	/** The last lines that n8n printed. */
	logTail(): string;
	/** Ends n8n alone, for good; what it has written can be looked at then. */
	stopN8n(): Promise<void>;
	/** Ends all that was started and removes the home. */
	stop(): Promise<void>;
}

/**
 * Starts both, waits until they answer, makes the owner's account and installs our package. `settings` are added to n8n's environment.
 * With `isInstalled`, n8n finds the package where it keeps installed ones when it starts, as after a restart. The packages in `offered`
 * lie in the registry too, to be installed.
 */
export async function startServer(release: string, settings: Record<string, string> = {}, { isInstalled = false, offered = [] }: Start = {}): Promise<Server> {
	const home = mkdtempSync(path.join(tmpdir(), 'backoffice-e2e-'));
	const stops: (() => Promise<void>)[] = [];
	const stop = async () => {
		await Promise.all(stops.map(async (end) => await end()));
		rmSync(home, { recursive: true, force: true });
	};
	try {
		const host = hostFolder(release);
		const { registry, bin, tarballBytes } = await publish(home, offered);
		stops.push(registry.stop);
		const [port = 0, brokerPort = 0] = await freePorts(2);
		const logFile = path.join(home, 'n8n.log');
		const extra = { PATH: [bin, path.dirname(nodeFor(host)), process.env.PATH].join(path.delimiter), ...settings };
		if (isInstalled) await installPackage(home);
		const n8n = startN8n({ host, home, port, brokerPort, logFile, extra });
		stops.push(n8n.stop);
		const sandbox = await startSandbox({ port: 0, storagePort: 0, logFile: path.join(home, 'sandbox.log') });
		stops.push(sandbox.stop);
		await n8n.ready();
		const api = n8nApi(n8n.url);
		await api.setUpOwner(demoAccount);
		if (!isInstalled) await api.installCommunityPackage(packageJson().name, packageJson().version);
		return {
			release,
			host,
			home,
			url: n8n.url,
			api,
			pid: n8n.child.pid ?? 0,
			logFile,
			databaseFile: path.join(home, '.n8n', 'database.sqlite'),
			env: environment({ host, home, port, brokerPort, extra }),
			sandboxUrl: sandbox.url,
			control: control(sandbox.url),
			tarballBytes,
			logTail: () => logTail(logFile, 25),
			stopN8n: n8n.stop,
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}

interface Start {
	isInstalled?: boolean;
	offered?: readonly Published[];
}

/** Packs the package and offers it in a registry that the npm in `bin` asks, with some others. */
async function publish(home: string, others: readonly Published[]): Promise<{ registry: Registry; bin: string; tarballBytes: number }> {
	const bin = path.join(home, 'bin');
	mkdirSync(bin);
	const tarball = await packPackage(home);
	const registry = await startRegistry([{ tarball, packageJson: packageJson() }, ...others]);
	writeNpm(bin, registry.url);
	return { registry, bin, tarballBytes: statSync(tarball).size };
}

/** Our package.json. */
export function packageJson() {
	return JSON.parse(readFileSync('package.json', 'utf8')) as { name: string; version: string; n8n: { nodes: string[]; credentials: string[] } };
}
