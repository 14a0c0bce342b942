import assert from 'node:assert/strict';
import { known as ento } from '../../../../sandbox/ento/seed.mts';
import type { Entry } from '../../../../sandbox/client.mts';
import type { Checks } from '../../checks.mts';
import type { Queue } from './queue.mts';
import { hook } from '../../webhooks.mts';
import { callAtOnce } from './turns.mts';

/** What the node for Ento lets be under way at once with one credential. */
const ENTO_AT_ONCE = 5;
/** A tenth of what EnDocs Cloud documents, 300 a minute, so that the check takes seconds. */
const RATE = { requests: 30, perMs: 6_000 };
const EXECUTIONS = 4;
const ITEMS = 12;

/** Limits of a credential that two workers use at once. */
export async function checkLimits({ check, figure }: Checks, queue: Queue): Promise<void> {
	const { control } = queue;
	await check(`Ento: at most ${ENTO_AT_ONCE} requests of a worker are under way at once`, async () => {
		const atOnce = await entoAtOnce(queue, 'ento-on-two');
		assert(atOnce > ENTO_AT_ONCE, `Only ${atOnce} were under way: the two workers did not work at the same time.`);
		assert(atOnce <= 2 * ENTO_AT_ONCE, `${atOnce} were under way.`);
		figure(`Ento: requests under way at once, ${EXECUTIONS} executions on two workers`, `${atOnce}`);
	});
	await check('EnDocs Cloud: two workers exceed the rate of the service together, wait as it asks, and make each change once', async () => {
		await control.reset('endocs');
		await control.settings('endocs', { rateLimit: RATE });
		const hooked = await hook(queue, 'endocs-rate', {
			node: 'enDocsCloud',
			parameters: { resource: 'contractor', operation: 'upsert', extId: '={{ $json.id }}', name: '={{ $json.id }}' },
			splits: true,
		});
		const bodies = batches('K');
		const begun = Date.now();
		const texts = await callAtOnce(queue, hooked, bodies);
		const ms = Date.now() - begun;
		for (const text of texts) assert.equal((JSON.parse(text) as unknown[]).length, ITEMS);
		const { byStatus, effects, requests } = await control.summary('endocs');
		const refused = byStatus['429'] ?? 0;
		assert(refused > 0, 'The service has refused nothing, so that nothing was tried.');
		assert.deepEqual(effects, { 'contractor.create': EXECUTIONS * ITEMS });
		assert.equal(requests, EXECUTIONS * ITEMS + refused);
		const fastest = mostWithin(await control.journal('endocs'), 1000);
		figure(
			`EnDocs Cloud, which allows ${RATE.requests} requests in ${RATE.perMs / 1000} s here: ${EXECUTIONS * ITEMS} changes in ${EXECUTIONS} executions on two workers`,
			`${requests} requests (at most ${fastest} in a second), ${refused} of them answered with 429 and sent again, all changes made once in ${(ms / 1000).toFixed(1)} s`,
		);
	});
}

/** The same with one worker, to compare. */
export async function checkLimitOfOne({ check, figure }: Checks, queue: Queue): Promise<void> {
	await check(`Ento: with one worker, at most ${ENTO_AT_ONCE} requests are under way at once in all`, async () => {
		const atOnce = await entoAtOnce(queue, 'ento-on-one');
		assert.equal(atOnce, ENTO_AT_ONCE);
		figure(`Ento: requests under way at once, ${EXECUTIONS} executions on one worker`, `${atOnce}`);
	});
}

/** The most requests of several executions at once that were under way at the same time. */
async function entoAtOnce(queue: Queue, path: string): Promise<number> {
	const { control } = queue;
	const hooked = await hook(queue, path, {
		node: 'ento',
		parameters: { resource: 'employee', operation: 'get', employeeId: ento.employee },
		splits: true,
	});
	await control.reset('ento');
	await control.settings('ento', { latencyMs: 150 });
	await callAtOnce(queue, hooked, batches('E'));
	return (await control.summary('ento')).maxInFlight;
}

function batches(prefix: string): { rows: { id: string }[] }[] {
	const rows = (batch: number) => Array.from({ length: ITEMS }, (_, n) => ({ id: `${prefix}-${batch}-${n}` }));
	return Array.from({ length: EXECUTIONS }, (_, batch) => ({ rows: rows(batch) }));
}

/** The most requests that arrived in any span of so many ms. */
function mostWithin(journal: readonly Entry[], ms: number): number {
	return Math.max(...journal.map(({ at }) => journal.filter((other) => other.at >= at && other.at < at + ms).length));
}
