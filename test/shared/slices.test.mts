import { setImmediate } from 'node:timers/promises';
import { atOnce, inSlices, type Sliced } from '../../nodes/shared/slices.ts';

/** Works for about so long in steps of 5 ms; tells how many steps it took. */
function* work(ms: number): Sliced<number> {
	const started = performance.now();
	for (let steps = 1; ; steps++) {
		const until = performance.now() + 5;
		while (performance.now() < until);
		if (performance.now() - started >= ms) return steps;
		yield;
	}
}

/** Counts the turns that others get while something is done. */
async function turnsDuring<T>(doing: Promise<T>): Promise<{ value: T; turns: number }> {
	let isDone = false;
	let turns = 0;
	void (async () => {
		for (await setImmediate(); !isDone; await setImmediate()) turns++;
	})();
	const value = await doing.finally(() => (isDone = true));
	return { value, turns };
}

test('others have their turn while long work is done', async () => {
	const { value, turns } = await turnsDuring(inSlices(work(1000), undefined));
	expect(value).toBeGreaterThan(1);
	expect(turns).toBeGreaterThanOrEqual(5);
});

test('short work is done without a pause', async () => {
	const { turns } = await turnsDuring(inSlices(work(1), undefined));
	expect(turns).toBe(0);
	expect(atOnce(work(1))).toBeGreaterThan(0);
});

test('a stop ends work that would never end', async () => {
	const stop = new AbortController();
	setTimeout(() => stop.abort(), 1);
	await expect(inSlices(work(Infinity), stop.signal)).rejects.toThrow('The execution was stopped');
});

test('what the work throws is thrown', async () => {
	const failing = function* (): Sliced<never> {
		yield;
		throw new Error('out of order');
	};
	await expect(inSlices(failing(), undefined)).rejects.toThrow('out of order');
	expect(() => atOnce(failing())).toThrow('out of order');
});
