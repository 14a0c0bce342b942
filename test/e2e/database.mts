// What n8n has written into its SQLite database.
import { execFile } from 'node:child_process';
import { createDecipheriv, createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import type { IDataObject } from 'n8n-workflow';
import { nodeFor } from '../../demo/n8n.mjs';
import type { Server } from './server.mts';

type Value = string | number | null;

/** Runs in n8n's Node with n8n's own library: older releases of Node can't read SQLite by themselves. */
const READER = `
const { Database, OPEN_READONLY } = require(require.resolve('sqlite3', { paths: [process.cwd()] }));
const [file, sql, values] = process.argv.slice(1);
const told = (use) => (error, result) => { if (error) throw error; use(result); };
const database = new Database(file, OPEN_READONLY, told(() => database.all(sql, JSON.parse(values), told((rows) => process.stdout.write(JSON.stringify(rows))))));
`;

/** Rows of n8n's database as they are at this moment, also those that are still in the file beside it. */
export async function rowsIn<T = Record<string, Value>>({ databaseFile, host }: Pick<Server, 'databaseFile' | 'host'>, sql: string, ...values: Value[]): Promise<T[]> {
	const args = ['-e', READER, databaseFile, sql, JSON.stringify(values)];
	const { stdout } = await promisify(execFile)(nodeFor(host), args, { cwd: host, maxBuffer: 2 ** 30 });
	return JSON.parse(stdout) as T[];
}

/** The fields of a credential as they stand in n8n's database, opened with n8n's key. */
export async function storedCredential(server: Pick<Server, 'databaseFile' | 'home' | 'host'>, id: string): Promise<IDataObject> {
	const [row] = await rowsIn<{ data: string }>(server, 'SELECT data FROM credentials_entity WHERE id = ?', id);
	if (!row) throw new Error(`n8n's database has no credential ${id}.`);
	const { encryptionKey } = JSON.parse(readFileSync(path.join(server.home, '.n8n', 'config'), 'utf8')) as { encryptionKey: string };
	return JSON.parse(decrypt(row.data, encryptionKey)) as IDataObject;
}

/** n8n encrypts as `openssl enc -aes-256-cbc -md md5` does, in all releases: "Salted__", eight bytes of salt, the rest; all in base64. */
function decrypt(data: string, passphrase: string): string {
	const bytes = Buffer.from(data, 'base64');
	const salted = Buffer.concat([Buffer.from(passphrase, 'latin1'), bytes.subarray(8, 16)]);
	let block = Buffer.alloc(0);
	let keyAndVector = Buffer.alloc(0);
	while (keyAndVector.length < 48) {
		block = createHash('md5').update(block).update(salted).digest();
		keyAndVector = Buffer.concat([keyAndVector, block]);
	}
	const decipher = createDecipheriv('aes-256-cbc', keyAndVector.subarray(0, 32), keyAndVector.subarray(32, 48));
	return Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]).toString('utf8');
}
