// A fresh n8n with our package as it would be published, and a fresh sandbox; all on free ports and in a temporary home.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { n8nApi, type N8nApi } from '../../demo/api.mts';
import { hostFolder, installPackage, logTail, startN8n } from '../../demo/n8n.mjs';
import { freePorts } from '../../demo/ports.mjs';
import { startSandbox } from '../../demo/sandbox.mjs';
import { control, type Control } from '../../sandbox/client.mts';

export interface Server {
	home: string;
	url: string;
	api: N8nApi;
	sandboxUrl: string;
	control: Control;
	tarballBytes: number;
	/** The last lines that n8n printed. */
	logTail(): string;
	/** Ends both and removes the home. */
	stop(): Promise<void>;
}

/** Starts both and waits until they answer. `extra` is added to n8n's environment. */
export async function startServer(extra: Record<string, string> = {}): Promise<Server> {
	const home = mkdtempSync(path.join(tmpdir(), 'backoffice-e2e-'));
	const host = hostFolder();
	const { bytes } = await installPackage({ host, home });
	const [port = 0, brokerPort = 0] = await freePorts(2);
	const logFile = path.join(home, 'n8n.log');
	const n8n = startN8n({ host, home, port, brokerPort, logFile, extra });
	const sandbox = await startSandbox({ port: 0, storagePort: 0, logFile: path.join(home, 'sandbox.log') });
	const stop = async () => {
		await Promise.all([n8n.stop(), sandbox.stop()]);
		rmSync(home, { recursive: true, force: true });
	};
	try {
		await n8n.ready();
	} catch (error) {
		await stop();
		throw error;
	}
	return {
		home,
		url: n8n.url,
		api: n8nApi(n8n.url),
		sandboxUrl: sandbox.url,
		control: control(sandbox.url),
		tarballBytes: bytes,
		logTail: () => logTail(logFile, 25),
		stop,
	};
}
