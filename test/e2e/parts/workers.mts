import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { INodeParameters } from 'n8n-workflow';
import { outputOf } from '../../../demo/api.mts';
import { exampleCredentials } from '../../../demo/credentials.mts';
import { known as ento } from '../../../sandbox/ento/seed.mts';
import { known as entu } from '../../../sandbox/entu/seed.mts';
import type { Checks } from '../checks.mts';
import { startQueue, type Queue, type Worker } from './workers/queue.mts';
import { packageJson } from '../server.mts';
import { until } from '../until.mts';
import { displayNames, hook, NODE, type OurNode } from '../webhooks.mts';
import { checkKilled } from './workers/killed.mts';
import { checkLimits, checkLimitOfOne } from './workers/limits.mts';
import { checkSharedSessions } from './workers/sessions.mts';
import { checkAskedToEnd, checkStopped } from './workers/stopped.mts';
import { callOnBoth, workersOf } from './workers/turns.mts';

/** Everything that is different when executions run on workers instead of in the main process. */
export async function checkWorkers(checks: Checks, release: string): Promise<void> {
	const { check, figure } = checks;
	const queue = await check('one main process starts in queue mode, and installs the package from a registry', async () => await startQueue(release));
	if (!queue) return;
	try {
		figure('Database of the three processes', 'PostgreSQL; each process has a home of its own');
		const started = await check('two workers start with empty homes, and install the package by themselves', async () => {
			const workers = await Promise.all([queue.startWorker('worker A'), queue.startWorker('worker B')]);
			workers.forEach(assertInstalled);
			return workers;
		});
		if (!started) return;
		for (const credential of exampleCredentials(queue.sandboxUrl)) await queue.api.createCredential(credential);
		await checkBothRun(checks, queue);
		await check('workers that run follow when the package is removed and installed again in the settings', async () => await reinstall(queue));
		await checkSharedSessions(checks, queue);
		const msOfTwo = await checkLimits(checks, queue);
		await checkStopped(checks, queue);
		await checkKilled(checks, queue);
		await checkLimitOfOne(checks, queue, msOfTwo);
		await checkAskedToEnd(checks, queue);
		await check('no secret of a credential and no token is in the logs of n8n and of the workers', async () => await assertNoSecrets(queue, started));
	} finally {
		if (checks.failed > 0) console.log(`\nThe end of n8n's log:\n${queue.logTail()}`);
		await queue.stop();
	}
}

function assertInstalled({ name, home, log }: Worker): void {
	const file = packageFile(home);
	assert(existsSync(file), `${name} has no ${packageJson().name} in its home.`);
	assert.equal((JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version, packageJson().version);
	assert.match(log(), /Packages reinstalled successfully/, `${name} does not say that it has installed the package.`);
}

/** The checks that come after this one use what the workers install here. */
async function reinstall({ api, workers }: Queue): Promise<void> {
	const { name, version } = packageJson();
	await api.uninstallCommunityPackage(name);
	await until('the workers have removed the package', () => workers().every(({ log }) => log().includes(`Community package uninstalled: ${name}`)));
	assert(!workers().some(({ home }) => existsSync(packageFile(home))), 'A worker says that it has removed the package, but it is there.');
	const before = workers().map(({ log }) => installations(log()));
	await api.installCommunityPackage(name, version);
	await until('the workers have installed the package', () => workers().every(({ log }, i) => installations(log()) > (before[i] ?? 0)));
	workers().forEach(assertInstalled);
}

const installations = (log: string) => log.split(`Community package installed: ${packageJson().name}`).length;

const packageFile = (home: string) => path.join(home, '.n8n', 'nodes', 'node_modules', packageJson().name, 'package.json');

const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** One read for each node. */
const reads: Record<OurNode, INodeParameters> = {
	accutics: { resource: 'entity', operation: 'get', path: '/sandbox/items', entityId: '1' },
	enDocsCloud: { resource: 'user', operation: 'getAll' },
	ento: { resource: 'employee', operation: 'get', employeeId: ento.employee },
	entu: { resource: 'entity', operation: 'get', entityId: byId(entu.book) },
	smartConnect: { resource: 'integration', operation: 'getAll' },
};

async function checkBothRun({ check, figure }: Checks, queue: Queue): Promise<void> {
	const ran = new Map<string, number>();
	const counts = { answered: 0, calls: 0 };
	for (const [node, parameters] of Object.entries(reads) as [OurNode, INodeParameters][]) {
		await check(`${displayNames[node]}: webhooks are answered with the output of the node, on either worker`, async () => {
			const hooked = await hook(queue, `read-${node}`, { node, parameters });
			const answers = await callOnBoth(queue, hooked, () => ({}));
			for (const [i, id] of (await queue.api.executionsOf(hooked.workflowId)).entries()) {
				const execution = await queue.api.getExecution(id);
				assert.equal(execution.status, 'success', `Execution ${id} ended with "${execution.status}": ${execution.error}`);
				const output = outputOf(execution, NODE);
				assert(output.length > 0, `Execution ${id} gave nothing out.`);
				const answer = answers[i];
				counts.calls += 1;
				if (answer === undefined) continue;
				assert.deepEqual(JSON.parse(answer), output);
				counts.answered += 1;
			}
			for (const { name } of await workersOf(queue, hooked)) ran.set(name, (ran.get(name) ?? 0) + 1);
		});
	}
	await check('n8n has answered nearly all of these calls', () => assert(counts.answered >= counts.calls - 2, `${counts.answered} of ${counts.calls}`));
	figure('Of their calls, answered by n8n', `${counts.answered} of ${counts.calls}`);
	figure('Executions that were started by a webhook, one after another', [...ran].sort().map(([name, count]) => `${count} on ${name}`).join(', '));
}

async function assertNoSecrets({ logFile, sandboxUrl, control }: Queue, workers: readonly Worker[]): Promise<void> {
	const logs = [readFileSync(logFile, 'utf8'), ...workers.map((worker) => worker.log())];
	const secrets = exampleCredentials(sandboxUrl).flatMap(({ data }) => ['token', 'apiToken', 'apiKey', 'password'].map((name) => data[name]));
	const wanted = [...new Set([...secrets, ...(await control.issued())])].filter((text) => typeof text === 'string' && text.length > 7) as string[];
	assert(wanted.length > 5, `Only ${wanted.length} secrets to look for.`);
	const found = wanted.filter((secret) => logs.some((log) => log.includes(secret)));
	assert.equal(found.length, 0, `${found.length} of ${wanted.length} secrets are in the logs.`);
}
