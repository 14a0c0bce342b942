import { editorToken, expiredToken, foreignToken, readerToken } from '../../sandbox/accutics/seed.mts';
import { call, useSandbox, type Answer } from './support.mts';

const sandbox = useSandbox();

async function ask(path: string, { method = 'GET', token = editorToken as string | null, body = undefined as unknown } = {}): Promise<Answer> {
	return await call(path.startsWith('http') ? path : `${sandbox.url}/accutics${path}`, {
		method,
		headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), 'content-type': 'application/json' },
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	});
}
const refused = ({ status, body }: Answer) => [status, body.error?.code, Object.keys(body)];
const settings = async (changes: Record<string, unknown>) => await sandbox.control.settings('accutics', changes);
const ENVELOPE = ['error', 'meta'];

describe('who may do what', () => {
	test('no token, an empty header, a bad token, one that ran out', async () => {
		const header = async (authorization?: string) =>
			refused(await call(`${sandbox.url}/accutics/sandbox/items`, authorization === undefined ? {} : { headers: { authorization } }));
		expect(await header()).toEqual([401, 'authorization_header_missing', ENVELOPE]);
		expect(await header('')).toEqual([401, 'authorization_header_missing', ENVELOPE]);
		expect(await header('Bearer nonsense')).toEqual([401, 'sandbox_token_rejected', ENVELOPE]);
		for (const token of [foreignToken, expiredToken]) expect(await header(`Bearer ${token}`)).toEqual([401, 'sandbox_token_rejected', ENVELOPE]);
	});

	test('a token ends as the clock goes on', async () => {
		await sandbox.control.advanceClock(80 * 365 * 86_400_000);
		expect((await ask('/sandbox/items')).status).toBe(401);
	});

	test('lists show what the user’s groups may see, entities of others are denied, readers change nothing', async () => {
		const { body } = await ask('/sandbox/items?page_size=100', { token: readerToken });
		expect(new Set(((body.data ?? []) as unknown as Array<{ group: string }>).map(({ group }) => group))).toEqual(new Set(['red']));
		expect(refused(await ask('/sandbox/items/2', { token: readerToken }))).toEqual([403, 'authorization', ENVELOPE]);
		expect(refused(await ask('/sandbox/items', { token: readerToken, method: 'POST', body: { title: 'x' } }))).toEqual([403, 'authorization', ENVELOPE]);
		expect(refused(await ask('/sandbox/vault'))).toEqual([403, 'authorization', ENVELOPE]);
	});
});

describe('routes', () => {
	test('an unknown path and a wrong method are a 400, after the token or, switched, before it', async () => {
		for (const [path, method] of [['/', 'GET'], ['/sandbox/nothing', 'GET'], ['/sandbox/items', 'DELETE'], ['/sandbox/labels', 'POST'], ['/sandbox/items/1/more', 'GET']] as const) {
			expect(refused(await ask(path, { method }))).toEqual([400, 'invalid_route', ENVELOPE]);
			expect((await ask(path, { method, token: null })).status).toBe(401);
		}
		await settings({ checkFirst: 'route' });
		expect(refused(await ask('/sandbox/nothing', { token: null }))).toEqual([400, 'invalid_route', ENVELOPE]);
		expect(refused(await ask('/sandbox/items', { token: null }))).toEqual([401, 'authorization_header_missing', ENVELOPE]);
	});

	test('an entity that is not there, fields that are not valid', async () => {
		expect(refused(await ask('/sandbox/items/999'))).toEqual([404, 'sandbox_not_found', ENVELOPE]);
		const { status, body } = await ask('/sandbox/items', { method: 'POST', body: {} });
		expect([status, body.error?.data, body.meta]).toEqual([422, { fields: { title: 'is required' } }, { endpoint: 'sandbox.items.create' }]);
		expect((await ask('/sandbox/items', { method: 'POST', body: [1] })).status).toBe(422);
	});

	test('messages are never twice the same', async () => {
		const [first, second] = [await ask('/none'), await ask('/none')];
		expect(first.body.error?.message).not.toBe(second.body.error?.message);
	});
});

describe('paging', () => {
	test('tells all nine members, keeping what else was asked', async () => {
		const at = (page: number) => `${sandbox.url}/accutics/sandbox/items?status=open&page_size=50&page=${page}`;
		const { body } = await ask('/sandbox/items?status=open&page_size=50');
		expect(body.meta).toEqual({
			endpoint: 'sandbox.items.index',
			pagination: {
				first: at(1),
				previous: null,
				current: at(1),
				next: at(2),
				last: at(4),
				items_per_page: 50,
				total_items: 196,
				page_param: 'page',
				size_param: 'page_size',
			},
		});
		const last = await ask(String(body.meta?.pagination?.last));
		expect([last.body.data?.length, last.body.meta?.pagination?.next, last.body.meta?.pagination?.previous]).toEqual([46, null, at(3)]);
	});

	test('reduces sizes to the endpoint’s maximum without a word, takes odd numbers for none', async () => {
		const per = async (path: string) => {
			const { status, body } = await ask(path);
			return [status, body.data?.length, body.meta?.pagination?.items_per_page];
		};
		expect(await per('/sandbox/items?page_size=5000')).toEqual([200, 100, 100]);
		expect(await per('/sandbox/groups?page_size=50')).toEqual([200, 3, 3]);
		for (const odd of ['page_size=0', 'page_size=-1', 'page_size=many', 'page=0', 'page=1.5']) expect(await per(`/sandbox/items?${odd}`)).toEqual([200, 20, 20]);
		expect(await per('/sandbox/items?page=99')).toEqual([200, 0, 20]);
	});

	test('an index of one is an array; one that does not page says nothing of it', async () => {
		expect((await ask('/sandbox/briefs?title=Summer%20sale')).body.data).toEqual([expect.objectContaining({ id: 2 })]);
		expect((await ask('/sandbox/labels')).body.meta).toEqual({ endpoint: 'sandbox.labels.index' });
	});

	test('the modes that lead astray', async () => {
		const pagination = async () => (await ask('/sandbox/items?page_size=100')).body.meta?.pagination;
		await settings({ nextOrigin: 'https://elsewhere.example' });
		expect((await pagination())?.next).toBe('https://elsewhere.example/accutics/sandbox/items?page_size=100&page=2');
		await settings({ nextOrigin: null, nextLoop: true, links: 'relative' });
		expect((await pagination())?.next).toBe('/accutics/sandbox/items?page_size=100&page=1');
		await settings({ members: 'totals' });
		expect(Object.keys((await pagination()) ?? {})).toEqual(['items_per_page', 'total_items', 'page_param', 'size_param']);
		await settings({ members: 'links', ignorePage: true });
		expect((await ask('/sandbox/items?page=2')).body.data?.[0]?.id).toBe(1);
	});
});

describe('entities', () => {
	test('are created, changed, replaced and deleted, each told in the journal', async () => {
		const created = await ask('/sandbox/items', { method: 'POST', body: { title: 'Spring push', market: 'NL' } });
		expect([created.status, created.body.data]).toEqual([201, expect.objectContaining({ id: 246, generated_name: 'NL_SPRING-PUSH_246' })]);
		expect((await ask('/sandbox/items/246', { method: 'PATCH', body: { market: 'BE' } })).body.data).toMatchObject({ title: 'Spring push', generated_name: 'BE_SPRING-PUSH_246' });
		expect((await ask('/sandbox/items/246', { method: 'PUT', body: { title: 'New' } })).body.data).toEqual(expect.not.objectContaining({ market: 'BE' }));
		expect(await ask('/sandbox/items/246', { method: 'DELETE' })).toMatchObject({ status: 204, body: '' });
		await settings({ deleteAnswer: 'entity' });
		expect((await ask('/sandbox/items/1', { method: 'DELETE' })).body.data).toMatchObject({ id: 1 });
		expect((await sandbox.control.summary('accutics')).effects).toEqual({ 'items.create': 1, 'items.update': 2, 'items.delete': 2 });
		await sandbox.control.reset('accutics');
		expect((await ask('/sandbox/items/1')).status).toBe(200);
	});

	test('are added in bulk; the limit and faults speak the service’s own words', async () => {
		expect(await sandbox.control.seed('items', 1000, 'accutics')).toBe(1245);
		await settings({ rateLimit: { requests: 1, perMs: 60_000 } });
		await ask('/sandbox/items');
		const throttled = await ask('/sandbox/items');
		expect([refused(throttled), throttled.headers.get('retry-after')]).toEqual([[429, 'sandbox_429', ENVELOPE], '60']);
	});
});
