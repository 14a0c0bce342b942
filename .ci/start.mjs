// Starts the demo as a person does, twice; each time it must answer, and Ctrl-C must leave nothing behind.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { freePorts, isFree } from '../demo/ports.mjs';

const [port, sandboxPort] = await pairOfPorts();

const first = await startAndStop();
const second = await startAndStop();
console.log(`\nReady after ${first.toFixed(1)} s, the second time after ${second.toFixed(1)} s.`);
assert(second < 60, 'A second start must take seconds.');

/** Resolves with the seconds until it was ready. */
async function startAndStop() {
	const begun = Date.now();
	const npm = spawn('npm', ['start', '--', '--port', port, '--sandbox-port', sandboxPort], { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
	const ended = once(npm, 'exit');
	try {
		await Promise.race([
			readyLine(npm.stdout),
			ended.then(([code]) => assert.fail(`npm start ended with ${code} before it was ready.`)),
			timeout(20 * 60, 'npm start is not ready after 20 minutes.'),
		]);
		const seconds = (Date.now() - begun) / 1000;
		for (const url of [`http://127.0.0.1:${port}/healthz/readiness`, `http://127.0.0.1:${sandboxPort}/_control/journal`]) {
			assert((await fetch(url)).ok, `${url} does not answer.`);
		}
		const started = descendants(npm.pid);
		assert(started.length >= 3, 'npm start, n8n and the sandbox were expected.');
		process.kill(-npm.pid, 'SIGINT'); // as a terminal does: to npm, its shell and our program
		await Promise.race([ended, timeout(60, 'npm start does not end after Ctrl-C.')]);
		assert.deepEqual(started.filter(isRunning).map(commandLine), [], 'These were left behind.');
		return seconds;
	} finally {
		if (npm.exitCode === null && npm.signalCode === null) process.kill(-npm.pid, 'SIGTERM');
	}
}

function readyLine(stream) {
	return new Promise((resolve) => {
		let text = '';
		stream.on('data', (chunk) => {
			process.stdout.write(chunk);
			text += chunk;
			if (text.includes('Ctrl-C stops')) resolve();
		});
	});
}

/** A free port for n8n, and one for the sandbox whose next is free as well. */
async function pairOfPorts() {
	for (;;) {
		const [n8nPort, sandbox] = await freePorts(2);
		if (n8nPort !== sandbox + 1 && (await isFree(sandbox + 1))) return [String(n8nPort), String(sandbox)];
	}
}

function timeout(seconds, message) {
	return new Promise((_resolve, reject) => setTimeout(() => reject(new Error(message)), seconds * 1000).unref());
}

/** All processes below one, with their start times: a number alone may be given to another process later. */
function descendants(pid) {
	const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(stat).filter(Boolean);
	const below = (parent) => all.filter((one) => one.parent === parent).flatMap((one) => [one, ...below(one.pid)]);
	return [stat(pid), ...below(pid)];
}

function stat(pid) {
	try {
		const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
		const [state, parent, ...rest] = text.slice(text.lastIndexOf(')') + 2).split(' ');
		return { pid: Number(pid), state, parent: Number(parent), startedAt: rest[17], command: readFileSync(`/proc/${pid}/cmdline`, 'utf8') };
	} catch {
		return undefined; // gone meanwhile
	}
}

function isRunning({ pid, startedAt }) {
	const now = stat(pid);
	return now !== undefined && now.startedAt === startedAt && now.state !== 'Z';
}

function commandLine({ command }) {
	return command.replaceAll('\0', ' ').trim();
}
