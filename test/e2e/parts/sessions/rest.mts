import assert from 'node:assert/strict';
import type { Checks } from '../../checks.mts';
import { storedCredential } from '../../database.mts';
import { assertSuccess, itemsOf, runSaved, SUBJECT } from '../../nodeRun.mts';
import type { Server } from '../../server.mts';
import { restApi, type Account } from './subjects.mts';
import { assertRenewed, assertStored, begin, type Trial } from './trial.mts';

const LONG_MS = 30 * 60_000;

/**
 * The REST API says how long a token lives, and nothing tells whether it still does; a run is sent once whatever comes back. So a
 * token must be renewed before its time is over.
 */
export async function checkRestSessions({ check, figure }: Checks, server: Server): Promise<void> {
	const account = restApi(server.sandboxUrl);
	const { control, api } = server;
	const { service, name } = account;
	const trials: Array<[string, { lifeMs: number; runMs: number; waits: boolean }, number?]> = [
		['between two executions', { lifeMs: 2000, runMs: 0, waits: true }],
		['before two executions at the same time', { lifeMs: 2000, runMs: 50, waits: true }, 2],
		[`among ${account.writes.items.length} runs`, { lifeMs: 6000, runMs: 500, waits: false }],
	];
	for (const [when, { lifeMs, runMs, waits }, executions = 1] of trials) {
		await check(`${name}, end known beforehand: ${when}`, async () => {
			const trial = await beginWithShortLife(server, account, lifeMs);
			await control.settings(service, { runMs });
			if (waits) await untilRenewalIsDue(server, trial);
			const done = await Promise.all(Array.from({ length: executions }, async () => await runSaved(api, trial.workflow)));
			const { requests, byStatus } = await control.summary(service);
			assert.equal(byStatus['401'], undefined, 'The service had to refuse a token.');
			const entries = (await control.journal(service)).filter(({ effects }) => effects.length > 0).map(({ effects }) => effects[0]?.kind);
			if (!waits) assert(entries.indexOf('login') > 0, 'The token was not renewed in the middle of the execution.');
			await control.settings(service, { runMs: 0 });
			await control.advanceClock(lifeMs); // after which the old token is over for the service, too
			await assertRenewed(server, account, trial, done);
			figure(`${name}, end known beforehand: ${when}`, `1 log-in, ${requests} requests, ${done.map((execution) => itemsOf(execution).length).join(' + ')} runs`);
		});
	}

	await check(`${name}, end told by 401: the run is not sent twice, the next execution has a new token`, async () => {
		const trial = await begin(server, account, account.writes);
		await control.expireSessions(service);
		const refused = await runSaved(api, trial.workflow);
		assert.equal(refused.status, 'error');
		assert.match(String(refused.runData[SUBJECT]?.[0]?.error?.description), /session was over.*Nothing was done for this item: run it again/s);
		const { effects, logins } = await control.summary(service);
		assert.deepEqual([effects.run, logins], [undefined, 1]);
		await assertStored(server, account, trial.credential, trial.token);
		assertSuccess(await runSaved(api, trial.workflow));
		const after = await control.summary(service);
		assert.deepEqual([after.effects.run, after.logins], [account.writes.items.length, 1]);
	});
}

/** The token of the first execution lives as long as is said, all that come after it much longer. */
async function beginWithShortLife(server: Server, account: Account, accessLifeMs: number): Promise<Trial> {
	const trial = await begin(server, { ...account, settings: { tellExpiry: true, accessLifeMs } }, account.writes);
	await server.control.settings(account.service, { accessLifeMs: LONG_MS });
	return trial;
}

/** Waits for the moment after which n8n must not use the stored token any more. */
async function untilRenewalIsDue(server: Server, { credential }: Trial): Promise<void> {
	const { sessionUntil } = await storedCredential(server, credential);
	const left = Number(sessionUntil) - Date.now();
	assert(left < 10_000, `n8n would use the token for another ${left} ms.`);
	await new Promise((resolve) => setTimeout(resolve, Math.max(0, left) + 1));
}
