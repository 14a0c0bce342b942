/** `byPageOrLink` against services of every kind: every record once, in order, never more asked for than wanted, and never without end. */
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { byPageOrLink, type Page } from '../../../nodes/shared/pages';

interface Service {
	/** Records in all. */
	total: number;
	/** The most it gives at once. */
	max: number;
	tellsTotal: boolean;
	tellsNext: boolean;
	/** Numbers of pages that the service shows with a record less than it should, as when rights hide it. */
	short: readonly number[];
}

interface Reading {
	ids: unknown[];
	asked: number[];
	mostAtOnce: number;
	notes: string[];
}

async function read(service: Service, { size, wanted, parallel }: { size: number; wanted: number; parallel: number }): Promise<Reading> {
	const reading: Reading = { ids: [], asked: [], mostAtOnce: 0, notes: [] };
	let underWay = 0;
	const ask = async ({ query, url }: { query?: IDataObject; url?: string }): Promise<Page> => {
		const given = url === undefined ? new URLSearchParams(query as Record<string, string>) : new URL(url).searchParams;
		reading.mostAtOnce = Math.max(reading.mostAtOnce, ++underWay);
		// Answers come back in any order.
		for (let turns = (reading.asked.length * 7) % 5; turns > 0; turns--) await Promise.resolve();
		underWay--;
		return pageOf(service, Number(given.get('p')), Number(given.get('n')), reading.asked);
	};
	for await (const page of byPageOrLink({ page: 'p', size: 'n' }, size)({ ask, wanted, parallel, note: (text) => reading.notes.push(text) })) {
		for (const { id } of page) if (reading.ids.length < wanted) reading.ids.push(id);
	}
	return reading;
}

function pageOf({ total, max, tellsTotal, tellsNext, short }: Service, number: number, asked: number, log: number[]): Page {
	log.push(number);
	const size = Math.min(asked, max);
	const start = (number - 1) * size;
	const records = Array.from({ length: Math.max(0, Math.min(size, total - start)) }, (_, i) => ({ id: start + i }));
	if (short.includes(number)) records.pop();
	const hasNext = start + size < total;
	return {
		records,
		...(tellsTotal ? { total, size } : {}),
		...(tellsNext && hasNext ? { next: `https://service.example/list?p=${number + 1}&n=${asked}` } : {}),
	};
}

const services = fc.record({
	total: fc.nat(60),
	max: fc.integer({ min: 2, max: 20 }),
	tellsTotal: fc.boolean(),
	tellsNext: fc.boolean(),
	short: fc.constant<number[]>([]),
});
const readers = fc.record({
	size: fc.integer({ min: 2, max: 30 }),
	wanted: fc.oneof(fc.integer({ min: 2, max: 80 }), fc.constant(Infinity)),
	parallel: fc.integer({ min: 1, max: 6 }),
});
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);

test('every record once, in order, whatever the service tells', async () => {
	await fc.assert(
		fc.asyncProperty(services, readers, async (service, reader) => {
			const { ids, asked, mostAtOnce, notes } = await read(service, reader);
			const pageSize = Math.min(reader.size, reader.wanted, service.max);
			const reachable = service.tellsTotal || service.tellsNext ? service.total : Math.min(pageSize, service.total);
			expect(ids).toEqual(upTo(Math.min(reachable, reader.wanted)));
			// No page twice, and none that isn't needed.
			expect(new Set(asked).size).toBe(asked.length);
			expect(asked.length).toBeLessThanOrEqual(Math.max(1, Math.ceil(Math.min(reachable, reader.wanted) / pageSize)));
			expect(mostAtOnce).toBeLessThanOrEqual(reader.parallel);
			expect(notes).toEqual([]);
		}),
		{ numRuns: 500 },
	);
});

test.each([1, 4])('asks for %i pages at once where it knows how many there are', async (parallel) => {
	let underWay = 0;
	let mostAtOnce = 0;
	const ask = async ({ query }: { query?: IDataObject }): Promise<Page> => {
		mostAtOnce = Math.max(mostAtOnce, ++underWay);
		await new Promise((resolve) => setTimeout(resolve, 2));
		underWay--;
		return pageOf({ total: 40, max: 2, tellsTotal: true, tellsNext: false, short: [] }, Number(query?.p), Number(query?.n), []);
	};
	let records = 0;
	for await (const page of byPageOrLink({ page: 'p', size: 'n' }, 2)({ ask, wanted: Infinity, parallel, note: () => undefined })) records += page.length;
	expect({ records, mostAtOnce }).toEqual({ records: 40, mostAtOnce: parallel });
});

test('a page that is not full is not the last one', async () => {
	const shortPages = fc.uniqueArray(fc.integer({ min: 1, max: 10 }), { maxLength: 4 });
	await fc.assert(
		fc.asyncProperty(services, readers, shortPages, async (service, reader, short) => {
			const told = { ...service, short, tellsNext: true };
			const { ids, notes } = await read(told, { ...reader, wanted: Infinity });
			const size = Math.min(reader.size, service.max);
			const numbers = upTo(Math.ceil(service.total / size)).map((i) => i + 1);
			const shown = numbers.flatMap((number) => pageOf(told, number, reader.size, []).records.map(({ id }) => id));
			// An empty page ends the list, also one that only rights have emptied.
			const emptied = numbers.find((number) => pageOf(told, number, reader.size, []).records.length === 0);
			const expected = emptied === undefined ? shown : shown.filter((id) => Number(id) < (emptied - 1) * size);
			expect(ids).toEqual(expected);
			if (service.tellsTotal && expected.length < service.total) expect(notes.join()).toContain(`spoke of ${service.total} records, but its pages held ${expected.length}`);
		}),
		{ numRuns: 300 },
	);
});

test('links that lead anywhere come to an end, with no record twice', async () => {
	const links = fc.array(fc.option(fc.nat(9), { nil: undefined }), { minLength: 10, maxLength: 10 });
	await fc.assert(
		fc.asyncProperty(links, async (leadsTo) => {
			const ids: unknown[] = [];
			let requests = 0;
			const ask = async ({ url }: { url?: string }): Promise<Page> => {
				requests++;
				const here = url === undefined ? 0 : Number(new URL(url).searchParams.get('at'));
				const next = leadsTo[here];
				// A number that counts up makes each link look new.
				return { records: [{ id: here }], ...(next === undefined ? {} : { next: `https://service.example/?at=${next}&try=${requests}` }) };
			};
			for await (const page of byPageOrLink({ page: 'p', size: 'n' }, 1)({ ask, wanted: Infinity, parallel: 3, note: () => undefined })) {
				for (const { id } of page) ids.push(id);
			}
			expect(new Set(ids).size).toBe(ids.length);
			expect(requests).toBeLessThanOrEqual(11);
		}),
	);
});

test('a service that ignores the page number is noticed', async () => {
	const notes: string[] = [];
	const records = [{ id: 1 }, { id: 2 }];
	const pages: unknown[] = [];
	const ask = async (): Promise<Page> => ({ records, total: 10, size: 2 });
	for await (const page of byPageOrLink({ page: 'p', size: 'n' }, 2)({ ask, wanted: Infinity, parallel: 2, note: (text) => notes.push(text) })) pages.push(page);
	expect(pages).toEqual([records]);
	expect(notes.join()).toContain('sent the same page again');
});

test('what goes wrong on a page fetched ahead comes up in its turn', async () => {
	const got: unknown[] = [];
	const ask = async ({ query }: { query?: IDataObject }): Promise<Page> => {
		if (query?.p === 3) throw new Error('page 3');
		await new Promise((resolve) => setTimeout(resolve, 5));
		return { records: [{ id: query?.p }], total: 5, size: 1 };
	};
	const reading = async () => {
		for await (const page of byPageOrLink({ page: 'p', size: 'n' }, 1)({ ask, wanted: Infinity, parallel: 5, note: () => undefined })) got.push(page);
	};
	await expect(reading()).rejects.toThrow('page 3');
	expect(got).toEqual([[{ id: 1 }], [{ id: 2 }]]);
});
