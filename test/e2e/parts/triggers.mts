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
import { byId, chain, DURABLE, EVERY_MS, Host, identityOf, KINDS, nodeOf, TRIGGER, workflowOf, type Kind, type Scheduler } from './triggers/watched.mts';

/** So long nothing more comes when all has come. */
const QUIET_MS = 2.5 * EVERY_MS;
const DOWN_MS = 30_000;

/** A published workflow: a trigger, and a node that does nothing. */
interface Watched {
	kind: Kind;
	id: string;
	/** What was made to happen, and has to come once. */
	due: string[];
}

/** Publishes, changes, kills, restarts, publishes again …, and counts what came: every change once. */
export async function checkTriggers({ check, figure }: Checks, release: string, scheduler: Scheduler): Promise<void> {
	const settings = scheduler === 'durable' ? DURABLE : {};
	const server = await startServer(release, settings, { isInstalled: true });
	const host = new Host(server);
	const { control } = server;
	const all: Watched[] = [];
	try {
		await saveExamples(server);
		await check('five polling triggers are published', async () => {
			for (const kind of KINDS) {
				const id = await host.api.createWorkflow(workflowOf(kind, server.sandboxUrl));
				await host.api.activate(id);
				all.push({ kind, id, due: [] });
			}
			for (const { kind } of all) await until(`${kind.node} polls`, async () => (await control.journal(kind.service)).length > 0, { timeoutMs: 60_000 });
			await setTimeout(EVERY_MS);
		});
		const happen = async (): Promise<void> => {
			for (const one of all) one.due.push(identityOf(await control.happen(one.kind.service, one.kind.what)));
		};
		const arrives = async (what: string): Promise<void> => {
			const waited = await Promise.allSettled(all.map(async (one) => await assertOnce(host.api, one)));
			for (const [i, { kind }] of all.entries()) {
				await check(`${kind.node}: ${what}`, () => {
					const result = waited[i];
					if (result?.status === 'rejected') throw result.reason as Error;
				});
			}
		};

		await happen();
		await arrives('a change starts one execution, with it alone');

		await happen();
		for (const { kind } of all) await control.fault({ service: kind.service, times: -1, fault: { type: 'status', status: 503 } });
		host.kill();
		await host.start(settings);
		await setTimeout(DOWN_MS);
		await happen();
		await control.clearFaults();
		await arrives('what happened around a kill comes once, although the service was down while n8n started and 30 s after');

		await happen();
		for (const one of all) await edit(host.api, one.id, (nodes) => nodes.map((node) => (node.name === TRIGGER ? node : { ...node, position: [400, 100] })));
		await arrives('publishing again with another node changed loses and doubles nothing');

		await happen();
		for (const one of all) await edit(host.api, one.id, (nodes) => nodes.map((node) => (node.name === TRIGGER ? { ...node, parameters: { ...node.parameters, options: { mostItems: 400 } } } : node)));
		await arrives('nor does publishing again with the trigger changed');

		for (const { id } of all) await host.api.deactivate(id);
		await happen();
		for (const { id } of all) await host.api.activate(id);
		await arrives('what happened while it was not published comes once');

		await checkTestEvent(check, host.api, all);
		figure('Changes that had to start a workflow, and did once', String(all.reduce((sum, { due }) => sum + due.length, 0)));
		for (const { id } of all) await host.api.deactivate(id);
		await checkWebhook(check, host, server);
	} finally {
		await host.stop();
		await server.stop();
	}
}

/** In the editor, beside the published workflow. */
async function checkTestEvent(check: Checks['check'], api: N8nApi, all: readonly Watched[]): Promise<void> {
	for (const { kind, id, due } of all) {
		await check(`${kind.node}: "Fetch Test Event" gives the newest record beside the published workflow, and takes nothing from it`, async () => {
			const execution = await api.waitForExecution(await api.run(id, TRIGGER));
			const [item, ...more] = outputOf(execution, TRIGGER);
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

/** Waits for all that is due, and then a while for what must not come. */
async function assertOnce(api: N8nApi, { id, due }: Watched): Promise<void> {
	await until(`all of ${due.length} changes have come`, async () => (await arrived(api, id)).length >= due.length, { timeoutMs: 90_000, everyMs: 1_000 }).catch(() => undefined);
	await setTimeout(QUIET_MS);
	assert.deepEqual((await arrived(api, id)).sort(), [...due].sort());
}

/** What has started the workflow so far. */
async function arrived(api: N8nApi, workflowId: string): Promise<string[]> {
	const found: string[] = [];
	for (const execution of await api.executionsOf(workflowId)) {
		const { status, runData } = await api.waitForExecution(execution);
		if (status !== 'success') continue;
		for (const item of (runData[TRIGGER]?.[0]?.data?.main?.[0] ?? []).map(({ json }) => json)) found.push(identityOf(item));
	}
	return found;
}

async function edit(api: N8nApi, id: string, change: (nodes: INode[]) => INode[]): Promise<void> {
	const { data } = await api.call<{ data: ExampleWorkflow & { versionId: string } }>('GET', `/rest/workflows/${id}`);
	await api.call('PATCH', `/rest/workflows/${id}`, { name: data.name, nodes: change(data.nodes), connections: data.connections, versionId: data.versionId });
	await api.activate(id);
}
