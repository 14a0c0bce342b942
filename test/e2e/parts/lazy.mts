import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Checks } from '../checks.mts';
import { saveExamples } from '../examples.mts';
import { runSaved, saveNode } from '../nodeRun.mts';
import { packageJson, startServer, type Server } from '../server.mts';
import { until } from '../until.mts';
import { packageNodes } from './loading.mts';

const PROBE = path.resolve('test/e2e/parts/lazy/loadedModules.mjs');

/**
 * Whether the code of a node waits until it is run. n8n loads all code of a package while that is being installed; what is
 * counted here is what it loads after a restart, which is how it lives from then on.
 */
export async function checkLazyLoading({ check, figure }: Checks, release: string): Promise<void> {
	const folder = mkdtempSync(path.join(tmpdir(), 'backoffice-lazy-'));
	const file = path.join(folder, 'modules.json');
	let server: Server | undefined;
	try {
		const settings = { NODE_OPTIONS: `--import=${PROBE}`, LOADED_MODULES_FILE: file };
		server = await startServer(release, settings, { isInstalled: true });
		const { api, pid } = server;
		const all = readdirSync('dist', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js')).length;

		const atStart = await check('after a start, n8n offers all nodes and has loaded the code of none', async () => {
			const types = await api.call<{ name: string }[]>('GET', '/types/nodes.json');
			assert.deepEqual(packageNodes().filter((name) => !types.some((type) => type.name === name)), []);
			const loaded = await loadedModules(pid, file);
			assert.deepEqual(nodesAmong(loaded), []);
			assert(loaded.some((name) => name.endsWith('.credentials.js')), 'The credentials are not loaded either: then the count says nothing.');
			return loaded;
		});
		if (!atStart) return;
		figure('Modules of the package that n8n has loaded after its start, for the credentials', `${atStart.length} of ${all}`);

		const ids = await saveExamples(server);
		await check('after one execution of the Entu node, it has loaded the code of that node only', async () => {
			const workflow = await saveNode(api, { node: 'entu', parameters: { resource: 'database', operation: 'get' }, credentials: { entuApi: ids.entuApi ?? '' } });
			const { status, error } = await runSaved(api, workflow);
			assert(status === 'success', `The execution ended with "${status}": ${error}`);
			const loaded = await loadedModules(pid, file);
			assert.deepEqual(nodesAmong(loaded), ['dist/nodes/Entu/Entu.node.js']);
			const others = loaded.filter((name) => !atStart.includes(name) && !/^dist\/nodes\/(Entu|shared)\//.test(name));
			assert.deepEqual(others, [], 'Code of other services was loaded along with it.');
			figure('The same after one execution of one node (Entu)', `${loaded.length} of ${all}`);
		});
	} finally {
		await server?.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}

/** The modules of our package that a process of n8n has loaded, as paths within the package. */
async function loadedModules(pid: number, file: string): Promise<string[]> {
	rmSync(file, { force: true });
	process.kill(pid, 'SIGUSR2');
	await until('n8n tells which modules it has loaded', () => existsSync(file));
	const own = `${path.sep}node_modules${path.sep}${packageJson().name}${path.sep}`;
	const loaded = JSON.parse(readFileSync(file, 'utf8')) as string[];
	return loaded.filter((name) => name.includes(own) && name.endsWith('.js')).map((name) => name.slice(name.indexOf(own) + own.length)).sort();
}

function nodesAmong(modules: readonly string[]): string[] {
	return modules.filter((name) => name.endsWith('.node.js'));
}
