/** A poll gives out no more than it may, and what is left then comes with the next ones. */
import type { IDataObject } from 'n8n-workflow';
import { byTime } from '../../../nodes/shared/trigger/watch/byTime';
import { snapshot } from '../../../nodes/shared/trigger/watch/snapshot';

const idOf = ({ id }: IDataObject): string => String(id);

test('of a list, whatever has happened to its records', async () => {
	let records: IDataObject[] = [1, 2, 3, 4].map((id) => ({ id }));
	const watch = snapshot({ read: async () => await Promise.resolve({ records, isWhole: true }), idOf, kinds: ['created', 'removed'], advice: { narrow: '', id: '' } });
	let { state } = await watch.next(undefined, 2);
	records = [{ id: 1 }, { id: 5 }];
	const polls: unknown[] = [];
	for (let n = 0; n < 3; n++) {
		const step = await watch.next(state, 2);
		({ state } = step);
		polls.push(step.changes.map(({ kind, record }) => `${kind} ${idOf(record)}`));
	}
	expect(polls).toEqual([['created 5', 'removed 2'], ['removed 3', 'removed 4'], []]);
});

test('of records by time, behind more known ones than it may give out', async () => {
	const records = [1, 2, 3, 4, 5, 6].map((id): IDataObject => ({ id, time: 1000 + id }));
	const from = async (ms: number) => {
		const later = records.filter(({ time }) => Number(time) >= ms);
		return await Promise.resolve({ records: later.slice(0, 3), more: later.length > 3 });
	};
	const watch = byTime({ from, latest: async () => await Promise.resolve(records.at(-1)), timeOf: ({ time }) => Number(time), idOf, lookbackMs: 100 });
	let { state } = await watch.next(undefined, 2);
	for (const id of [7, 8, 9]) records.push({ id, time: 1000 + id });
	const polls: unknown[] = [];
	for (let n = 0; n < 3; n++) {
		const step = await watch.next(state, 2);
		({ state } = step);
		polls.push(step.changes.map(({ record }) => record.id));
	}
	expect(polls).toEqual([[7, 8], [9], []]);
});
