import { known } from '../sandbox/entu/seed-known.mts';
import { fill, listByEntu, listByHttp } from './entu.mts';
import { ratio, type Bar, type Measure, type Runs } from './support.mts';

const work = { typeId: known.typeBook, count: 100_000, pageSize: 200 };

const OURS = ['Entu node', 'Entu node, raw'] as const;
const HTTP = 'HTTP Request node';

export const listLarge: Measure = {
	title: 'List 100,000 entities, 200 a page, 0 ms a page',
	columns: { ms: 'time', cpuMs: 'processor time', heapBytes: 'peak heap', rssBytes: 'resident memory' },
	contestants: {
		[OURS[0]]: listByEntu(work, true),
		[OURS[1]]: listByEntu(work, false),
		[HTTP]: listByHttp(work),
	},
	prepare: async (control) => {
		await fill(control, 'book', work.count);
		await control.settings('entu', { journal: 'counts' });
	},
	bars: (runs) => OURS.flatMap((contestant) => barsFor(runs, contestant)),
};

function barsFor(runs: Runs, contestant: string): Bar[] {
	return [
		{ what: `${contestant}: time against the ${HTTP}`, measured: ratio(runs, 'ms', contestant, HTTP), atMost: 1, unit: 'times' },
		{ what: `${contestant}: peak heap against the ${HTTP}`, measured: ratio(runs, 'heapBytes', contestant, HTTP), atMost: 1.1, unit: 'times' },
	];
}
