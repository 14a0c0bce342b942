// The resident memory of another process, as Linux tells it.
import { readFileSync } from 'node:fs';

const EVERY_MS = 50;
const PAGE_BYTES = 4096;
const STEADY = { samples: 20, withinBytes: 1_000_000, atMostMs: 20_000 };

const pause = async () => await new Promise((resolve) => setTimeout(resolve, EVERY_MS));

/** In bytes. @throws Error when there is no such process, or no Linux */
function residentBytes(pid: number): number {
	return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES;
}

/** The resident memory once it has come to rest; after 20 s, as it is then. */
export async function memoryAtRest(pid: number): Promise<number> {
	const deadline = Date.now() + STEADY.atMostMs;
	for (let last: number[] = []; ; await pause()) {
		last = [...last.slice(1 - STEADY.samples), residentBytes(pid)];
		const isSteady = last.length === STEADY.samples && Math.max(...last) - Math.min(...last) < STEADY.withinBytes;
		if (isSteady || Date.now() > deadline) return last.at(-1) ?? 0;
	}
}

/** Does the work and looks at the resident memory every 50 ms meanwhile; `highest` is in bytes. */
export async function watchMemory<T>(pid: number, work: () => Promise<T>): Promise<{ result: T; highest: number; samples: number }> {
	const state = { ended: false, highest: residentBytes(pid), samples: 1 };
	const watching = (async () => {
		for (; !state.ended; await pause()) {
			state.highest = Math.max(state.highest, residentBytes(pid));
			state.samples++;
		}
	})();
	try {
		return { result: await work(), ...state };
	} finally {
		state.ended = true;
		await watching;
	}
}
