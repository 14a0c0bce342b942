/**
 * 900 calls in one execution of the EnDocs Cloud node, at the real 300 requests a minute: `npx tsx bench/endocs-rate.mts [calls] [ms]`
 * (ms: how long the service takes for an answer; default 20). Takes about two minutes and prints one line of JSON.
 */
import { spawnSandbox } from '../sandbox/client.mts';
import { known } from '../sandbox/endocs/seed.mts';
import { createEngine } from '../test/support/engine.mts';

const ALLOWED_PER_MINUTE = 300;
const MINUTE_MS = 60_000;

async function measure(calls: number, latencyMs: number) {
	const engine = createEngine();
	const sandbox = await spawnSandbox();
	try {
		const credential = { baseUrl: `${sandbox.url}/endocs`, apiToken: known.token };
		const run = async (token: string, count: number) =>
			await engine.runNode({
				node: 'enDocsCloud',
				parameters: { resource: 'request', operation: 'read', path: '/Output/GetClientUsers' },
				items: Array.from({ length: count }, () => ({ json: {} })),
				credentials: { enDocsCloudApi: { ...credential, apiToken: token } },
			});
		// Loads the engine, with a token that has a rate of its own.
		const warmUp = await run(known.otherToken, 1);
		await sandbox.control.reset();
		const limit = { requests: ALLOWED_PER_MINUTE, perMs: MINUTE_MS };
		await sandbox.control.settings('endocs', { rateLimit: limit, latencyMs, journal: 'counts' });
		const single = await run(known.otherToken, 1);
		await sandbox.control.clearJournal();
		const { durationMs, error, outputs } = await run(known.token, calls);
		const { byStatus } = await sandbox.control.summary('endocs');
		const spansOfWaiting = Math.ceil(calls / ALLOWED_PER_MINUTE) - 1;
		return {
			calls,
			latencyMs,
			answersByStatus: byStatus,
			failed: error !== undefined || warmUp.error !== undefined,
			items: outputs[0]?.length ?? 0,
			seconds: round(durationMs / 1000),
			callsAMinute: round((calls / durationMs) * MINUTE_MS),
			// What the rate allows at best: the first 300 at once, each further 300 a minute later.
			shareOfTheFastestAllowed: round((spansOfWaiting * MINUTE_MS) / durationMs, 3),
			singleCallMs: round(single.durationMs),
			node: process.version,
		};
	} finally {
		await sandbox.stop();
		engine.close();
	}
}

function round(value: number, digits = 1): number {
	return Number(value.toFixed(digits));
}

const [calls = 900, latencyMs = 20] = process.argv.slice(2).map(Number);
console.log(JSON.stringify(await measure(calls, latencyMs)));
process.exit(0);
