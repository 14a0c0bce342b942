import { Call, type Execution } from '../../../nodes/shared/operation/call.ts';
import type { Client } from '../../../nodes/shared/service/client.ts';

const callOf = (execution: Pick<Execution, 'turns'>, account = 'a'): Call =>
	new Call({} as never, execution as Execution, { account } as Client, 0);

describe('inTurn', () => {
	test('works on one thing one after another, and on different things at once', async () => {
		const execution = { turns: new Map<string, Promise<unknown>>() };
		const log: string[] = [];
		const work = (name: string) => async () => {
			log.push(`${name} begins`);
			await new Promise((resolve) => setImmediate(resolve));
			log.push(`${name} ends`);
		};
		await Promise.all([
			callOf(execution).inTurn('x', work('first')),
			callOf(execution).inTurn('x', work('second')),
			callOf(execution).inTurn('y', work('other')),
		]);
		expect(log.indexOf('second begins')).toBeGreaterThan(log.indexOf('first ends'));
		expect(log.indexOf('other begins')).toBeLessThan(log.indexOf('first ends'));
		expect(execution.turns.size).toBe(0);
	});

	test('goes on after a failure, which only its own caller hears of', async () => {
		const execution = { turns: new Map<string, Promise<unknown>>() };
		const [first, second] = await Promise.allSettled([
			callOf(execution).inTurn('x', async () => await Promise.reject(new Error('no'))),
			callOf(execution).inTurn('x', async () => await Promise.resolve('yes')),
		]);
		expect(first).toMatchObject({ status: 'rejected', reason: { message: 'no' } });
		expect(second).toEqual({ status: 'fulfilled', value: 'yes' });
	});
});
