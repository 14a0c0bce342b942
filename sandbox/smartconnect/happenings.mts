import type { Happening, Wish } from '../service.mts';
import type { RunRecord } from './model.mts';
import { known } from './seed.mts';
import type { State } from './state.mts';

const ROWS = 12;

/** Runs on demand, as if the schedule of SmartConnect.com had started them. */
export function happenings(state: State): Record<string, Happening> {
	return {
		succeed: { label: 'A run that succeeds', run: (wish) => run(state, wish, 0) },
		fail: { label: 'A run that rejects rows', run: (wish) => run(state, wish, wish.count ?? 2) },
	};
}

function run(state: State, { id = known.customers }: Wish, rejected: number): object {
	const process = state.processes.find(({ key }) => key === id);
	if (!process) throw new Error(`No integration ${id}.`);
	const runs = state.runsOf(id);
	const runNumber = Math.max(0, ...runs.map((one) => one.runNumber)) + 1;
	const record: RunRecord = {
		runNumber,
		runDate: state.localTime(),
		recordCount: Math.max(ROWS, rejected),
		rejected: Array.from({ length: rejected }, (_, n) => ({ row: { No: `R${runNumber}-${n + 1}`, Name: `Rejected ${n + 1}` }, message: 'The target refused the name.\r\n' })),
	};
	runs.push(record);
	return { integration: process.description, runNumber, rejected };
}
