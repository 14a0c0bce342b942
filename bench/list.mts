import { known } from '../sandbox/entu/seed-known.mts';
import { fill, listByEntu, listByFetch, listByHttp } from './entu.mts';
import { ratio, type Measure } from './support.mts';

const work = { typeId: known.typeBook, count: 10_000, pageSize: 100 };
/** As many pages at once as our node asks for unless told otherwise. */
const PARALLEL = 5;

export const list: Measure = {
	title: 'List 10,000 entities, 100 a page, 50 ms a page',
	columns: { ms: 'time', cpuMs: 'processor time', heapBytes: 'peak heap', rssBytes: 'resident memory' },
	contestants: {
		'Entu node': listByEntu(work, true),
		'Entu node, raw': listByEntu(work, false),
		'HTTP Request node': listByHttp(work),
		'bare fetch loop': listByFetch(work, PARALLEL),
	},
	prepare: async (control) => {
		await fill(control, 'book', work.count);
		await control.settings('entu', { latencyMs: 50, journal: 'counts' });
	},
	bars: (runs) => [
		{
			what: 'times as fast as the HTTP Request node',
			measured: ratio(runs, 'ms', 'HTTP Request node', 'Entu node'),
			atLeast: 3.5,
			unit: 'times',
		},
		{
			what: 'time against a bare fetch loop, 5 pages at once',
			measured: ratio(runs, 'ms', 'Entu node', 'bare fetch loop'),
			atMost: 1.4,
			unit: 'times',
		},
	],
};
