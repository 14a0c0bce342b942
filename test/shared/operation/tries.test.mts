import type { IExecuteFunctions } from 'n8n-workflow';
import { triesOf } from '../../../nodes/shared/operation/tries.ts';

/** What n8n gives to one try; in the engine these are shown in `contract/resume` and, for agents that call nodes themselves, in the end-to-end check. */
const attempt = (run: object, retryOnFail = true): IExecuteFunctions =>
	({ getNode: () => ({ name: 'Node', retryOnFail }), getExecuteData: () => run }) as unknown as IExecuteFunctions;

describe('triesOf', () => {
	test('is the same for all tries of a run, and another for the next', () => {
		const run = { node: { name: 'Node' } };
		expect(triesOf(attempt(run))).toBe(triesOf(attempt(run)));
		expect(triesOf(attempt({ node: { name: 'Node' } }))).not.toBe(triesOf(attempt(run)));
	});

	test('is kept for nobody who is not tried again', () => {
		const run = { node: { name: 'Node' } };
		expect(triesOf(attempt(run, false))).not.toBe(triesOf(attempt(run, false)));
	});

	test('is not that of the agent whose run a tool is called in', () => {
		const run = { node: { name: 'AI Agent' } };
		expect(triesOf(attempt(run))).not.toBe(triesOf(attempt(run)));
	});
});
