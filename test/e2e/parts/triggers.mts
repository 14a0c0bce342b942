import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import type { INode } from 'n8n-workflow';

import { outputOf, type ExampleWorkflow, type N8nApi } from '../../../demo/api.mts';
import { exampleCredentials } from '../../../demo/credentials.mts';
import { known as entu } from '../../../sandbox/entu/seed-known.mts';
import type { Checks } from '../checks.mts';
import { saveExamples } from '../examples.mts';
import { startServer, type Server } from '../server.mts';
import { until } from '../until.mts';
import { checkArrivals, happen, publishAll, type Watched } from './triggers/arrivals.mts';
import { byId, chain, DURABLE, EVERY_MS, Host, identityOf, nodeOf, RENAMED, TRIGGER, type Scheduler } from './triggers/watched.mts';
import { startQueue } from './workers/queue.mts';

const DOWN_MS = 30_000;

/** Publishes, changes, kills, restarts, publishes again …, and counts what came: every change once. */
export async function checkTriggers({ check, figure }: Checks, release: string, scheduler: Scheduler): Promise<void> {
	const settings = scheduler === 'durable' ? DURABLE : {};
	const server = await startServer(release, settings, { isInstalled: true });
	const host = new Host(server);
	const { control } = server;
	try {
		await saveExamples(server);
		const all = await check('five polling triggers are published', async () => await publishAll(host.api, control, server.sandboxUrl));
		if (!all) return;
		const change = async (): Promise<void> => await happen(control, all);
		const arrives = async (what: string): Promise<void> => await checkArrivals({ check }, host.api, all, what);

		await change();
		await arrives('a change starts one execution, with it alone');

		await change();
		for (const { kind } of all) await control.fault({ service: kind.service, times: -1, fault: { type: 'status', status: 503 } });
		host.kill();
		await host.start(settings);
		await setTimeout(DOWN_MS);
		await change();
		await control.clearFaults();
		await arrives('what happened around a kill comes once, although the service was down while n8n started and 30 s after');

		await change();
		for (const one of all) await edit(host.api, one.id, (nodes) => nodes.map((node) => (node.name === TRIGGER ? node : { ...node, position: [400, 100] })));
		await arrives('publishing again with another node changed loses and doubles nothing');

		await change();
		for (const one of all) await edit(host.api, one.id, (nodes) => nodes.map((node) => (node.name === TRIGGER ? { ...node, parameters: { ...node.parameters, options: { mostItems: 400 } } } : node)));
		await arrives('nor does publishing again with the trigger changed');

		for (const { id } of all) await host.api.deactivate(id);
		await change();
		for (const { id } of all) await host.api.activate(id);
		await arrives('what happened while it was not published comes once');

		for (const one of all) await edit(host.api, one.id, (nodes) => nodes.map((node) => (node.name === TRIGGER ? { ...node, name: RENAMED } : node)));
		await setTimeout(2 * EVERY_MS);
		await change();
		await arrives('renamed, it begins from now: nothing comes again, and what happens from then on comes once');
		await checkTestEvent(check, host.api, all, RENAMED);
		figure('Changes that had to start a workflow, and did once', String(all.reduce((sum, { due }) => sum + due.length, 0)));
		for (const { id } of all) await host.api.deactivate(id);
		await checkWebhook(check, host, server);
	} finally {
		await host.stop();
		await server.stop();
	}
}

/** The same where two workers run what the main process has noticed, while one of them dies, and the main process too. */
export async function checkTriggersInQueue(checks: Checks, release: string): Promise<void> {
	const { check, figure } = checks;
	const queue = await startQueue(release);
	const host = new Host(queue);
	const { control, sandboxUrl } = queue;
	try {
		for (const name of ['worker A', 'worker B']) await queue.startWorker(name);
		await saveExamples(queue);
		const all = await check('five polling triggers are published', async () => await publishAll(host.api, control, sandboxUrl));
		if (!all) return;

		await happen(control, all);
		await checkArrivals(checks, host.api, all, 'a change starts one execution, on one of two workers');

		await happen(control, all);
		await queue.workers()[0]?.kill();
		await happen(control, all);
		await checkArrivals(checks, host.api, all, 'what happened around the death of a worker comes once');

		await happen(control, all);
		host.kill();
		await happen(control, all);
		await queue.startWorker('worker C');
		await host.start(queue.settings);
		await checkArrivals(checks, host.api, all, 'what happened around a kill of the main process comes once');

		await checkTestEvent(check, host.api, all, TRIGGER);
		await check('each execution was begun by one worker', async () => {
			for (const { id } of all) for (const execution of await host.api.executionsOf(id)) queue.workerOf(execution);
		});
		figure('Changes that had to start a workflow, and did once', String(all.reduce((sum, { due }) => sum + due.length, 0)));
		for (const { id } of all) await host.api.deactivate(id);
		await checkWebhook(check, host, queue);
	} finally {
		await host.stop();
		await queue.stop();
	}
}

/** In the editor, beside the published workflow. */
async function checkTestEvent(check: Checks['check'], api: N8nApi, all: readonly Watched[], node: string): Promise<void> {
	for (const { kind, id, due } of all) {
		await check(`${kind.node}: "Fetch Test Event" gives the newest record beside the published workflow, and takes nothing from it`, async () => {
			const execution = await api.waitForExecution(await api.run(id, node));
			const [item, ...more] = outputOf(execution, node);
			assert.deepEqual([item && identityOf(item), more.length], [kind.node === 'entoTrigger' || kind.node === 'accuticsTrigger' ? identityOf(item ?? {}) : due.at(-1), 0]);
		});
	}
}

/** The Entu Trigger in a whole n8n: what it leaves in Entu, and what starts it. */
async function checkWebhook(check: Checks['check'], { api }: Host, server: Server): Promise<void> {
	const { control } = server;
	const credential = exampleCredentials(server.sandboxUrl).find(({ type }) => type === 'entuApi');
	const trigger = nodeOf('entuTrigger', { event: 'entityCreatedOrUpdated', typeId: byId(entu.typeBook) }, 'entuApi', credential?.name ?? '');
	const id = await api.createWorkflow({ name: 'Entu calls', ...chain({ ...trigger, webhookId: '5f0c6a52-0000-4000-8000-0000000000e2' }) });
	const address = `${server.url}/webhook/5f0c6a52-0000-4000-8000-0000000000e2/entu`;
	const forge = async (): Promise<number> => {
		const body = JSON.stringify({ db: 'other', plugin: 'entity-add-webhook', entity: { _id: entu.book } });
		return (await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body })).status;
	};
	const calls = async (): Promise<number> => (await control.summary('entu')).effects['webhook.send'] ?? 0;
	await check('entuTrigger: a published workflow is called, once for each change', async () => {
		await api.activate(id);
		await until('the plugins are there', async () => ((await control.summary('entu')).effects['entity.create'] ?? 0) >= 2);
		// n8n takes calls a moment after the trigger has made its plugins.
		await until('n8n takes calls', async () => (await forge()) !== 404);
		const due = identityOf(await control.happen('entu', 'create'));
		const execution = await until('the call starts an execution', async () => (await api.executionsOf(id))[0]);
		const items = outputOf(await api.waitForExecution(execution), TRIGGER);
		assert.deepEqual(items.map((item) => [identityOf(item), item.event]), [[due, 'created']]);
		await setTimeout(3_000);
		assert.equal((await api.executionsOf(id)).length, 1);
	});
	await check('entuTrigger: a forged call starts nothing', async () => {
		assert.equal(await forge(), 401);
		assert.equal((await api.executionsOf(id)).length, 1);
	});
	await check('entuTrigger: unpublished, it is called no more', async () => {
		await api.deactivate(id);
		await until('the plugins are gone', async () => ((await control.summary('entu')).effects['entity.delete'] ?? 0) >= 2);
		const before = await calls();
		await control.happen('entu', 'update', { id: entu.book });
		assert.equal(await calls(), before);
	});
	await check('entuTrigger: nothing is left in Entu by a workflow that is archived', async () => {
		await api.activate(id);
		await until('the plugins are there again', async () => ((await control.summary('entu')).effects['entity.create'] ?? 0) >= 4);
		await api.call('POST', `/rest/workflows/${id}/archive`, {});
		await until('the plugins are gone again', async () => ((await control.summary('entu')).effects['entity.delete'] ?? 0) >= 4);
	});
}

async function edit(api: N8nApi, id: string, change: (nodes: INode[]) => INode[]): Promise<void> {
	const { data } = await api.call<{ data: ExampleWorkflow & { versionId: string } }>('GET', `/rest/workflows/${id}`);
	const nodes = change(data.nodes);
	const renamed = nodes[0]?.name ?? '';
	const connections = { [renamed]: data.connections[TRIGGER] };
	await api.call('PATCH', `/rest/workflows/${id}`, { name: data.name, nodes, connections, versionId: data.versionId });
	await api.activate(id);
}
