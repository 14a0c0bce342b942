// Starts programs in process groups of their own and stops them again: each one with all its children, and nothing else.
import { spawn } from 'node:child_process';

const running = new Set();

/** An error whose message is meant for the person at the terminal: shown alone, without a stack. */
export class Told extends Error {}

/**
 * Starts a program as the leader of a new process group.
 * `options` are those of `child_process.spawn`. Returns the child, `exited` (resolves with code and signal,
 * never rejects) and `stop(graceMs)`, which ends the whole group and resolves when it is gone.
 */
export function launch(command, args, options = {}) {
	const child = spawn(command, args, { ...options, detached: true });
	const exited = new Promise((resolve) => {
		child.once('error', (error) => resolve({ code: null, signal: null, error }));
		child.once('close', (code, signal) => resolve({ code, signal }));
	});
	const stop = async (graceMs = 15_000) => {
		await endGroup(child.pid, graceMs);
		running.delete(launched);
	};
	const launched = { child, exited, stop };
	running.add(launched);
	// A leader that ends by itself may leave children behind: they keep the entry, so that stopAll finds them.
	void exited.then(() => groupLives(child.pid) || running.delete(launched));
	return launched;
}

/** Ends everything that `launch` has started and that still runs. */
export async function stopAll(graceMs) {
	await Promise.all([...running].map((launched) => launched.stop(graceMs)));
}

/**
 * Runs a program. A `Told` is shown as its sentence alone, anything else with its stack; whatever was launched is ended.
 * On Ctrl-C, SIGTERM, a closed terminal or the end of the npm that runs us `farewell()` is called, all is ended, and the
 * exit code is the signal's usual one. A second Ctrl-C waits for nobody.
 */
export async function main(program, farewell = () => {}) {
	let stopping = false;
	const stop = async (code) => {
		const again = stopping;
		stopping = true;
		if (!again) farewell();
		await stopAll(again ? 0 : undefined);
		process.exit(code);
	};
	for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]]) process.on(signal, () => stop(code));
	watchNpm(() => stop(143));
	try {
		await program();
	} catch (error) {
		if (stopping) return; // what was interrupted fails; that is no news
		console.error(error instanceof Told ? `\n${error.message}` : error);
		await stopAll();
		process.exitCode = 1;
	}
}

/** npm does not hand on a SIGTERM; it only ends, and so does the shell between us. */
function watchNpm(stop) {
	if (!process.env.npm_lifecycle_event) return;
	const shell = process.ppid;
	const timer = setInterval(() => {
		if (process.ppid === shell) return;
		clearInterval(timer);
		stop();
	}, 500);
	timer.unref();
}

async function endGroup(pid, graceMs) {
	signalGroup(pid, 'SIGTERM');
	if (await groupEnds(pid, graceMs)) return;
	signalGroup(pid, 'SIGKILL');
	// What is killed may stay listed until its foster parent takes note; that is not waited for.
	await groupEnds(pid, 500);
}

async function groupEnds(pid, withinMs) {
	const deadline = Date.now() + withinMs;
	while (groupLives(pid)) {
		if (Date.now() >= deadline) return false;
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	return true;
}

function groupLives(pid) {
	return signalGroup(pid, 0);
}

/** Sends a signal to a group; false if there is no such group (any more). */
function signalGroup(pid, signal) {
	if (pid === undefined) return false;
	try {
		process.kill(-pid, signal);
		return true;
	} catch (error) {
		if (error.code === 'EPERM') return true;
		return false;
	}
}
