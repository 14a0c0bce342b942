// An archive of the repository as GitHub makes it of a commit, unpacked: what is built there is built of what is committed.
import { execFile } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

const root = process.cwd();

/** What would be committed now, packed by git and unpacked again. The index of the checkout stays as it is. @returns the folder */
export async function unpackArchive(temporary: string): Promise<string> {
	const archive = path.join(temporary, 'archive');
	mkdirSync(archive);
	const env = { ...process.env, GIT_INDEX_FILE: path.join(temporary, 'index') };
	await command('git', ['read-tree', 'HEAD'], root, env);
	await command('git', ['add', '--all'], root, env);
	const tree = (await command('git', ['write-tree'], root, env)).trim();
	await command('git', ['archive', '--output', path.join(temporary, 'archive.tar'), tree], root);
	await command('tar', ['-xf', path.join(temporary, 'archive.tar'), '-C', archive], root);
	return archive;
}

/** Lets what is started in the archive use the packages that are installed here. */
export function lendModules(archive: string): void {
	symlinkSync(path.join(root, 'node_modules'), path.join(archive, 'node_modules'));
}

/** Runs npm in a folder. @returns what it printed */
export const npm = async (args: string[], cwd: string): Promise<string> => await command('npm', args, cwd);

/** @returns what the command printed; throws it if the command fails */
async function command(file: string, args: string[], cwd: string, env: NodeJS.ProcessEnv = process.env): Promise<string> {
	try {
		const { stdout } = await promisify(execFile)(file, args, { cwd, env, maxBuffer: 1e8 });
		return stdout;
	} catch (error) {
		const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
		throw new Error(`"${file} ${args.join(' ')}" failed: ${`${stdout}${stderr}`.trim().slice(-3000)}`);
	}
}
