/** Reading on after the largest number received, from services that promise no order and may ignore where to begin. */
import fc from 'fast-check';
import { byLargest, type Page } from '../../../nodes/shared/pages';

interface Service {
	ids: number[];
	/** Most records in an answer. */
	cap?: number;
	ignoresStart?: boolean;
	order?: 'ascending' | 'descending' | 'shuffled';
	/** Ids as text. */
	asText?: boolean;
}

interface Reading {
	ids: unknown[];
	requests: number;
	notes: string[];
}

async function read(service: Service, { start = 0, wanted = Infinity, most = 50 } = {}): Promise<Reading> {
	const reading: Reading = { ids: [], requests: 0, notes: [] };
	const ask = async ({ query }: { query?: object }): Promise<Page> => {
		reading.requests += 1;
		return { records: answer(service, (query as { after: number }).after) };
	};
	const pager = byLargest('after', 'id', start, most);
	for await (const page of pager({ ask, wanted, parallel: 5, note: (text) => reading.notes.push(text) })) {
		for (const { id } of page) reading.ids.push(id);
	}
	return reading;
}

function answer({ ids, cap = Infinity, ignoresStart, order = 'ascending', asText }: Service, after: number) {
	const left = [...ids].sort((a, b) => a - b).filter((id) => ignoresStart || id > after).slice(0, cap);
	if (order === 'descending') left.reverse();
	if (order === 'shuffled') left.sort((a, b) => ((a * 7919) % 101) - ((b * 7919) % 101));
	return left.map((id) => ({ id: asText ? String(id) : id }));
}

const someIds = fc.uniqueArray(fc.integer({ min: 1, max: 1_000_000 }), { maxLength: 200 });
const sorted = (ids: unknown[]) => ids.map(Number).sort((a, b) => a - b);

test('every record once, whatever the order within an answer and however little comes at once', async () => {
	await fc.assert(
		fc.asyncProperty(
			someIds,
			fc.integer({ min: 5, max: 60 }),
			fc.constantFrom('ascending' as const, 'descending' as const, 'shuffled' as const),
			fc.boolean(),
			async (ids, cap, order, asText) => {
				const { ids: found, notes, requests } = await read({ ids, cap, order, asText });
				expect(sorted(found)).toEqual(sorted(ids));
				expect(notes).toEqual([]);
				expect(requests).toBe(Math.ceil(ids.length / cap) + 1);
			},
		),
	);
});

test('a service that ignores where to begin is asked once more and then left alone', async () => {
	await fc.assert(
		fc.asyncProperty(someIds, async (ids) => {
			const { ids: found, requests } = await read({ ids, ignoresStart: true });
			expect(sorted(found)).toEqual(sorted(ids));
			expect(requests).toBe(ids.length === 0 ? 1 : 2);
		}),
	);
});

test('asks for no more than what is wanted needs', async () => {
	await fc.assert(
		fc.asyncProperty(someIds, fc.integer({ min: 1, max: 250 }), fc.integer({ min: 5, max: 60 }), async (ids, wanted, cap) => {
			const { ids: found, requests } = await read({ ids, cap }, { wanted });
			expect(found.length).toBeGreaterThanOrEqual(Math.min(wanted, ids.length));
			expect(requests).toBeLessThanOrEqual(Math.ceil(wanted / cap) + 1);
			if (wanted <= ids.length) expect(requests).toBe(Math.ceil(wanted / cap));
		}),
	);
});

test('begins where it is told to', async () => {
	const { ids } = await read({ ids: [1, 2, 3, 4, 5] }, { start: 3 });
	expect(ids).toEqual([4, 5]);
});

test('ends after the most requests, and says where to go on', async () => {
	const ids = Array.from({ length: 30 }, (_, i) => i + 1);
	const { ids: found, notes, requests } = await read({ ids, cap: 2 }, { most: 10 });
	expect(requests).toBe(10);
	expect(found).toEqual(ids.slice(0, 20));
	expect(notes).toEqual([expect.stringContaining('after 20')]);
});

test('records without a number come once each', async () => {
	const records = [{ name: 'a' }, { name: 'b' }, { name: 'a' }];
	const found: unknown[] = [];
	const pager = byLargest('after', 'id', 0, 50);
	for await (const page of pager({ ask: async () => ({ records }), wanted: Infinity, parallel: 1, note: () => undefined })) {
		for (const record of page) found.push(record);
	}
	expect(found).toEqual([{ name: 'a' }, { name: 'b' }]);
});

test('different records with one number are all given, and the user is told what that may cost', async () => {
	const notes: string[] = [];
	const records = [{ id: 1, name: 'a' }, { id: 1, name: 'b' }, { id: 2, name: 'c' }];
	const found: unknown[] = [];
	const ask = async ({ query }: { query?: object }) => ({ records: records.filter(({ id }) => id > (query as { after: number }).after) });
	for await (const page of byLargest('after', 'id', 0, 50)({ ask, wanted: Infinity, parallel: 1, note: (text) => notes.push(text) })) {
		for (const record of page) found.push(record);
	}
	expect(found).toEqual(records);
	expect(notes).toEqual([expect.stringContaining('Several records have the same id')]);
});
