/** What is looked up once for all items of an execution. */
import type { Reason } from '../../../nodes/shared/answer/failure';
import { FailureError } from '../../../nodes/shared/answer/failure';
import { Call, type Execution } from '../../../nodes/shared/operation/call';
import type { Client } from '../../../nodes/shared/service/client';
import { runAlone, type OperationContext } from '../../../nodes/shared/service/run';

const execution = (): Execution => ({ ...runAlone(1), items: [], parameter: () => undefined, properties: [], parallel: 1, shared: new Map(), notes: new Set() });
const callOf = (shared: Execution, account = 'a') => new Call({} as OperationContext, shared, { account } as Client, 0);
const failing = (reason: Reason) => async () => await Promise.reject(new FailureError({ reason, message: 'no' }));

test('is loaded once for items of the same account, and for each account by itself', async () => {
	const one = execution();
	let loaded = 0;
	const load = async () => ++loaded;
	expect(await Promise.all([callOf(one).shared('k', load), callOf(one).shared('k', load)])).toEqual([1, 1]);
	expect(await callOf(one, 'b').shared('k', load)).toBe(2);
	expect(await callOf(one).shared('other', load)).toBe(3);
	expect(await callOf(execution()).shared('k', load)).toBe(4);
});

test.each<Reason>(['unreachable', 'service down', 'too many requests', 'unreadable answer'])('is asked for again after a failure that passes: %s', async (reason) => {
	const one = execution();
	await expect(callOf(one).shared('k', failing(reason))).rejects.toThrow('no');
	expect(await callOf(one).shared('k', async () => 'there')).toBe('there');
});

test.each<Reason>(['not found', 'no access', 'log-in refused', 'rejected', 'invalid input'])('is not asked for again after what the service says for good: %s', async (reason) => {
	const one = execution();
	await expect(callOf(one).shared('k', failing(reason))).rejects.toThrow('no');
	await expect(callOf(one).shared('k', async () => 'there')).rejects.toThrow('no');
});

test('is not asked for again after a mistake of our own', async () => {
	const one = execution();
	await expect(callOf(one).shared('k', async () => await Promise.reject(new TypeError('ours')))).rejects.toThrow('ours');
	await expect(callOf(one).shared('k', async () => 'there')).rejects.toThrow('ours');
});
