// Programs that come from Debian's packages: a browser for the editor, Redis and PostgreSQL for queue mode.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { lastLines } from '../scripts/install.mjs';
import { launch, Told } from '../scripts/processes.mjs';

/** What each is called where, and the packages that bring it (a browser without fonts draws empty boxes). */
const programs = {
	chromium: { names: ['chromium', 'chromium-browser', 'google-chrome'], packages: ['chromium', 'fonts-liberation'] },
	redis: { names: ['redis-server'], packages: ['redis-server'] },
	postgres: { names: ['postgres'], packages: ['postgresql'] },
};

/** The file of a program (`chromium`, `redis` or `postgres`); undefined if it is not installed. */
export function programFile(name) {
	const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/bin', '/usr/sbin', ...postgresFolders()].filter(Boolean);
	return programs[name].names.flatMap((file) => folders.map((folder) => path.join(folder, file))).find((file) => existsSync(file));
}

/** Debian keeps each version of PostgreSQL in a folder of its own, outside the path; the newest comes first. */
function postgresFolders() {
	const folder = '/usr/lib/postgresql';
	if (!existsSync(folder)) return [];
	return readdirSync(folder).sort((a, b) => Number(b) - Number(a)).map((version) => path.join(folder, version, 'bin'));
}

/** Installs those of the named programs that are missing. Throws a sentence to act on where this machine does not allow it. */
export async function installPrograms(names) {
	const packages = names.filter((name) => !programFile(name)).flatMap((name) => programs[name].packages);
	if (packages.length === 0) return;
	const command = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
	if (process.getuid?.() !== 0) throw new Told(`Some programs are missing. Install them and start again; on Debian and Ubuntu: sudo ${command}`);
	console.log(`Installing from Debian's packages: ${packages.join(', ')}.`);
	await shell('apt-get update');
	await shell(command);
}

async function shell(command) {
	const { child, exited } = launch('sh', ['-c', command], { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, stdio: ['ignore', 'pipe', 'pipe'] });
	let output = '';
	for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
	const { code } = await exited;
	if (code !== 0) throw new Told(`${lastLines(output, 10)}\n\n"${command}" failed; see above.`);
}
