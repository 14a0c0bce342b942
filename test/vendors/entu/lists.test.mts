/** What Entu's server does with lists, and how the node deals with it: dates, order, searches, groups, computed values, long queries. */
import type { INodeParameters } from 'n8n-workflow';
import { byId, defined, items, known, mixed, told, useEntu, type Row } from './entu.mts';

const bench = useEntu();
const { run, rows, ask } = { run: bench.run, rows: bench.rows, ask: bench.ask };
const july = process.env.ENTU_GENERATION === 'july';

const where = (...conditions: Array<{ property: string; operator: string; value?: unknown }>): INodeParameters => ({ filters: { conditions } as unknown as INodeParameters });
const sortBy = (property: string, direction = 'ascending'): INodeParameters => ({ sort: { rules: [{ property, direction }] } });
const book = { typeId: byId(known.typeBook) };
const inMixed = { credentials: { get entuApi() { return bench.mixedOwner; } } };

describe('dates', () => {
	test.each([['published.date', 'a year'], ['borrowed_at.datetime', 'a year'], ['_created.datetime', 'a year']])('%s is never compared with a bare number', async (property) => {
		for (const value of [2020, '2020', 1_577_836_800, 20200101]) {
			const { error } = await run('entity', 'getAll', { ...book, ...where({ property, operator: 'greater', value }) });
			expect(told(error)).toMatch(/is not a date|is a year, not a date/);
		}
		expect(await bench.asked()).toEqual([]);
	});

	test.each(['Europe/Tallinn', 'America/New_York'])('what is written at ten is found at ten (%s)', async (timezone) => {
		const settings = { settings: { timezone } };
		const json = JSON.stringify({ name: 'At ten', borrowed_at: '2026-02-03T10:00:00', published: '2026-02-03' });
		const [made] = await rows('entity', 'create', { ...book, propertiesMode: 'json', propertiesJson: json }, settings);
		for (const [property, value] of [['borrowed_at.datetime', '2026-02-03T10:00:00'], ['published.date', '2026-02-03']] as const) {
			const found = await rows('entity', 'getAll', { ...book, ...where({ property, operator: 'equals', value }) }, settings);
			expect(found.map(({ _id }) => _id)).toEqual([made?._id]);
		}
	});

	test('the raw query takes milliseconds of 11 digits and more as they are', async () => {
		const count = async (rawQuery: string) => (await rows('entity', 'count', { ...book, options: { rawQuery } }))[0]?.count;
		for (const ms of ['31536000000', '1577836800000']) {
			expect(await count(`published.date.gt=${ms}`)).toBe(await count(`published.date.gt=${new Date(Number(ms)).toISOString().slice(0, 10)}`));
		}
	});
});

describe('the order', () => {
	test('by two properties is refused before anything is asked: Entu fails at it', async () => {
		const rules = [{ property: 'pages.number', direction: 'ascending' }, { property: 'name.string', direction: 'ascending' }];
		const { error } = await run('entity', 'getAll', { ...book, sort: { rules } }, { version: 1 });
		expect(told(error)).toMatch(/'Sort': Entu can't sort by two properties, "pages" and "name".*Sort node/s);
		// Nodes that are added now have room for one rule.
		expect(told((await run('entity', 'getAll', { ...book, sort: { rules } })).error)).toMatch(/At most 1 field is allowed/);
		expect(await bench.asked()).toEqual([]);
	});

	test('of entities with the same value is that of the values, so that pages neither repeat nor lose any', async () => {
		await rows('entity', 'getAll', { ...book, limit: 5, ...sortBy('status.string', 'descending') });
		expect((await bench.asked()).map(({ query }) => query.sort).filter(Boolean)).toEqual(['-status.string,-status._id']);
	});

	/** A server that sorts anew for each page, as MongoDB may: the same values in any order. */
	test.each(['ascending', 'descending'])('where the server has none for all, it is made here (%s)', async (direction) => {
		const all = { typeId: byId(mixed.typeItem), returnAll: true, options: { pageSize: 50, properties: 'name' } };
		for (const property of ['rank.number', 'seen.datetime', 'bought.date', 'colour.string', 'keeper.reference', '_owner.reference', 'usable.boolean']) {
			const [name = '', field = ''] = property.split('.');
			await bench.sandbox.control.clearJournal();
			const found = await rows('entity', 'getAll', { ...all, ...sortBy(property, direction) }, inMixed);
			expect(new Set(found.map(({ _id }) => _id)).size).toBe(found.length);
			const truth = (await ask(`/entity?_type.reference=${mixed.typeItem}&limit=1000`, { database: mixed.database })).entities as unknown as Array<Record<string, Row[]> & { _id: string }>;
			expect(found).toHaveLength(truth.length);
			expect(Object.keys(defined(found[0])).filter((key) => key !== 'name')).toEqual(['_id']);
			// The server's own order, of what it can tell apart.
			const sign = direction === 'descending' ? '-' : '';
			const served = (await ask(`/entity?_type.reference=${mixed.typeItem}&limit=1000&sort=${sign}${property}&props=${name}`, { database: mixed.database })).entities as unknown as Array<Record<string, Row[]> & { _id: string }>;
			const keyOf = (id: unknown) => JSON.stringify(defined(truth.find(({ _id }) => _id === id))[name]?.map((value) => value[field] ?? null).sort() ?? null);
			expect(found.map(({ _id }) => keyOf(_id))).toEqual(served.map(({ _id }) => keyOf(_id)));
		}
	});

	test('is right where the raw query asks for other properties only', async () => {
		const parameters = { typeId: byId(mixed.typeItem), returnAll: true, ...sortBy('rank.number', 'descending') };
		const found = async (options: INodeParameters) => (await rows('entity', 'getAll', { ...parameters, options }, inMixed)).map(({ _id }) => _id);
		expect(await found({ rawQuery: 'props=name' })).toEqual(await found({}));
	});

	test('where it is made here, no page is sorted by the server', async () => {
		const parameters = { typeId: byId(mixed.typeItem), returnAll: true, ...sortBy('rank.number') };
		await rows('entity', 'getAll', parameters, inMixed);
		expect((await bench.asked()).filter(({ query }) => query.sort !== undefined)).toEqual([]);
	});
});

describe('the pages of a list', () => {
	const sizes = async () => (await bench.asked()).filter(({ query }) => query['_type.reference'] === known.typeBook).map(({ query }) => Number(query.limit));

	test('10,000 entities take six requests at most, and come whole and in order', async () => {
		await bench.sandbox.control.seed('book', 10_000 - 3508);
		await bench.sandbox.control.clearJournal();
		const found = await rows('entity', 'getAll', { ...book, output: 'raw', returnAll: true, options: { properties: 'isbn' } });
		expect(await sizes()).toEqual([500, 2376, 2376, 2376, 2376]);
		expect(found).toHaveLength(10_000);
		const inOrder = found.map(({ _id }) => String(_id));
		expect(inOrder).toEqual([...new Set(inOrder)].sort());
	}, 30_000);

	test.each([[30, [30]], [2000, [2000]], [3000, [500, 1251, 1249]]])('a limit of %d asks for no more', async (limit, wanted) => {
		expect(await rows('entity', 'getAll', { ...book, limit, options: { properties: 'isbn' } })).toHaveLength(limit);
		expect(await sizes()).toEqual(wanted);
	});

	test.each([[1000, [1000, 1000, 1000, 1000]], [5000, [2500, 2500]]])("'Page Size' %d wins, as far as the node goes along", async (pageSize, wanted) => {
		expect(await rows('entity', 'getAll', { ...book, returnAll: true, options: { properties: 'isbn', pageSize } })).toHaveLength(3508);
		expect(await sizes()).toEqual(wanted);
	});
});

describe('searches', () => {
	test.each(['Tamm, Mari', 'Mari;Tamm', 'tamm,mari,jr', ' Mari\tTamm\n'])('%j finds who is called so', async (search) => {
		const found = await rows('entity', 'getAll', { search }, inMixed);
		expect(found.map(({ name }) => name)).toEqual(['Tamm, Mari; jr']);
		expect(await rows('entity', 'count', { search }, inMixed)).toEqual([{ count: 1 }]);
		const raw = `q=${encodeURIComponent(search)}`;
		expect(await rows('entity', 'count', { options: { rawQuery: raw } }, inMixed)).toEqual([{ count: 1 }]);
		const picked = await bench.engine.callMethod({ node: 'entu', kind: 'listSearch', method: 'searchEntities', parameters: {}, filter: search, credentials: { entuApi: bench.mixedOwner } });
		expect(picked.results.map(({ name }) => name)).toEqual(['Tamm, Mari; jr (item)']);
	});

	test('for nothing but commas is refused: everything would be found', async () => {
		expect(told((await run('entity', 'getAll', { search: ', ;' })).error)).toMatch(/'Search'.*no word/);
	});
});

describe('groups', () => {
	const grouped = async (groupBy: string, more: INodeParameters = {}) => await rows('entity', 'count', { ...book, options: { groupBy }, ...more });

	test('by a right, with the persons who have it', async () => {
		const groups = await grouped('_owner.reference');
		expect(groups).toEqual([{ count: 3508, _owner: { _id: known.owner, name: 'Ada Admin', type: 'person' } }]);
	});

	test('by the person who created, not by the time', async () => {
		expect(await grouped('_created.reference', where({ property: 'name.string', operator: 'equals', value: 'The Hobbit' }))).toEqual([{ count: 1, _created: { _id: known.owner, name: 'Ada Admin', type: 'person' } }]);
		expect((await grouped('_created.datetime'))[0]?._created).toMatch(/^20\d\d-.*Z$/);
	});

	test('by the type of a file, not by the first file', async () => {
		const groups = await grouped('photo.filetype', where({ property: 'photo.filename', operator: 'exists' }));
		expect(groups).toEqual([{ count: 2, photo: 'image/png' }]);
	});

	test('by several values, and by two fields of one property', async () => {
		expect(await grouped('genre.string', where({ property: 'name.string', operator: 'equals', value: 'The Hobbit' }))).toEqual([{ count: 1, genre: ['fiction', 'science'] }]);
		const [pair] = await grouped('author.reference,author.string', where({ property: 'name.string', operator: 'equals', value: 'The Hobbit' }));
		expect(pair).toEqual({ count: 1, 'author.reference': { _id: known.author, name: 'J. R. R. Tolkien', type: 'author' }, 'author.string': 'J. R. R. Tolkien' });
		expect((await grouped('published.date'))[0]?.published).toMatch(/^\d{4}-\d\d-\d\d$/);
	});
});

describe('computed dates', () => {
	const calc = { typeId: byId(mixed.typeCalc) };
	const found = async (property: string, operator: string, value?: unknown) =>
		(await rows('entity', 'getAll', { ...calc, ...where({ property, operator, value }), options: { properties: 'name' } }, inMixed)).map(({ _id }) => _id);

	test('are offered as what they are', async () => {
		const options = await bench.engine.callMethod({ node: 'entu', kind: 'loadOptions', method: 'getPropertyKeys', parameters: calc, credentials: { entuApi: bench.mixedOwner } });
		const values = options.map(({ value }) => value);
		expect(values).toEqual(expect.arrayContaining(['day_again.formula_date', 'moment_again.formula_datetime', 'total.formula_number', 'joined.formula']));
	});

	test.each(['formula_date', 'formula'])('are compared where the server has put them (%s)', async (mark) => {
		// July's servers know no DATE: what they compute of a date is its text.
		const name = july ? await computedInJuly() : 'day_again';
		expect(await found(`${name}.${mark}`, 'equals', '2024-01-01')).toEqual([mixed.calc]);
		expect(await found(`${name}.${mark}`, 'greater', '2023-12-31')).toEqual([mixed.calc]);
		expect(await found(`${name}.${mark}`, 'greater', '2024-01-01')).toEqual([]);
		expect(await found(`${name}.${mark}`, 'exists')).toEqual([mixed.calc]);
		expect(await found(`${name}.${mark}`, 'doesNotExist')).toEqual([mixed.emptyCalc]);
		expect(told((await run('entity', 'getAll', { ...calc, ...where({ property: `${name}.${mark}`, operator: 'equals', value: 2024 }) }, inMixed)).error)).toMatch(/is not a date|is a year, not a date/);
	});

	/** A computed date as July's servers have it. */
	async function computedInJuly(): Promise<string> {
		const { database } = mixed;
		const body = [{ type: '_type', reference: known.typeProperty }, { type: '_parent', reference: mixed.typeCalc }, { type: 'name', string: 'day_text' }, { type: 'type', string: 'date' }, { type: 'formula', string: 'day' }];
		await ask('/entity', { method: 'POST', database, body });
		for (const id of [mixed.calc, mixed.emptyCalc]) await ask(`/entity/${id}/aggregate`, { database });
		return 'day_text';
	}

	test('and other computed values come out as a list where there are several', async () => {
		const [row] = await rows('entity', 'get', { entityId: byId(mixed.calc) }, inMixed);
		expect(row?.related).toHaveLength(2);
		if (july) return;
		expect(row?.loud).toEqual(['RED', 'GREEN', 'RED', 'UBE']);
		expect(row?.day_again).toBe('2024-01-01');
		expect(row?.moment_again).toBe('2024-01-01T01:02:03.004Z');
	});
});

describe('many values of Is One Of', () => {
	const long = (count: number) => Array.from({ length: count }, (_, i) => `A rather long title of a book that nobody has, number ${i}`);
	const wanted = ['The Hobbit', 'A Public Guide', 'A Working Copy'];
	const condition = (operator = 'isOneOf', more: string[] = []) => where({ property: 'name.string', operator, value: [wanted[0], ...long(900), wanted[1], ...more, wanted[2], ...long(900)] });
	const theBooks = [known.book, known.publicEntity, known.editableEntity];

	test.each([[[]], [['with, a comma']]])('are asked for in parts, and joined in the order of creation', async (more: string[]) => {
		const found = await rows('entity', 'getAll', { ...book, ...condition('isOneOf', more) });
		expect(found.map(({ _id }) => _id)).toEqual(theBooks);
		expect(await rows('entity', 'getAll', { ...book, limit: 2, ...condition('isOneOf', more) })).toEqual(found.slice(0, 2));
		expect(await rows('entity', 'count', { ...book, ...condition('isOneOf', more) })).toEqual([{ count: 3 }]);
		for (const { query } of await bench.asked()) expect(new URLSearchParams(query as Record<string, string>).toString().length).toBeLessThan(14_000);
	});

	test('are counted once where several fit', async () => {
		const value = ['fiction', ...long(300), 'science', ...long(300)];
		const condition = where({ property: 'genre.string', operator: 'isOneOf', value });
		const both = await rows('entity', 'count', { ...book, ...where({ property: 'genre.string', operator: 'isOneOf', value: 'fiction,science' }) });
		expect(await rows('entity', 'count', { ...book, ...condition })).toEqual(both);
	});

	test('are sorted over all parts with Return All, and refused without it', async () => {
		const found = await rows('entity', 'getAll', { ...book, returnAll: true, ...sortBy('name.string'), ...condition() });
		expect(found.map(({ name }) => name)).toEqual([...wanted].sort());
		await bench.sandbox.control.clearJournal();
		expect(told((await run('entity', 'getAll', { ...book, ...sortBy('name.string'), ...condition() })).error)).toMatch(/'Sort'.*in parts.*'Return All'/s);
		expect(told((await run('entity', 'getAll', { ...book, returnAll: true, options: { rawQuery: 'sort=name.string' }, ...condition() })).error)).toMatch(/'Raw Query'.*in parts/s);
		expect(told((await run('entity', 'count', { ...book, options: { groupBy: 'status.string' }, ...condition() })).error)).toMatch(/'Group By'.*in parts/s);
		expect(await bench.asked()).toEqual([]);
	});

	test('that can\'t be split are refused before anything is asked', async () => {
		for (const value of ['x'.repeat(13_000), `${'õ'.repeat(3_000)}`]) {
			const { error } = await run('entity', 'getAll', { ...book, ...where({ property: 'name.string', operator: 'equals', value }) });
			expect(told(error)).toMatch(/too much to ask.*fewer or shorter values.*Nothing was sent/s);
		}
		expect(await bench.asked()).toEqual([]);
	});
});

describe('conditions and names', () => {
	test.each([[1.1, ['trailing ']], [1, []]])('blanks at the ends of a text count, since version 1.1 of the node (%p)', async (version, names) => {
		const found = await rows('entity', 'getAll', { typeId: byId(mixed.typeItem), ...where({ property: 'name.string', operator: 'equals', value: 'trailing ' }) }, { ...inMixed, version });
		expect(found.map(({ name }) => name)).toEqual(names);
	});

	test.each(['name,name.string', 'name.', 'na-me', 'name..string'])('the properties %s are refused before anything is asked', async (properties) => {
		for (const [operation, more] of [['getAll', book], ['get', { entityId: byId(known.book) }]] as const) {
			expect(told((await run('entity', operation, { ...more, options: { properties } })).error)).toMatch(/'Properties'/);
		}
		expect(await bench.asked()).toEqual([]);
	});

	test('fields win over the same in the raw query, and say so', async () => {
		const result = await run('entity', 'getAll', { ...book, limit: 3, ...sortBy('pages.number'), options: { properties: 'name', rawQuery: 'props=pages&sort=-pages.number' } });
		const hints = result.hints.map(({ message }) => message);
		for (const words of [`'Properties' wins over "props" of 'Raw Query'`, `'Sort' wins over "sort" of 'Raw Query'`]) expect(hints).toContainEqual(expect.stringContaining(words));
		expect(Object.keys(defined(result.outputs[0]?.[0]).json)).toEqual(['name', '_id']);
	});

	test('an entity type is found by its name', async () => {
		const byName = (value: string) => ({ typeId: { __rl: true, mode: 'name', value } });
		expect(await rows('entity', 'count', byName('book'))).toEqual(await rows('entity', 'count', book));
		expect(told((await run('entity', 'count', byName('bok'))).error)).toMatch(/'Entity Type': No entity type that can be seen is called "bok".*author, book/s);
		const results = await rows('entity', 'count', byName('={{ $json.type }}'), { items: items({ type: 'book' }, { type: 'author' }) });
		expect(results.map(({ count }) => count)).toEqual([3508, 321]);
		const { fields } = await bench.engine.callMethod({ node: 'entu', kind: 'resourceMapping', method: 'getColumns', parameters: { resource: 'entity', operation: 'create', ...byName('book') }, credentials: { entuApi: bench.owner } });
		expect(fields.map(({ id }) => id)).toContain('isbn');
	});
});
