// One end of a session: what is there before, and what must hold afterwards.
import assert from 'node:assert/strict';
import type { INodeExecutionData } from 'n8n-workflow';
import type { Execution } from '../../../../demo/api.mts';
import { storedCredential } from '../../database.mts';
import { assertSuccess, itemsOf, originsOf, runSaved, saveNode } from '../../nodeRun.mts';
import type { Server } from '../../server.mts';
import type { Account, Work } from './subjects.mts';

/** So that requests are in flight at the same time. */
const LATENCY_MS = 20;

/** A saved credential and workflow that have been used once, so that n8n has stored a session. */
export interface Trial {
	work: Work;
	credential: string;
	workflow: string;
	token: string;
	/** What came out while the session was good. */
	items: INodeExecutionData[];
}

/** Starts from a fresh sandbox with an empty journal. */
export async function begin({ api, control, ...server }: Server, account: Account, work: Work): Promise<Trial> {
	await control.reset();
	await control.settings(account.service, account.settings);
	const { type } = account.credential;
	const credential = await api.createCredential({ ...account.credential, name: `${account.name} under test` });
	const workflow = await saveNode(api, { node: account.node, ...work, credentials: { [type]: credential } });
	const first = await runSaved(api, workflow);
	assertSuccess(first);
	const token = await tokenOf(server, credential);
	assert(await account.accepts(token), 'The token that n8n has stored is not that of the service.');
	await control.settings(account.service, { latencyMs: LATENCY_MS });
	await control.clearJournal();
	return { work, credential, workflow, token, items: itemsOf(first) };
}

/** All that must hold after sessions have ended: nothing failed, one log-in, nothing done twice, and the new token is in n8n's database. */
export async function assertRenewed(server: Server, account: Account, { work, credential, workflow, token, items }: Trial, executions: readonly Execution[]): Promise<void> {
	for (const execution of executions) {
		assertSuccess(execution);
		const given = itemsOf(execution);
		assert.deepEqual(originsOf(given), originsOf(items), 'The items came out incomplete or in another order.');
		if (!work.effect) assert.deepEqual(given, items, 'Other data came out than before.');
	}
	const { control, api } = server;
	const { logins, effects } = await control.summary(account.service);
	assert.equal(logins, 1, `There were ${logins} log-ins.`);
	if (work.effect) assert.equal(effects[work.effect], work.items.length * executions.length, `Of ${work.items.length} writes, ${effects[work.effect]} were carried out.`);
	await assertStored(server, account, credential, token);
	assertSuccess(await runSaved(api, workflow));
	assert.equal((await control.summary(account.service)).logins, 1, 'The next execution logged in again.');
}

/** n8n's database holds a token that the service takes, and nothing of the one before. */
export async function assertStored(server: Server, account: Account, credential: string, before: string): Promise<void> {
	const stored = await storedCredential(server, credential);
	assert(!JSON.stringify(stored).includes(before), "The token that is over is still in n8n's database.");
	assert(await account.accepts(String(stored.sessionToken)), "The token in n8n's database is not the one that the service knows.");
	assert(!(await account.accepts(before)), 'The service still takes the token that should be over.');
}

async function tokenOf(server: Pick<Server, 'databaseFile' | 'home' | 'host'>, credential: string): Promise<string> {
	return String((await storedCredential(server, credential)).sessionToken);
}
