import { known } from '../sandbox/entu/seed-known.mts';
import { createBook, newBooks } from './creates.mts';
import { credentialOf, fill, listByEntu, runEntu } from './entu.mts';
import { median, mustGive, type Bar, type Contestant, type Measure, type Plot, type Runs } from './support.mts';

const MOST_RECORDS = 300_000;
const RECORDS = [1_000, 10_000, 100_000, MOST_RECORDS];
const ITEMS = [100, 1_000, 10_000];
const IN_FLIGHT = 5;

/** Some work that is done in several sizes. */
interface Series {
	readonly name: string;
	/** What there are so many of. */
	readonly what: string;
	readonly sizes: readonly number[];
	readonly contestant: (count: number) => Contestant;
}

const list = (isSimplified: boolean) => (count: number) => listByEntu({ typeId: known.typeBook, count, isLimited: true }, isSimplified);

const create = (count: number): Contestant => async (lab) => {
	const credential = credentialOf(lab);
	const book = createBook(IN_FLIGHT);
	mustGive(await runEntu(lab, credential, book, { items: newBooks(20) }), 20);
	const items = newBooks(count);
	const { result, figures } = await lab.measure(async () => await runEntu(lab, credential, book, { items }));
	mustGive(result, count);
	return figures;
};

const lists: readonly Series[] = [
	{ name: 'list', what: 'records', sizes: RECORDS, contestant: list(true) },
	{ name: 'list, raw', what: 'records', sizes: RECORDS, contestant: list(false) },
];
const creates: readonly Series[] = [{ name: `create, ${IN_FLIGHT} in flight`, what: 'items', sizes: ITEMS, contestant: create }];

const nameOf = ({ name, what }: Series, count: number): string => `${name}: ${count.toLocaleString('en')} ${what}`;

/** What one record or item takes of the figures of all. */
function each(count: number, contestant: Contestant): Contestant {
	return async (lab) => {
		const figures = await contestant(lab);
		const { ms = NaN, cpuMs = NaN, heapBytes = NaN } = figures;
		return { ...figures, eachUs: (ms * 1000) / count, eachCpuUs: (cpuMs * 1000) / count, eachBytes: heapBytes / count };
	};
}

/** What is the same for each kind of work. */
function growthOf(series: readonly Series[]): Omit<Measure, 'title'> {
	return {
		columns: {
			ms: 'time',
			cpuMs: 'processor time',
			heapBytes: 'peak heap',
			eachUs: 'time each',
			eachCpuUs: 'processor time each',
			eachBytes: 'peak heap each',
		},
		contestants: Object.fromEntries(series.flatMap((one) => one.sizes.map((count) => [nameOf(one, count), each(count, one.contestant(count))]))),
		mostRuns: 3,
		plots: (runs) => series.map((one) => plotOf(runs, one)),
		bars: (runs) => series.map((one) => barOf(runs, one)),
	};
}

export const growth: Measure = {
	...growthOf(lists),
	title: 'Growth: list 1,000 to 300,000 entities, 0 ms a page',
	prepare: async (control) => {
		await fill(control, 'book', MOST_RECORDS);
		await control.settings('entu', { journal: 'counts' });
	},
};

/** A measure of its own: the sandbox looks through all there are for each new one. */
export const growthCreates: Measure = {
	...growthOf(creates),
	title: 'Growth: create 100 to 10,000 entities one by one, 0 ms a request',
	prepare: async (control) => void (await control.settings('entu', { journal: 'counts' })),
};

function plotOf(runs: Runs, one: Series): Plot {
	const points = one.sizes.map((count) => [count.toLocaleString('en'), median(runs, nameOf(one, count), 'eachCpuUs')] as const);
	return { title: `${one.name}: processor time each`, x: one.what, y: 'µs', points };
}

/** The last step of each series: ten times or three times as much work takes so many times as much of the processor. */
function barOf(runs: Runs, one: Series): Bar {
	const [before = NaN, most = NaN] = one.sizes.slice(-2);
	const cpu = (count: number): number => median(runs, nameOf(one, count), 'eachCpuUs');
	const what = `${one.name}: processor time each, of ${most.toLocaleString('en')} against ${before.toLocaleString('en')}`;
	return { what, measured: cpu(most) / cpu(before), atMost: 1.2, unit: 'times' };
}
