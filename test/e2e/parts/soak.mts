import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import express from 'express';
import type { Fault } from '../../../sandbox/faults.mts';
import type { Checks } from '../checks.mts';
import { saveExamples } from '../examples.mts';
import { startServer } from '../server.mts';
import { until } from '../until.mts';
import { EVERY_MS, Host, identityOf, KINDS, workflowOf } from './triggers/watched.mts';

const MINUTES = Number(process.env.SOAK_MINUTES ?? 60);
/** Between two changes of one service: 425 of each in an hour, more than 2,000 in all. */
const PACE_MS = 8_000;
/** After so many changes of each service, one service answers wrongly a few times. */
const FAULT_EVERY = 4;
const FAULTS: readonly Fault[] = [
	{ type: 'status', status: 503 },
	{ type: 'status', status: 429, headers: { 'retry-after': '2' } },
	{ type: 'reset', when: 'before' },
	{ type: 'reset', when: 'after' },
	{ type: 'slow', ms: 12_000 },
	{ type: 'truncated' },
	{ type: 'cut' },
	{ type: 'html', status: 200 },
	{ type: 'status', status: 401 },
];

/** An hour in the life of five triggers: changes all the time, services that fail again and again, n8n killed in the middle. Every change has to come once. */
export async function checkSoak({ check, figure }: Checks, release: string): Promise<void> {
	const server = await startServer(release, {}, { isInstalled: true });
	const host = new Host(server);
	const { control } = server;
	const collector = await startCollector();
	const due: string[] = [];
	let faults = 0;
	try {
		await saveExamples(server);
		await check('five triggers are published, whose workflows report each item', async () => {
			for (const kind of KINDS) await host.api.activate(await host.api.createWorkflow(workflowOf(kind, server.sandboxUrl, reportTo(collector.url, kind.node))));
			for (const { node, service } of KINDS) await until(`${node} polls`, async () => (await control.journal(service)).length > 0, { timeoutMs: 60_000 });
			await setTimeout(EVERY_MS);
		});
		const change = async (): Promise<void> => {
			for (const { node, service, what } of KINDS) due.push(`${node} ${identityOf(await control.happen(service, what))}`);
		};
		const allCome = async (): Promise<void> => {
			await control.clearFaults();
			await until('all changes have come', () => collector.seen.length >= due.length, { timeoutMs: 300_000, everyMs: 1_000 }).catch(() => undefined);
			await setTimeout(3 * EVERY_MS);
			assert.deepEqual(difference(collector.seen, due), { lost: [], doubled: [] });
		};
		const half = async (): Promise<void> => {
			const end = Date.now() + (MINUTES * 60_000) / 2;
			for (let round = 0; Date.now() < end; round++) {
				await change();
				if (round % FAULT_EVERY === 0) {
					const { service } = KINDS[(round / FAULT_EVERY) % KINDS.length] ?? KINDS[0];
					await control.clearFaults();
					await control.clearJournal();
					await control.fault({ service, times: 1 + (round % 7), fault: FAULTS[Math.floor(round / FAULT_EVERY) % FAULTS.length] ?? { type: 'cut' } });
					faults += 1;
				}
				await setTimeout(PACE_MS);
			}
		};
		await check('every change of the first half has come once', async () => {
			await half();
			await allCome();
		});
		await check('what happened while n8n was killed and started again has come once', async () => {
			host.kill();
			await change();
			await host.start({});
			await change();
			await allCome();
		});
		await check('every change of the second half has come once', async () => {
			await half();
			await allCome();
		});
		await check('the services were kept busy', () => assert(due.length >= (MINUTES * 2_000) / 60, `${due.length} changes in ${MINUTES} minutes`));
		figure('Changes', `${due.length} in ${MINUTES} minutes, ${faults} times with a service that failed, n8n killed once`);
		const { lost, doubled } = difference(collector.seen, due);
		figure('Lost, doubled', `${lost.length}, ${doubled.length}`);
	} finally {
		await collector.stop();
		await host.stop();
		await server.stop();
	}
}

/** The node behind a trigger: tells of each item which change it is. */
function reportTo(url: string, node: string): Parameters<typeof workflowOf>[2] {
	const parameters = { method: 'POST', url: `${url}/${node}`, sendBody: true, specifyBody: 'json', jsonBody: '={{ JSON.stringify($json) }}', options: {} };
	return { type: 'n8n-nodes-base.httpRequest', typeVersion: 4.2, parameters };
}

/** Keeps what the workflows report, on loopback. */
async function startCollector(): Promise<{ url: string; seen: string[]; stop(): Promise<void> }> {
	const seen: string[] = [];
	const app = express();
	app.use(express.json({ limit: '1mb' }));
	app.post('/:node', (req, res) => {
		seen.push(`${req.params.node} ${identityOf(req.body as Record<string, unknown>)}`);
		res.json({});
	});
	const listening = app.listen(0, '127.0.0.1');
	await new Promise((resolve) => listening.once('listening', resolve));
	const { port } = listening.address() as { port: number };
	return { url: `http://127.0.0.1:${port}`, seen, stop: async () => await new Promise((resolve) => listening.close(() => resolve())) };
}

function difference(seen: readonly string[], due: readonly string[]): { lost: string[]; doubled: string[] } {
	const once = new Set(seen);
	const known = new Set(due);
	return { lost: due.filter((one) => !once.has(one)), doubled: seen.filter((one, i) => seen.indexOf(one) !== i || !known.has(one)) };
}
