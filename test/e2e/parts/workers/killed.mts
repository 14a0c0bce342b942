import assert from 'node:assert/strict';
import type { Checks } from '../../checks.mts';
import { patience, type Queue } from './queue.mts';
import { bookHook, BOOKS, startBatch, written, writtenBooks } from './batch.mts';

const KILLED_AFTER = 20;

/** A worker that dies in the middle of a batch of changes. */
export async function checkKilled({ check, figure }: Checks, queue: Queue): Promise<void> {
	const { api, control } = queue;
	const create = await bookHook(queue, 'killed', 'create');
	const count = await check('a worker is killed in a batch of changes: n8n marks the execution as failed, and no change is made twice', async () => {
		const { executionId, answer } = await startBatch(queue, create, KILLED_AFTER);
		const dead = queue.workerOf(executionId);
		await dead.kill();
		const begun = Date.now();
		const atDeath = await written(control);
		const execution = await api.waitForExecution(executionId, 120_000);
		const seconds = Math.round((Date.now() - begun) / 1000);
		const answered = await answer;
		const times = await writtenBooks(control);
		const made = times.filter((one) => one === 1).length;
		assert.equal(Math.max(...times), 1, 'A book was written twice.');
		assert(made >= KILLED_AFTER && made < BOOKS.length, `${made} books were written.`);
		assert(made <= atDeath + 1, `${atDeath} books were written when the worker was dead, ${made} in the end.`); // one was under way
		assert(['error', 'crashed'].includes(execution.status), `The execution is "${execution.status}".`);
		assert(execution.error, 'n8n says nothing about what happened.');
		assert.deepEqual(await api.executionsOf(create.workflowId), [executionId], 'n8n has run the workflow again.');
		assert(queue.workers().every((worker) => !worker.executions().includes(executionId)), 'The other worker has run the execution again.');
		figure(`Batch of ${BOOKS.length} changes, its worker killed after ${KILLED_AFTER}`, `${made} made, each once; not run again by the other worker`);
		figure('n8n marks that execution', `as "${execution.status}" after ${seconds} s (a lock of ${Number(patience.QUEUE_WORKER_LOCK_DURATION) / 1000} s, then 30 s of grace): “${execution.error}”`);
		figure('The caller of the webhook is answered', answered ? `${answered.status}: ${answered.text}` : 'not at all');
		return made;
	});
	if (count === undefined) return;
	await check('the same batch with Create or Update on the other worker completes it, each change made once', async () => {
		const upsert = await bookHook(queue, 'completed', 'upsert');
		await control.settings('entu', { latencyMs: 0 });
		const answered = await upsert.call({ rows: BOOKS });
		assert.equal(answered?.status ?? 200, 200, answered?.text);
		assert.deepEqual(await writtenBooks(control), BOOKS.map(() => 1));
		figure('The same batch again, with Create or Update', `${(await written(control)) - count} more made; all ${BOOKS.length} are there once`);
	});
}
