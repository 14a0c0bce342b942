/** What every operation of every node owes its user (design: "What every operation does"), through n8n's engine against the sandbox. */
import { leaks, pairs, useLab, type Subject } from './lab.mts';

const lab = useLab(1);
const named = (list: Subject[]): Array<[string, Subject]> => list.map((subject) => [`${subject.node} ${subject.key}`, subject]);
const three = (subject: Subject) => [...(subject.sample.items ?? [{}, {}, {}])];
/** The middle one of three items does not work. */
const withBad = (subject: Subject) => {
	const [first, , last] = three(subject);
	return [first ?? {}, subject.sample.bad ?? {}, last ?? {}];
};

const HOSTILE = ['..', '.', '%2e%2e', 'a/b', '../entity', 'x?y=1', '#', ' ', '\u0000'];

test('every operation has a sample', () => {
	expect(lab.missing).toEqual([]);
});

const onFurtherData = lab.further.map((subject): [string, Subject] => [`${subject.node} ${subject.key} on further data`, subject]);

describe.each([...named(lab.all), ...onFurtherData])('%s', (_, subject) => {
	test('links every item to the one it comes from, in order, and shows no secret', async () => {
		const { bench } = lab;
		await bench.fresh(subject);
		const run = await bench.run(subject);
		expect(run.error).toBeUndefined();
		const from = pairs(run.outputs[0]);
		expect([...new Set(from)]).toEqual([0, 1, 2]);
		expect(from).toEqual([...from].sort());
		expect(leaks(subject, run)).toEqual([]);
		if (subject.operation === 'delete') {
			for (const { json } of run.outputs[0] ?? []) expect(json.deleted).toBe(true);
		}
	});

	test('leaves the items it gets as they are, and gives out plain JSON that belongs to one item alone', async () => {
		const { bench } = lab;
		await bench.fresh(subject);
		const given = frozen(three(subject).map((item) => ({ ...item, kept: { list: [{ deep: 1 }] } })));
		const run = await bench.run(subject, { items: given });
		expect(run.error).toBeUndefined();
		const rows = run.outputs.flat().map(({ json }) => json);
		expect(rows.length).toBeGreaterThan(0);
		expect(JSON.parse(JSON.stringify(rows))).toStrictEqual(rows);
		expect(sharedBetween(rows)).toEqual([]);
	});

	const { bad, ids = [], list } = subject.sample;

	if (bad) {
		test('stops at an item that does not work, and names it', async () => {
			const { bench } = lab;
			await bench.fresh(subject);
			const run = await bench.run(subject, { items: withBad(subject) });
			expect(run.status).toBe('error');
			expect(run.error).toMatchObject({ context: { itemIndex: 1 }, message: expect.stringContaining('[item 1]') });
			expect(run.error?.description ?? '').toMatch(/\S/);
			expect(leaks(subject, run)).toEqual([]);
		});

		test('continues, with an item for what did not work', async () => {
			const { bench } = lab;
			await bench.fresh(subject);
			const run = await bench.run(subject, { items: withBad(subject), onError: 'continueRegularOutput' });
			expect(run.error).toBeUndefined();
			expect([...new Set(pairs(run.outputs[0]))]).toEqual([0, 1, 2]);
			const failed = (run.outputs[0] ?? []).filter(({ json }) => 'error' in json && 'message' in json);
			expect(pairs(failed)).toEqual([1]);
			expect(failed[0]?.json).toEqual({ error: expect.any(String), message: expect.any(Object) });
			expect(run.hints.map(({ message }) => message).join()).toContain('1 of 3 items failed');
		});

		test('continues with the error output', async () => {
			const { bench } = lab;
			await bench.fresh(subject);
			const run = await bench.run(subject, { items: withBad(subject), onError: 'continueErrorOutput' });
			expect(run.error).toBeUndefined();
			expect([...new Set(pairs(run.outputs[0]))]).toEqual([0, 2]);
			expect(pairs(run.outputs[1])).toEqual([1]);
			expect(run.outputs[1]?.[0]?.json).toMatchObject({ error: expect.any(String) });
		});

		test('as the tool of an agent, tells the model what did not work and what to do', async () => {
			const { bench } = lab;
			await bench.fresh(subject);
			const run = await bench.runAsTool(subject, bad);
			expect(run.status).toBe('success');
			expect(run.answer).toEqual([{ error: expect.stringMatching(/\S/), message: expect.objectContaining({ description: expect.stringMatching(/\S/) }) }]);
			expect(leaks(subject, run)).toEqual([]);
		});
	}

	for (const key of ids) {
		test(`keeps what is no ${key} from leading elsewhere`, async () => {
			const { bench } = lab;
			await bench.fresh(subject);
			await bench.run(subject, { items: [subject.sample.items?.[0] ?? {}] });
			const usual = Object.keys((await bench.summary(subject)).byRoute);
			await bench.fresh(subject);
			const items = HOSTILE.map((id) => ({ ...subject.sample.items?.[0], [key]: id }));
			const run = await bench.run(subject, { items, onError: 'continueErrorOutput' });
			const summary = await bench.summary(subject);
			expect(usual).toEqual(expect.arrayContaining(Object.keys(summary.byRoute)));
			expect(Object.keys(summary.effects).filter((kind) => kind !== 'login')).toEqual([]);
			expect(run.outputs[0] ?? []).toEqual([]);
			expect(pairs(run.outputs[1])).toEqual(HOSTILE.map((_, i) => i));
		});
	}

	if (list) {
		const idsOf = (run: { outputs: Array<Array<{ json: object }>> }) => (run.outputs[0] ?? []).map(({ json }) => list.idOf(json as never));
		const one = [three(subject)[0] ?? {}];

		test('returns all over several pages, each record once', async () => {
			const { bench } = lab;
			await bench.fresh(subject);
			const parameters = { returnAll: true, ...(list.all ?? {}), ...(list.smallPages ?? {}) };
			const run = await bench.run(subject, { items: one, parameters, credential: list.pagedBy });
			const found = idsOf(run);
			expect(run.error).toBeUndefined();
			expect(found).toHaveLength(list.total);
			expect(new Set(found).size).toBe(list.total);
		});

		test('stops in the middle of a page at the limit, with the same records first', async () => {
			const { bench } = lab;
			await bench.fresh(subject);
			const limit = Math.max(1, Math.floor(list.total / 2) - 1);
			const parameters = { ...(list.all ?? {}), ...(list.smallPages ?? {}) };
			const all = idsOf(await bench.run(subject, { items: one, parameters: { ...parameters, returnAll: true }, credential: list.pagedBy }));
			const some = idsOf(await bench.run(subject, { items: one, parameters: { ...parameters, returnAll: false, limit }, credential: list.pagedBy }));
			expect(some).toEqual(all.slice(0, limit));
		});

		const { empty } = list;
		if (empty) {
			test('gives no items for an empty list', async () => {
				const { bench } = lab;
				await bench.fresh(subject);
				const run = await bench.run(subject, {
					items: [{ ...one[0], ...empty.item }],
					parameters: { returnAll: true, ...empty.parameters },
					credential: empty.credential,
				});
				expect(run.error).toBeUndefined();
				expect(run.outputs[0] ?? []).toEqual([]);
			});

			test('as the tool of an agent, says that nothing was found', async () => {
				const { bench } = lab;
				await bench.fresh(subject);
				const { answer, status } = await bench.runAsTool(subject, { ...one[0], ...empty.item }, { parameters: { returnAll: true, ...empty.parameters }, credential: empty.credential });
				expect(status).toBe('success');
				expect(answer).toEqual([{ found: 0, message: 'Nothing was found' }]);
			});
		}
	}
});

/** A value that nobody can change, whatever is in it. */
function frozen<T>(value: T): T {
	if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
	return value;
}

/** Where rows hold an object that another row holds too: who changes one, changes both. */
function sharedBetween(rows: readonly object[]): string[] {
	const ownerOf = new Map<object, number>();
	const found: string[] = [];
	const look = (value: unknown, row: number, place: string): void => {
		if (typeof value !== 'object' || value === null) return;
		const owner = ownerOf.get(value);
		if (owner !== undefined && owner !== row) found.push(`rows ${owner} and ${row} at ${place}`);
		if (owner !== undefined) return;
		ownerOf.set(value, row);
		for (const [key, inner] of Object.entries(value)) look(inner, row, `${place}.${key}`);
	};
	rows.forEach((row, i) => look(row, i, ''));
	return found;
}
