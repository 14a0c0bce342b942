import type { INodeParameters } from 'n8n-workflow';
import { byId, defined, items, known, mixed, told, useEntu } from './entu.mts';

const bench = useEntu();
const { run, rows } = { run: bench.run, rows: bench.rows };

const on = (entityId: string, personId = known.user as string, more: INodeParameters = {}): INodeParameters => ({ entityId: byId(entityId), personId: byId(personId), ...more });
/** What a person has on an entity by grants of its own, from the sandbox's own data. */
const granted = async (entityId: string, personId: string): Promise<string[]> => {
	const entity = await bench.entity(entityId);
	const found = ['_owner', '_editor', '_expander', '_viewer', '_noaccess'].filter((right) =>
		entity[right]?.some((value) => value.reference === personId && (value.property_type ?? right) === right && value.inherited !== true),
	);
	return found;
};

describe('Get', () => {
	test('shows each right once, though Entu repeats an owner in every list', async () => {
		const raw = await bench.entity(known.editableEntity);
		expect(raw._viewer?.map(({ reference }) => reference)).toEqual(expect.arrayContaining([known.owner, known.user]));
		expect(await rows('access', 'get', { entityId: byId(known.editableEntity) })).toEqual([
			{
				_id: known.editableEntity,
				sharing: 'domain',
				inheritRights: false,
				rights: [
					{ right: 'owner', person: { _id: known.owner, name: 'Ada Admin' }, inherited: false },
					{ right: 'editor', person: { _id: known.user, name: 'Paul Plain' }, inherited: false },
				],
			},
		]);
	});

	test('marks what comes from a parent', async () => {
		const [access] = await rows('access', 'get', { entityId: byId(known.inheritingEntity) });
		expect(access).toMatchObject({ inheritRights: true, sharing: 'private' });
		expect(access?.rights).toContainEqual({ right: 'expander', person: { _id: known.user, name: 'Paul Plain' }, inherited: true });
	});

	test('tells when the rights may not be seen, and does not show an empty list', async () => {
		for (const operation of ['get', 'revoke', 'grant']) {
			const { error } = await run('access', operation, on(known.domainEntity, known.person, { right: 'viewer' }), { credentials: { entuApi: bench.user } });
			expect(told(error)).toMatch(/not shown to this API key.*Give the person or robot/s);
		}
	});

	test('raw, it is what Entu sends', async () => {
		const [raw] = await rows('access', 'get', { entityId: byId(known.editableEntity), output: 'raw' });
		expect(raw?._viewer).toHaveLength(2);
	});
});

describe('Grant', () => {
	test.each(['owner', 'editor', 'expander', 'viewer', 'noaccess'])('%s, in place of what the person had', async (right) => {
		await rows('access', 'grant', on(known.book, known.user, { right: 'viewer' }));
		expect(await rows('access', 'grant', on(known.book, known.user, { right }))).toEqual([{ _id: known.book, person: known.user, right }]);
		expect(await granted(known.book, known.user)).toEqual([`_${right}`]);
		expect(await granted(known.book, known.owner)).toEqual(['_owner']);
	});

	test('what the person has already writes nothing', async () => {
		await rows('access', 'grant', on(known.editableEntity, known.user, { right: 'editor' }));
		expect(await bench.written()).toEqual({});
	});

	test('a right that was inherited becomes one of the entity itself', async () => {
		await rows('access', 'grant', on(known.inheritingEntity, known.user, { right: 'expander' }));
		expect(await granted(known.inheritingEntity, known.user)).toEqual(['_expander']);
	});

	test('would not take the last owner away', async () => {
		const { error } = await run('access', 'grant', on(known.book, known.owner, { right: 'viewer' }));
		expect(told(error)).toMatch(/Ada Admin is the last owner.*somebody else the right 'Owner' first/s);
		expect(await granted(known.book, known.owner)).toEqual(['_owner']);
	});

	test.each<[string, INodeParameters, RegExp]>([
		['a right that does not exist', { right: 'admin' }, /'Right': "admin" is not possible.*editor, expander/s],
		['a person without an ID', { personId: byId('Paul Plain'), right: 'viewer' }, /'Person'.*is not an Entu ID/s],
	])('refuses %s', async (_, more, message) => {
		expect(told((await run('access', 'grant', on(known.book, known.user, more))).error)).toMatch(message);
		expect(await bench.written()).toEqual({});
	});

	test('needs the right of an owner', async () => {
		const { error } = await run('access', 'grant', on(known.editableEntity, known.person, { right: 'viewer' }), { credentials: { entuApi: bench.user } });
		expect(told(error)).toMatch(/User not in _owner property.*Give the person or robot/s);
	});

	test('to many persons on one entity, at once', async () => {
		await bench.sandbox.control.settings('entu', { latencyMs: 5 });
		await rows('access', 'grant', { entityId: byId(known.book), personId: byId('={{ $json.id }}'), right: 'viewer', options: { parallelRequests: 10 } }, { items: items({ id: known.user }, { id: known.person }, { id: known.user }) });
		expect((await bench.entity(known.book))._viewer?.filter(({ property_type: type }) => type === '_viewer')).toHaveLength(2);
	});
});

describe('Revoke', () => {
	test.each(['any', 'editor'])('takes the right away (%s) and leaves the owner one', async (right) => {
		expect(await rows('access', 'revoke', on(known.editableEntity, known.user, { right }))).toEqual([{ deleted: true, _id: known.editableEntity, person: known.user, rights: ['editor'] }]);
		expect(await granted(known.editableEntity, known.user)).toEqual([]);
		expect(await granted(known.editableEntity, known.owner)).toEqual(['_owner']);
	});

	test('of a viewer does not touch the owner, who is in the list of viewers too', async () => {
		const { error } = await run('access', 'revoke', on(known.editableEntity, known.owner, { right: 'viewer' }));
		expect(told(error)).toMatch(/no such right/);
		expect(await granted(known.editableEntity, known.owner)).toEqual(['_owner']);
		expect(await bench.written()).toEqual({});
	});

	test('does not take the last owner away', async () => {
		const { error } = await run('access', 'revoke', on(known.book, known.owner));
		expect(told(error)).toMatch(/last owner/);
		await rows('access', 'grant', on(known.book, known.user, { right: 'owner' }));
		await rows('access', 'revoke', on(known.book, known.user, { right: 'owner' }));
		expect(await granted(known.book, known.owner)).toEqual(['_owner']);
	});

	test('of an inherited right says where it comes from', async () => {
		const { error } = await run('access', 'revoke', on(known.inheritingEntity));
		expect(told(error)).toMatch(/Paul Plain has no such right on the entity itself.*comes from a parent/s);
	});

	test('of a right that nobody has tells how to look', async () => {
		expect(told((await run('access', 'revoke', on(known.book))).error)).toMatch(/no such right.*'Get'/s);
	});
});

describe.each(['july', 'later'])('on servers of %s', (generation) => {
	beforeEach(async () => {
		await bench.sandbox.control.settings('entu', { generation });
	});

	test.each(['domain', 'public', 'private'])('Set Sharing to %s overwrites what was there', async (sharing) => {
		for (const entityId of [known.domainEntity, known.privateEntity, known.publicEntity]) {
			expect(await rows('access', 'setSharing', { entityId: byId(entityId), sharing })).toEqual([{ _id: entityId, sharing }]);
			expect((await bench.entity(entityId))._sharing?.map(({ string }) => string)).toEqual([sharing]);
		}
	});

	test.each([true, false])('Set Inheritance to %s overwrites what was there', async (inheritRights) => {
		for (const entityId of [known.book, known.inheritingEntity]) {
			await rows('access', 'setInheritance', { entityId: byId(entityId), inheritRights });
			expect((await bench.entity(entityId))._inheritrights?.map(({ boolean }) => boolean)).toEqual([inheritRights]);
		}
	});

	test('Set Sharing works also where somebody has added a second value, of which the first counts', async () => {
		await bench.ask(`/entity/${known.domainEntity}`, { method: 'POST', body: [{ type: '_sharing', string: 'public' }] });
		await rows('access', 'setSharing', { entityId: byId(known.domainEntity), sharing: 'public' });
		expect((await bench.entity(known.domainEntity))._sharing?.map(({ string }) => string)).toEqual(['public', 'public']);
	});
});

test('Set Sharing writes nothing where it is so already, and refuses what does not exist', async () => {
	await rows('access', 'setSharing', { entityId: byId(known.domainEntity), sharing: 'domain' });
	expect(await bench.written()).toEqual({});
	const { error } = await run('access', 'setSharing', { entityId: byId(known.domainEntity), sharing: 'everybody' });
	expect(told(error)).toMatch(/'Sharing': "everybody" is not possible/);
	expect(defined((await bench.entity(known.domainEntity))._sharing)).toHaveLength(1);
});

test('of a right that could not be taken away, it says that others have been', async () => {
	const entity = await bench.entity(known.editableEntity);
	const left = { _id: '65a0000000000000000000ef', reference: known.user, property_type: '_viewer' };
	const body = { entity: { ...entity, _viewer: [...(entity._viewer ?? []), left] } };
	await bench.sandbox.control.fault({ service: 'entu', method: 'GET', path: `/entity/${known.editableEntity}`, fault: { type: 'status', status: 200, body } });
	const retry = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
	const { error } = await run('access', 'revoke', on(known.editableEntity, known.user, { right: 'any' }), retry);
	expect(told(error)).toMatch(/What this item had asked for before that has been carried out.*Look in Entu what of it is done/s);
	expect((await bench.written())['property.delete']).toBe(1);
});

describe('what the server keeps to itself', () => {
	const inMixed = { credentials: { get entuApi() { return bench.mixedOwner; } } };
	const ownersOf = async (id: string): Promise<unknown[]> => (await bench.entity(id, mixed.database))._owner?.filter(({ property_type: type, inherited }) => type === '_owner' && inherited !== true).map(({ reference }) => reference) ?? [];

	test.each(['any', 'owner'])('who is owner twice is none after Revoke (%s)', async (right) => {
		await bench.ask(`/entity/${mixed.ownedTwice}`, { method: 'POST', database: mixed.database, body: [{ type: '_owner', reference: known.person }] });
		const body = await rows('access', 'revoke', on(mixed.ownedTwice, known.owner, { right }), inMixed);
		expect(body).toEqual([{ deleted: true, _id: mixed.ownedTwice, person: known.owner, rights: ['owner'] }]);
		const { error } = await run('access', 'get', { entityId: byId(mixed.ownedTwice) }, inMixed);
		expect(told(error)).toMatch(/No accessible properties/);
	});

	test('nor is the owner of a copy, who has it twice too', async () => {
		const [copy] = await rows('entity', 'duplicate', { entityId: byId(known.book) });
		const id = String(copy?._id);
		await rows('access', 'grant', on(id, known.person, { right: 'owner' }));
		await rows('access', 'revoke', on(id, known.owner));
		expect(told((await run('entity', 'update', { entityId: byId(id), typeId: byId(known.typeBook), propertiesMode: 'json', propertiesJson: '{ "pages": 1 }' })).error)).toMatch(/Entu answered: (User not in|No accessible)/);
	});

	test('the last owner stays, however often', async () => {
		expect(told((await run('access', 'revoke', on(mixed.ownedTwice, known.owner), inMixed)).error)).toMatch(/last owner/);
		expect(await ownersOf(mixed.ownedTwice)).toEqual([known.owner]);
	});

	test('what is left from a parent is told', async () => {
		await bench.ask(`/entity/${known.inheritingEntity}`, { method: 'POST', body: [{ type: '_editor', reference: known.user }] });
		const result = await run('access', 'revoke', on(known.inheritingEntity));
		expect(result.outputs[0]?.[0]?.json).toMatchObject({ deleted: true, rights: ['editor'], left: expect.arrayContaining(['expander']) });
		expect(result.hints.map(({ message }) => message).join()).toMatch(/Paul Plain still has a right.*from a parent: expander/);
	});

	test('a right below an inherited one changes nothing, and says so', async () => {
		const hints = async (right: string) => (await run('access', 'grant', on(known.inheritingEntity, known.user, { right }))).hints.map(({ message }) => message).join();
		expect(await hints('viewer')).toMatch(/Paul Plain has the stronger right 'expander' from a parent, which 'viewer' does not take away/);
		expect(await hints('editor')).toBe('');
	});

	test.each([
		['_type', /can't delete _type property.*keeps a type.*another "_type"/is],
		['_owner', /can't delete last _owner.*somebody else the right 'Owner'/is],
		['_created', /can't delete system property.*leave it/is],
	])('a refusal to delete %s is no lack of rights', async (property, message) => {
		const value = defined((await bench.entity(known.book))[property]?.[0]);
		const { error } = await run('property', 'delete', { valueBy: 'id', valueId: String(value._id) });
		expect(told(error)).toMatch(message);
		expect(told(error)).not.toMatch(/Give the person or robot/);
	});

	test('a mirror is changed at its origin, which is said', async () => {
		if (process.env.ENTU_GENERATION === 'july') return;
		const { error } = await run('entity', 'delete', { entityId: byId(mixed.mirror) }, inMixed);
		expect(told(error)).toMatch(/mirror of an entity of another database, change it there/);
		expect(told((await run('access', 'get', { entityId: byId(mixed.mirror) }, inMixed)).error)).toMatch(/or it has none.*mirror.*origin/s);
	});
});
