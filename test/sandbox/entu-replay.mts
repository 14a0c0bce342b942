/** For people: `npx tsx test/sandbox/entu-replay.mts [file] [part of a scene's name]` replays recorded scenes and prints what differs. */
import { startSandbox } from '../../sandbox/app.mts';
import { control } from '../../sandbox/client.mts';
import { play, readRecording, tally, type Played } from '../support/recorded.mts';

const [file = 'test/sandbox/entu-recorded.json', part = ''] = process.argv.slice(2);
const recording = readRecording(file);
const sandbox = await startSandbox({ port: 0, storagePort: 0 });
const target = { base: `${sandbox.url}/entu`, control: control(sandbox.url) };
const played: Played[] = [];
for (const scene of recording.scenes) {
	if (scene.name.includes(part)) for (const step of await play(target, recording, scene)) played.push(step);
}
await sandbox.close();

for (const { scene, step, kind, request, problems } of played) {
	if (problems.length > 0) console.log(`${scene} #${step} (${kind}) ${request}\n    ${problems.join('\n    ')}`);
}
const percent = ({ right, steps }: { right: number; steps: number }) => `${right} of ${steps} (${((100 * right) / steps).toFixed(1)} %)`;
const print = (counts: ReturnType<typeof tally>) => [...counts].forEach(([name, count]) => console.log(`${name}: ${percent(count)}`));
print(tally(played, ({ kind, basis }) => `${kind}, ${basis}`));
print(tally(played, ({ kind }) => kind));
print(tally(played, () => 'all'));
process.exit(0);
