import { closeSync, openSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../scripts/install.mjs';
import { launch, Told } from '../scripts/processes.mjs';
import { logTail } from './n8n.mjs';

/**
 * Starts the sandbox (port 0: any free one); complaints go to `logFile`.
 * Returns what `launch` returns, with `url` and `storageUrl`.
 */
export async function startSandbox({ port, storagePort, logFile }) {
	const log = openSync(logFile, 'w');
	const args = ['--import', 'tsx', path.join('sandbox', 'main.mts'), '--json', '--port', String(port), '--storage-port', String(storagePort)];
	// The channel makes the sandbox end with us, however we end.
	const sandbox = launch(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', log, 'ipc'] });
	closeSync(log);
	const line = await Promise.race([firstLine(sandbox.child.stdout), sandbox.exited]);
	if (typeof line !== 'string') throw new Told(`${logTail(logFile)}\n\nThe sandbox could not start. The whole log: ${logFile}`);
	return Object.assign(sandbox, JSON.parse(line));
}

function firstLine(stream) {
	return new Promise((resolve) => createInterface({ input: stream }).once('line', resolve));
}
