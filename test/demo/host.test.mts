import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const n8n = pathToFileURL('demo/n8n.mjs').href;

/** Stands in for npm, which takes minutes here: unpacks in two steps, slowly, and can be made to fail. */
const standIn = `
	const fs = require('node:fs'), path = require('node:path');
	const put = (...names) => { const file = path.join(process.cwd(), 'node_modules', ...names); fs.mkdirSync(path.dirname(file), { recursive: true }); fs.writeFileSync(file, ''); };
	const [command] = process.argv.slice(2);
	if (command === 'ci' || command === 'install') { put('n8n', 'package.json'); setTimeout(() => {}, 200); }
	if (command === 'rebuild' && process.env.BREAK) { console.error('npm error gyp ERR! not ok'); process.exit(1); }
	if (command === 'rebuild') { put('node', 'bin', 'node'); put('sqlite3', 'build', 'Release', 'node_sqlite3.node'); }`;

let folder: string;
let cache: string;
beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'backoffice-cache-'));
	cache = path.join(folder, 'n8n-nodes-backoffice');
	mkdirSync(cache);
	writeFileSync(path.join(folder, 'npm-cli.js'), standIn);
});
afterEach(() => rmSync(folder, { recursive: true }));

async function install(extra: Record<string, string> = {}, release = '') {
	const env = { ...process.env, XDG_CACHE_HOME: folder, npm_execpath: path.join(folder, 'npm-cli.js'), ...extra };
	const source = `import { installHost } from ${JSON.stringify(n8n)}; console.log(await installHost(${release && JSON.stringify(release)}));`;
	const { stdout } = await run(process.execPath, ['--input-type=module', '-e', source], { env });
	return stdout.trim().split('\n').at(-1) ?? '';
}

test('two installs at once end with one complete folder', async () => {
	const [one, two] = await Promise.all([install(), install()]);
	expect(one).toBe(two);
	expect(existsSync(path.join(one, 'installed'))).toBe(true);
	expect(readdirSync(cache)).toEqual([path.basename(one)]);
});

test('another release is installed in a folder of its own, without the lock file of the current one', async () => {
	const [current, other] = [await install(), await install({}, '2.8.4')];
	expect(path.basename(other)).toMatch(/^n8n-2\.8\.4-[0-9a-f]{12}$/);
	expect(JSON.parse(readFileSync(path.join(other, 'package.json'), 'utf8'))).toMatchObject({ devDependencies: { n8n: '2.8.4', node: '20' } });
	expect([current, other].map((host) => existsSync(path.join(host, 'package-lock.json')))).toEqual([true, false]);
});

test('a failed install says why and leaves nothing; the next one begins anew', async () => {
	await expect(install({ BREAK: '1' })).rejects.toThrow(/gyp ERR! not ok[^]*npm rebuild failed/);
	expect(readdirSync(cache)).toEqual([]);
	const done = await install();
	expect(readdirSync(path.join(done, 'node_modules')).sort()).toEqual(['n8n', 'node', 'sqlite3']);
});

test('what a killed install left behind is removed, what runs is left alone', async () => {
	const other = `n8n-0123456789ab.partial-${process.pid}`; // of a process that lives: ours
	for (const name of ['n8n-0123456789ab.partial-4194305', other]) mkdirSync(path.join(cache, name));
	const done = await install();
	expect(readdirSync(cache).sort()).toEqual([other, path.basename(done)].sort());
});
