import { announcement, heading, stepsOf } from '../../demo/steps.mjs';
import { withSign } from '../../scripts/install.mjs';

test('a first start says how many steps there are, how long they take, and how much space they want', () => {
	expect(announcement(stepsOf(['tools', 'n8n', 'package']))).toMatch(/^4 steps, \d+ to \d+ minutes, 4\.\d GB of disk, once: the project's tools; n8n, .*; building the nodes; starting n8n and the sandbox\.$/);
});

test('a later start says that it takes seconds, and nothing of space', () => {
	expect(announcement(stepsOf([]))).toBe('1 step, 10 to 90 seconds: starting n8n and the sandbox.');
});

test('what takes seconds or minutes says both', () => {
	expect(announcement(stepsOf(['package']))).toMatch(/^2 steps, 25 seconds to 3 minutes: /);
});

test('each step is numbered', () => {
	const steps = stepsOf(['package']);
	expect(steps.map((name) => heading(steps, name))).toEqual(['Step 1 of 2: building the nodes', 'Step 2 of 2: starting n8n and the sandbox']);
});

test('long work gives a sign at least every ten seconds, and ends with what it came to', async () => {
	jest.useFakeTimers({ now: 0 });
	const signs: Array<[at: number, text: string]> = [];
	const said = jest.spyOn(console, 'log').mockImplementation((text: string) => void signs.push([Date.now(), text]));
	try {
		const work = withSign(async () => await new Promise((resolve) => setTimeout(() => resolve('done'), 65_000)), () => 'what is going on');
		await jest.advanceTimersByTimeAsync(65_000);
		expect(await work).toBe('done');
		const moments = [0, ...signs.map(([at]) => at), 65_000];
		expect(Math.max(...moments.slice(1).map((at, i) => at - (moments[i] ?? 0)))).toBeLessThanOrEqual(10_000);
		expect(signs[1]?.[1]).toBe('  16 s · what is going on');
		jest.advanceTimersByTime(60_000);
		expect(signs).toHaveLength(moments.length - 2);
	} finally {
		said.mockRestore();
		jest.useRealTimers();
	}
});
