import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { byId, columns, defined, items, known, told, useEntu, type Row } from './entu.mts';

const bench = useEntu();
const { run, rows, entity, effects } = { run: bench.run, rows: bench.rows, entity: bench.entity, effects: bench.effects };

const book = { typeId: byId(known.typeBook) };
const json = (value: unknown): INodeParameters => ({ propertiesMode: 'json', propertiesJson: typeof value === 'string' ? value : JSON.stringify(value) });
const strings = (values: Row[] | undefined) => values?.map(({ string }) => string);
const columnsOf = async (operation: string, more: INodeParameters = {}) =>
	(
		await bench.engine.callMethod({
			node: 'entu',
			kind: 'resourceMapping',
			method: 'getColumns',
			parameters: { resource: 'entity', operation, ...book, ...more },
			credentials: { entuApi: bench.owner },
		})
	).fields;

/** Columns as the editor stores them, with the schema that n8n checks them by. */
const mapped = async (operation: string, value: IDataObject, matchingColumns: string[] = []): Promise<INodeParameters> => ({
	columns: { mappingMode: 'defineBelow', value, matchingColumns, schema: await columnsOf(operation) } as unknown as INodeParameters,
});

const noWrite = async () => {
	expect(await bench.written()).toEqual({});
	const journal = await bench.sandbox.control.journal('entu');
	expect(journal.filter(({ method }) => method !== 'GET')).toEqual([]);
};

describe('Create', () => {
	test('stores mapped columns of every kind', async () => {
		const value = {
			name: 'The Silmarillion',
			'description@en': 'Older days',
			'description@et': 'Vanad ajad',
			pages: 365,
			price: '19.90',
			available: false,
			published: '1977-09-15',
			borrowed_at: '2026-02-03T04:05:06.000Z',
			author: known.author,
			status: 'worn',
			genre: ['fiction', 'history'],
			tags: '["signed", "donated"]',
			code: true,
		};
		const [made] = await rows('entity', 'create', { ...book, ...(await mapped('create', value)), parentId: byId(known.folder), options: { sharing: 'private' } });
		const stored = await entity(String(made?._id));
		expect(stored).toMatchObject({
			_type: [{ reference: known.typeBook }],
			_parent: [{ reference: known.folder }],
			name: [{ string: 'The Silmarillion' }],
			description: [
				{ string: 'Older days', language: 'en' },
				{ string: 'Vanad ajad', language: 'et' },
			],
			pages: [{ number: 365 }],
			price: [{ number: 19.9 }],
			available: [{ boolean: false }],
			published: [{ date: '1977-09-15T00:00:00.000Z' }],
			borrowed_at: [{ datetime: '2026-02-03T04:05:06.000Z' }],
			author: [{ reference: known.author }],
			status: [{ string: 'worn' }],
			genre: [{ string: 'fiction' }, { string: 'history' }],
			tags: [{ string: 'signed' }, { string: 'donated' }],
			code: [{ string: 'INV-3501', number: 3501 }],
			_sharing: [{ string: 'private' }],
		});
		expect(made).toMatchObject({ _id: expect.any(String), name: 'The Silmarillion', description: { en: 'Older days', et: 'Vanad ajad' }, code: 'INV-3501', genre: ['fiction', 'history'] });
		expect(Object.keys(defined(made)).slice(0, 3)).toEqual(['name', '_type', '_id']);
		expect(Object.keys(defined(made)).slice(-3)).toEqual(['_parent', '_sharing', '_created']);
	});

	test.each(['America/New_York', 'Pacific/Auckland', 'Europe/Tallinn'])('takes dates as they stand in the time zone of the workflow (%s)', async (timezone) => {
		const value = { name: 'x', published: '1977-09-15', borrowed_at: '2026-07-01T12:00:00' };
		const [made] = await rows('entity', 'create', { ...book, ...(await mapped('create', value)) }, { settings: { timezone } });
		const stored = await entity(String(made?._id));
		expect(stored.published).toMatchObject([{ date: '1977-09-15T00:00:00.000Z' }]);
		const hours = { 'America/New_York': '16', 'Pacific/Auckland': '00', 'Europe/Tallinn': '09' }[timezone];
		expect(stored.borrowed_at?.[0]?.datetime).toMatch(new RegExp(`T${hours}:00`));
	});

	test('takes $now and $today of an expression', async () => {
		const [made] = await rows('entity', 'create', { ...book, ...(await mapped('create', { name: 'x', published: '={{ $today }}', borrowed_at: '={{ $now }}' })) }, { settings: { timezone: 'Pacific/Auckland' } });
		const stored = await entity(String(made?._id));
		const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Pacific/Auckland' }).format(new Date());
		expect(stored.published?.[0]?.date).toBe(`${today}T00:00:00.000Z`);
		expect(Math.abs(Date.parse(String(stored.borrowed_at?.[0]?.datetime)) - Date.now())).toBeLessThan(60_000);
	});

	test('adds what Entu itself adds: defaults, parent sharing, owner', async () => {
		const [made] = await rows('entity', 'create', { ...book, parentId: byId(known.folder), ...json({ name: 'Plain' }) });
		expect(made).toMatchObject({ status: 'new', _sharing: 'domain' });
	});

	test('maps the input by itself and leaves out what is no property', async () => {
		const parameters = { ...book, columns: { mappingMode: 'autoMapInputData', value: null, schema: [] } as unknown as INodeParameters };
		const [made] = await rows('entity', 'create', parameters, {
			items: items({ name: 'Auto', pages: '12', 'description@et': 'Ise', author: { _id: known.author }, title_code: 'computed', checked: '2026-01-01', row_number: 5, scan: 'x' }),
		});
		const stored = await entity(String(made?._id));
		expect(stored).toMatchObject({ pages: [{ number: 12 }], description: [{ string: 'Ise', language: 'et' }], author: [{ reference: known.author }] });
		expect(stored).not.toHaveProperty('row_number');
		expect(stored).not.toHaveProperty('checked');
	});

	test('maps fields whose names differ by trifles only, and names those that stay out all the same', async () => {
		const parameters = { ...book, columns: { mappingMode: 'autoMapInputData', value: null, schema: [] } as unknown as INodeParameters };
		const given = { ' Name': 'Auto', Pages: '12', '\uFEFFisbn': '978-1', 'Description@et': 'Ise', genre: 'fiction', Genre: 'history' };
		const result = await run('entity', 'create', parameters, { items: items(given) });
		const stored = await entity(String(result.outputs[0]?.[0]?.json._id));
		expect(stored).toMatchObject({ name: [{ string: 'Auto' }], pages: [{ number: 12 }], isbn: [{ string: '978-1' }], description: [{ string: 'Ise', language: 'et' }], genre: [{ string: 'fiction' }] });
		expect(result.hints.map(({ message }) => message).join()).toContain('The field "Genre" was left out');
	});

	test.each([
		['an object', { name: 'J', pages: 3, description: { EN: 'One', et: 'Üks' }, genre: ['fiction', 'history'] }],
		['a list in the form of the API', [{ type: 'name', string: 'J' }, { type: 'pages', number: 3 }, { type: 'description', string: 'One', language: 'en' }, { type: 'description', string: 'Üks', language: 'et' }, { type: 'genre', string: 'fiction' }, { type: 'genre', string: 'history' }]],
	])('takes JSON: %s, as text or as it is', async (_, value) => {
		const asText = await rows('entity', 'create', { ...book, ...json(value) });
		const asValue = await rows('entity', 'create', { ...book, ...json('={{ $json.value }}') }, { items: items({ value }) });
		for (const made of [asText[0], asValue[0]]) {
			expect(made).toMatchObject({ name: 'J', pages: 3, description: { en: 'One', et: 'Üks' }, genre: ['fiction', 'history'] });
		}
	});

	test('with Simplify off gives the values with their ids', async () => {
		const [made] = await rows('entity', 'create', { ...book, ...json({ name: 'Raw' }), output: 'raw' });
		expect(made?.properties).toEqual(expect.arrayContaining([expect.objectContaining({ type: 'name', string: 'Raw', _id: expect.any(String) })]));
	});

	test.each<[string, unknown, RegExp]>([
		['a text for a number', { name: 'x', pages: 'many' }, /'Pages': "many" is not a number \[item 1\]/],
		['a date that does not exist', { name: 'x', published: '2026-02-30' }, /'Published'/],
		['a choice that does not exist', { name: 'x', status: 'broken' }, /'Condition'.*new, worn, lost/s],
		['a reference that is a name', { name: 'x', author: 'Tolkien' }, /'Authors'/],
		['an unknown property', { name: 'x', nmae: 'y' }, /no property "nmae"/],
		['a computed property', { name: 'x', title_code: 'y' }, /'Shelf label'/],
		['a language for a property without', { name: 'x', 'tags@en': 'y' }, /has no languages/],
		['two values where one is taken', { name: ['a', 'b'] }, /takes one value/],
		['no name, which is mandatory', { pages: 3 }, /'Name' is required/],
		['text that is no JSON', '{ name: ', /not valid JSON/],
		['JSON that is no object', '"name"', /neither an object nor a list/],
	])('refuses %s before anything is written', async (_, value, message) => {
		const good = { name: 'Good' };
		const list = [good, value, good].map((one) => ({ json: { value: typeof one === 'string' ? one : JSON.stringify(one) } }));
		const { error } = await run('entity', 'create', { ...book, ...json('={{ $json.value }}') }, { items: list });
		expect(told(error)).toMatch(message);
		expect(told(error)).toContain('[item 1]');
		await noWrite();
	});

	test('names all that is wrong with the properties of an item, and all that is missing', async () => {
		const value = { pages: 'many', published: '2026-02-30', nmae: 'y', status: 'broken' };
		const run1 = await run('entity', 'create', { ...book, ...json(value) }, { onError: 'continueErrorOutput' });
		const { message, error } = run1.outputs[1]?.[0]?.json as { message: IDataObject; error: string };
		expect(error).toMatch(/^5 things are to be corrected\. 'Pages': "many" is not a number; 'Published': .*no property "nmae".*'Condition'.*'Name' is required/);
		expect((message.faults as IDataObject[]).map(({ parameter }) => parameter)).toEqual(['Pages', 'Published', 'Properties', 'Condition', 'Name']);
		const entries = await run('entity', 'create', { ...book, ...json([{ type: 'pages', string: 'many' }, { type: 'name' }, 'x', { type: 'name', string: 'y' }]) });
		expect(told(entries.error)).toMatch(/^3 things .*'Pages'.*Entry 2 \("name"\) has no value.*Entry 3 is not an object/);
		await noWrite();
	});

	test('a bad mapped column is refused before anything is written, by n8n or by the node', async () => {
		const { error } = await run('entity', 'create', { ...book, ...(await mapped('create', { name: 'x', pages: '={{ $json.pages }}' })) }, { items: items({ pages: 1 }, { pages: 'many' }) });
		expect(told(error)).toMatch(/pages|Pages/);
		expect(told(error)).toMatch(/many/);
		await noWrite();
	});

	test('under the error output the good items are written and the bad one is told', async () => {
		const result = await run('entity', 'create', { ...book, ...json('={{ $json }}') }, { items: items({ name: 'A' }, { name: 'B', pages: 'x' }, { name: 'C' }), onError: 'continueErrorOutput' });
		expect(result.outputs[0]?.map(({ json: row }) => row.name)).toEqual(['A', 'C']);
		expect(result.outputs[1]?.[0]).toMatchObject({ json: { message: { parameter: 'Pages', itemIndex: 1 } }, pairedItem: { item: 1 } });
		expect((await effects())['entity.create']).toBe(2);
	});

	test('tells what Entu says about a parent without rights', async () => {
		const { error } = await run('entity', 'create', { ...book, parentId: byId(known.closedFolder), ...json({ name: 'x' }) }, { credentials: { entuApi: bench.user } });
		expect(told(error)).toMatch(/User not in parent _owner, _editor nor _expander property/);
	});

	test('a type that is none is told', async () => {
		const { error } = await run('entity', 'create', { typeId: byId(known.book), ...json({ name: 'x' }) });
		expect(told(error)).toMatch(/check the entity type/);
		await noWrite();
	});

	test('an entity is not created twice when the answer is lost', async () => {
		await bench.sandbox.control.fault({ service: 'entu', method: 'POST', path: '/entity$', fault: { type: 'reset', when: 'after' } });
		const { error } = await run('entity', 'create', { ...book, ...json({ name: 'Once' }) });
		expect(told(error)).toMatch(/may have been carried out all the same/);
		expect((await effects())['entity.create']).toBe(1);
	});

	test('an answer that does not name the new entity is no proof that there is none', async () => {
		await bench.sandbox.control.fault({ service: 'entu', method: 'POST', path: '/entity$', fault: { type: 'status', status: 200, body: { ok: true }, when: 'after' } });
		const { error } = await run('entity', 'create', { ...book, ...json({ name: 'Unnamed' }) });
		expect(told(error)).toMatch(/the ID of the written entity was expected.*may have been carried out all the same.*Look in Entu/s);
		expect((await effects())['entity.create']).toBe(1);
	});
});

describe('Update', () => {
	const hobbit = { entityId: byId(known.book), ...book };

	test('replaces values: overwrites, adds what is more, removes what is left over', async () => {
		const before = await entity(known.book);
		await rows('entity', 'update', { ...hobbit, ...json({ pages: 320, tags: ['new tag'], genre: ['fiction', 'children', 'history'] }) });
		const after = await entity(known.book);
		expect(after.pages).toMatchObject([{ number: 320 }]);
		expect(strings(after.tags)).toEqual(['new tag']);
		expect(strings(after.genre)?.sort()).toEqual(['children', 'fiction', 'history']);
		expect(after.name).toEqual(before.name);
		expect(await effects()).toMatchObject({ 'property.delete': 1, 'entity.update': 1 });
	});

	test('of the type replaces it, with the rest of what is given', async () => {
		const changed = [{ type: 'name', string: 'No book any more' }, { type: '_type', reference: known.typeFolder }];
		await rows('entity', 'update', { ...hobbit, ...json(changed) });
		const after = await entity(known.book);
		expect(after._type?.map(({ reference }) => reference)).toEqual([known.typeFolder]);
		expect(strings(after.name)).toEqual(['No book any more']);
	});

	test('leaves alone what is the same already', async () => {
		const before = await entity(known.book);
		const same = { name: 'The Hobbit', pages: '310', published: '1937-09-21', borrowed_at: '2026-02-03T06:05:06.789+02:00', tags: ['signed', 'first edition'], author: known.author, code: 'OLD-7', description: { en: 'There and back' } };
		const [row] = await rows('entity', 'update', { ...hobbit, ...json(same) });
		expect(row).toMatchObject({ _id: known.book, name: 'The Hobbit', pages: 310, published: '1937-09-21', description: { en: 'There and back' } });
		expect(Object.keys(row ?? {}).sort()).toEqual(['_id', ...Object.keys(same)].sort());
		expect(await entity(known.book)).toEqual(before);
		await noWrite();
	});

	test('what Get gives can be given back as it is', async () => {
		const [got] = await rows('entity', 'get', { entityId: byId(known.book) });
		const parameters = { ...hobbit, columns: { mappingMode: 'autoMapInputData', value: null, schema: [] } as unknown as INodeParameters };
		await rows('entity', 'update', parameters, { items: items(defined(got)) });
		await noWrite();
	});

	test('keeps the number of an entity that has one, and gives one to an entity that has none', async () => {
		await rows('entity', 'update', { ...hobbit, ...json({ code: true }) });
		expect(strings((await entity(known.book)).code)).toEqual(['OLD-7']);
		const code = defined((await entity(known.book)).code?.[0]);
		await bench.ask(`/property/${String(code._id)}`, { method: 'DELETE' });
		await rows('entity', 'update', { ...hobbit, ...json({ code: true }) });
		expect(strings((await entity(known.book)).code)).toEqual(['INV-3501']);
	});

	test('removes one of two values that are the same', async () => {
		await bench.ask(`/entity/${known.book}`, { method: 'POST', body: [{ type: 'tags', string: 'signed' }] });
		await rows('entity', 'update', { ...hobbit, ...json({ tags: ['signed', 'first edition'] }) });
		expect(strings((await entity(known.book)).tags)?.sort()).toEqual(['first edition', 'signed']);
	});

	test('works on one language and leaves the others alone', async () => {
		await rows('entity', 'update', { ...hobbit, ...columns({ 'description@et': 'Uus kirjeldus' }) });
		expect((await entity(known.book)).description?.map(({ language, string }) => [language, string])).toEqual([
			['en', 'There and back'],
			['et', 'Uus kirjeldus'],
		]);
	});

	test('takes an older language code in capitals for the same language', async () => {
		await bench.ask(`/entity/${known.domainEntity}`, { method: 'POST', body: [{ type: 'description', string: 'Vana', language: 'ET' }] });
		await rows('entity', 'update', { entityId: byId(known.domainEntity), ...book, ...columns({ 'description@et': 'Uus' }) });
		const estonian = (await entity(known.domainEntity)).description?.filter(({ language }) => String(language).toLowerCase() === 'et');
		expect(estonian).toMatchObject([{ string: 'Uus', language: 'et' }]);
	});

	test('adds values beside those that are there', async () => {
		await rows('entity', 'update', { ...hobbit, updateMode: 'add', ...json({ tags: ['third', 'signed'] }) });
		expect(strings((await entity(known.book)).tags)).toEqual(['signed', 'first edition', 'third', 'signed']);
	});

	test('leaves properties without a value alone, unless told to clear them', async () => {
		const empty = { tags: '', description: null, pages: 311 };
		await rows('entity', 'update', { ...hobbit, ...json(empty) });
		expect((await entity(known.book)).tags).toHaveLength(2);
		await rows('entity', 'update', { ...hobbit, ...json(empty), options: { emptyValues: 'clear' } });
		const after = await entity(known.book);
		expect(after).not.toHaveProperty('tags');
		expect(after).not.toHaveProperty('description');
	});

	test('clears one language', async () => {
		await rows('entity', 'update', { ...hobbit, ...columns({ 'description@et': '' }), options: { emptyValues: 'clear' } });
		expect((await entity(known.book)).description).toMatchObject([{ language: 'en' }]);
	});

	test.each<[string, INodeParameters, RegExp]>([
		['to clear what the type demands', { ...json({ name: '' }), options: { emptyValues: 'clear' } }, /'Name' is required/],
		['nothing at all', json({ pages: null }), /No property has a value/],
		['rights, which are for Access', json([{ type: '_viewer', reference: known.user }]), /'Access'/],
		['sharing, which is for Access', json([{ type: '_sharing', string: 'public' }]), /'Access'/],
		['a bad value', json({ pages: 'x' }), /'Pages'/],
	])('refuses %s', async (_, parameters, message) => {
		const { error } = await run('entity', 'update', { ...hobbit, ...parameters });
		expect(told(error)).toMatch(message);
		await noWrite();
	});

	test.each(['replace', 'add'])('refuses an entity of another type (%s)', async (updateMode) => {
		const { error } = await run('entity', 'update', { entityId: byId(known.author), ...book, updateMode, ...json({ pages: 3 }) });
		expect(told(error)).toMatch(/another type: "author"/);
		await noWrite();
	});

	test('moves an entity to another parent', async () => {
		await rows('entity', 'update', { ...hobbit, ...json([{ type: '_parent', reference: known.closedFolder }]) });
		expect((await entity(known.book))._parent).toMatchObject([{ reference: known.closedFolder }]);
	});

	test('two items for one entity follow one another, also with parallel requests', async () => {
		await bench.sandbox.control.settings('entu', { latencyMs: 5 });
		const parameters = { ...hobbit, ...json('={{ ({ pages: $json.pages }) }}'), options: { parallelRequests: 10 } };
		await rows('entity', 'update', parameters, { items: items(...[1, 2, 3, 4, 5, 6].map((pages) => ({ pages }))) });
		expect((await entity(known.book)).pages).toMatchObject([{ number: 6 }]);
	});

	test('tells when a value that is left over can not be removed', async () => {
		await bench.sandbox.control.fault({ service: 'entu', method: 'DELETE', times: -1, fault: { type: 'status', status: 403, body: { message: 'Not today' } } });
		const { error } = await run('entity', 'update', { ...hobbit, ...json({ tags: ['only'], pages: 300 }) });
		expect(told(error)).toMatch(/new values are written, but 1 old values could not be removed.*Not today.*Run this item again/s);
		expect((await entity(known.book)).pages).toMatchObject([{ number: 300 }]);
		await bench.sandbox.control.clearFaults();
		await rows('entity', 'update', { ...hobbit, ...json({ tags: ['only'], pages: 300 }) });
		expect(strings((await entity(known.book)).tags)).toEqual(['only']);
	});

	test('a surplus value that is gone already is no trouble', async () => {
		await bench.sandbox.control.fault({ service: 'entu', method: 'DELETE', fault: { type: 'status', status: 404, body: { message: 'Property not found' } } });
		expect(await rows('entity', 'update', { ...hobbit, ...json({ tags: ['only'] }) })).toHaveLength(1);
	});

	test('an entity that is gone is told, by item', async () => {
		const { error } = await run('entity', 'update', { entityId: byId('={{ $json.id }}'), ...book, ...json({ pages: 3 }) }, { items: items({ id: known.book }, { id: 'f'.repeat(24) }) });
		expect(told(error)).toMatch(/not found \[item 1\].*1 were carried out/s);
	});
});

describe('Create or Update', () => {
	const upsert = (value: unknown, matchBy: string, more: INodeParameters = {}): INodeParameters => ({ ...book, ...json(value), matchBy, ...more });

	test('creates what is not there', async () => {
		await rows('entity', 'upsert', upsert({ name: 'New', isbn: '1-1' }, 'isbn', { parentId: byId(known.folder) }));
		expect(await effects()).toMatchObject({ 'entity.create': 1 });
	});

	test('updates the one that is there, without what is mandatory for a new one', async () => {
		const [row] = await rows('entity', 'upsert', { ...book, ...(await mapped('upsert', { isbn: '978-0-261-10221-7', pages: 999 }, ['isbn'])), parentId: byId(known.closedFolder), options: { sharing: 'public' } });
		expect(row?._id).toBe(known.book);
		const after = await entity(known.book);
		expect(after).toMatchObject({ name: [{ string: 'The Hobbit' }], pages: [{ number: 999 }], _sharing: [{ string: 'domain' }] });
		expect(after._parent?.map(({ reference }) => reference)).not.toContain(known.closedFolder);
	});

	test('does not create one without what is mandatory', async () => {
		const { error } = await run('entity', 'upsert', upsert({ isbn: '1-2', pages: 5 }, 'isbn'));
		expect(told(error)).toMatch(/'Name' is required/);
		await noWrite();
	});

	test('lists those that match when there are several, and writes nothing', async () => {
		const { error } = await run('entity', 'upsert', upsert({ name: 'x', author: known.author }, 'author'));
		expect(told(error)).toMatch(/\d+ entities match.*The Hobbit \(65a0[0-9a-f]{20}\)/s);
		await noWrite();
	});

	test.each<[string, unknown]>([
		['a number', { name: 'The Hobbit', pages: 310 }],
		['a date', { name: 'The Hobbit', published: '1937-09-21' }],
		['a moment', { name: 'The Hobbit', borrowed_at: '2026-02-03T04:05:06.789Z' }],
		['a reference', { name: 'The Hobbit', author: known.author }],
		['a counter', { name: 'The Hobbit', code: 'OLD-7' }],
	])('matches by several, %s among them', async (_, value) => {
		const names = Object.keys(value as object).join(', ');
		const [row] = await rows('entity', 'upsert', upsert(value, names));
		expect(row).toMatchObject({ _id: known.book, name: 'The Hobbit' });
	});

	test('finds what another execution has created at the same time', async () => {
		await bench.sandbox.control.settings('entu', { latencyMs: 20 });
		const parameters = upsert('={{ ({ name: "Twice", isbn: $json.isbn, pages: 1 }) }}', 'isbn');
		const list = items({ isbn: '7-8' }, { isbn: '8-9' }, { isbn: '9-0' });
		const results = await Promise.all([1, 2, 3].map(async () => await rows('entity', 'upsert', parameters, { items: list })));
		expect(new Set(results.flat().map(({ _id }) => _id)).size).toBe(3);
		expect((await effects())['entity.create']).toBe(3);
	});

	test('says so when somebody outside of this n8n was quicker', async () => {
		const { control } = bench.sandbox;
		await control.fault({ service: 'entu', method: 'POST', path: '/entity$', fault: { type: 'slow', ms: 1500, when: 'before' } });
		const running = run('entity', 'upsert', upsert({ name: 'Mine', isbn: '6-6' }, 'isbn'));
		while ((await control.faults()).every(({ fired }) => fired === 0)) await new Promise((resolve) => setTimeout(resolve, 10));
		await bench.ask('/entity', { method: 'POST', body: [{ type: '_type', reference: known.typeBook }, { type: 'name', string: 'Theirs' }, { type: 'isbn', string: '6-6' }] });
		const { error } = await running;
		expect(error?.message).toMatch(/was created, but somebody else has created the same one meanwhile: .*Mine \(.*\)/);
		expect(error?.message).toContain('Theirs');
	});

	test.each([1, 10])('finds what an earlier item has created (%i at once)', async (parallelRequests) => {
		await bench.sandbox.control.settings('entu', { latencyMs: 5 });
		const list = items(...[1, 2, 3, 4].flatMap((pages) => [{ isbn: '7-7', pages }, { isbn: '8-8', pages }]));
		const result = await rows('entity', 'upsert', upsert('={{ ({ name: "Twice", isbn: $json.isbn, pages: $json.pages }) }}', 'isbn', { options: { parallelRequests } }), { items: list });
		expect(new Set(result.map(({ _id }) => _id)).size).toBe(2);
		expect((await effects())['entity.create']).toBe(2);
		expect((await entity(String(result[0]?._id))).pages).toMatchObject([{ number: 4 }]);
	});

	test.each<[string, INodeParameters, RegExp]>([
		['without a property to match by', upsert({ name: 'x' }, ' , '), /No property to match by|empty/],
		['without a value to match by', upsert({ name: 'x', isbn: '' }, 'isbn'), /"isbn" has no value to match by/],
		['by a counter that is to be the next one', upsert({ name: 'x', code: true }, 'code'), /"code" has no value to match by/],
		['by a list of several', upsert({ name: 'x', tags: ['a', 'b'] }, 'tags'), /"tags" has several values/],
		['by a property that is not given', upsert({ name: 'x' }, 'isbn'), /"isbn" has no value to match by/],
		['without matching columns', { ...book, ...columns({ name: 'x' }) }, /No property to match by/],
	])('is refused %s', async (_, parameters, message) => {
		const { error } = await run('entity', 'upsert', parameters);
		expect(told(error)).toMatch(message);
		await noWrite();
	});

	test('the exact text counts, with commas, quotes and other scripts', async () => {
		const name = 'Tõde & õigus, "I" = 100% [Новое]/#?';
		const first = await rows('entity', 'upsert', upsert({ name, pages: 1 }, 'name'));
		const second = await rows('entity', 'upsert', upsert({ name, pages: 2 }, 'name'));
		expect(second[0]?._id).toBe(first[0]?._id);
	});
});

describe.each(['july', 'later'])('on servers of %s', (generation) => {
	test('create, update and upsert work alike', async () => {
		await bench.sandbox.control.settings('entu', { generation });
		const [made] = await rows('entity', 'create', { ...book, ...json({ name: 'G', isbn: '5-5', description: { EN: 'x' } }) });
		await rows('entity', 'update', { entityId: byId(String(made?._id)), ...book, ...json({ pages: 5 }) });
		const [same] = await rows('entity', 'upsert', { ...book, ...json({ isbn: '5-5', pages: 6 }), matchBy: 'isbn' });
		expect(same?._id).toBe(made?._id);
		expect((await entity(String(made?._id))).pages).toMatchObject([{ number: 6 }]);
	});
});
