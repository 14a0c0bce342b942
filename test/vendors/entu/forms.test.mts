/** What is written to Entu in which form, and what comes out: counters, required and read-only properties, the form of the API, rows. */
import type { INodeParameters } from 'n8n-workflow';
import { byId, columns, defined, items, known, mixed, told, useEntu, type Row } from './entu.mts';

const bench = useEntu();
const { run, rows, entity, ask } = { run: bench.run, rows: bench.rows, entity: bench.entity, ask: bench.ask };
const book = { typeId: byId(known.typeBook) };
const item = { typeId: byId(mixed.typeItem) };
const hobbit = { entityId: byId(known.book), ...book };
const json = (value: unknown): INodeParameters => ({ propertiesMode: 'json', propertiesJson: JSON.stringify(value) });
const inMixed = { credentials: { get entuApi() { return bench.mixedOwner; } } };
const strings = (values: Row[] | undefined) => values?.map(({ string }) => string);

describe('counters', () => {
	test('a text without a digit is refused before anything is written', async () => {
		for (const code of ['ABC', 'no', 'INV-']) {
			for (const parameters of [json({ name: 'x', code }), json([{ type: 'name', string: 'x' }, { type: 'code', string: code, counter: 1 }])]) {
				expect(told((await run('entity', 'create', { ...book, ...parameters })).error)).toMatch(/'Inventory number'.*holds no number.*INV-7/s);
			}
			expect(told((await run('entity', 'update', { ...hobbit, ...json({ code }) })).error)).toMatch(/holds no number/);
			expect(told((await run('property', 'add', { entityId: byId(known.book), propertyName: 'code', value: code })).error)).toMatch(/holds no number/);
		}
		expect(await bench.written()).toEqual({});
	});

	test('leading zeros find the entity that has the number without', async () => {
		const upsert = async (pages: number) => await rows('entity', 'upsert', { ...book, ...json({ name: 'Zeros', code: 'INV-004200', pages }), matchBy: 'code' });
		const [first] = await upsert(1);
		const [second] = await upsert(2);
		expect(second?._id).toBe(first?._id);
		expect((await bench.effects())['entity.create']).toBe(1);
		const before = (await entity(String(first?._id))).code;
		expect(strings(before)).toEqual(['INV-4200']);
		await rows('entity', 'update', { ...book, entityId: byId(String(first?._id)), ...json({ code: 'INV-004200' }) });
		expect((await entity(String(first?._id))).code).toEqual(before);
	});
});

describe('required and read-only properties', () => {
	const unchecked = { options: { checkRequired: false } };

	test('partial records can be written', async () => {
		expect(told((await run('entity', 'create', { ...book, ...json({ pages: 3 }) })).error)).toMatch(/'Name' is required.*'Check Required Properties'/s);
		const [made] = await rows('entity', 'create', { ...book, ...json({ pages: 3 }), ...unchecked });
		expect(await entity(String(made?._id))).not.toHaveProperty('name');
		await rows('entity', 'upsert', { ...book, ...json({ isbn: '4-4' }), matchBy: 'isbn', ...unchecked });
		await rows('entity', 'update', { ...hobbit, ...json({ name: null }), options: { emptyValues: 'clear', ...unchecked.options } });
		expect(await entity(known.book)).not.toHaveProperty('name');
	});

	test('the editor marks nothing as required then', async () => {
		const required = async (options: INodeParameters) => {
			const parameters = { resource: 'entity', operation: 'create', ...book, options };
			const { fields } = await bench.engine.callMethod({ node: 'entu', kind: 'resourceMapping', method: 'getColumns', parameters, credentials: { entuApi: bench.owner } });
			return fields.filter((field) => field.required).map(({ id }) => id);
		};
		expect(await required({})).toEqual(['name']);
		expect(await required({ checkRequired: false })).toEqual([]);
	});

	test('read-only ones are written on purpose, and not by automatic mapping', async () => {
		const [made] = await rows('entity', 'create', { ...item, ...json({ name: 'x', barcode: '123' }) }, inMixed);
		const [mapped] = await rows('entity', 'create', { ...item, ...columns({ name: 'x', barcode: '124' }) }, inMixed);
		const auto = { columns: { mappingMode: 'autoMapInputData', value: null, schema: [] } as unknown as INodeParameters };
		const [left] = await rows('entity', 'create', { ...item, ...auto }, { ...inMixed, items: items({ name: 'x', barcode: '125' }) });
		const barcodes = await Promise.all([made, mapped, left].map(async (row) => strings((await entity(String(row?._id), mixed.database)).barcode)));
		expect(barcodes).toEqual([['123'], ['124'], undefined]);
		const { fields } = await bench.engine.callMethod({ node: 'entu', kind: 'resourceMapping', method: 'getColumns', parameters: { resource: 'entity', operation: 'create', ...item }, credentials: { entuApi: bench.mixedOwner } });
		expect(fields.find(({ id }) => id === 'barcode')).toMatchObject({ removed: true, displayName: 'barcode (read-only in the web app)' });
	});

	test('what only the server sets is in no form', async () => {
		const body = [{ type: '_type', reference: known.typeProperty }, { type: '_parent', reference: known.typeBook }, { type: 'name', string: 'billing_data_limit' }, { type: 'type', string: 'number' }];
		await ask('/entity', { method: 'POST', body });
		const { fields } = await bench.engine.callMethod({ node: 'entu', kind: 'resourceMapping', method: 'getColumns', parameters: { resource: 'entity', operation: 'create', ...book }, credentials: { entuApi: bench.owner } });
		expect(fields.map(({ id }) => id)).not.toContain('billing_data_limit');
	});
});

describe('the form of the API', () => {
	const type = { type: '_type', reference: known.typeBook };

	test('may name the type again, and parent, sharing and inheritance that an option gives too', async () => {
		const values = [type, { type: '_parent', reference: known.folder }, { type: '_sharing', string: 'public' }, { type: '_inheritrights', boolean: true }, { type: 'name', string: 'As documented' }];
		const options = { sharing: 'public', inheritRights: true };
		const [made] = await rows('entity', 'create', { ...book, parentId: byId(known.folder), ...json(values), options });
		const stored = await entity(String(made?._id));
		for (const name of ['_type', '_parent', '_sharing', '_inheritrights']) expect(stored[name]).toHaveLength(1);
	});

	test.each<[string, Row[], INodeParameters]>([
		['another type', [{ type: '_type', reference: known.typeAuthor }], {}],
		['another sharing', [{ type: '_sharing', string: 'public' }], { sharing: 'private' }],
		['two sharings', [{ type: '_sharing', string: 'public' }, { type: '_sharing', string: 'private' }], {}],
		['another inheritance', [{ type: '_inheritrights', boolean: true }], { inheritRights: false }],
	])('is refused with %s', async (_, values, options) => {
		const { error } = await run('entity', 'create', { ...book, ...json([...values, { type: 'name', string: 'x' }]), options });
		expect(told(error)).toMatch(/'Properties': "_\w+" is given twice, with different values/);
		expect(await bench.written()).toEqual({});
	});

	test('adds no second type at an update and an upsert', async () => {
		await rows('entity', 'update', { ...hobbit, updateMode: 'add', ...json([type, { type: 'tags', string: 'new' }]) });
		await rows('entity', 'update', { ...hobbit, ...json([type, { type: 'pages', number: 311 }]) });
		await rows('entity', 'upsert', { ...book, matchBy: 'isbn', ...json([type, { type: 'isbn', string: '978-0-261-10221-7' }, { type: 'pages', number: 312 }]) });
		const stored = await entity(known.book);
		expect(stored._type).toHaveLength(1);
		expect(stored.pages).toMatchObject([{ number: 312 }]);
		const { error } = await run('entity', 'update', { ...hobbit, updateMode: 'add', ...json([{ type: '_type', reference: known.typeAuthor }, { type: 'tags', string: 'x' }]) });
		expect(told(error)).toMatch(/one type/);
	});
});

describe('rows', () => {
	const given = { name: 'One form', author: [known.author], tags: ['alone'] };

	test('of Create are those of Get: type by name with its ID, references with names, lists as lists', async () => {
		const [made] = await rows('entity', 'create', { ...book, parentId: byId(known.folder), ...json(given) });
		const [got] = await rows('entity', 'get', { entityId: byId(String(made?._id)) });
		expect(made).toMatchObject({
			_type: 'book',
			_typeId: known.typeBook,
			author: [{ _id: known.author, name: 'J. R. R. Tolkien', type: 'author' }],
			tags: ['alone'],
			_parent: { _id: known.folder, name: 'Shelf A', type: 'folder' },
		});
		const { title_code: computed, ...stored } = defined(got);
		expect(computed).toBeDefined();
		expect({ ...made, _created: undefined }).toEqual({ ...stored, _created: undefined });
	});

	test('of other writes too', async () => {
		const expected = [{ _id: known.author, name: 'J. R. R. Tolkien', type: 'author' }];
		const [updated] = await rows('entity', 'update', { entityId: byId(known.domainEntity), ...book, ...json({ author: [known.author], tags: ['one'] }) });
		expect(updated).toMatchObject({ author: expected, tags: ['one'] });
		const [added] = await rows('property', 'add', { entityId: byId(known.domainEntity), propertyName: 'author', value: known.author });
		expect(added).toMatchObject({ author: expected });
		const [copy] = await rows('entity', 'duplicate', { entityId: byId(known.domainEntity) });
		expect(copy).toMatchObject({ _type: 'book', tags: ['one'] });
	});

	test('of lists too, also where the type was not asked for', async () => {
		for (const parameters of [book, {}]) {
			const [row] = await rows('entity', 'getAll', { ...parameters, search: 'working copy', options: { properties: 'author,pages' } });
			expect(row).toEqual({ _id: known.editableEntity, author: [{ _id: known.author, name: 'J. R. R. Tolkien', type: 'author' }], pages: expect.any(Number) });
		}
		const [got] = await rows('entity', 'get', { entityId: byId(known.editableEntity), options: { properties: 'author' } });
		expect(got).toEqual({ _id: known.editableEntity, author: [{ _id: known.author, name: 'J. R. R. Tolkien', type: 'author' }] });
	});

	test('of saved workflows stay as they were', async () => {
		const version = 1;
		const [made] = await rows('entity', 'create', { ...book, ...json(given) }, { version });
		expect(made).toMatchObject({ _type: known.typeBook, author: { _id: known.author }, tags: 'alone' });
		expect(made).not.toHaveProperty('_typeId');
		const [got] = await rows('entity', 'get', { entityId: byId(String(made?._id)) }, { version });
		expect(got).toMatchObject({ _type: 'book', author: { _id: known.author, name: 'J. R. R. Tolkien' }, tags: 'alone' });
		expect(got).not.toHaveProperty('_typeId');
	});

	test('are given although names can not be looked up: the entity is written', async () => {
		await bench.sandbox.control.fault({ service: 'entu', method: 'GET', path: `/entity/${known.author}$`, times: -1, fault: { type: 'status', status: 403, body: { message: 'No' } } });
		const [made] = await rows('entity', 'create', { ...book, ...json(given) });
		expect(made).toMatchObject({ name: 'One form', author: [{ _id: known.author }] });
	});

	test.each([[['c', 'b', 'a']], [['b', 'signed', 'first edition']], [['first edition', 'signed']], [['signed', 'x', 'first edition', 'x']]])('values are in the order that was given: %j', async (tags) => {
		await rows('entity', 'update', { ...hobbit, ...json({ tags }) });
		const after = (await entity(known.book)).tags;
		expect(strings(after)).toEqual(tags);
		await rows('entity', 'update', { ...hobbit, ...json({ tags }) });
		expect((await entity(known.book)).tags).toEqual(after);
	});
});

describe('Duplicate', () => {
	test('goes without ignored properties, also those with a default and parents', async () => {
		const ignored = ['state', 'amount', 'usable', 'due', 'seen', 'review', 'keeper'];
		const copies = await rows('entity', 'duplicate', { entityId: byId(defined(mixed.itemIds[0])), copies: 2, options: { ignoredProperties: [...ignored, '_parent'].join(',') } }, inMixed);
		expect(copies).toHaveLength(2);
		for (const copy of copies) {
			const stored = await entity(String(copy._id), mixed.database);
			for (const name of [...ignored, '_parent']) {
				expect(stored).not.toHaveProperty(name);
				expect(copy).not.toHaveProperty(name);
			}
			expect(stored.rank).toHaveLength(1);
		}
	});

	test('says what is made when one of these can not be removed', async () => {
		await bench.sandbox.control.fault({ service: 'entu', method: 'DELETE', times: -1, fault: { type: 'status', status: 403, body: { message: 'Not today' } } });
		const { error } = await run('entity', 'duplicate', { entityId: byId(known.book), options: { ignoredProperties: 'status' } });
		expect(told(error)).toMatch(/copies are made \([0-9a-f]{24}\), but 1 values.*Not today.*further copies/s);
	});
});
