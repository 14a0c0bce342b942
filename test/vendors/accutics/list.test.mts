import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { editorToken, items, query, readerToken, told, useAccutics } from './accutics.mts';

const bench = useAccutics();
const all = { returnAll: true };
const ids = async (parameters: object) => (await bench.rows('getAll', parameters as never)).map(({ id }) => id);
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1);
const pages = async () => (await bench.journal()).map(({ query: asked }) => Number(asked.page));
const hints = async (parameters: object) => (await bench.run('getAll', parameters as never)).hints.map(({ message }) => message).join();

describe('all of a list', () => {
	test('comes in order, each once, its pages fetched in parallel', async () => {
		await bench.settings({ latencyMs: 20 });
		expect(await ids({ ...all, options: { pageSize: 10 } })).toEqual(upTo(245));
		expect((await bench.sandbox.control.summary('accutics')).maxInFlight).toBe(5);
		expect((await pages()).sort((a, b) => a - b)).toEqual(upTo(25));
	});

	test('comes one page at a time where the user wants it so', async () => {
		await ids({ ...all, options: { pageSize: 50, parallelRequests: 1 } });
		expect((await bench.sandbox.control.summary('accutics')).maxInFlight).toBe(1);
	});

	test('comes where the endpoint gives fewer at a time than asked for', async () => {
		expect(await ids({ ...all, path: '/sandbox/groups' })).toEqual(upTo(8));
		expect(await pages()).toEqual([1, 2, 3]);
		expect(await ids({ ...all, options: { pageSize: 5000 } })).toEqual(upTo(245));
	});

	test.each(['all', 'links', 'totals'])('comes where the service tells %s of its paging', async (members) => {
		for (const links of ['absolute', 'relative']) {
			await bench.settings({ members, links });
			expect(await ids({ ...all, options: { pageSize: 40 } })).toEqual(upTo(245));
		}
		expect(await bench.journal()).toHaveLength(14);
	});

	test('is one request where the endpoint does not page', async () => {
		expect(await ids({ ...all, path: '/sandbox/labels' })).toHaveLength(5);
		expect(await bench.journal()).toHaveLength(1);
	});

	test('keeps the user’s filters on every page', async () => {
		for (const members of ['all', 'links']) {
			await bench.settings({ members });
			const found = await bench.rows('getAll', { ...all, path: '/sandbox/items?status=open', ...query({ name: 'market', value: ['NL', 'BE'] }), options: { pageSize: 30 } });
			expect(found).toHaveLength(upTo(245).filter((n) => n % 5 !== 0 && n % 3 !== 2).length);
			expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
		}
	});

	test('is what the API user may see', async () => {
		const run = await bench.run('getAll', all, { credentials: { accuticsApi: bench.typed({ token: readerToken }) } });
		expect(new Set(run.outputs[0]?.map(({ json }) => json.group))).toEqual(new Set(['red']));
		expect(run.outputs[0]).toHaveLength(123);
	});

	test('comes for each item from its own path', async () => {
		const run = await bench.run('getAll', { ...all, path: '={{ $json.path }}' }, { items: items({ path: '/sandbox/groups' }, { path: '/sandbox/labels' }) });
		expect(run.outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([...Array<object>(8).fill({ item: 0 }), ...Array<object>(5).fill({ item: 1 })]);
	});

	test('comes although pages are disturbed and throttled', async () => {
		const fault = { type: 'status', status: 429, headers: { 'Retry-After': '0' } } as const;
		await bench.sandbox.control.fault({ service: 'accutics', path: 'page=2', fault });
		await bench.sandbox.control.fault({ service: 'accutics', path: 'page=3', fault: { type: 'html' } });
		await bench.sandbox.control.fault({ service: 'accutics', path: 'page=5', fault: { type: 'truncated' } });
		expect(await ids({ ...all, options: { pageSize: 40 } })).toEqual(upTo(245));
	});

	test('is no success when a page is lost for good', async () => {
		await bench.sandbox.control.fault({ service: 'accutics', path: 'page=4', times: -1, fault: { type: 'status', status: 403 } });
		const run = await bench.run('getAll', { ...all, options: { pageSize: 40, parallelRequests: 1 } }, { onError: 'continueErrorOutput' });
		expect(run.outputs[0]).toEqual([]);
		expect(run.outputs[1]).toHaveLength(1);
	});
});

describe('a limit', () => {
	test.each([
		[1, [1]],
		[3, [3]],
		[100, [100]],
		// This endpoint gives 100 at most, whatever it is asked for.
		[150, [150, 150]],
		[245, [245, 245, 245]],
		[2000, [1000, 1000, 1000]],
	])('of %d asks for no more than needed', async (limit, sizes) => {
		expect(await ids({ limit })).toEqual(upTo(Math.min(limit, 245)));
		expect((await bench.journal()).map(({ query: asked }) => Number(asked.page_size))).toEqual(sizes);
	});

	test('is 50 unless said otherwise', async () => {
		expect(await ids({})).toHaveLength(50);
	});
});

describe('a service that leads astray', () => {
	/** Another host, which writes down what it is sent. */
	async function stranger() {
		const received: IncomingHttpHeaders[] = [];
		const server = createServer((req, res) => {
			received.push(req.headers);
			res.end('{ "data": [{ "id": "false" }], "meta": {} }');
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const close = async () => await new Promise((resolve) => server.close(resolve));
		return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received, close };
	}

	test.each(['all', 'links'])('a next link on another host gets neither token nor request, and the list is complete (%s)', async (members) => {
		const other = await stranger();
		await bench.settings({ nextOrigin: other.origin, members });
		const run = await bench.run('getAll', { ...all, options: { pageSize: 40 } });
		expect(run.outputs[0]?.map(({ json }) => json.id)).toEqual(upTo(245));
		expect(run.hints.map(({ message }) => message).join()).toContain(`named ${new URL(other.origin).host} for the next page. Nothing was sent there`);
		expect(other.received).toEqual([]);
		await other.close();
	});

	test('an absolute next link by another scheme or host name counts as another host too', async () => {
		for (const nextOrigin of [bench.sandbox.url.replace('http:', 'https:'), bench.sandbox.url.replace('127.0.0.1', 'localhost')]) {
			await bench.settings({ nextOrigin, members: 'links' });
			expect(await ids({ ...all, options: { pageSize: 100 } })).toEqual(upTo(245));
		}
	});

	test('a redirect is not followed', async () => {
		const other = await stranger();
		await bench.sandbox.control.fault({ service: 'accutics', fault: { type: 'redirect', status: 307, location: `${other.origin}/` } });
		expect(told((await bench.run('getAll', all)).error)).toContain('pointed to another address');
		expect(other.received).toEqual([]);
		await other.close();
	});

	test('next links that lead back end, with a remark', async () => {
		await bench.settings({ nextLoop: true, members: 'links' });
		expect(await hints({ ...all, options: { pageSize: 40 } })).toContain('sent the same page again');
		expect(await bench.journal()).toHaveLength(2);
		await bench.settings({ members: 'all' });
		expect(await ids({ ...all, options: { pageSize: 40 } })).toEqual(upTo(245));
	});

	test('a page number that counts for nothing is noticed', async () => {
		await bench.settings({ ignorePage: true });
		const run = await bench.run('getAll', { ...all, options: { pageSize: 100 } });
		expect(run.outputs[0]).toHaveLength(100);
		expect(run.hints.map(({ message }) => message).join()).toContain('sent the same page again');
	});

	test.each(['not an address', 'http://', 'http://[', '//elsewhere.example/x', 'javascript:alert(1)'])('"%s" as next link does no harm', async (next) => {
		const page = (id: number, more: object) => ({ data: [{ id }], meta: { endpoint: 'x', pagination: more } });
		const answer = (body: object) => ({ type: 'status', status: 200, body }) as const;
		await bench.sandbox.control.fault({ service: 'accutics', fault: answer(page(1, { next })) });
		await bench.sandbox.control.fault({ service: 'accutics', fault: answer(page(2, { next: null })) });
		expect(await ids(all)).toEqual([1, 2]);
		for (const { headers } of await bench.journal()) expect(headers.authorization).toBe(`Bearer ${editorToken}`);
	});

	test('totals that promise too much are told', async () => {
		const pagination = { next: null, total_items: 10, items_per_page: 100 };
		const body = { data: [{ id: 1 }], meta: { endpoint: 'x', pagination: { ...pagination, next: undefined } } };
		await bench.sandbox.control.fault({ service: 'accutics', fault: { type: 'status', status: 200, body } });
		expect(await hints(all)).toContain('spoke of 10 records, but its pages held 1');
	});
});

test('what the list holds beside objects is handed through; a single object is one item', async () => {
	const answer = (data: unknown) => ({ type: 'status', status: 200, body: { data, meta: { endpoint: 'x' } } }) as const;
	await bench.sandbox.control.fault({ service: 'accutics', fault: answer(['a', { id: 2 }, null]) });
	expect(await bench.rows('getAll', all)).toEqual([{ value: 'a' }, { id: 2 }, { value: null }]);
	await bench.sandbox.control.fault({ service: 'accutics', fault: answer({ id: 1 }) });
	expect(await bench.rows('getAll', all)).toEqual([{ id: 1 }]);
});

test.each([query({ name: 'page', value: 2 }), query({ name: 'page_size', value: 2 }), { path: '/sandbox/items?page=2' }])(
	'paging is not the user’s to set: %j',
	async (parameters) => {
		for (const operation of ['getAll', 'count']) expect(told((await bench.run(operation, parameters)).error)).toMatch(/'Query Parameters': "page(_size)?" is set by the node.*'Limit'/);
		expect(await bench.journal()).toEqual([]);
	},
);
