import { items, known, person, useSandbox, userKey, type Answer, type Json } from './support.mts';

const sandbox = useSandbox();
type Person = Awaited<ReturnType<typeof person>>;
let ada: Person;
let paul: Person;
const told = ({ status, body }: Answer) => `${status} ${String(body.message)}`;
const typeBook = { type: '_type', reference: known.typeBook };
const nowhere = '65a0000000000000000fffff';
const entity = async (id: unknown, as = ada) => (await as.get(`/entity/${String(id)}`)).body.entity as Json;
const strings = (list: Json | undefined) => items(list).map((value) => value.string);
const valueId = async (id: string, property: string) => String((await entity(id))[property]?.[0]?._id);

describe.each(['july', 'later'] as const)('a server of %s', (generation) => {
	beforeEach(async () => {
		await sandbox.control.settings('entu', { generation });
		ada = await person(sandbox.url);
		paul = await person(sandbox.url, userKey);
	});

	describe('create', () => {
		it('answers the new values as an array, with what the service added', async () => {
			const { status, body } = await ada.create({ type: 'name', string: 'New' }, { type: '_parent', reference: known.folder });
			expect(status).toBe(200);
			const added = items(body.properties).map((value) => value.type);
			expect(added).toEqual(['_type', 'name', '_parent', '_sharing', 'status', '_owner', '_created']);
			const made = await entity(body._id);
			expect(made).toMatchObject({ status: [{ string: 'new' }], _sharing: [{ string: 'domain' }], _created: [{ reference: known.owner }] });
			expect(Number.parseInt(String(body._id).slice(0, 8), 16)).toBeCloseTo(Date.now() / 1000, -1);
		});

		it('spreads rights into the lower ones with the same value id', async () => {
			const { body } = await ada.create({ type: 'name', string: 'New' });
			const { _owner, _viewer } = await entity(body._id);
			expect(_viewer).toEqual(_owner);
			expect(_owner?.[0]).toMatchObject({ property_type: '_owner', string: 'Ada Admin', entity_type: 'person' });
		});

		it.each([
			['{}', '400 Data must be array'],
			['[]', '400 At least one property must be set'],
			[JSON.stringify([typeBook, { string: 'x' }]), '400 Property type not set'],
			[JSON.stringify([typeBook, { type: 'a b', string: 'x' }]), '400 Property type must be alphanumeric'],
			[JSON.stringify([typeBook, { type: '_created', string: 'x' }]), "400 Property type can't begin with _"],
			[JSON.stringify([typeBook, { type: 'name' }]), '400 Property must have at least one value'],
			['[{"type":"name","string":"x"}]', '400 Property _type is required'],
			['[{"type":"_type","string":"book"}]', '400 Property _type must have reference value'],
			[JSON.stringify([{ type: '_type', reference: nowhere }]), '400 Entity in _type property not found'],
			[JSON.stringify([typeBook, { type: '_parent', reference: nowhere }]), '400 Entity in _parent property not found'],
			[JSON.stringify([typeBook, { type: '_sharing', string: 'all' }]), '400 Property _sharing value must be public, domain or private'],
			[JSON.stringify([typeBook, { type: '_inheritrights', string: 'x' }]), '400 Property _inheritrights must have boolean value'],
			[JSON.stringify([typeBook, { type: 'name', string: 'x', language: '' }]), '400 Property language must be a non-empty string'],
			[JSON.stringify([typeBook, { type: 'photo', filename: 'a.png' }]), '400 File property must have filename, filesize and filetype'],
			['not JSON', '500 Server Error'],
		])('refuses %s', async (body, answer) => {
			expect(told(await ada.post('/entity', body))).toBe(answer);
			expect((await sandbox.control.summary('entu')).effects).toEqual({ login: 2 });
		});

		it('takes any language but an empty one', async () => {
			expect((await ada.create({ type: 'description', string: 'x', language: 'EN' })).status).toBe(200);
		});

		it('needs the right to add children to the parent', async () => {
			const parent = (reference: string) => ({ type: '_parent', reference });
			expect((await paul.create(parent(known.folder))).status).toBe(200);
			expect(told(await paul.create(parent(known.closedFolder)))).toBe('400 User not in parent _owner, _editor nor _expander property');
		});

		it('stores nonsense, and unreadable dates as 1970', async () => {
			const { body } = await ada.create({ type: 'pages', number: '12' }, { type: 'pages', string: 'abc' }, { type: 'published', date: 'soon' }, { type: 'nothing', string: null });
			expect(await entity(body._id)).toMatchObject({
				pages: [{ number: '12' }, { string: 'abc' }],
				published: [{ date: '1970-01-01T00:00:00.000Z' }],
				nothing: [{ string: null }],
			});
		});

		it('keeps what came before a bad id', async () => {
			const bad = [{ type: 'tags', string: 'kept' }, { type: 'author', reference: 'bad' }];
			expect(told(await ada.post(`/entity/${known.book}`, bad))).toBe(generation === 'july' ? '500 Server Error' : '400 Invalid ID');
			expect(strings((await entity(known.book)).tags)).not.toContain('kept');
			await ada.get(`/entity/${known.book}/aggregate`);
			expect(strings((await entity(known.book)).tags)).toContain('kept');
		});

		it('counts on from the highest number', async () => {
			const counted = async (...properties: unknown[]) => items((await ada.create(...properties)).body.properties).find((value) => String(value.type) === 'code');
			expect(await counted({ type: 'code', counter: 1 })).toMatchObject({ string: 'INV-3501', number: 3501 });
			expect(await counted({ type: 'code', counter: 10 })).toMatchObject({ string: 'INV-3511', number: 3511 });
			expect(await counted({ type: 'code', counter: 1, string: 'NEW-0099000' })).toMatchObject({ string: 'NEW-99000', number: 99_000 });
			expect(await counted({ type: 'code', counter: true })).toMatchObject({ string: 'NEW-99001' });
		});

		it('computes formulas without an id, whatever was written', async () => {
			const { body } = await ada.create({ type: 'name', string: 'Dune' }, { type: 'code', counter: 1 }, { type: 'title_code', string: 'mine' });
			expect((await entity(body._id)).title_code).toEqual([{ string: 'Dune #3501' }]);
		});
	});

	describe('add and overwrite', () => {
		it('adds beside existing values, or replaces the value of an id', async () => {
			const old = await valueId(known.book, 'name');
			await ada.post(`/entity/${known.book}`, [{ type: 'name', string: 'Second' }]);
			expect(strings((await entity(known.book)).name)).toEqual(['The Hobbit', 'Second']);
			const { body } = await ada.post(`/entity/${known.book}`, [{ type: 'name', string: 'First', _id: old }]);
			expect(items(body.properties)).toHaveLength(1);
			expect(body.properties?.[0]?._id).not.toBe(old);
			expect(strings((await entity(known.book)).name)).toEqual(['Second', 'First']);
			expect(told(await ada.get(`/property/${old}`))).toBe('404 Property not found');
			expect((await sandbox.control.summary('entu')).effects).toMatchObject({ 'entity.update': 2, 'property.add': 1, 'property.replace': 1 });
		});

		it('ignores an id that is gone and just adds', async () => {
			await ada.post(`/entity/${known.book}`, [{ type: 'name', string: 'Third', _id: nowhere }]);
			expect(strings((await entity(known.book)).name)).toEqual(['The Hobbit', 'Third']);
		});

		it('needs an editor, and an owner for rights', async () => {
			const name = [{ type: 'name', string: 'x' }];
			expect(told(await paul.post(`/entity/${known.book}`, name))).toBe('403 User not in _owner nor _editor property');
			expect((await paul.post(`/entity/${known.editableEntity}`, name)).status).toBe(200);
			const right = [{ type: '_viewer', reference: known.person }];
			expect(told(await paul.post(`/entity/${known.editableEntity}`, right))).toBe('403 User not in _owner property');
		});

		it('holds one right per person, but not one sharing', async () => {
			await ada.post(`/entity/${known.book}`, [{ type: '_viewer', reference: known.person }]);
			await ada.post(`/entity/${known.book}`, [{ type: '_editor', reference: known.person }, { type: '_sharing', string: 'public' }]);
			const { _viewer, _sharing } = await entity(known.book);
			const own = items(_viewer).filter((value) => String(value.reference) === known.person);
			expect(own.map((value) => value.property_type)).toEqual(['_editor']);
			expect(strings(_sharing)).toEqual(['domain', 'public']);
		});

		it('refreshes names in other entities late', async () => {
			const author = async () => strings((await entity(known.book)).author);
			await ada.post(`/entity/${known.author}`, [{ type: 'name', string: 'Tolkien', _id: await valueId(known.author, 'name') }]);
			expect(strings((await entity(known.author)).name)).toEqual(['Tolkien']);
			expect(await author()).toEqual(['J. R. R. Tolkien']);
			expect(await ada.count('author.string=Tolkien')).toBe(0);
			await sandbox.control.advanceClock(2_000);
			expect(await author()).toEqual(['Tolkien']);
			expect(await ada.count('author.string=Tolkien')).toBeGreaterThan(0);
		});

		it('shows a new API key once and masks it afterwards', async () => {
			const { body } = await ada.post(`/entity/${known.person}`, [{ type: 'entu_api_key', string: 'generate' }]);
			const key = String(body.properties?.[0]?.string);
			expect(key).toHaveLength(32);
			expect(strings((await entity(known.person)).entu_api_key)).toEqual(['***']);
			const rita = await person(sandbox.url, key);
			expect((await rita.get('')).status).toBe(200);
			await ada.delete(`/property/${String(body.properties?.[0]?._id)}`);
			expect((await (await person(sandbox.url, key)).get('')).status).toBe(generation === 'july' ? 403 : 401);
		});
	});

	describe('delete', () => {
		it('deletes values, but not the last owner, the type or what the system writes', async () => {
			const remove = async (property: string) => told(await ada.delete(`/property/${await valueId(known.book, property)}`));
			expect(await remove('_type')).toBe("403 Can't delete _type property");
			expect(await remove('_created')).toBe("403 Can't delete system property");
			expect(await remove('_owner')).toBe("403 Can't delete last _owner");
			const tag = await valueId(known.book, 'tags');
			expect((await ada.delete(`/property/${tag}`)).body).toEqual({ deleted: true });
			expect((await ada.delete(`/property/${tag}`)).status).toBe(404);
			expect(strings((await entity(known.book)).tags)).toEqual(['first edition']);
		});

		it('deletes entities, whose references vanish late', async () => {
			expect(told(await paul.delete(`/entity/${known.editableEntity}`))).toBe('403 User not in _owner property');
			const reference = await valueId(known.book, 'author');
			expect((await ada.delete(`/entity/${known.author}`)).body).toEqual({ deleted: true });
			expect(told(await ada.delete(`/entity/${known.author}`))).toBe(`404 Entity ${known.author} not found`);
			expect((await ada.get(`/property/${reference}`)).status).toBe(404);
			expect(items((await entity(known.book)).author)).toHaveLength(1);
			await sandbox.control.advanceClock(2_000);
			expect((await entity(known.book)).author).toBeUndefined();
		});
	});

	describe('reads by id', () => {
		it('refuse bad, unknown and hidden ids', async () => {
			expect(told(await ada.get('/entity/abc'))).toBe(generation === 'july' ? '500 Server Error' : '400 Invalid ID');
			expect(told(await ada.get(`/entity/${nowhere}`))).toBe(`404 Entity ${nowhere} not found`);
			expect(told(await paul.get(`/entity/${known.privateEntity}`))).toBe('403 No accessible properties');
		});

		it('show a plain user the shared view only, and single values of it later only', async () => {
			const shared = await entity(known.domainEntity, paul);
			expect(shared.name).toBeDefined();
			expect([shared.notes, shared._created, shared._owner]).toEqual([undefined, undefined, undefined]);
			expect((await paul.get(`/property/${String(shared.name?.[0]?._id)}`)).status).toBe(generation === 'july' ? 403 : 200);
			const hidden = await valueId(known.domainEntity, 'notes');
			expect(told(await paul.get(`/property/${hidden}`))).toBe(generation === 'july' ? '403 User not in any rights property' : '403 No access to property');
			// What is shared with everybody has no view for the database beside.
			expect((await entity(known.publicEntity, paul)).pages).toBeUndefined();
		});

		it('take rights from a parent', async () => {
			const rights = items((await entity(known.inheritingEntity, paul))._expander);
			expect(rights.find((right) => String(right.reference) === known.user)).toMatchObject({ inherited: true, property_type: '_expander' });
		});

		it('describe one value', async () => {
			const id = await valueId(known.book, 'pages');
			expect((await ada.get(`/property/${id}`)).body).toEqual({
				_id: id,
				type: 'pages',
				entity: known.book,
				created: { at: '2024-01-11T14:49:36.000Z', by: known.owner },
				number: 310,
			});
		});
	});

	describe('history', () => {
		it('merges what one person did to a property in one instant', async () => {
			const name = await valueId(known.book, 'name');
			await ada.post(`/entity/${known.book}`, [{ type: 'name', string: 'Revised', _id: name }, { type: 'tags', string: 'one' }, { type: 'tags', string: 'two' }]);
			const { body } = await ada.get(`/entity/${known.book}/history?limit=1000`);
			const [renamed, tagged, replaced] = items(body.changes).slice(-3);
			expect(renamed).toMatchObject({ type: 'name', by: known.owner, old: {}, new: { string: 'Revised' } });
			expect(tagged).toMatchObject({ type: 'tags', old: {}, new: { string: 'two' } });
			expect(replaced).toMatchObject({ type: 'name', old: { string: 'The Hobbit' }, new: {} });
			expect(items(body.changes).map((row) => row.type)).not.toContain('_created');
			expect(items((await ada.get(`/entity/${known.book}/history?limit=2&skip=1`)).body.changes)).toHaveLength(2);
			expect((await paul.get(`/entity/${known.book}/history`)).status).toBe(403);
		});
	});

	describe('duplicate and aggregate', () => {
		it('copies all but files and the creation', async () => {
			const path = `/entity/${known.bookWithPhoto}/duplicate`;
			expect((await ada.post(path)).status).toBe(500);
			expect((await ada.post(path, { count: 101 })).status).toBe(400);
			const { body } = await ada.post(path, { count: 2, ignoredProperties: ['isbn'] });
			expect(items(body)).toHaveLength(2);
			const copy = await entity(body[0]?._id);
			expect(copy).toMatchObject({ name: [{ string: 'A Picture Book' }], code: [{ string: 'OLD-14' }] });
			expect([copy.photo, copy.isbn]).toEqual([undefined, undefined]);
			expect((await paul.post(path, {})).status).toBe(403);
		});

		it('recalculates for any user', async () => {
			expect((await paul.get(`/entity/${known.book}/aggregate`)).body).toMatchObject({ account: 'labdb', entity: known.book });
		});
	});
});
