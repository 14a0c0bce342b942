import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const processes = pathToFileURL('scripts/processes.mjs').href;

/** Runs a program that launches a shell with a child of its own and then does `then`; tells the group it has made. */
async function begin(then: string) {
	const source = `
		import { launch, main, Told } from ${JSON.stringify(processes)};
		await main(async () => {
			const { child, exited } = launch('sh', ['-c', 'trap "" TERM; sleep 60 & sleep 60']);
			console.log(child.pid);
			${then}
		}, () => console.log('farewell'));`;
	const program = spawn(process.execPath, ['--input-type=module', '-e', source], { stdio: ['ignore', 'pipe', 'pipe'] });
	let errors = '';
	program.stderr.on('data', (text) => (errors += String(text)));
	const lines: string[] = [];
	const reader = createInterface({ input: program.stdout }).on('line', (line) => lines.push(line));
	await once(reader, 'line');
	const group = Number(lines[0]);
	return { program, group, lines, errors: () => errors };
}

/** Whether a group has a member that runs; one that was killed may stay listed for a moment as a zombie ("Z"). */
function lives(group: number): boolean {
	const { stdout } = spawnSync('ps', ['-A', '-o', 'pgid=,stat='], { encoding: 'utf8' });
	const members = stdout.split('\n').map((line) => line.trim().split(/\s+/));
	return members.some(([pgid, state = '']) => Number(pgid) === group && !state.startsWith('Z'));
}

test.each([['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]] as const)('%s ends all that was launched, grandchildren included', async (signal, code) => {
	const { program, group, lines, errors } = await begin('await exited; throw new Error("interrupted");');
	expect(lives(group)).toBe(true);
	program.kill(signal);
	// The shell ignores SIGTERM: a second Ctrl-C need not wait until its time is up.
	await new Promise((resolve) => setTimeout(resolve, 200));
	program.kill(signal);
	expect(await once(program, 'close')).toEqual([code, null]);
	expect(lives(group)).toBe(false);
	expect(lines).toEqual([String(group), 'farewell']);
	expect(errors()).toBe('');
});

test('a failure that is told shows its sentence alone, ends what was launched, and leaves with 1', async () => {
	// The shell may end before it has learnt to ignore SIGTERM; then there is nothing left to kill.
	const kill = 'try { process.kill(-child.pid, "SIGKILL"); } catch {}';
	const { program, group, errors } = await begin(`setTimeout(() => { ${kill} }, 100); throw new Told("The door is shut.");`);
	expect(await once(program, 'close')).toEqual([1, null]);
	expect(lives(group)).toBe(false);
	expect(errors()).toBe('\nThe door is shut.\n');
});
