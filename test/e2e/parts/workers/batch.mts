import { known } from '../../../../sandbox/entu/seed.mts';
import type { Queue } from './queue.mts';
import { until } from '../../until.mts';
import { hook, type Answer, type Hooked } from '../../webhooks.mts';

/** What a batch creates, one after another. */
export const BOOKS = Array.from({ length: 60 }, (_, n) => ({ name: `Book ${n}`, isbn: `978-0-00-${n}` }));
/** What Entu takes for each answer while a batch is watched, ms. */
const LATENCY_MS = 60;

/** A workflow that creates a book in Entu for each row; with `upsert`, only those that are not there. */
export async function bookHook(queue: Queue, path: string, operation: 'create' | 'upsert'): Promise<Hooked> {
	const properties = { propertiesMode: 'json', propertiesJson: '={{ JSON.stringify({ name: $json.name, isbn: $json.isbn }) }}' };
	const matching = operation === 'upsert' ? { matchBy: 'isbn' } : {};
	const typeId = { __rl: true, mode: 'id', value: known.typeBook };
	return await hook(queue, path, { node: 'entu', parameters: { resource: 'entity', operation, typeId, ...properties, ...matching }, splits: true });
}

export interface Batch {
	executionId: string;
	/** What the caller of the webhook gets in the end; undefined for nothing. */
	answer: Promise<Answer | undefined>;
}

/** Starts a batch in a fresh Entu that takes its time, and waits until `count` books are written. */
export async function startBatch({ api, control }: Queue, hooked: Hooked, count: number): Promise<Batch> {
	await control.reset('entu');
	await control.settings('entu', { latencyMs: LATENCY_MS });
	const before = new Set(await api.executionsOf(hooked.workflowId));
	const answer = hooked.call({ rows: BOOKS });
	answer.catch(() => undefined); // looked at later
	await until(`${count} books are written`, async () => (await written(control)) >= count, { everyMs: 20 });
	const executionId = (await api.executionsOf(hooked.workflowId)).find((id) => !before.has(id));
	if (executionId === undefined) throw new Error('n8n lists no execution of the batch.');
	return { executionId, answer };
}

/** How many books were written. */
export async function written(control: Queue['control']): Promise<number> {
	return (await control.summary('entu')).effects['entity.create'] ?? 0;
}

/** How often each of the books was written, in their order. */
export async function writtenBooks(control: Queue['control']): Promise<number[]> {
	const creations = (await control.journal('entu')).filter(({ effects }) => effects.some(({ kind }) => kind === 'entity.create'));
	const texts = creations.map(({ body }) => JSON.stringify(body));
	return BOOKS.map(({ isbn }) => texts.filter((text) => text.includes(`"${isbn}"`)).length);
}
