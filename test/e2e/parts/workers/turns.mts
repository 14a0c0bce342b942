import assert from 'node:assert/strict';
import type { Queue, Worker } from './queue.mts';
import type { Answer, Hooked } from '../../webhooks.mts';

const MOST_CALLS = 30;

/** The worker of each execution of a workflow, oldest first. */
export async function workersOf(queue: Queue, { workflowId }: Hooked, after = 0): Promise<Worker[]> {
	return (await queue.api.executionsOf(workflowId)).slice(after).map((id) => queue.workerOf(id));
}

/** Calls a webhook, one call after another, until each worker has run it twice. Resolves with the texts of the answers, undefined where n8n gave none. */
export async function callOnBoth(queue: Queue, hooked: Hooked, bodyOf: (n: number) => unknown): Promise<(string | undefined)[]> {
	const before = (await queue.api.executionsOf(hooked.workflowId)).length;
	const texts: (string | undefined)[] = [];
	for (;;) {
		texts.push(assertAnswered(await hooked.call(bodyOf(texts.length))));
		if (texts.length < 4) continue;
		const ran = await workersOf(queue, hooked, before);
		if (queue.workers().every((worker) => ran.filter((one) => one === worker).length >= 2)) return texts;
		assert(texts.length < MOST_CALLS, `After ${MOST_CALLS} calls there is still a worker that has not run two of them.`);
	}
}

/** Calls a webhook several times at once and asserts that both workers took part. Resolves with the texts of the answers that came. */
export async function callAtOnce(queue: Queue, hooked: Hooked, bodies: readonly unknown[]): Promise<string[]> {
	const before = (await queue.api.executionsOf(hooked.workflowId)).length;
	const answers = await Promise.all(bodies.map(async (body) => await hooked.call(body)));
	const ran = new Set(await workersOf(queue, hooked, before));
	assert.equal(ran.size, queue.workers().length, 'Not all workers took part.');
	return answers.map(assertAnswered).filter((text) => text !== undefined);
}

function assertAnswered(answer: Answer | undefined): string | undefined {
	if (answer) assert.equal(answer.status, 200, `A webhook was answered with ${answer.status}: ${answer.text}`);
	return answer?.text;
}
