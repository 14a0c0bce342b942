import { Limiter, limiterFor } from '../../../nodes/shared/service/limiter';
import { wait } from '../../../nodes/shared/wait';

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Sends `count` requests that take `ms` each; returns when each began and ended. */
async function send(limiter: Limiter, count: number, ms: number) {
	const spans: Array<{ began: number; ended: number }> = [];
	await Promise.all(
		Array.from({ length: count }, async () => {
			await limiter.acquire(undefined);
			const began = performance.now();
			await pause(ms);
			spans.push({ began, ended: performance.now() });
			limiter.release();
		}),
	);
	return spans;
}

test('never lets more through at once than allowed, and no fewer than it may', async () => {
	const spans = await send(new Limiter({ inFlight: 4 }), 20, 10);
	const atOnce = spans.map(({ began }) => spans.filter((other) => other.began <= began && other.ended > began).length);
	expect(Math.max(...atOnce)).toBe(4);
});

test('keeps to the rate in any window, wherever the service puts it', async () => {
	const perMs = 120;
	const spans = await send(new Limiter({ inFlight: 50, rate: { requests: 5, perMs } }), 17, 15);
	// The service counts a request somewhere between its sending and its answer: as many as it could count in a window, less a clock's tick.
	const countable = spans.map(({ ended: from }) => spans.filter(({ began, ended }) => ended >= from && began < from + perMs - 2).length);
	expect(Math.max(...countable)).toBe(5);
});

test('lets a single request through at once', async () => {
	const limiter = new Limiter({ inFlight: 5, rate: { requests: 5, perMs: 60_000 } });
	const started = performance.now();
	await limiter.acquire(undefined);
	limiter.release();
	expect(performance.now() - started).toBeLessThan(5_000);
});

test('lets requests through in the order of their coming', async () => {
	const limiter = new Limiter({ inFlight: 1 });
	const order: number[] = [];
	await Promise.all(
		[0, 1, 2, 3, 4].map(async (n) => {
			await limiter.acquire(undefined);
			order.push(n);
			await pause(1);
			limiter.release();
		}),
	);
	expect(order).toEqual([0, 1, 2, 3, 4]);
});

test('holds all back while the service asks for it', async () => {
	const limiter = new Limiter({ inFlight: 5 });
	limiter.pause(60);
	const started = performance.now();
	await limiter.acquire(undefined);
	expect(performance.now() - started).toBeGreaterThanOrEqual(55);
});

test('gives up waiting when the execution is stopped, and goes on for the others', async () => {
	const limiter = new Limiter({ inFlight: 5 });
	limiter.pause(300);
	const stop = new AbortController();
	const waiting = limiter.acquire(stop.signal);
	stop.abort();
	await expect(waiting).rejects.toMatchObject({ failure: { reason: 'stopped' } });
	await limiter.acquire(undefined);
	limiter.release();
	expect(limiter.idle).toBe(true);
});

test('lets a stopped execution leave at once, although no place becomes free', async () => {
	const limiter = new Limiter({ inFlight: 1 });
	await limiter.acquire(undefined);
	const [first, second] = [new AbortController(), new AbortController()];
	const left: string[] = [];
	const waiting = [first, second].map(async ({ signal }, n) => {
		await expect(limiter.acquire(signal)).rejects.toMatchObject({ failure: { reason: 'stopped' } });
		left.push(`${n}`);
	});
	const last = limiter.acquire(undefined);
	second.abort();
	await waiting[1];
	first.abort();
	await waiting[0];
	expect(left).toEqual(['1', '0']);
	limiter.release();
	await last; // the place was not kept for those that left
	limiter.release();
	expect(limiter.idle).toBe(true);
}, 5_000);

test('gives the place of the rate window to the next when an execution is stopped meanwhile', async () => {
	const limiter = new Limiter({ inFlight: 5, rate: { requests: 1, perMs: 80 } });
	await limiter.acquire(undefined);
	limiter.release();
	const stop = new AbortController();
	const stopped = limiter.acquire(stop.signal);
	const next = limiter.acquire(undefined);
	stop.abort();
	await expect(stopped).rejects.toMatchObject({ failure: { reason: 'stopped' } });
	expect(limiter.idle).toBe(false);
	await next;
	limiter.release();
});

test('keeps no place for an execution that is stopped just as its turn comes', async () => {
	const limiter = new Limiter({ inFlight: 1 });
	await limiter.acquire(undefined);
	const stop = new AbortController();
	const stopped = limiter.acquire(stop.signal);
	limiter.release();
	stop.abort();
	await expect(stopped).rejects.toMatchObject({ failure: { reason: 'stopped' } });
	expect(limiter.idle).toBe(true);
});

test('is one for all that use the same credential', () => {
	expect(limiterFor('a:1', { inFlight: 1 })).toBe(limiterFor('a:1', { inFlight: 1 }));
	expect(limiterFor('a:1', { inFlight: 1 })).not.toBe(limiterFor('a:2', { inFlight: 1 }));
});

test('a clock that is set back holds nobody', async () => {
	const limiter = new Limiter({ inFlight: 5, rate: { requests: 1, perMs: 60 } });
	const clock = jest.spyOn(Date, 'now');
	try {
		await limiter.acquire(undefined);
		limiter.release();
		limiter.pause(60);
		const began = performance.now();
		clock.mockImplementation(() => 0);
		await limiter.acquire(undefined);
		await wait(60, undefined);
		expect(performance.now() - began).toBeLessThan(2000);
		expect(performance.now() - began).toBeGreaterThan(100);
	} finally {
		clock.mockRestore();
	}
});
