import type { INodeParameters } from 'n8n-workflow';
import { idOf } from '../../../sandbox/entu/seed-records.mts';
import { byId, defined, items, known, told, useEntu, type Row } from './entu.mts';

const bench = useEntu();
const { run, rows } = { run: bench.run, rows: bench.rows };

interface Condition {
	property: string;
	operator: string;
	value?: unknown;
}

const where = (...conditions: Condition[]): INodeParameters => ({ filters: { conditions } as unknown as INodeParameters });
const all: INodeParameters = { typeId: byId(known.typeBook), returnAll: true, options: { pageSize: 1000, properties: 'isbn' } };
const idsOf = (list: Row[]) => list.map(({ _id }) => String(_id)).sort();

/** All books as the sandbox holds them, asked for without any filter. */
let library: Array<Record<string, Row[]> & { _id: string }> = [];
const books = async () => {
	if (library.length === 0) library = (await bench.ask(`/entity?_type.reference=${known.typeBook}&limit=100000`)).entities as never;
	return library;
};

type Compare = (value: unknown, wanted: unknown) => boolean;
const lower = (value: unknown) => String(value).toLowerCase();
const some = (compare: Compare) => (values: unknown[], wanted: unknown) => values.some((value) => compare(value, wanted));
/** What each operator promises, worked out here and not by the service. */
const promises: Record<string, (values: unknown[], wanted: unknown) => boolean> = {
	equals: some((value, wanted) => value === wanted),
	notEquals: (values, wanted) => !values.includes(wanted),
	contains: some((value, wanted) => lower(value).includes(lower(wanted))),
	startsWith: some((value, wanted) => lower(value).startsWith(lower(wanted))),
	isOneOf: (values, wanted) => values.some((value) => (wanted as unknown[]).includes(value)),
	greater: some((value, wanted) => (value as number) > (wanted as number)),
	greaterOrEqual: some((value, wanted) => (value as number) >= (wanted as number)),
	less: some((value, wanted) => (value as number) < (wanted as number)),
	lessOrEqual: some((value, wanted) => (value as number) <= (wanted as number)),
	exists: (values) => values.length > 0,
	doesNotExist: (values) => values.length === 0,
};

/** By property: how to read a value, what to enter, and the same as the truth knows it. */
const author = idOf.author(5);
const isTime = (field: string) => field === 'date' || field === 'datetime';
const compared: Array<[property: string, operators: string[], entered: unknown, truth: unknown]> = [
	['name.string', ['equals', 'notEquals'], 'The Hobbit', 'The Hobbit'],
	['name.string', ['contains', 'startsWith'], 'silent h', 'silent h'],
	['name.string', ['isOneOf'], 'The Hobbit, A Public Guide', ['The Hobbit', 'A Public Guide']],
	['name.string', ['greater', 'lessOrEqual'], 'M', 'M'],
	['tags.string', ['equals', 'notEquals', 'contains'], 'signed', 'signed'],
	['description.string', ['contains', 'startsWith'], 'eestikeelne', 'eestikeelne'],
	['status.string', ['isOneOf'], ['new', 'lost'], ['new', 'lost']],
	['pages.number', ['equals', 'notEquals', 'greater', 'greaterOrEqual', 'less', 'lessOrEqual'], 310, 310],
	['pages.number', ['isOneOf'], '310, 77', [310, 77]],
	['price.number', ['equals', 'less'], '5.73', 5.73],
	['available.boolean', ['equals', 'notEquals'], false, false],
	['published.date', ['equals', 'notEquals', 'greater', 'greaterOrEqual', 'less', 'lessOrEqual'], '1960-11-11', Date.parse('1960-11-11')],
	['borrowed_at.datetime', ['equals', 'greaterOrEqual', 'lessOrEqual'], '2026-02-03T04:05:06.789Z', Date.parse('2026-02-03T04:05:06.789Z')],
	['author.reference', ['equals', 'notEquals'], author, author],
	['author.reference', ['isOneOf'], `${author}, https://entu.app/labdb/${known.author}`, [author, known.author]],
	['author.string', ['equals', 'contains'], 'J. R. R. Tolkien', 'J. R. R. Tolkien'],
	['photo.filename', ['equals', 'startsWith'], 'cover.png', 'cover.png'],
	['scan.filesize', ['greater'], 1000, 1000],
	['code.string', ['equals', 'startsWith'], 'INV-7', 'INV-7'],
	['title_code.formula', ['equals', 'contains'], 'The Hobbit #7', 'The Hobbit #7'],
	['_parent.reference', ['equals'], known.folder, known.folder],
	// A day begins in the time zone of the workflow, which is n8n's own default here.
	['_created.datetime', ['greaterOrEqual'], '2024-03-01', Date.parse('2024-03-01T00:00:00-05:00')],
];
const cases = compared.flatMap(([property, operators, entered, truth]) => operators.map((operator) => ({ property, operator, entered, truth })));

const truthOf = async (property: string, operator: string, wanted: unknown): Promise<string[]> => {
	const [name = '', given = ''] = property.split('.');
	const field = given === 'formula' ? 'string' : given;
	const read = (value: Row) => (isTime(field) ? Date.parse(String(value[field])) : value[field]);
	const kept = (await books()).filter((book) => defined(promises[operator])((book[name] ?? []).filter((value) => value[field] !== undefined).map(read), wanted));
	return kept.map(({ _id }) => _id).sort();
};

describe('all types', () => {
	test.each([
		['typeId', { typeId: byId('={{ $json.none }}') }, "'Entity Type' holds an expression that gives nothing"],
		['search', { typeId: byId(known.typeBook), search: '={{ $json.none }}' }, "'Search' holds an expression that gives nothing"],
	])('are not read because an expression in %s gives nothing', async (_, parameters, message) => {
		for (const operation of ['getAll', 'count']) expect(told((await run('entity', operation, parameters)).error)).toContain(message);
		expect(await bench.sandbox.control.journal('entu')).toEqual([]);
	});

	test('are read where they are chosen, or where the field is left empty by hand', async () => {
		const [chosen] = await rows('entity', 'count', { typeId: { __rl: true, mode: 'list', value: 'all', cachedResultName: 'All Types' } });
		expect(await rows('entity', 'count', { typeId: byId('') })).toEqual([chosen]);
		expect(chosen?.count).toBeGreaterThan(5000);
	});
});

describe('a filter', () => {
	test.each(cases)('$property $operator $entered finds what it promises', async ({ property, operator, entered, truth }) => {
		const expected = await truthOf(property, operator, truth);
		expect(expected.length).toBeGreaterThan(0);
		expect(expected.length).toBeLessThan(library.length);
		const condition = where({ property, operator, value: entered });
		// Of long lists the number tells enough, and takes less time.
		if (expected.length > 300) expect(await rows('entity', 'count', { typeId: byId(known.typeBook), ...condition })).toEqual([{ count: expected.length }]);
		else expect(idsOf(await rows('entity', 'getAll', { ...all, ...condition }))).toEqual(expected);
	});

	const existing = ['tags.string', 'borrowed_at.datetime', 'photo.filename', 'scan.filesize', 'notes.string', 'checked.date', 'title_code.formula', 'pages.number', 'author.reference', 'available.boolean'];
	describe.each(['july', 'later'])('on servers of %s', (generation) => {
		test.each(existing)('%s exists, or does not', async (property) => {
			await bench.sandbox.control.settings('entu', { generation });
			for (const operator of ['exists', 'doesNotExist']) {
				const expected = await truthOf(property, operator, undefined);
				const found = await rows('entity', 'count', { typeId: byId(known.typeBook), ...where({ property, operator }) });
				expect(found).toEqual([{ count: expected.length }]);
			}
		});

		test.each(['not an id', '65a0', 'x'.repeat(24)])('an ID such as "%s" is refused and not asked for', async (value) => {
			await bench.sandbox.control.settings('entu', { generation });
			const { error } = await run('entity', 'getAll', { ...all, ...where({ property: 'author.reference', operator: 'equals', value }) });
			expect(told(error)).toMatch(/'Filters'.*is not an Entu ID/s);
			expect(await bench.sandbox.control.journal('entu')).toEqual([]);
		});
	});

	test('several conditions must all hold, two bounds on one field among them', async () => {
		const found = await rows('entity', 'getAll', {
			...all,
			...where({ property: 'pages.number', operator: 'greaterOrEqual', value: 300 }, { property: 'pages.number', operator: 'less', value: 310 }, { property: 'available.boolean', operator: 'equals', value: true }),
		});
		const expected = (await books()).filter(({ pages, available }) => Number(pages?.[0]?.number) >= 300 && Number(pages?.[0]?.number) < 310 && available?.[0]?.boolean === true);
		expect(idsOf(found)).toEqual(expected.map(({ _id }) => _id).sort());
		expect(found.length).toBeGreaterThan(0);
	});

	test.each(['a/b (1+1) [x] {2} ^$ . * ? | \\ -', 'C:\\Temp', '100%', "it's & so=on", '/i', 'Õ', '#1; drop'])('text with special characters is taken as it is: %s', async (text) => {
		const body = [{ type: '_type', reference: known.typeBook }, { type: 'name', string: `before ${text} after` }];
		const made = await bench.ask('/entity', { method: 'POST', body });
		const twin = [{ type: '_type', reference: known.typeBook }, { type: 'name', string: text }];
		const second = await bench.ask('/entity', { method: 'POST', body: twin });
		const find = async (operator: string, value: unknown = text) => idsOf(await rows('entity', 'getAll', { ...all, ...where({ property: 'name.string', operator, value }) }));
		expect(await find('contains')).toEqual(expect.arrayContaining([String(made._id), String(second._id)]));
		expect(await find('startsWith')).toContain(String(second._id));
		expect(await find('startsWith')).not.toContain(String(made._id));
		expect(await find('equals')).toEqual([String(second._id)]);
		expect(await find('isOneOf', [text, 'nothing, really'])).toEqual([String(second._id)]);
	});

	test.each<[string, Condition[], RegExp]>([
		['a property without a field', [{ property: 'name', operator: 'equals', value: 'x' }], /can't compare by "name"/],
		['a field that values do not have', [{ property: 'pages.numbr', operator: 'equals', value: 1 }], /can't compare by "pages.numbr"/],
		['the ID of the entity itself', [{ property: '_id.string', operator: 'equals', value: known.book }], /can't compare by "_id.string"/],
		['characters that Entu ignores', [{ property: 'na-me.string', operator: 'equals', value: 'x' }], /can't compare by/],
		['no property', [{ property: '', operator: 'equals', value: 'x' }], /can't compare by/],
		['no value', [{ property: 'name.string', operator: 'equals', value: '' }], /has no value.*Does Not Exist/s],
		['no value in a list', [{ property: 'name.string', operator: 'isOneOf', value: ' , ' }], /has no value/],
		['a text for a number', [{ property: 'pages.number', operator: 'greater', value: 'many' }], /is not a number/],
		['a text for a date', [{ property: 'published.date', operator: 'less', value: 'soon' }], /is not a date/],
		['a text for a boolean', [{ property: 'available.boolean', operator: 'equals', value: 'maybe' }], /is neither true nor false/],
		['a part of a number', [{ property: 'pages.number', operator: 'contains', value: 3 }], /texts only/],
		['one condition twice', [{ property: 'name.string', operator: 'equals', value: 'a' }, { property: 'name.string', operator: 'equals', value: 'b' }], /can't combine/],
		['equality beside another operator', [{ property: 'pages.number', operator: 'equals', value: 1 }, { property: 'pages.number', operator: 'greater', value: 0 }], /can't combine/],
	])('with %s is refused before anything is asked', async (_, conditions, message) => {
		for (const operation of ['getAll', 'count']) {
			const { error } = await run('entity', operation, { typeId: byId(known.typeBook), ...where(...conditions) });
			expect(told(error)).toMatch(message);
		}
		expect(await bench.sandbox.control.journal('entu')).toEqual([]);
	});

	test('on computed numbers and booleans asks for those, and for their existence without an ID', async () => {
		const asked = async (property: string, operator: string, value?: unknown) => {
			await bench.sandbox.control.clearJournal();
			const { error } = await run('entity', 'count', where({ property, operator, value }));
			const journal = await bench.sandbox.control.journal('entu');
			return error ? told(error) : journal.filter(({ path }) => path.endsWith('/entity')).map(({ query }) => query)[0];
		};
		expect(await asked('total.formula_number', 'greater', 5)).toMatchObject({ 'total.number.gt': '5' });
		expect(await asked('total.formula_number', 'exists')).toMatchObject({ 'total.number.gte': '-1e308' });
		expect(await asked('total.formula_number', 'doesNotExist')).toMatch(/Filter node/);
		expect(await asked('late.formula_boolean', 'doesNotExist')).toMatchObject({ 'late.boolean.exists': 'false' });
		expect(await asked('total.formula_number', 'equals', 'x')).toMatch(/is not a number/);
	});

	test('comes from an expression for each item', async () => {
		const found = await run('entity', 'getAll', { ...all, ...where({ property: 'name.string', operator: 'equals', value: '={{ $json.name }}' }) }, { items: items({ name: 'The Hobbit' }, { name: 'nobody' }, { name: 'A Public Guide' }) });
		expect(found.outputs[0]?.map(({ json, pairedItem }) => [json._id, (pairedItem as { item: number }).item])).toEqual([
			[known.book, 0],
			[known.publicEntity, 2],
		]);
	});
});

describe('a raw query', () => {
	const raw = (rawQuery: string) => ({ typeId: byId(known.typeBook), options: { rawQuery } });

	test.each([
		['pages.number.gte=300&pages.number.lt=310', 'pages'],
		['?name.string.regex=/^the h/i', 'name'],
		['tags._id.exists=true&available.boolean=true', 'tags'],
		['q=hobbit', 'name'],
	])('%s works', async (query) => {
		const count = (await bench.ask(`/entity?_type.reference=${known.typeBook}&limit=1&${query.replace('?', '')}`)).count;
		expect(count).toBeGreaterThan(0);
		expect(count).toBeLessThan(3000);
		expect(await rows('entity', 'count', raw(query))).toEqual([{ count }]);
	});

	test.each<[string, RegExp]>([
		['_type=book', /would ignore "_type"/],
		['name=x', /would ignore "name"/],
		['_id.string=65a0', /would ignore "_id.string"/],
		['na-me.string=x', /would ignore/],
		['name.string.nin=x', /would ignore/],
		['limit=5', /sets "limit" itself.*'Limit' or 'Return All'/s],
		['skip=-1', /sets "skip" itself.*page after page/s],
		['group=status.string', /sets "group" itself.*'Count' with the option 'Group By'/s],
		['name.string.regex=/a/s', /no flags but i and m/],
		['props=name,name.string', /can't send "name" and "name.string" at once/],
		['props=name.', /"name\." is no name of a property/],
		['sort=pages.number,name.string', /can't sort by two properties, "pages" and "name"/],
		['sort=name', /can't sort by "name"/],
		['published.date.gt=2020', /"2020" is a year, not a date/],
		['published.date.gt=1577836800', /is not a date/],
		['q=%2C%3B', /holds no word/],
		['pages.number.exists=false', /pages\._id\.exists=false/],
		['author.reference.exists=true', /author\._id\.exists=true/],
		['author.reference=nobody', /is not an Entu ID/],
		['author.reference.in=65a000000000000000000033,x', /is not an Entu ID/],
		['pages.number.gt=many', /is not a number/],
		['published.date.lt=soon', /is not a date/],
		['name.string.regex=/a\\/b/i', /\\x2F/],
		['name.string.regex=/a/x', /no flags but i and m/],
		['name.string=a&name.string=b', /can't combine/],
		['name.string=a&name.string.ne=b', /can't combine/],
		['_type.reference=65a000000000000000000034', /can't combine/],
	])('%s is refused before anything is asked', async (query, message) => {
		const { error } = await run('entity', 'getAll', raw(query));
		expect(told(error)).toMatch(message);
		expect(await bench.sandbox.control.journal('entu')).toEqual([]);
	});

	test('does not override a filter or a search', async () => {
		const filtered = await run('entity', 'count', { ...raw('pages.number.gte=5'), ...where({ property: 'pages.number', operator: 'greaterOrEqual', value: 900 }) });
		expect(told(filtered.error)).toMatch(/can't combine/);
		const searched = await run('entity', 'count', { ...raw('q=a'), search: 'b' });
		expect(told(searched.error)).toMatch(/takes "q" once only/);
	});
});

describe('Get Many', () => {
	test('gives every entity once over many pages, in order, with parallel pages', async () => {
		await bench.sandbox.control.settings('entu', { latencyMs: 10 });
		const found = await rows('entity', 'getAll', { ...all, options: { pageSize: 200, properties: 'isbn' } });
		expect(found.map(({ _id }) => _id)).toEqual((await books()).map(({ _id }) => _id));
		expect((await bench.sandbox.control.summary('entu')).maxInFlight).toBeGreaterThan(1);
	});

	test('asks for no more than is wanted', async () => {
		expect(await rows('entity', 'getAll', { typeId: byId(known.typeBook), limit: 7 })).toHaveLength(7);
		const journal = await bench.sandbox.control.journal('entu');
		expect(journal.filter(({ path, query }) => path.endsWith('/entity') && query['_type.string'] === undefined).map(({ query }) => query.limit)).toEqual(['7']);
	});

	test('sorts by text, number and date, in both directions', async () => {
		const sorted = async (...rules: Array<[string, string]>) =>
			await rows('entity', 'getAll', { typeId: byId(known.typeBook), limit: 40, sort: { rules: rules.map(([property, direction]) => ({ property, direction })) } });
		const down = (await sorted(['pages.number', 'descending'])).map(({ pages }) => Number(pages));
		expect(down).toEqual([...down].sort((a, b) => b - a));
		expect(down[0]).toBeGreaterThan(900);
		const up = (await sorted(['published.date', 'ascending'])).map(({ published }) => String(published));
		expect(up).toEqual([...up].sort());
	});

	test('refuses to sort by a bare property', async () => {
		const { error } = await run('entity', 'getAll', { sort: { rules: [{ property: 'name', direction: 'ascending' }] } });
		expect(told(error)).toMatch(/'Sort'.*"name"/s);
	});

	test('searches for all words, parts of them too', async () => {
		expect(await rows('entity', 'getAll', { search: 'hobb  978-0-261' })).toMatchObject([{ _id: known.book, _type: 'book', name: 'The Hobbit' }]);
		expect(await rows('entity', 'getAll', { search: 'hobbit nothing' })).toEqual([]);
	});

	test('gives the chosen properties only', async () => {
		const [row] = await rows('entity', 'getAll', { search: 'hobbit', options: { properties: ' pages ,name,' } });
		expect(row).toEqual({ _id: known.book, name: 'The Hobbit', pages: 310 });
		expect(Object.keys(defined(row))).toEqual(['name', '_id', 'pages']);
	});

	test('simplifies a row as a reader wants it', async () => {
		const [row] = await rows('entity', 'getAll', { search: 'hobbit', limit: 1 });
		expect(row).toEqual({
			_id: known.book,
			_type: 'book',
			_typeId: known.typeBook,
			name: 'The Hobbit',
			description: { en: 'There and back', et: 'Sinna ja tagasi' },
			isbn: '978-0-261-10221-7',
			pages: 310,
			price: 5,
			available: false,
			published: '1937-09-21',
			borrowed_at: '2026-02-03T04:05:06.789Z',
			author: [{ _id: known.author, name: 'J. R. R. Tolkien', type: 'author' }],
			status: 'new',
			genre: ['fiction', 'science'],
			tags: ['signed', 'first edition'],
			code: 'OLD-7',
			title_code: 'The Hobbit #7',
			checked: '2025-01-15',
			notes: 'Insured.',
			_parent: { _id: known.folder, name: 'Shelf A', type: 'folder' },
			_sharing: 'domain',
			_created: expect.stringMatching(/^2024-/),
		});
		expect(Object.keys(defined(row)).slice(0, 4)).toEqual(['name', '_type', '_id', '_typeId']);
		expect(Object.keys(defined(row)).slice(-3)).toEqual(['_parent', '_sharing', '_created']);
	});

	test('gives the same columns to every row, whatever its type, and before version 1.1 those of each', async () => {
		const [first = {}, ...more] = await rows('entity', 'getAll', { search: 'hobbit' });
		expect(more.length).toBeGreaterThan(0);
		expect(first).toMatchObject({ name: 'The Hobbit', borrower: null });
		for (const row of more) expect(Object.keys(row).sort()).toEqual(Object.keys(first).sort());
		expect(Object.keys(first).slice(-3)).toEqual(['_parent', '_sharing', '_created']);
		const [before = {}] = await rows('entity', 'getAll', { search: 'hobbit' }, { version: 1 });
		expect(before).not.toHaveProperty('borrower');
	});

	test('raw rows are what Entu sends', async () => {
		const [row] = await rows('entity', 'getAll', { search: 'hobbit', output: 'raw' });
		expect(row).toEqual(await bench.entity(known.book));
	});

	test('shows a plain user what is shared, and a stranger to nothing', async () => {
		const found = await rows('entity', 'getAll', { typeId: byId(known.typeBook), returnAll: true, options: { properties: 'notes,name' } }, { credentials: { entuApi: bench.user } });
		const ids = idsOf(found);
		expect(ids).not.toContain(known.privateEntity);
		expect(ids).toContain(known.domainEntity);
		expect(found.find(({ _id }) => _id === known.domainEntity)).not.toHaveProperty('notes');
	});
});

describe('Count', () => {
	test('of all, of a type, and of what is found', async () => {
		expect(await rows('entity', 'count')).toEqual([{ count: (await bench.ask('/entity?limit=1')).count }]);
		expect(await rows('entity', 'count', { typeId: byId(known.typeBook) })).toEqual([{ count: (await books()).length }]);
		expect(await rows('entity', 'count', { typeId: byId(known.typeBook), search: 'nothing is called so' })).toEqual([{ count: 0 }]);
	});

	test('in groups, by one property and by several', async () => {
		const groups = await rows('entity', 'count', { typeId: byId(known.typeBook), options: { groupBy: 'status.string' } });
		const expected = new Map<unknown, number>();
		for (const { status } of await books()) expected.set(status?.[0]?.string, (expected.get(status?.[0]?.string) ?? 0) + 1);
		expect(new Map(groups.map(({ status, count }) => [status, Number(count)]))).toEqual(expected);

		const pairs = await rows('entity', 'count', { typeId: byId(known.typeBook), options: { groupBy: 'status.string, available.boolean' } });
		expect(pairs).toHaveLength(6);
		expect(pairs.reduce((sum, { count }) => sum + Number(count), 0)).toBe((await books()).length);
		expect(Object.keys(defined(pairs[0])).sort()).toEqual(['available', 'count', 'status']);
	});

	test('an answer without a number is not taken for none', async () => {
		await bench.sandbox.control.fault({ service: 'entu', method: 'GET', path: '/entity$', fault: { type: 'status', status: 200, body: { entities: [] } } });
		expect(told((await run('entity', 'count', { typeId: byId(known.typeBook) })).error)).toMatch(/the number of entities was expected/);
	});

	test('refuses to group by a bare property', async () => {
		expect(told((await run('entity', 'count', { options: { groupBy: 'status' } })).error)).toMatch(/'Group By'/);
	});
});
