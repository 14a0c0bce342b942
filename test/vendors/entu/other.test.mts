import type { INodeParameters } from 'n8n-workflow';
import { visibleText } from '../../support/engine.mts';
import { byId, defined, items, known, ownerKey, told, useEntu } from './entu.mts';

const bench = useEntu();
const { run, rows } = { run: bench.run, rows: bench.rows };
const hobbit = { entityId: byId(known.book) };
const valueOf = async (property: string, at = 0): Promise<string> => String(defined((await bench.entity(known.book))[property]?.[at])._id);

describe('Entity: Get', () => {
	test.each<[string, INodeParameters[string]]>([
		['an ID', byId(known.book)],
		['an ID in capitals with spaces', byId(`  ${known.book.toUpperCase()} `)],
		['a link to the web app', { __rl: true, mode: 'url', value: `https://entu.app/labdb/${known.book}` }],
		['a link in the place of an ID', byId(`https://entu.app/labdb/${known.book}?edit`)],
		['the list', { __rl: true, mode: 'list', value: known.book, cachedResultName: 'The Hobbit' }],
	])('by %s', async (_, entityId) => {
		expect(await rows('entity', 'get', { entityId })).toMatchObject([{ _id: known.book, name: 'The Hobbit' }]);
	});

	test('chosen properties', async () => {
		expect(await rows('entity', 'get', { ...hobbit, options: { properties: 'pages, nothing' } })).toEqual([{ _id: known.book, pages: 310 }]);
	});

	test.each(['july', 'later'])('an ID that is none is refused and not asked for (%s)', async (generation) => {
		await bench.sandbox.control.settings('entu', { generation });
		for (const id of ['The Hobbit', '../../auth', '65a0', `${known.book}/history`]) {
			expect(told((await run('entity', 'get', { entityId: byId(id) })).error)).toMatch(/'Entity'.*is not an Entu ID.*24 characters/s);
		}
		expect(await bench.sandbox.control.journal('entu')).toEqual([]);
	});

	test('tells what is gone from what may not be seen', async () => {
		expect(told((await run('entity', 'get', { entityId: byId('f'.repeat(24)) })).error)).toMatch(/not found.*Check the ID/s);
		const hidden = await run('entity', 'get', { entityId: byId(known.privateEntity) }, { credentials: { entuApi: bench.user } });
		expect(told(hidden.error)).toMatch(/No accessible properties.*Give the person or robot/s);
	});
});

describe('Entity: Delete', () => {
	test('deletes, and tells the second time that it is gone', async () => {
		expect(await rows('entity', 'delete', hobbit)).toEqual([{ deleted: true, _id: known.book }]);
		expect(told((await run('entity', 'delete', hobbit)).error)).toMatch(/not found/);
	});
});

describe('Entity: Duplicate', () => {
	test('makes copies without files and without what is ignored', async () => {
		const copies = await rows('entity', 'duplicate', { entityId: byId(known.bookWithPhoto), copies: 3, options: { ignoredProperties: 'code, tags' } });
		expect(copies).toHaveLength(3);
		for (const { _id } of copies) {
			const copy = await bench.entity(String(_id));
			expect(copy.name).toMatchObject([{ string: 'A Picture Book' }]);
			expect(copy).not.toHaveProperty('photo');
			expect(copy).not.toHaveProperty('code');
		}
	});

	test.each([0, 101, 1.5])('refuses %p copies', async (copies) => {
		expect(told((await run('entity', 'duplicate', { ...hobbit, copies })).error)).toMatch(/from 1 to 100/);
		expect((await bench.effects())['entity.create']).toBeUndefined();
	});
});

describe('Entity: Get History', () => {
	test('lists changes, oldest first, over several pages', async () => {
		for (let i = 0; i < 15; i++) {
			await bench.ask(`/entity/${known.book}`, { method: 'POST', body: [{ type: 'pages', _id: await valueOf('pages'), number: i }] });
		}
		const all = await rows('entity', 'getHistory', { ...hobbit, returnAll: true });
		// An overwrite is two changes: first what came, then what went.
		const change = { property: 'pages', at: expect.any(String), by: known.owner };
		expect(all.slice(-2)).toEqual([{ ...change, old: null, new: 14 }, { ...change, old: 13, new: null }]);
		expect(all.map(({ at }) => at)).toEqual(all.map(({ at }) => String(at)).sort());
		expect(await rows('entity', 'getHistory', { ...hobbit, limit: 3 })).toEqual(all.slice(0, 3));
		const [raw] = await rows('entity', 'getHistory', { ...hobbit, limit: 1, output: 'raw' });
		expect(raw).toMatchObject({ type: expect.any(String), new: { _id: expect.any(String) } });
	});

	test('is told when the rights do not suffice', async () => {
		expect(told((await run('entity', 'getHistory', hobbit, { credentials: { entuApi: bench.user } })).error)).toMatch(/User not in any rights property/);
	});
});

test('Entity: Recalculate answers what Entu says', async () => {
	expect(await rows('entity', 'recalculate', hobbit)).toEqual([expect.objectContaining({ entity: known.book, queued: 0 })]);
});

describe('Property', () => {
	test('Add puts values beside those that are there, checked by their type', async () => {
		const [added] = await rows('property', 'add', { ...hobbit, propertyName: 'tags', value: '["third", "fourth"]' });
		expect(added).toEqual({ _id: known.book, tags: ['third', 'fourth'] });
		expect((await bench.entity(known.book)).tags).toHaveLength(4);
		await rows('property', 'add', { ...hobbit, propertyName: 'description', value: 'Hin und zurück', options: { language: 'DE' } });
		expect((await bench.entity(known.book)).description?.map(({ language }) => language)).toEqual(['en', 'et', 'de']);
	});

	test.each<[string, INodeParameters, RegExp]>([
		['a bad value', { propertyName: 'pages', value: 'many' }, /'Pages'.*is not a number/],
		['an empty list', { propertyName: 'tags', value: '[]' }, /holds no value/],
		['a language where there are none', { propertyName: 'pages', value: '3', options: { language: 'en' } }, /has no languages/],
		['a property that is not there', { propertyName: 'nothing', value: 'x' }, /no property "nothing".*name, description/s],
		['a computed one', { propertyName: 'title_code', value: 'x' }, /computed/],
	])('Add refuses %s', async (_, parameters, message) => {
		expect(told((await run('property', 'add', { ...hobbit, ...parameters })).error)).toMatch(message);
		expect((await bench.effects())['property.add']).toBeUndefined();
	});

	test('Get shows one value', async () => {
		expect(await rows('property', 'get', { valueId: await valueOf('pages') })).toMatchObject([{ property: 'pages', entity: known.book, value: 310, created: { by: known.owner } }]);
		expect(await rows('property', 'get', { valueId: await valueOf('description', 1) })).toMatchObject([{ value: 'Sinna ja tagasi', language: 'et' }]);
		expect(await rows('property', 'get', { valueId: await valueOf('author') })).toMatchObject([{ value: { _id: known.author } }]);
		expect(await rows('property', 'get', { valueId: await valueOf('published') })).toMatchObject([{ value: '1937-09-21' }]);
	});

	test('Replace puts a new value in the place of one, and keeps its language', async () => {
		const old = await valueOf('description', 1);
		const [replaced] = await rows('property', 'replace', { valueBy: 'id', valueId: old, value: 'Uus' });
		expect(replaced).toEqual({ _id: known.book, description: { et: 'Uus' } });
		const after = (await bench.entity(known.book)).description;
		expect(after?.map(({ string, language }) => [language, string])).toEqual([['en', 'There and back'], ['et', 'Uus']]);
		// What is gone can't be replaced: Entu would add the value without a word.
		expect(told((await run('property', 'replace', { valueBy: 'id', valueId: old, value: 'Veel' })).error)).toMatch(/Property not found/);
		expect((await bench.entity(known.book)).description).toHaveLength(2);
	});

	test.each<[string, string, string, RegExp]>([
		['a bad value', 'pages', 'many', /is not a number/],
		['several values', 'tags', '["a", "b"]', /exactly one value/],
		['a right', '_owner', known.user, /no property "_owner"/],
	])('Replace refuses %s', async (_, property, value, message) => {
		expect(told((await run('property', 'replace', { valueBy: 'id', valueId: await valueOf(property), value })).error)).toMatch(message);
		expect((await bench.effects())['property.replace']).toBeUndefined();
	});

	test('Delete removes one value', async () => {
		const valueId = await valueOf('tags');
		expect(await rows('property', 'delete', { valueBy: 'id', valueId })).toEqual([{ deleted: true, _id: valueId }]);
		expect((await bench.entity(known.book)).tags).toMatchObject([{ string: 'first edition' }]);
		expect(told((await run('property', 'delete', { valueBy: 'id', valueId })).error)).toMatch(/Property not found/);
	});

	test.each([['_type', /Can't delete _type property/], ['_owner', /last _owner/], ['_created', /system property/]])('Delete tells why not %s', async (property, message) => {
		expect(told((await run('property', 'delete', { valueBy: 'id', valueId: await valueOf(property) })).error)).toMatch(message);
	});
});

describe('Entity Type', () => {
	test('Get Many lists them by name', async () => {
		const types = await rows('entityType', 'getAll', { returnAll: true });
		expect(types.map(({ name }) => name)).toEqual(['author', 'book', 'database', 'entity', 'folder', 'lending', 'menu', 'person', 'plugin', 'property']);
		expect(types[1]).toEqual({ _id: known.typeBook, name: 'book', label: { en: 'Book', et: 'Raamat' } });
	});

	test('Get shows the definitions in their order', async () => {
		const [type] = await rows('entityType', 'get', { typeId: byId(known.typeBook) });
		expect(type).toMatchObject({ _id: known.typeBook, name: 'book' });
		const properties = type?.properties as Array<Record<string, unknown>>;
		expect(properties.map(({ name }) => name).slice(0, 4)).toEqual(['name', 'description', 'isbn', 'pages']);
		expect(properties.find(({ name }) => name === 'status')).toEqual({ name: 'status', label: 'Condition', type: 'string', list: false, multilingual: false, mandatory: false, readonly: false, formula: false, choices: ['new', 'worn', 'lost'] });
	});

	test('Get refuses what is no type', async () => {
		expect(told((await run('entityType', 'get', { typeId: byId(known.book) })).error)).toMatch(/is no entity type/);
	});
});

test('Database: Get hands on what Entu says', async () => {
	expect(await rows('database', 'get')).toMatchObject([{ entities: { usage: expect.any(Number) } }]);
});

describe('Token: Get', () => {
	test('shows accounts, expiry and a token that works', async () => {
		const [token] = await rows('token', 'get');
		expect(token).toEqual({ accounts: [{ _id: 'labdb', name: 'labdb', user: { _id: known.owner, name: 'Ada Admin' } }], expires: expect.stringMatching(/Z$/), token: expect.any(String) });
		const answer = await fetch(`${bench.sandbox.url}/entu/labdb`, { headers: { Authorization: `Bearer ${String(token?.token)}` } });
		expect(answer.status).toBe(200);
	});

	test('never shows the key', async () => {
		expect(visibleText(await run('token', 'get'))).not.toContain(ownerKey);
	});
});

test('the error output has an item for each that failed, with the reason', async () => {
	const result = await run('entity', 'get', { entityId: byId('={{ $json.id }}') }, { items: items({ id: known.book }, { id: 'x' }, { id: 'f'.repeat(24) }), onError: 'continueErrorOutput' });
	expect(result.outputs[0]).toHaveLength(1);
	expect(result.outputs[1]?.map(({ json }) => (json.message as Record<string, unknown>).reason)).toEqual(['invalid input', 'not found']);
});

describe('as a tool of an agent', () => {
	test('takes JSON as text or as an object', async () => {
		for (const properties of ['{"name": "By an agent", "pages": 3}', { name: 'By an agent', pages: 3 }]) {
			const tool = await bench.engine.runAsTool({
				node: 'entu',
				credentials: { entuApi: bench.owner },
				parameters: { resource: 'entity', operation: 'create', typeId: byId(known.typeBook), propertiesMode: 'json', propertiesJson: "={{ $fromAI('properties', '', 'json') }}" },
				args: { properties },
			});
			expect(tool.error).toBeUndefined();
			expect(JSON.stringify(tool.answer)).toContain('By an agent');
		}
	});
});

describe('an answer of another form is refused', () => {
	const answerWith = async (path: string, body: unknown) => await bench.sandbox.control.fault({ service: 'entu', path, times: -1, fault: { type: 'status', status: 200, body, when: 'after' } });

	test.each(['{}', '[]', 'null', '{"message":"ok"}'])('by Database > Get and Recalculate: %s', async (body) => {
		await answerWith('^/(?!auth)[^/]+$|/aggregate$', body);
		expect(told((await run('database', 'get')).error)).toContain('the size of a database was expected');
		expect(told((await run('entity', 'recalculate', hobbit)).error)).toContain('the ID of the recalculated entity was expected');
	});

	test.each(['[]', '{}', '[null]'])('by Duplicate, which may have made copies: %s', async (body) => {
		await answerWith('/duplicate$', body);
		expect(told((await run('entity', 'duplicate', hobbit)).error)).toMatch(/was expected|were expected/);
		expect(told((await run('entity', 'duplicate', hobbit)).error)).toContain('may have been carried out');
	});

	test.each([['entities', 'entity', 'getAll', {}], ['changes', 'entity', 'getHistory', hobbit]])('by lists that hold something else than records: %s', async (name, resource, operation, parameters) => {
		await answerWith('/entity($|\\?)|/history', JSON.stringify({ [name]: [{ _id: '65a0000000000000000000c1' }, null], count: 2 }));
		expect(told((await run(resource, operation, parameters)).error)).toContain(`a list of ${name} was expected, and number 2 in it is none`);
	});
});
