import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { outputOf, startNode, unflatten, type Execution } from '../../demo/api.mts';
import { environment, hostFolder, isHostInstalled, nodeFor } from '../../demo/n8n.mjs';
import { freePorts, isFree, parsePort } from '../../demo/ports.mjs';

describe('ports', () => {
	test('one that somebody listens on is taken, whichever of our addresses it is', async () => {
		for (const host of ['127.0.0.1', '0.0.0.0']) {
			const server = createServer();
			await new Promise<void>((resolve) => server.listen(0, host, resolve));
			const { port } = server.address() as AddressInfo;
			expect(await isFree(port)).toBe(false);
			await new Promise((resolve) => server.close(resolve));
			expect(await isFree(port)).toBe(true);
		}
	});

	test('free ports differ from each other', async () => {
		expect(new Set(await freePorts(5)).size).toBe(5);
	});

	test('only whole numbers from 1 to 65535 are ports', () => {
		expect(['5678', '1', '65535'].map(parsePort)).toEqual([5678, 1, 65_535]);
		for (const text of ['0', '65536', '-1', '80a', '', '1e3', '5678.5']) expect(parsePort(text)).toBeUndefined();
	});
});

describe('where n8n is installed', () => {
	test('below the cache folder of the user, not in the project', () => {
		const before = process.env.XDG_CACHE_HOME;
		process.env.XDG_CACHE_HOME = path.join(tmpdir(), 'cache');
		expect(hostFolder()).toMatch(/^.*cache\/n8n-nodes-backoffice\/n8n-[0-9a-f]{12}$/);
		expect(hostFolder()).not.toContain(process.cwd());
		if (before === undefined) delete process.env.XDG_CACHE_HOME;
		else process.env.XDG_CACHE_HOME = before;
	});

	test('a folder without its marker is not an installed n8n', () => {
		const folder = mkdtempSync(path.join(tmpdir(), 'backoffice-host-'));
		mkdirSync(path.join(folder, 'node_modules'));
		expect(isHostInstalled(folder)).toBe(false);
		writeFileSync(path.join(folder, 'installed'), '');
		expect(isHostInstalled(folder)).toBe(true);
		rmSync(folder, { recursive: true });
	});
});

test("settings of another n8n of the person don't reach ours", () => {
	const foreign = { N8N_ENCRYPTION_KEY: 'k', DB_TYPE: 'postgresdb', EXECUTIONS_MODE: 'queue', NODE_OPTIONS: '--inspect', npm_config_x: 'y' };
	const before = { ...process.env };
	Object.assign(process.env, foreign);
	const made = environment({ host: '/host', home: '/home', port: 1, brokerPort: 2, extra: { EXECUTIONS_MODE: 'regular' } });
	process.env = before;
	for (const name of Object.keys(foreign)) expect(made[name as keyof typeof made]).toBe(name === 'EXECUTIONS_MODE' ? 'regular' : undefined);
	expect(made).toMatchObject({ N8N_USER_FOLDER: '/home', N8N_PORT: '1', N8N_RUNNERS_BROKER_PORT: '2', N8N_LISTEN_ADDRESS: '127.0.0.1' });
	expect(made.PATH.split(path.delimiter)[0]).toBe(path.dirname(nodeFor('/host')));
});

describe('run data', () => {
	test('is put together again, shared and circular parts included', () => {
		const circular = unflatten('[{"list":"1","self":"0","n":5,"no":null,"text":"2"},["2","0"],"7"]') as Record<string, unknown>;
		expect(circular).toMatchObject({ n: 5, no: null, text: '7' });
		expect(circular.self).toBe(circular);
		expect(circular.list).toEqual(['7', circular]);
		expect(unflatten('["just text"]')).toBe('just text');
	});

	test('gives the records of one output over all runs of a node', () => {
		const run = (...names: string[]) => ({ data: { main: [null, names.map((name) => ({ json: { name } }))] } });
		const execution = { runData: { Entu: [run('a'), run('b', 'c')] } } as unknown as Execution;
		expect(outputOf(execution, 'Entu', 1)).toEqual([{ name: 'a' }, { name: 'b' }, { name: 'c' }]);
		expect(outputOf(execution, 'Entu')).toEqual([]);
		expect(outputOf(execution, 'Nobody')).toEqual([]);
	});
});

test('a workflow is started at its manual trigger, else at the first one that is not disabled', () => {
	const node = (name: string, type: string, disabled = false) => ({ id: name, name, type, typeVersion: 1, position: [0, 0] as [number, number], parameters: {}, disabled });
	const schedule = node('Nightly', 'n8n-nodes-base.scheduleTrigger');
	const manual = node('By hand', 'n8n-nodes-base.manualTrigger');
	const off = node('Off', 'n8n-nodes-base.webhook', true);
	expect(startNode({ name: 'x', nodes: [off, schedule, manual] }).name).toBe('By hand');
	expect(startNode({ name: 'x', nodes: [off, schedule] }).name).toBe('Nightly');
	expect(() => startNode({ name: 'Empty', nodes: [off] })).toThrow('The workflow "Empty" has no trigger.');
});
