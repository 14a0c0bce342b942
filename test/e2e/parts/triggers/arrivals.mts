import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import type { N8nApi } from '../../../../demo/api.mts';
import type { Control } from '../../../../sandbox/client.mts';
import type { Checks } from '../../checks.mts';
import { until } from '../../until.mts';
import { EVERY_MS, identityOf, KINDS, RENAMED, TRIGGER, workflowOf, type Kind } from './watched.mts';

/** So long nothing more comes when all has come. */
const QUIET_MS = 2.5 * EVERY_MS;

/** A published workflow: a trigger, and a node that does nothing. */
export interface Watched {
	kind: Kind;
	id: string;
	/** What was made to happen, and has to come once. */
	due: string[];
}

/** Publishes a workflow for each polling trigger, and waits until all have polled. */
export async function publishAll(api: N8nApi, control: Control, sandboxUrl: string): Promise<Watched[]> {
	const all: Watched[] = [];
	for (const kind of KINDS) {
		const id = await api.createWorkflow(workflowOf(kind, sandboxUrl));
		await api.activate(id);
		all.push({ kind, id, due: [] });
	}
	for (const { kind } of all) await until(`${kind.node} polls`, async () => (await control.journal(kind.service)).length > 0, { timeoutMs: 60_000 });
	await setTimeout(EVERY_MS);
	return all;
}

/** Makes one change for each. */
export async function happen(control: Control, all: readonly Watched[]): Promise<void> {
	for (const one of all) one.due.push(identityOf(await control.happen(one.kind.service, one.kind.what)));
}

/** One check for each: all that is due has come once. */
export async function checkArrivals({ check }: Pick<Checks, 'check'>, api: N8nApi, all: readonly Watched[], what: string): Promise<void> {
	const waited = await Promise.allSettled(all.map(async (one) => await assertOnce(api, one)));
	for (const [i, { kind }] of all.entries()) {
		await check(`${kind.node}: ${what}`, () => {
			const result = waited[i];
			if (result?.status === 'rejected') throw result.reason as Error;
		});
	}
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
		for (const item of ((runData[TRIGGER] ?? runData[RENAMED])?.[0]?.data?.main?.[0] ?? []).map(({ json }) => json)) found.push(identityOf(item));
	}
	return found;
}
