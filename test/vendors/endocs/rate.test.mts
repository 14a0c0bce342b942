/**
 * 300 requests a minute for a token: never more, and hardly less. The clocks of both sides stand still and are moved together, so that
 * minutes pass in no time; `bench/endocs-rate.mts` measures the same at the real rate.
 */
import { known, useEndocs } from './endocs.mts';

const bench = useEndocs();
const MINUTE = 60_000;
const CALLS = 900;

// Loading the engine takes seconds, in which nothing else can happen.
beforeAll(() => void bench.engine.nodeType('enDocsCloud'));

describe('in one execution', () => {
	const { now } = Date;
	const monotonic = performance.now.bind(performance);
	let movedMs = 0;

	afterEach(() => {
		Date.now = now;
		performance.now = monotonic;
		movedMs = 0;
	});

	test('900 calls meet no 429, at 95 % of the allowed rate or more', async () => {
		await bench.sandbox.control.settings('endocs', { rateLimit: { requests: 300, perMs: MINUTE }, journal: 'counts' });
		Date.now = () => now() + movedMs;
		performance.now = () => monotonic() + movedMs;
		const started = Date.now();
		const running = bench.run(
			'request',
			'read',
			{ path: '/Output/GetClientUsers', options: { parallelRequests: 10 } },
			{ items: Array.from({ length: CALLS }, () => ({ json: {} })) },
		);
		let isOver = false;
		void running.finally(() => (isOver = true));
		for (let before = -1, heldBackFor = 0; !isOver; ) {
			const { requests } = await bench.sandbox.control.summary('endocs');
			const isHeldBack = requests === before && requests > 0 && requests % 300 === 0;
			const stepMs = isHeldBack ? (heldBackFor === 0 ? MINUTE * 0.8 : MINUTE * 0.04) : 0;
			heldBackFor = isHeldBack ? heldBackFor + stepMs : 0;
			movedMs += stepMs;
			await bench.sandbox.control.advanceClock(stepMs);
			before = requests;
			// What is held back sleeps for a quarter of a second at a time.
			await new Promise((resolve) => setTimeout(resolve, isHeldBack ? 300 : 60));
		}
		const minutes = (Date.now() - started) / MINUTE;
		const run = await running;
		expect(run.error).toBeUndefined();
		expect(run.outputs[0]).toHaveLength(CALLS * 4);
		const { byStatus } = await bench.sandbox.control.summary('endocs');
		expect(byStatus).toEqual({ 200: CALLS });
		expect(CALLS / minutes).toBeGreaterThanOrEqual(0.95 * 300);
		// 300 may go at once at the beginning, so that 900 take two minutes at least and hardly more.
		expect(minutes).toBeGreaterThanOrEqual(2);
		expect(minutes).toBeLessThan(2.5);
	}, 60_000);
});

test('a single call does not wait', async () => {
	// Not the credential of before, whose last calls lie in the future now that the clock has been put back.
	const credentials = { enDocsCloudApi: bench.engine.credentials.add('enDocsCloudApi', bench.typed({ apiToken: known.otherToken }), { id: 'another' }) };
	const run = async () => await bench.run('user', 'getAll', {}, { credentials });
	expect((await run()).error).toBeUndefined();
	const runs = await Promise.all(Array.from({ length: 5 }, run));
	for (const { durationMs } of runs) expect(durationMs).toBeLessThan(20_000);
});
