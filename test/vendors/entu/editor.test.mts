import type { INodeParameters, ResourceMapperField } from 'n8n-workflow';
import type { MethodResults } from '../../support/engine.mts';
import { byId, defined, known, told, useEntu } from './entu.mts';

const bench = useEntu();

type Kind = keyof MethodResults;
const ask = async <K extends Kind>(kind: K, method: string, parameters: INodeParameters = {}, more: { filter?: string; paginationToken?: string; credentials?: Record<string, typeof bench.owner> } = {}) =>
	await bench.engine.callMethod({ node: 'entu', kind, method, parameters, credentials: { entuApi: bench.owner }, ...more });
const book = { typeId: byId(known.typeBook) };

describe('lists to pick from', () => {
	test('entity types, by label, and searched', async () => {
		const { results } = await ask('listSearch', 'searchTypes');
		expect(results).toContainEqual({ name: 'Book (book)', value: known.typeBook });
		expect((await ask('listSearch', 'searchTypes', {}, { filter: 'LEND' })).results).toEqual([{ name: 'Lending (lending)', value: known.typeLending }]);
	});

	test('entity types: own ones first, all of them as a choice, those a database is built of last', async () => {
		const names = (await ask('listSearch', 'searchTypesOrAll')).results.map(({ name }) => name);
		const isSystem = (name: string) => /\b(database|entity|menu|plugin|property|share_in|share_out)\b/.test(name.toLowerCase().replace(/^.*\(/, ''));
		expect(names[0]).toBe('All Types');
		const firstSystem = names.findIndex(isSystem);
		expect(firstSystem).toBeGreaterThan(3);
		expect(names.slice(firstSystem).filter((name) => !isSystem(name))).toEqual([]);
		expect(names.indexOf('Book (book)')).toBeLessThan(firstSystem);
	});

	test('an entity without a chosen parent shows that it gets that of its type', () => {
		const parent = bench.engine.nodeType('entu').description.properties.find(({ name }) => name === 'parentId');
		expect(parent?.modes?.[0]).toMatchObject({ name: 'list', placeholder: 'Default parent of the type' });
	});

	test('a new entity shows all properties at once, and no switch of them is written untouched', async () => {
		const mappers = bench.engine.nodeType('entu').description.properties.filter(({ name }) => name === 'columns');
		expect(mappers.map(({ displayOptions, typeOptions }) => [displayOptions?.show?.operation, typeOptions?.resourceMapper?.addAllFields])).toEqual(
			expect.arrayContaining([[['create'], true], [['update'], false], [['upsert'], false]]),
		);
		const { fields } = await ask('resourceMapping', 'getColumns', { resource: 'entity', operation: 'create', ...book });
		const switches = fields.filter(({ type }) => type === 'boolean');
		expect(new Set(switches.map(({ defaultValue }) => defaultValue))).toEqual(new Set([null]));
	});

	test('entities, of the chosen type only, page by page', async () => {
		const first = await ask('listSearch', 'searchEntities', book);
		expect(first.results).toHaveLength(50);
		expect(first.results[0]?.name).toMatch(/\(book\)$/);
		const second = await ask('listSearch', 'searchEntities', book, { paginationToken: String(first.paginationToken) });
		expect(second.results[0]?.value).not.toBe(first.results[0]?.value);
		expect((await ask('listSearch', 'searchEntities', book, { filter: 'hobbit' })).results).toEqual([{ name: 'The Hobbit (book)', value: known.book }]);
		const anywhere = (await ask('listSearch', 'searchEntities', { resource: 'access', operation: 'get' }, { filter: 'shelf' })).results.map(({ name }) => name);
		expect(anywhere).toEqual(expect.arrayContaining(['Shelf A (folder)', 'A House Catalogue (book)']));
	});

	test('without a type and a search, records and not the definitions that come first in every database', async () => {
		const access = { resource: 'access', operation: 'get' };
		const typesOf = ({ results }: { results: Array<{ name: string }> }) => new Set(results.map(({ name }) => /\((\w+)\)$/.exec(name)?.[1]));
		expect(typesOf(await ask('listSearch', 'searchEntities', access))).toEqual(new Set(['person', 'folder', 'author', 'book', 'lending']));
		expect(typesOf(await ask('listSearch', 'searchEntities', access, { filter: 'book' }))).toContain('entity');
	});

	test('a type that is left over from another operation does not narrow the list', async () => {
		const { results } = await ask('listSearch', 'searchEntities', { resource: 'access', operation: 'get', ...book }, { filter: 'shelf a' });
		expect(results.map(({ name }) => name)).toContain('Shelf A (folder)');
	});

	test('a link that is still being typed is no trouble', async () => {
		const { results } = await ask('listSearch', 'searchEntities', { resource: 'entity', operation: 'getAll', typeId: { __rl: true, mode: 'url', value: 'https://entu.app/la' } });
		expect(results).toHaveLength(50);
	});

	test('the last page has no next one', async () => {
		const { results, paginationToken } = await ask('listSearch', 'searchEntities', { typeId: byId(known.typeFolder) });
		expect(results.map(({ name }) => name)).toEqual(['Shelf A (folder)', 'Shelf B (folder)']);
		expect(paginationToken).toBeUndefined();
	});

	test('an empty page is the last one, whatever number of entities Entu names', async () => {
		await bench.sandbox.control.fault({ service: 'entu', path: '^/labdb/entity$', times: -1, fault: { type: 'status', status: 200, body: { entities: [], count: 10 } } });
		expect(await ask('listSearch', 'searchPersons')).toEqual({ results: [], paginationToken: undefined });
	});

	test('at most three requests at once, however many columns have choices of their own', async () => {
		for (let n = 0; n < 8; n++) {
			await bench.ask('/entity', { method: 'POST', body: [
				{ type: '_type', reference: known.typeProperty },
				{ type: '_parent', reference: known.typeBook },
				{ type: 'name', string: `chosen_${n}` },
				{ type: 'type', string: 'reference' },
				{ type: 'reference_query', string: '_type.string=person' },
			] });
		}
		await bench.sandbox.control.clearJournal();
		await bench.sandbox.control.settings('entu', { latencyMs: 30 });
		const { fields } = await ask('resourceMapping', 'getColumns', { resource: 'entity', operation: 'create', ...book });
		expect(fields.filter(({ id, type }) => id.startsWith('chosen_') && type === 'options')).toHaveLength(8);
		expect((await bench.sandbox.control.summary('entu')).maxInFlight).toBe(3);
	});

	test('persons, by name', async () => {
		const { results } = await ask('listSearch', 'searchPersons');
		expect(results[0]?.name).toMatch(/^Ada Admin|^Anna/);
		expect((await ask('listSearch', 'searchPersons', {}, { filter: 'paul' })).results).toEqual([{ name: 'Paul Plain (person)', value: known.user }]);
	});
});

describe('dropdowns', () => {
	test('properties to filter by, with the field that is compared', async () => {
		const options = await ask('loadOptions', 'getPropertyKeys', book);
		const values = options.map(({ value }) => value);
		expect(values).toEqual(expect.arrayContaining(['name.string', 'pages.number', 'available.boolean', 'published.date', 'borrowed_at.datetime', 'author.reference', 'photo.filename', 'code.string', 'title_code.formula', '_parent.reference', '_created.datetime']));
		expect(options.find(({ value }) => value === 'isbn.string')?.name).toBe('ISBN');
	});

	test('computed numbers are marked as such', async () => {
		const property = (type: string) => [
			{ type: '_type', reference: known.typeProperty },
			{ type: '_parent', reference: known.typeBook },
			{ type: 'name', string: `computed_${type}` },
			{ type: 'type', string: type },
			{ type: 'formula', string: 'pages' },
		];
		for (const type of ['number', 'boolean', 'text']) await bench.ask('/entity', { method: 'POST', body: property(type) });
		const values = (await ask('loadOptions', 'getPropertyKeys', book)).map(({ value }) => value);
		expect(values).toEqual(expect.arrayContaining(['computed_number.formula_number', 'computed_boolean.formula_boolean', 'computed_text.formula']));
	});

	test('without a type, what all entities have', async () => {
		expect(new Set((await ask('loadOptions', 'getPropertyKeys')).map(({ value }) => String(value).charAt(0)))).toEqual(new Set(['_']));
	});

	test('properties to write, of the type of the chosen entity', async () => {
		const names = (await ask('loadOptions', 'getPropertyNames', { resource: 'property', operation: 'add', entityId: byId(known.book) })).map(({ value }) => value);
		expect(names).toEqual(expect.arrayContaining(['name', 'tags', 'code']));
		for (const name of ['title_code', 'photo']) expect(names).not.toContain(name);
		expect((await ask('loadOptions', 'getFileProperties', { resource: 'file', operation: 'upload', entityId: byId(known.book) })).map(({ value }) => value)).toEqual(['photo', 'scan']);
	});

	test('nothing chosen gives nothing, and no complaint', async () => {
		expect(await ask('loadOptions', 'getPropertyNames', { resource: 'property', operation: 'add' })).toEqual([]);
		expect((await ask('resourceMapping', 'getColumns')).fields).toEqual([]);
	});
});

describe('columns', () => {
	const columns = async (operation: string, parameters: INodeParameters = book) => {
		const { fields } = await ask('resourceMapping', 'getColumns', { resource: 'entity', operation, ...parameters });
		return new Map(fields.map((field) => [field.id, field] as [string, ResourceMapperField]));
	};

	test('are those that can be written, with type and choices', async () => {
		const found = await columns('create');
		expect([...found.keys()]).toEqual(['name', 'description@en', 'description@et', 'isbn', 'pages', 'price', 'available', 'published', 'borrowed_at', 'author', 'status', 'genre', 'tags', 'code', 'checked', 'notes']);
		const type = (id: string) => defined(found.get(id)).type;
		expect([type('pages'), type('available'), type('published'), type('tags'), type('code'), type('status')]).toEqual(['number', 'boolean', 'dateTime', 'string', 'boolean', 'options']);
		expect(found.get('status')?.options).toEqual(['new', 'worn', 'lost'].map((name) => ({ name, value: name })));
		expect(found.get('name')).toMatchObject({ required: true, canBeUsedToMatch: true });
		expect(found.get('description@en')).toMatchObject({ displayName: 'Description [en]', required: false, canBeUsedToMatch: false });
		// n8n shows no others.
		expect([...found.values()].filter(({ display, readOnly }) => !display || readOnly)).toEqual([]);
	});

	test('say that an ID is wanted where too many entities could be meant for a list', async () => {
		const found = await columns('create', { typeId: byId(known.typeLending) });
		expect(found.get('book')).toMatchObject({ type: 'string', displayName: 'Book (ID)' });
		expect(found.get('borrower')).toMatchObject({ type: 'options', displayName: 'Borrower' });
	});

	test('for Update, nothing is required', async () => {
		expect(defined((await columns('update')).get('name')).required).toBe(false);
	});

	test('references with few targets are a list, those with many an ID', async () => {
		const found = await columns('create', { typeId: byId(known.typeLending) });
		expect(found.get('borrower')?.options).toContainEqual({ name: 'Rita Reader', value: known.person });
		expect(found.get('book')).toMatchObject({ type: 'string' });
		expect(found.get('due')).toMatchObject({ required: true });
	});

	test('are there for a plain user too', async () => {
		const { fields } = await ask('resourceMapping', 'getColumns', { resource: 'entity', operation: 'create', ...book }, { credentials: { entuApi: bench.user } });
		expect(fields.length).toBeGreaterThan(5);
	});
});

describe('when it does not work', () => {
	test('the editor shows what to correct, and no secret', async () => {
		bench.owner.data = { ...bench.owner.data, apiKey: 'Some-Other-Key-Of-32-Characters!' };
		const error = await ask('listSearch', 'searchTypes').catch((thrown: unknown) => thrown);
		expect(told(error)).toMatch(/does not accept this API key/);
		expect(told(error)).not.toContain('Some-Other-Key');
	});

	test('an entity that is gone is told', async () => {
		const error = await ask('loadOptions', 'getPropertyNames', { resource: 'property', operation: 'add', entityId: byId('f'.repeat(24)) }).catch((thrown: unknown) => thrown);
		// A dropdown shows the message alone.
		expect((error as Error).message).toMatch(/not found.*Check the ID/);
	});
});
