import { known } from '../sandbox/endocs/seed.mts';
import { highest, median, mustGive, type Contestant, type Measure } from './support.mts';

const CALLS = 900;
const RATE = { requests: 300, perMs: 60_000 };
const LATENCY_MS = 20;
/** The first 300 at once, then 300 more in each further minute. */
const IDEAL_MS = (CALLS / RATE.requests - 1) * RATE.perMs;

const byEnDocs: Contestant = async (lab) => {
	const call = async (apiToken: string, count: number) => {
		const run = await lab.engine.runNode({
			node: 'enDocsCloud',
			parameters: { resource: 'request', operation: 'read', path: '/Output/GetClientUsers' },
			items: Array.from({ length: count }, () => ({ json: {} })),
			credentials: { enDocsCloudApi: { baseUrl: `${lab.url}/endocs`, apiToken } },
		});
		return run.error ? mustGive(run, count) : run;
	};
	await lab.control.reset('endocs');
	await lab.control.settings('endocs', { rateLimit: RATE, latencyMs: LATENCY_MS, journal: 'counts' });
	// With a token that has a rate of its own.
	await call(known.otherToken, 1);
	const single = await call(known.otherToken, 1);
	await lab.control.clearJournal();
	const { figures } = await lab.measure(async () => await call(known.token, CALLS));
	const { requests, byStatus } = await lab.control.summary('endocs');
	if (requests < CALLS) throw new Error(`${requests} calls were made in place of ${CALLS}`);
	return { ...figures, singleMs: single.durationMs, tooMany: byStatus['429'] ?? 0 };
};

const OURS = 'EnDocs Cloud node';

export const enDocsRate: Measure = {
	title: `EnDocs Cloud: ${CALLS} calls where ${RATE.requests} a minute are allowed, ${LATENCY_MS} ms each; ideal: ${IDEAL_MS / 1000} s`,
	columns: { ms: 'time', tooMany: 'answers 429', singleMs: 'a single call' },
	contestants: { [OURS]: byEnDocs },
	mostRuns: 3,
	bars: (runs) => [
		{ what: 'answers 429 in any run', measured: highest(runs, OURS, 'tooMany'), atMost: 0, unit: 'count' },
		{ what: 'share of the fastest that is allowed', measured: IDEAL_MS / median(runs, OURS, 'ms'), atLeast: 0.95, unit: 'times' },
	],
};
