// What n8n in queue mode needs beside itself: Redis and PostgreSQL, on free loopback ports. Neither keeps anything.
import { execFileSync } from 'node:child_process';
import { chownSync, closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { programFile } from '../../../../demo/debian.mjs';
import { logTail } from '../../../../demo/n8n.mjs';
import { freePorts } from '../../../../demo/ports.mjs';
import { launch } from '../../../../scripts/processes.mjs';
import { until } from '../../until.mts';

export interface Service {
	/** Settings by which n8n finds it. */
	settings: Record<string, string>;
	/** Ends it and removes what it wrote. */
	stop(): Promise<void>;
}

export async function startRedis(): Promise<Service> {
	const [port = 0] = await freePorts(1);
	const folder = newFolder();
	const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
	const stop = await start(fileOf('redis'), args, folder);
	return { settings: { QUEUE_BULL_REDIS_HOST: '127.0.0.1', QUEUE_BULL_REDIS_PORT: String(port) }, stop };
}

/** The only database that n8n supports officially in queue mode. */
export async function startPostgres(): Promise<Service> {
	const [port = 0] = await freePorts(1);
	const file = fileOf('postgres');
	const folder = newFolder();
	const data = path.join(folder, 'data');
	mkdirSync(data);
	const user = unprivileged();
	if (user) for (const one of [folder, data]) chownSync(one, user.uid, user.gid);
	try {
		const initialize = ['-D', data, '-U', 'n8n', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'];
		execFileSync(path.join(path.dirname(realpathSync(file)), 'initdb'), initialize, { ...user, cwd: folder, stdio: 'pipe' });
	} catch (error) {
		rmSync(folder, { recursive: true, force: true });
		throw error;
	}
	const stop = await start(file, ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', '', '-F'], folder, user);
	const settings = {
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(port),
		DB_POSTGRESDB_DATABASE: 'postgres',
		DB_POSTGRESDB_USER: 'n8n',
	};
	return { settings, stop };
}

/** Starts a program and waits until it says that it is ready; resolves with what ends it and removes its folder. */
async function start(file: string, args: string[], folder: string, user = {}): Promise<() => Promise<void>> {
	const logFile = path.join(folder, 'log');
	const log = openSync(logFile, 'w');
	const program = launch(file, args, { ...user, cwd: folder, stdio: ['ignore', log, log] });
	closeSync(log);
	const stop = async () => {
		await program.stop();
		rmSync(folder, { recursive: true, force: true });
	};
	try {
		await until(`${path.basename(file)} is ready`, () => /ready to accept connections/i.test(readFileSync(logFile, 'utf8')));
		return stop;
	} catch (error) {
		const said = logTail(logFile);
		await stop();
		throw new Error(said, { cause: error });
	}
}

const newFolder = () => mkdtempSync(path.join(tmpdir(), 'backoffice-service-'));

function fileOf(program: 'redis' | 'postgres'): string {
	const file = programFile(program);
	if (!file) throw new Error(`${program} is not installed.`);
	return file;
}

/** PostgreSQL refuses to run as root: the user that its package has made runs it then. */
function unprivileged(): { uid: number; gid: number } | undefined {
	if (process.getuid?.() !== 0) return undefined;
	const idOf = (option: string) => Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }));
	return { uid: idOf('-u'), gid: idOf('-g') };
}
