import { mixed, mixedOwnerKey, mixedUserKey } from '../../sandbox/entu/seed-mixed-known.mts';
import { call, items, known, person, useSandbox, type Answer, type Json } from './support.mts';

const sandbox = useSandbox();
type Person = Awaited<ReturnType<typeof person>>;
let ada: Person;
let paul: Person;
const told = ({ status, body }: Answer) => `${status} ${String(body.message)}`;
const entity = async (id: string, as = ada) => (await as.get(`/entity/${id}`)).body.entity as Json;
const valueOf = ({ string, number, boolean, date, datetime }: Record<string, unknown>) => string ?? number ?? boolean ?? date ?? datetime;
const plain = (list: Json | undefined) => items(list).map((value) => valueOf(value as unknown as Record<string, unknown>));

/** The second database, which has what `labdb` lacks. */
describe.each(['july', 'later'] as const)('mixdb on a server of %s', (generation) => {
	beforeEach(async () => {
		await sandbox.control.settings('entu', { generation });
		ada = await person(sandbox.url, mixedOwnerKey, mixed.database);
		paul = await person(sandbox.url, mixedUserKey, mixed.database);
	});

	it('has keys of its own', async () => {
		const { body } = await call(`${sandbox.url}/entu/auth`, { headers: { authorization: `Bearer ${mixedOwnerKey}` } });
		expect(items(body.accounts).map((account) => account._id)).toEqual([mixed.database]);
	});

	it('puts new items into both default parents, takes the widest sharing of them, and reads defaults from texts', async () => {
		const { body } = await ada.post('/entity', [{ type: '_type', reference: mixed.typeItem }, { type: 'name', string: 'New' }]);
		const made = await entity(String(body._id));
		expect(items(made._parent).map((value) => value.reference)).toEqual([mixed.shelf, mixed.secondShelf]);
		expect([plain(made._sharing), plain(made._inheritrights)]).toEqual([['public'], [true]]);
		expect([plain(made.amount), plain(made.usable), plain(made.state)]).toEqual([[12], [true], ['new']]);
		expect(made.keeper?.[0]).toMatchObject({ reference: known.person, string: 'Rita Reader' });
		const days = (text: unknown) => (Date.parse(String(text)) - Date.now()) / 86_400_000;
		expect(days(plain(made.due)[0])).toBeCloseTo(1, 1);
		expect(days(plain(made.seen)[0])).toBeCloseTo(-21, 1);
	});

	it('fails on a reference default that is none, unless a value is given', async () => {
		const broken = (...more: unknown[]) => [{ type: '_type', reference: mixed.typeBroken }, { type: 'name', string: 'x' }, ...more];
		expect((await ada.post('/entity', broken())).status).toBe(generation === 'july' ? 500 : 400);
		expect((await ada.post('/entity', broken({ type: 'keeper', reference: known.person }))).status).toBe(200);
	});

	it('computes with every operator', async () => {
		const found = await entity(mixed.calc);
		const results = (...names: string[]) => names.map((name) => plain(found[name]));
		expect(results('joined', 'listed', 'above', 'chosen', 'maybe')).toEqual([['Computed 2.55'], ['red, green, red, Ube'], ['Main shelf'], ['more'], ['more']]);
		expect(results('rest', 'product', 'least', 'most', 'size', 'words_count')).toEqual([[6.55], [-10.2], [-4], [2.55], [4], [4]]);
		expect(results('is_equal', 'is_other', 'is_more', 'is_less', 'is_known', 'is_unknown', 'has_day')).toEqual([[false], [true], [true], [false], [true], [false], [true]]);
		if (generation === 'july') {
			// Operators that it does not know are properties without a value.
			expect(found.day_again).toEqual([{ string: '2024-01-01' }]);
			expect(found.different).toEqual([{ string: 'redgreenredUbe' }]);
			return;
		}
		expect(found.day_again).toEqual([{ date: '2024-01-01T00:00:00.000Z' }]);
		expect(found.moment_again).toEqual([{ datetime: '2024-01-01T01:02:03.004Z' }]);
		expect(results('different', 'sorted', 'loud', 'dashed')).toEqual([['red', 'green', 'Ube'], ['Ube', 'green', 'red', 'red'], ['RED', 'GREEN', 'RED', 'UBE'], ['r-d', 'gr--n', 'r-d', 'Ub-']]);
		expect(results('floor', 'ceiling', 'as_number', 'both', 'either', 'opposite')).toEqual([[2], [3], [12.5], [true], [true], [false]]);
		expect(await ada.count('day_again.date=2024-01-01')).toBe(1);
	});

	it('computes nothing from nothing, but counts it', async () => {
		const found = await entity(mixed.emptyCalc);
		expect([found.total, found.listed, found.chosen]).toEqual([undefined, undefined, undefined]);
		expect([plain(found.words_count), plain(found.has_day)]).toEqual([[0], [false]]);
	});

	it('counts on over all properties of one name, whatever their types', async () => {
		const { body } = await ada.post('/entity', [{ type: '_type', reference: mixed.typeItem }, { type: 'code', counter: 1 }]);
		expect(items(body.properties).find((value) => String(value.type) === 'code')).toMatchObject({ string: 'BX-502', number: 502 });
	});

	it('passes rights down two levels, and shuts out without hiding what is shared', async () => {
		expect(plain((await entity(mixed.innerBox, paul)).code)).toEqual(['BX-501']);
		expect(told(await paul.get(`/entity/${mixed.barredItem}/history`))).toBe('403 User not in any rights property');
		expect(Object.keys((await entity(mixed.barredItem, paul)) as object)).not.toContain('_owner');
		expect(told(await paul.get(`/entity/${mixed.ownedTwice}`))).toBe('403 No accessible properties');
	});

	it('hides the second ownership of a person', async () => {
		expect(items((await entity(mixed.ownedTwice))._owner)).toHaveLength(1);
		const path = `/entity/${mixed.ownedTwice}`;
		await ada.post(path, [{ type: '_owner', reference: known.person }]);
		const own = items((await entity(mixed.ownedTwice))._owner).find((value) => String(value.reference) === known.owner);
		expect((await ada.delete(`/property/${String(own?._id)}`)).status).toBe(200);
		expect(items((await entity(mixed.ownedTwice))._owner).map((value) => value.reference)).toContain(known.owner);
	});

	it('shows a mirror that nobody can change, on later servers only', async () => {
		const answer = await ada.get(`/entity/${mixed.mirror}`);
		if (generation === 'july') {
			expect(answer.status).toBe(404);
			return;
		}
		expect(answer.body.entity).toMatchObject({ name: [{ string: 'Seen from afar' }], _created: [{ datetime: '2019-05-06T00:00:00.000Z' }] });
		expect(told(await ada.post(`/entity/${mixed.mirror}`, [{ type: 'name', string: 'x' }]))).toBe('403 User not in _owner nor _editor property');
		expect((await ada.delete(`/entity/${mixed.mirror}`)).status).toBe(403);
		expect((await ada.get(`/property/${String(answer.body.entity?.name?.[0]?._id)}`)).status).toBe(404);
		expect((await ada.get(`/entity/${mixed.mirror}/aggregate`)).body).toEqual({ account: mixed.database, entity: mixed.mirror, message: 'Mirror access is updated' });
	});

	it('lists what somebody has done, on later servers only', async () => {
		const path = `/entity/${known.owner}/activity`;
		if (generation === 'july') {
			expect((await ada.get(path)).status).toBe(404);
			return;
		}
		await ada.post(`/entity/${mixed.shelf}`, [{ type: 'name', string: 'Also' }]);
		const { body } = await ada.get(`${path}?limit=1`);
		expect(body).toEqual({ changes: [expect.objectContaining({ entity: { _id: mixed.shelf, name: 'Main shelf' }, type: 'name', by: known.owner })] });
		expect(items((await ada.get(`${path}?limit=5000`)).body.changes)).toHaveLength(1_000);
		// Only changes of entities on which the caller has a right of his own.
		const seen = items((await paul.get(`${path}?limit=1000`)).body.changes).map((change) => change.entity?._id);
		expect(seen).toContain(mixed.box);
		expect(seen).not.toContain(mixed.domainItem);
	});

	it('keeps what only the server sets, on later servers', async () => {
		const written = await ada.post(`/entity/${mixed.shelf}`, [{ type: 'billing_data_limit', number: 1 }]);
		expect(told(written)).toBe(generation === 'july' ? '200 undefined' : '403 Property billing_data_limit can only be set by the server');
	});

	it('sorts ties by nothing else, and by two properties never', async () => {
		const query = '_type.string=item&limit=300';
		const ranks = items((await ada.get(`/entity?${query}&sort=-rank.number&props=rank.number`)).body.entities).map((one) => Math.max(...items(one.rank).map((value) => Number(value.number))));
		expect(ranks.slice(0, -5)).toEqual([...ranks.slice(0, -5)].sort((a, b) => b - a));
		expect((await ada.get(`/entity?${query}&sort=rank.number,name.string`)).status).toBe(500);
		expect((await ada.get(`/entity?${query}&sort=rank.number,rank._id`)).status).toBe(200);
	});

	it('tells the limits and the name that its database entity says', async () => {
		expect((await ada.get('')).body).toMatchObject({ organization: [{ language: 'en', string: 'Mixed Museum' }, { language: 'et', string: 'Segamuuseum' }], entities: { limit: 10_000 } });
	});
});
