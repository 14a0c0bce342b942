import { parseArgs } from 'node:util';
import { startSandbox, type Sandbox } from './app.mts';

const { values: options } = parseArgs({
	options: {
		port: { type: 'string', default: '4010' },
		'storage-port': { type: 'string', default: '4011' },
		json: { type: 'boolean', default: false },
		// Several sandboxes in one process know nothing of each other; the ports are those of the first, the others take any.
		count: { type: 'string', default: '1' },
	},
});

function portOf(name: 'port' | 'storage-port'): number {
	const port = Number(options[name]);
	if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
	return giveUp(`--${name} must be a number from 0 to 65535, not "${options[name]}".`);
}

function giveUp(sentence: string): never {
	console.error(sentence);
	process.exit(1);
}

function describe({ url, storageUrl, about }: Sandbox): string {
	const lines = about().flatMap((service) => [`${service.name}: ${service.url}`, ...service.lines.map((line) => `  ${line}`), '']);
	return [...lines, `Files are kept at ${storageUrl}`, `Control: ${url}/_control`, 'Stop with Ctrl-C.'].join('\n');
}

try {
	const sandboxes = [await startSandbox({ port: portOf('port'), storagePort: portOf('storage-port') })];
	while (sandboxes.length < Number(options.count)) sandboxes.push(await startSandbox({ port: 0, storagePort: 0 }));
	for (const sandbox of sandboxes) {
		const { url, storageUrl } = sandbox;
		console.log(options.json ? JSON.stringify({ url, storageUrl }) : describe(sandbox));
	}
	const stop = () => void Promise.all(sandboxes.map(async (sandbox) => await sandbox.close())).then(() => process.exit(0));
	process.once('SIGTERM', stop);
	process.once('SIGINT', stop);
	// A parent that started the sandbox with a channel takes it along when it ends.
	process.once('disconnect', stop);
} catch (error) {
	const { code, message, port } = error as NodeJS.ErrnoException & { port?: number };
	giveUp(
		code === 'EADDRINUSE'
			? `Port ${port} is in use. Stop the program that uses it or choose another with --port and --storage-port.`
			: `The sandbox could not start: ${message}`,
	);
}
