/**
 * The contract of the pagers: every record once, in the order of the service, never an endless loop, and no more asked for than wanted.
 * Checked against services of all sorts: those that keep to what they are asked for, and those that ignore some of it.
 */
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { fail } from '../../../nodes/shared/answer/failure';
import { byCursor, byLink, byOffset, byPage, untilStable, type Caution, type Page, type Pager } from '../../../nodes/shared/pages';

interface Service {
	/** Records in all. */
	count: number;
	/** Most records a page; what it gives when it does not understand the page size. */
	most: number;
	ignores: 'nothing' | 'place' | 'size' | 'both';
	/** What it says about the end of the list. */
	tells: 'nothing' | 'total' | 'last';
}

interface Wish {
	wanted: number;
	parallel: number;
	size: number;
}

type Ask = { query?: IDataObject; url?: string };
type Way = 'page' | 'offset' | 'link' | 'cursor';

const MOST_PAGES = 60;
const careful: Caution = { idOf: ({ id }) => (id === undefined ? undefined : String(id)), mostPages: MOST_PAGES };

const recordsOf = (count: number) => Array.from({ length: count }, (_, id) => ({ id }));

/** A service with so many records; counts what it is asked for. */
function open(service: Service, way: Way) {
	const records = recordsOf(service.count);
	const asked: Ask[] = [];
	const knowsSize = !['size', 'both'].includes(service.ignores);
	const knowsPlace = !['place', 'both'].includes(service.ignores);
	const ask = async (where: Ask): Promise<Page> => {
		asked.push(where);
		const size = Math.min(knowsSize ? Number(where.query?.size ?? service.most) : service.most, service.most);
		const start = knowsPlace ? startOf(way, where, size) : 0;
		const page = records.slice(start, start + size);
		const end = start + page.length;
		const isLast = end >= records.length;
		return {
			records: page,
			...(service.tells === 'total' ? { total: records.length } : {}),
			...(service.tells === 'last' ? { last: isLast } : {}),
			...((way === 'link' || way === 'cursor') && !isLast ? { next: String(end) } : {}),
		};
	};
	return { ask, asked, records };
}

function startOf(way: Way, { query = {}, url }: Ask, size: number): number {
	if (way === 'page') return (Number(query.page) - 1) * size;
	if (way === 'offset') return Number(query.offset);
	return Number(url ?? query.cursor ?? 0);
}

function pagerOf(way: Way, size: number, caution?: Caution): Pager {
	switch (way) {
		case 'page':
			return byPage({ page: 'page', size: 'size' }, size, 1, caution);
		case 'offset':
			return byOffset({ offset: 'offset', limit: 'size' }, size, caution);
		case 'link':
			return byLink({ size }, caution);
		case 'cursor':
			return byCursor('cursor', { size }, caution);
	}
}

async function read(pager: Pager, ask: (where: Ask) => Promise<Page>, { wanted, parallel }: Omit<Wish, 'size'>) {
	const records: IDataObject[] = [];
	const notes: string[] = [];
	for await (const page of pager({ ask, wanted, parallel, note: (text) => void notes.push(text) })) {
		for (const record of page) records.push(record);
	}
	return { records: records.slice(0, wanted), notes };
}

const wish = fc.record({
	wanted: fc.oneof(fc.constant(Infinity), fc.integer({ min: 1, max: 120 })),
	parallel: fc.integer({ min: 1, max: 5 }),
	size: fc.integer({ min: 1, max: 40 }),
});
const service = (ignores: ReadonlyArray<Service['ignores']>, tells: ReadonlyArray<Service['tells']>) =>
	fc.record({
		count: fc.integer({ min: 0, max: 100 }),
		most: fc.integer({ min: 2, max: 50 }),
		ignores: fc.constantFrom(...ignores),
		tells: fc.constantFrom(...tells),
	});
const way = fc.constantFrom<Way>('page', 'offset', 'link', 'cursor');

describe('a service that pages as it is asked to', () => {
	const honest = service(['nothing'], ['nothing', 'total', 'last']);

	test('gives every record once, in order, and no more pages than it takes', async () => {
		await fc.assert(
			fc.asyncProperty(honest, wish, way, async (known, wanted, chosen) => {
				// Without caution, the page size must be one that the service gives.
				const size = Math.min(wanted.size, known.most);
				const { ask, asked, records } = open(known, chosen);
				const found = await read(pagerOf(chosen, size), ask, wanted);
				expect(found.records).toEqual(records.slice(0, wanted.wanted));
				const pages = Math.ceil(Math.min(wanted.wanted, known.count) / Math.min(size, wanted.wanted));
				expect(asked.length).toBeLessThanOrEqual(pages + 1);
			}),
		);
	});

	test('asks for no more records than wanted', async () => {
		await fc.assert(
			fc.asyncProperty(wish, fc.constantFrom<Way>('page', 'offset'), async (wanted, chosen) => {
				const { ask, asked } = open({ count: 1000, most: 50, ignores: 'nothing', tells: 'total' }, chosen);
				await read(pagerOf(chosen, wanted.size, careful), ask, { ...wanted, wanted: Math.min(wanted.wanted, wanted.size) });
				expect(asked).toHaveLength(1);
				expect(asked[0]?.query?.size).toBeLessThanOrEqual(wanted.wanted);
			}),
		);
	});
});

describe('a service whose paging is not known for certain', () => {
	/** What can be reached at all: a service that ignores the place gives its first page only. */
	const reachable = ({ count, most, ignores }: Service, size: number): number => {
		if (ignores === 'place') return Math.min(count, size, most);
		return ignores === 'both' ? Math.min(count, most) : count;
	};

	test('ends, with each record once and in order, whatever it ignores', async () => {
		const any = service(['nothing', 'place', 'size', 'both'], ['nothing', 'total', 'last']);
		await fc.assert(
			fc.asyncProperty(any, wish, way, async (known, wanted, chosen) => {
				const { ask, asked, records } = open(known, chosen);
				// Of a page size that the service cuts down, more pages are needed.
				const found = await read(pagerOf(chosen, wanted.size, { ...careful, mostPages: 200 }), ask, wanted);
				const ids = found.records.map(({ id }) => id);
				expect(ids).toEqual([...new Set(ids)]);
				const expected = Math.min(wanted.wanted, reachable(known, Math.min(wanted.size, wanted.wanted)));
				expect(found.records.slice(0, expected)).toEqual(records.slice(0, expected));
				expect(asked.length).toBeLessThanOrEqual(known.count + 1 + wanted.parallel);
			}),
			{ numRuns: 500 },
		);
	});

	test('a page that begins like an earlier one ends the list, also when the rest of it has changed meanwhile', async () => {
		let edits = 0;
		const ask = async (): Promise<Page> => ({ records: recordsOf(10).map((record) => ({ ...record, edits: edits++ })) });
		const found = await read(pagerOf('page', 10, careful), ask, { wanted: Infinity, parallel: 3 });
		expect(found.records.map(({ id }) => id)).toEqual(recordsOf(10).map(({ id }) => id));
		expect(found.notes).toEqual([expect.stringContaining('same page again')]);
	});

	test('a first page that is not full is no proof: the service may give less at a time', async () => {
		const { ask, records } = open({ count: 45, most: 20, ignores: 'nothing', tells: 'nothing' }, 'page');
		expect((await read(pagerOf('page', 100, careful), ask, { wanted: Infinity, parallel: 1 })).records).toEqual(records);
	});

	test.each(['page', 'offset', 'link', 'cursor'] as const)('%s: reading ends after the most pages, and says so', async (chosen) => {
		const { ask, asked } = open({ count: 1000, most: 5, ignores: 'nothing', tells: 'total' }, chosen);
		const found = await read(pagerOf(chosen, 5, { ...careful, mostPages: 3 }), ask, { wanted: Infinity, parallel: 4 });
		expect(found.records).toHaveLength(15);
		expect(asked).toHaveLength(3);
		expect(found.notes).toEqual([expect.stringContaining('3 pages')]);
	});
});

describe('next pages that the service names', () => {
	test('a service that ignores the cursor yields nothing twice', async () => {
		const ask = async (): Promise<Page> => ({ records: recordsOf(3), next: 'always the same' });
		for (const caution of [undefined, careful]) {
			const found = await read(byCursor('cursor', {}, caution), ask, { wanted: Infinity, parallel: 1 });
			expect(found.records).toEqual(recordsOf(3));
			expect(found.notes).toHaveLength(1);
		}
	});

	test('pages without records and with ever new tokens end too', async () => {
		let n = 0;
		const ask = async (): Promise<Page> => ({ records: [], next: String(n++) });
		await read(byCursor('cursor', {}, careful), ask, { wanted: Infinity, parallel: 1 });
		expect(n).toBe(MOST_PAGES);
	});

	test('the address of a next page is asked for as it is', async () => {
		const { ask, asked } = open({ count: 5, most: 2, ignores: 'nothing', tells: 'nothing' }, 'link');
		await read(byLink({ area: 'AR1' }), ask, { wanted: Infinity, parallel: 1 });
		expect(asked).toEqual([{ query: { area: 'AR1' } }, { url: '2' }, { url: '4' }]);
	});
});

test('a failed page ends the list with its failure, also one fetched ahead', async () => {
	let n = 0;
	const ask = async (): Promise<Page> => {
		n += 1;
		if (n === 3) throw new Error('page 3');
		return { records: [{ id: n }], total: 10 };
	};
	await expect(read(byPage({ page: 'page' }, 1), ask, { wanted: Infinity, parallel: 4 })).rejects.toThrow('page 3');
});

describe('a list that is not what its service says', () => {
	const pagesOf = (pages: readonly Page[]) => {
		let n = 0;
		return async (): Promise<Page> => pages[n++] ?? { records: [] };
	};
	const some = (...ids: number[]) => ids.map((id) => ({ id }));
	const all = { wanted: Infinity, parallel: 1 };
	const ids = ({ records }: { records: IDataObject[] }) => records.map(({ id }) => id);

	test.each([0, -1, 2, 3])('a count of %d ends nothing where a next page is named', async (total) => {
		const found = await read(byPage({ page: 'page' }, 2), pagesOf([{ records: some(1, 2), total, next: '2' }, { records: some(3, 4), total, next: '3' }, { records: some(5), total }]), all);
		expect(ids(found)).toEqual([1, 2, 3, 4, 5]);
	});

	test.each([0, -1, 1])('a count of %d is not believed when there are more already', async (total) => {
		const found = await read(byOffset({ offset: 'skip' }, 2), pagesOf([{ records: some(1, 2), total }, { records: some(3), total }]), all);
		expect(ids(found)).toEqual([1, 2, 3]);
	});

	test('an ID that comes again is given once, and the user is told', async () => {
		const found = await read(pagerOf('page', 2, careful), pagesOf([{ records: some(1, 2), total: 4 }, { records: some(2, 3), total: 5 }, { records: some(4), total: 5 }]), all);
		expect(ids(found)).toEqual([1, 2, 3, 4]);
		expect(found.notes).toEqual([
			"The list changed while it was read: the number of records that the service named went from 4 to 5, and 1 of its records came again and was given once. Records may be missing: read it again when nobody changes it, or turn on the option 'Read Until Stable'.",
		]);
	});

	test('records that stand twice on a page have no ID, and all of them are given', async () => {
		const rows = [{ id: 1, day: 'Mo' }, { id: 1, day: 'Tu' }];
		const found = await read(pagerOf('page', 2, careful), pagesOf([{ records: rows, total: 4 }, { records: [{ id: 1, day: 'We' }, { id: 2, day: 'We' }], total: 4 }]), all);
		expect(found.records).toHaveLength(4);
		expect(found.notes).toEqual([]);
	});

	test('records that the service hides shift nothing', async () => {
		const visible = Array.from({ length: 40 }, (_, id) => ({ id })).filter(({ id }) => id % 3 !== 0);
		const ask = async ({ query }: Ask): Promise<Page> => {
			const start = Number(query?.offset);
			return { records: visible.filter(({ id }) => id >= start && id < start + 10), total: 40 };
		};
		const found = await read(byOffset({ offset: 'offset' }, 10, { idOf: ({ id }) => String(id) }), ask, { wanted: Infinity, parallel: 4 });
		expect(found.records).toEqual(visible);
		expect(found.notes).toHaveLength(1);
	});

	test('a count that is not reached is told', async () => {
		const found = await read(byCursor('cursor', {}), pagesOf([{ records: some(1, 2), total: 5 }]), all);
		expect(found.notes).toEqual(['The service spoke of 5 records, but its pages held 2.']);
	});

	/** Each pass finds a list that one record was put before while it was read, so many times. */
	const restless = (changes: number) => {
		let list = some(1, 2, 3, 4, 5);
		let left = changes;
		return async ({ query }: Ask): Promise<Page> => {
			const start = Number(query?.offset);
			if (start > 0 && left > 0) {
				left -= 1;
				list = [{ id: 100 - left }, ...list];
			}
			return { records: list.slice(start, start + 2), total: list.length };
		};
	};
	const idOf = ({ id }: IDataObject) => String(id);

	test("'Read Until Stable' adds what was missed, and says nothing when nothing is missing", async () => {
		const found = await read(untilStable(byOffset({ offset: 'offset' }, 2, { idOf }), idOf), restless(1), all);
		expect(ids(found)).toEqual([1, 2, 3, 4, 5, 100]);
		expect(found.notes).toEqual([]);
	});

	test("'Read Until Stable' gives up on a list that never stays the same, and says so", async () => {
		const found = await read(untilStable(byOffset({ offset: 'offset' }, 2, { idOf }), idOf), restless(1000), all);
		expect(new Set(ids(found)).size).toBe(found.records.length);
		expect(ids(found)).toEqual(expect.arrayContaining([1, 2, 3, 4, 5]));
		expect(found.notes).toEqual([expect.stringContaining('It was read 5 times and never stayed the same')]);
	}, 10_000);
});

describe('pages that grow after the first one', () => {
	const sizes = { first: 500, later: 2500 };
	const growing = byOffset({ offset: 'offset', limit: 'size' }, sizes, careful);
	const all = { wanted: Infinity, parallel: 5 };
	const big = (count: number, most = Infinity) => open({ count, most, ignores: 'nothing', tells: 'total' }, 'offset');
	const places = (asked: readonly Ask[]) => asked.map(({ query }) => [query?.offset, query?.size]);

	test.each([
		[10_000, Infinity, [[0, 500], [500, 2376], [2876, 2376], [5252, 2376], [7628, 2376]]],
		[3001, Infinity, [[0, 500], [500, 1251], [1751, 1251]]],
		[800, Infinity, [[0, 500], [500, 500]]],
		[500, Infinity, [[0, 500]]],
		[0, Infinity, [[0, 500]]],
		[10_000, 3001, [[0, 500], [500, 1251], [1751, 1250]]],
		[10_000, 2000, [[0, 2000]]],
		[10_000, 30, [[0, 30]]],
	])('of %d records, %d wanted: as few as can be, all alike, and no more than wanted', async (count, wanted, expected) => {
		const { ask, asked, records } = big(count);
		const found = await read(growing, ask, { ...all, wanted });
		expect(found.records).toEqual(records.slice(0, wanted));
		expect(found.notes).toEqual([]);
		expect(places(asked)).toEqual(expected);
	});

	test('a service that gives less than asked for is followed', async () => {
		const { ask, asked, records } = big(10_000, 1000);
		const found = await read(growing, ask, all);
		expect(found.records).toEqual(records);
		expect(found.notes).toEqual([]);
		expect(asked.length).toBeLessThanOrEqual(1 + Math.ceil(9500 / 1000) + 4);
	});

	test('a service that gives less than the first page asks for is followed without larger pages', async () => {
		const { ask, asked, records } = big(1000, 100);
		expect((await read(growing, ask, all)).records).toEqual(records);
		expect(new Set(asked.map(({ query }) => query?.size))).toEqual(new Set([500]));
	});

	test('heavy records come in smaller pages', async () => {
		const { ask, asked, records } = big(10_000);
		const heavy = async (where: Ask): Promise<Page> => {
			const page = await ask(where);
			return { ...page, records: page.records.map((record) => ({ ...record, text: 'x'.repeat(4000) })) };
		};
		const found = await read(growing, heavy, all);
		expect(found.records.map(({ id }) => id)).toEqual(records.map(({ id }) => id));
		for (const { query } of asked) expect(Number(query?.size) * 4000).toBeLessThanOrEqual(5_000_000);
	});

	test.each([
		['service down', undefined],
		['unreachable', undefined],
		['rejected', 413],
	] as const)('a large page that fails (%s) is read in small ones, and the user is told', async (reason, status) => {
		const { ask, asked, records } = big(6000);
		const weak = async (where: Ask): Promise<Page> => (Number(where.query?.size) > 1000 ? fail({ reason, message: 'too much', status }) : await ask(where));
		for (const wanted of [Infinity, 2400]) {
			asked.length = 0;
			const found = await read(growing, weak, { ...all, wanted });
			expect(found.records).toEqual(records.slice(0, wanted));
			expect(found.notes).toEqual([expect.stringContaining("set the option 'Page Size'")]);
			expect(asked).toHaveLength(Math.ceil(Math.min(6000, wanted) / 500));
		}
	});

	test('a page that fails for another reason, and a small one that fails, end the list', async () => {
		for (const [reason, least] of [['no access', 1000], ['service down', 0]] as const) {
			let requests = 0;
			const { ask } = big(6000);
			const refusing = async (where: Ask): Promise<Page> => {
				requests += 1;
				return Number(where.query?.offset) > 0 && Number(where.query?.size) > least ? fail({ reason, message: 'no' }) : await ask(where);
			};
			await expect(read(growing, refusing, all)).rejects.toThrow('no');
			expect(requests).toBeLessThanOrEqual(5);
		}
	});
});
