// Where secrets are looked for.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { rowsIn } from '../../database.mts';
import type { Server } from '../../server.mts';

/** A kind of place, with all that is there. */
export interface Place {
	/** As read in docs/proof.md: "nothing in <name>". */
	name: string;
	/** By file or table. */
	contents: { name: string; bytes: Buffer }[];
}

/** n8n's database as it lies on the disk, with the file of the latest changes beside it. */
export function databaseFiles({ databaseFile }: Server, when: string): Place {
	const files = ['', '-wal', '-journal'].map((end) => databaseFile + end).filter((file) => existsSync(file));
	return { name: `the database files ${when}`, contents: files.map(readWhole) };
}

/** Every table: a text that is long lies in pieces in the file. */
export async function databaseTables(server: Server): Promise<Place> {
	const tables = await rowsIn<{ name: string }>(server, "SELECT name FROM sqlite_master WHERE type = 'table'");
	const contents = [];
	for (const { name } of tables) contents.push({ name, bytes: Buffer.from(JSON.stringify(await rowsIn(server, `SELECT * FROM "${name}"`))) });
	return { name: 'the database tables', contents };
}

/** What n8n has written beside its database: on the console, into logs, events, files. */
export function files({ home, logFile }: Server): Place[] {
	const folder = path.join(home, '.n8n');
	return [
		{ name: 'what n8n printed', contents: [readWhole(logFile)] },
		{ name: "n8n's log files", contents: filesBelow(path.join(folder, 'logs')) },
		{ name: "n8n's event log", contents: readdirSync(folder).filter((name) => name.startsWith('n8nEventLog')).map((name) => readWhole(path.join(folder, name))) },
		{ name: 'the files of executions', contents: filesBelow(path.join(folder, 'storage')) },
	];
}

function filesBelow(folder: string): Place['contents'] {
	const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
	return entries.filter((entry) => entry.isFile()).map((entry) => readWhole(path.join(entry.parentPath, entry.name)));
}

const readWhole = (file: string): Place['contents'][0] => ({ name: path.basename(file), bytes: readFileSync(file) });
