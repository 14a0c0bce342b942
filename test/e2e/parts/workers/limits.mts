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
/** Work that mostly waits, as it does for a service far away. */
const WAITING = { executions: 24, items: 50, latencyMs: 50 };

/** Limits of a credential that two workers use at once. Resolves with how long two take for work that waits, in ms. */
export async function checkLimits({ check, figure }: Checks, queue: Queue): Promise<number | undefined> {
	const { control } = queue;
	const ms = await check('work that waits for its service is shared by two workers', async () => await timeOfWaiting(queue, 'waiting-on-two'));
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
	return ms;
}

/** The same with one worker, to compare. @param msOfTwo how long two workers took for work that waits */
export async function checkLimitOfOne({ check, figure }: Checks, queue: Queue, msOfTwo: number | undefined): Promise<void> {
	await check('the same work that waits is done by one worker', async () => {
		const ms = await timeOfWaiting(queue, 'waiting-on-one');
		if (msOfTwo === undefined) return;
		const what = `${(WAITING.executions * WAITING.items).toLocaleString('en')} requests that wait ${WAITING.latencyMs} ms each, in ${WAITING.executions} executions`;
		figure(what, `one worker ${(ms / 1000).toFixed(1)} s, two ${(msOfTwo / 1000).toFixed(1)} s: ${(ms / msOfTwo).toFixed(2)} × the throughput`);
	});
	await check(`Ento: with one worker, at most ${ENTO_AT_ONCE} requests are under way at once in all`, async () => {
		const atOnce = await entoAtOnce(queue, 'ento-on-one');
		assert.equal(atOnce, ENTO_AT_ONCE);
		figure(`Ento: requests under way at once, ${EXECUTIONS} executions on one worker`, `${atOnce}`);
	});
}

/** How long the workers take for many executions at once that wait for their service, in ms. */
async function timeOfWaiting(queue: Queue, path: string): Promise<number> {
	const hooked = await entoHook(queue, path);
	await queue.control.reset('ento');
	await queue.control.settings('ento', { latencyMs: WAITING.latencyMs });
	const begun = Date.now();
	await callAtOnce(queue, hooked, batches('W', WAITING.executions, WAITING.items));
	return Date.now() - begun;
}

async function entoHook(queue: Queue, path: string): ReturnType<typeof hook> {
	return await hook(queue, path, { node: 'ento', parameters: { resource: 'employee', operation: 'get', employeeId: ento.employee }, splits: true });
}

/** The most requests of several executions at once that were under way at the same time. */
async function entoAtOnce(queue: Queue, path: string): Promise<number> {
	const { control } = queue;
	const hooked = await entoHook(queue, path);
	await control.reset('ento');
	await control.settings('ento', { latencyMs: 150 });
	await callAtOnce(queue, hooked, batches('E'));
	return (await control.summary('ento')).maxInFlight;
}

function batches(prefix: string, executions = EXECUTIONS, items = ITEMS): { rows: { id: string }[] }[] {
	const rows = (batch: number) => Array.from({ length: items }, (_, n) => ({ id: `${prefix}-${batch}-${n}` }));
	return Array.from({ length: executions }, (_, batch) => ({ rows: rows(batch) }));
}

/** The most requests that arrived in any span of so many ms. */
function mostWithin(journal: readonly Entry[], ms: number): number {
	return Math.max(...journal.map(({ at }) => journal.filter((other) => other.at >= at && other.at < at + ms).length));
}
