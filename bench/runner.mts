/** Runs a measure: every contestant so many times, in turn, each time in a fresh process against the same sandbox. */
import { execFileSync, fork } from 'node:child_process';
import { loadavg } from 'node:os';
import path from 'node:path';
import { spawnSandbox } from '../sandbox/client.mts';
import type { Addresses, Figures, Measure, Runs } from './support.mts';

const LONGEST_RUN_MS = 1_800_000;

export interface Measured {
	/** When the measure began. */
	readonly at: string;
	/** How busy the machine was before the measure began: average number of running processes over the last minute. */
	readonly load: number;
	/** The version of Node that the contestants ran on. */
	readonly node: string;
	readonly runs: Runs;
}

export interface HowToRun {
	/** How many runs of each contestant. */
	readonly times: number;
	/** The Node that contestants run on: the path of its program. */
	readonly node: string;
	/** Takes a word about how far it is. */
	readonly say: (text: string) => void;
}

export async function runMeasure(name: string, measure: Measure, { times, node, say }: HowToRun): Promise<Measured> {
	const at = new Date().toISOString();
	const load = loadavg()[0] ?? 0;
	const names = Object.keys(measure.contestants);
	const runs: Record<string, Figures[]> = Object.fromEntries(names.map((contestant) => [contestant, []]));
	const { url, storageUrl, control, stop } = await spawnSandbox();
	try {
		await measure.prepare?.(control);
		for (let n = 0; n < times; n++) {
			for (let i = 0; i < names.length; i++) {
				// Whoever comes first has a sandbox that has rested: let each be first in turn.
				const contestant = names[(n + i) % names.length] ?? '';
				say(`${name}: run ${n + 1} of ${times}, ${contestant}`);
				runs[contestant]?.push(await runContestant(name, contestant, { url, storageUrl }, node));
			}
		}
	} finally {
		await stop();
	}
	const version = execFileSync(node, ['-p', 'process.versions.node'], { encoding: 'utf8' }).trim();
	return { at, load, node: version, runs };
}

async function runContestant(measure: string, contestant: string, addresses: Addresses, node: string): Promise<Figures> {
	const child = fork(path.join(process.cwd(), 'bench', 'child.mts'), [measure, contestant, JSON.stringify(addresses)], {
		execPath: node,
		execArgv: ['--expose-gc', '--import', 'tsx'],
		stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
		timeout: LONGEST_RUN_MS,
	});
	return await new Promise((resolve, reject) => {
		let figures: Figures | undefined;
		child.once('message', (message) => (figures = message as Figures));
		child.once('error', reject);
		child.once('exit', (code, signal) => {
			if (figures && code === 0) resolve(figures);
			else reject(new Error(`${measure}, ${contestant}: ended with ${signal ?? `code ${code}`}, what went wrong stands above`));
		});
	});
}
