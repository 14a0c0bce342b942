// What n8n has written into its SQLite database.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import type { IDataObject } from 'n8n-workflow';
import { hostFolder, nodeFor } from '../../demo/n8n.mjs';
import type { Server } from './server.mts';

type Value = string | number | null;

/** Runs in n8n's Node, which can read SQLite; ours may be too old for that. */
const READER = `
const { DatabaseSync } = require('node:sqlite');
const [file, sql, values] = process.argv.slice(1);
const database = new DatabaseSync(file, { readOnly: true });
process.stdout.write(JSON.stringify(database.prepare(sql).all(...JSON.parse(values))));
`;

/** Rows of n8n's database as they are at this moment, also those that are still in the file beside it. */
export async function rowsIn<T = Record<string, Value>>({ databaseFile }: Pick<Server, 'databaseFile'>, sql: string, ...values: Value[]): Promise<T[]> {
	const args = ['--no-warnings', '-e', READER, databaseFile, sql, JSON.stringify(values)];
	const { stdout } = await promisify(execFile)(nodeFor(hostFolder()), args, { maxBuffer: 2 ** 30 });
	return JSON.parse(stdout) as T[];
}

/** The fields of a credential as they stand in n8n's database, opened with n8n's key and n8n's own cipher. */
export async function storedCredential(server: Pick<Server, 'databaseFile' | 'home'>, id: string): Promise<IDataObject> {
	const [row] = await rowsIn<{ data: string }>(server, 'SELECT data FROM credentials_entity WHERE id = ?', id);
	if (!row) throw new Error(`n8n's database has no credential ${id}.`);
	const { encryptionKey } = JSON.parse(readFileSync(path.join(server.home, '.n8n', 'config'), 'utf8')) as { encryptionKey: string };
	return JSON.parse(cipher().decrypt(row.data, encryptionKey)) as IDataObject;
}

interface Cipher {
	decrypt(data: string, key: string): string;
}

function cipher(): Cipher {
	const file = path.join(hostFolder(), 'node_modules', 'n8n-core', 'dist', 'encryption', 'aes-256-cbc.js');
	const { CipherAes256CBC } = createRequire(file)(file) as { CipherAes256CBC: new () => Cipher };
	return new CipherAes256CBC();
}
