import { join } from 'node:path';
import { play, readRecording, tally, type Played } from '../support/recorded.mts';
import { useSandbox } from './support.mts';

const sandbox = useSandbox();
const recording = readRecording(join(__dirname, 'entu-recorded.json'));

/** Differences that stay, with their reason: `scene #step`. */
const DIFFERENCES: Readonly<Record<string, string>> = {};

const played: Played[] = [];
const share = (kind: Played['kind']) => {
	const { right = 0, steps = 1 } = tally(played, (step) => step.kind).get(kind) ?? {};
	return right / steps;
};

/** What a real server answered to the same requests, filled with the same records. */
describe('the recorded scenes of July', () => {
	it.each(recording.scenes.map((scene) => [scene.name, scene] as const))('%s', async (_name, scene) => {
		const steps = await play({ base: `${sandbox.url}/entu`, control: sandbox.control }, recording, scene);
		for (const step of steps) played.push(step);
		const wrong = steps.filter(({ scene: name, step, problems }) => problems.length > 0 && !(`${name} #${step}` in DIFFERENCES));
		expect(wrong).toEqual([]);
	});

	it('are answered as recorded: all that a sensible client may send, and 95 % of the rest', () => {
		expect(played).toHaveLength(recording.scenes.reduce((sum, { steps }) => sum + steps.length, 0));
		expect(share('valid')).toBe(1);
		expect(share('odd')).toBeGreaterThanOrEqual(0.95);
	});
});
