import { inTurn } from '../../../nodes/shared/operation/turns.ts';

const pause = async (): Promise<void> => await new Promise((resolve) => setImmediate(resolve));

describe('inTurn', () => {
	const logging = (log: string[], name: string) => async () => {
		log.push(`${name} begins`);
		await pause();
		log.push(`${name} ends`);
	};

	test('works on one thing one after another, and on different things at once', async () => {
		const log: string[] = [];
		await Promise.all([
			inTurn('x', undefined, logging(log, 'first')),
			inTurn('x', undefined, logging(log, 'second')),
			inTurn('y', undefined, logging(log, 'other')),
		]);
		expect(log.indexOf('second begins')).toBeGreaterThan(log.indexOf('first ends'));
		expect(log.indexOf('other begins')).toBeLessThan(log.indexOf('first ends'));
	});

	test('goes on after a failure, which only its own caller hears of', async () => {
		const [first, second] = await Promise.allSettled([
			inTurn('x', undefined, async () => await Promise.reject(new Error('no'))),
			inTurn('x', undefined, async () => await Promise.resolve('yes')),
		]);
		expect(first).toMatchObject({ status: 'rejected', reason: { message: 'no' } });
		expect(second).toEqual({ status: 'fulfilled', value: 'yes' });
	});

	test('who is stopped leaves the queue at once, and lets nobody in before the turn is over', async () => {
		const log: string[] = [];
		const stop = new AbortController();
		const first = inTurn('x', undefined, logging(log, 'first'));
		const stopped = inTurn('x', stop.signal, logging(log, 'stopped'));
		const third = inTurn('x', undefined, logging(log, 'third'));
		stop.abort();
		await expect(stopped).rejects.toThrow('was stopped');
		expect(log).not.toContain('first ends');
		await Promise.all([first, third]);
		expect(log).toEqual(['first begins', 'first ends', 'third begins', 'third ends']);
	});
});
