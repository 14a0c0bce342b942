import assert from 'node:assert/strict';
import type { Checks } from '../../checks.mts';
import type { Queue } from './queue.mts';
import { until } from '../../until.mts';
import { bookHook, BOOKS, startBatch, written, writtenBooks } from './batch.mts';

/** Executions that are ended in the middle of a batch of changes on purpose. */
export async function checkStopped({ check, figure }: Checks, queue: Queue): Promise<void> {
	const { api, control } = queue;
	const hooked = await bookHook(queue, 'stopped', 'create');
	await check('an execution that is stopped by hand sends nothing more from its worker', async () => {
		const { executionId } = await startBatch(queue, hooked, 10);
		const worker = queue.workerOf(executionId);
		await api.stopExecution(executionId);
		await until(`${worker.name} has ended execution ${executionId}`, () => new RegExp(`Worker (errored while running|finished) execution ${executionId} `).test(worker.log()));
		const count = await written(control);
		assert.equal((await api.getExecution(executionId)).status, 'canceled');
		await control.settings('entu', { latencyMs: 0 });
		await hooked.call({ rows: [{ name: 'Another', isbn: 'another' }] });
		assert.equal(await written(control), count + 1);
		assert.equal(Math.max(...(await writtenBooks(control))), 1, 'A book was written twice.');
		figure(`Batch of ${BOOKS.length} changes, stopped by hand after the tenth`, `${count} made, none after the worker had ended the execution`);
	});
}

/** Ends the last worker as an update or a smaller machine does; nothing runs afterwards. */
export async function checkAskedToEnd({ check, figure }: Checks, queue: Queue): Promise<void> {
	const { api, control } = queue;
	const hooked = await bookHook(queue, 'asked-to-end', 'create');
	await check('a worker that is asked to end (SIGTERM) completes its batch first', async () => {
		const { executionId, answer } = await startBatch(queue, hooked, 10);
		await queue.workerOf(executionId).stop();
		const { status, error } = await api.waitForExecution(executionId);
		assert.equal(status, 'success', error);
		assert.equal((await answer)?.status ?? 200, 200);
		assert.deepEqual(await writtenBooks(control), BOOKS.map(() => 1));
		figure(`Batch of ${BOOKS.length} changes, its worker asked to end after the tenth`, `${await written(control)} made, each once, before the worker ended`);
	});
}
