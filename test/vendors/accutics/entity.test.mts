import { foreignToken } from '../../../sandbox/accutics/seed.mts';
import { visibleText } from '../../support/engine.mts';
import { editorToken, fields, items, query, readerToken, told, useAccutics } from './accutics.mts';

const bench = useAccutics();

describe('get', () => {
	test('puts the ID at the end of the path, encoded', async () => {
		for (const id of ['a/b', 'two words', '50%', 'ö', 'plain']) {
			expect(await bench.rows('get', { path: '/sandbox/labels/', entityId: id })).toEqual([{ id, title: `Label ${id}` }]);
		}
	});

	test('takes the path as it is typed', async () => {
		for (const path of ['/sandbox/labels/a%2Fb', 'sandbox/labels/two words', '/sandbox/labels/two%20words', '/sandbox/labels/50%', '/sandbox/labels/ö']) {
			expect(await bench.rows('get', { path, pathAsTyped: true })).toHaveLength(1);
		}
	});

	test('takes a full address on the host of the base URL', async () => {
		const base = `${bench.sandbox.url}/accutics`;
		expect(await bench.rows('get', { path: `${base}/sandbox/items`, entityId: '7' })).toMatchObject([{ id: 7 }]);
		expect(await bench.rows('get', { path: `${bench.sandbox.url}/accutics-b/v0/sandbox/items`, entityId: '7' })).toMatchObject([{ id: 7 }]);
		const versioned = { accuticsApi: bench.typed({ baseUrl: `${bench.sandbox.url}/accutics-b/v0/` }) };
		expect(await bench.rows('get', { path: '/sandbox/items', entityId: '7' }, { credentials: versioned })).toMatchObject([{ id: 7 }]);
	});

	test('passes query parameters on, several of one name too', async () => {
		await bench.rows('get', { entityId: '1', path: '/sandbox/items?include=a%26b', ...query({ name: 'include', value: ['c', 'd'] }, { name: 'deep', value: true }) });
		expect((await bench.journal())[0]?.query).toEqual({ include: ['a&b', 'c', 'd'], deep: 'true' });
	});

	test('gives out fields called json and error unharmed', async () => {
		const data = { id: 1, json: { a: 1 }, error: 'none', binary: 'no' };
		await bench.sandbox.control.fault({ service: 'accutics', fault: { type: 'status', status: 200, body: { data, meta: { endpoint: 'x' } } } });
		expect(await bench.rows('get', { entityId: '1' })).toEqual([data]);
	});
});

describe('the path', () => {
	test.each([
		['https://elsewhere.example/sandbox/items', 'another host'],
		['http://127.0.0.1:1/sandbox/items', 'another host'],
		['//elsewhere.example/sandbox/items', 'without http:// or https://'],
		['\\\\elsewhere.example\\sandbox', 'without http:// or https://'],
		['/sandbox/../items', '".."'],
		['/sandbox/%2e%2E/items', '"%2e%2E"'],
		['/sandbox/./items', '"."'],
		['/sandbox\\..\\items', 'could lead to another address'],
		['/sandbox//items', 'empty part'],
		['/sandbox/undefined', '"undefined"'],
		['/sandbox/[object Object]', '"[object Object]"'],
		['/sandbox/items#top', 'holds a #'],
		['/', 'names no endpoint'],
		['?page=1', 'names no endpoint'],
		['', 'is empty'],
	])('"%s" is refused before anything is sent, with what to do', async (path, expected) => {
		// The blank one comes from an expression; a field left blank is n8n's own to refuse.
		for (const operation of ['getAll', 'create', 'count', 'send']) {
			const run = await bench.run(operation, { path: '={{ $json.path }}', ...fields({ name: 'title', value: 'x' }) }, { items: items({ path: '/sandbox/items' }, { path }) });
			expect(told(run.error)).toMatch(operation === 'send' ? /'Path'/ : /'Endpoint'/);
			expect(told(run.error)).toContain(expected);
			expect(run.error?.message).toContain('[item 1]');
			expect(run.error?.description).toMatch(/Enter|Leave|If it|Fill/);
		}
		expect(await bench.journal()).toEqual([]);
	});

	test('that ends where an ID should stand does not delete a whole list', async () => {
		for (const [operation, more] of [['delete', { pathAsTyped: true }], ['get', { pathAsTyped: true }], ['send', { method: 'DELETE' }]] as const) {
			const run = await bench.run(operation, { path: '=/sandbox/items/{{ $json.id }}', ...more }, { items: items({}) });
			expect(told(run.error)).toContain('as if an ID were missing');
		}
		expect(await bench.journal()).toEqual([]);
	});
});

describe('create', () => {
	test('sends fields in the types that were chosen, and gives out what the service made of them', async () => {
		const given = fields(
			{ name: 'title', value: 'Spring push' },
			{ name: 'market', value: '={{ $json.market }}' },
			{ name: 'budget', value: '={{ $json.budget }}' },
			{ name: 'gone', value: '={{ $json.nothing }}' },
			{ name: 'size', value: '12.5', type: 'number' },
			{ name: 'live', value: 'true', type: 'boolean' },
			{ name: 'tags', value: '["a", "b"]', type: 'json' },
			{ name: 'owner', value: 'null', type: 'json' },
			{ name: 'code', value: '007', type: 'text' },
			{ name: 'number', value: '={{ 7 }}', type: 'text' },
		);
		const [row] = await bench.rows('create', given, { items: items({ market: 'NL', budget: 100 }) });
		const sent = { title: 'Spring push', market: 'NL', budget: 100, size: 12.5, live: true, tags: ['a', 'b'], owner: null, code: '007', number: '7' };
		expect((await bench.journal())[0]).toMatchObject({ method: 'POST', path: '/sandbox/items', body: sent });
		expect((await bench.journal())[0]?.body).toEqual(sent);
		expect(row).toMatchObject({ id: 246, generated_name: 'NL_SPRING-PUSH_246', ...sent });
		expect(await bench.effects()).toEqual({ 'items.create': 1 });
	});

	test.each([
		['an object, as an AI agent gives it', '={{ { title: "Spring push", tags: ["a"] } }}'],
		['text', '{ "title": "Spring push", "tags": ["a"] }'],
	])('takes JSON as %s', async (_, bodyJson) => {
		expect(await bench.rows('create', { bodyMode: 'json', bodyJson })).toMatchObject([{ title: 'Spring push', tags: ['a'] }]);
	});

	test.each([
		[{ bodyMode: 'json', bodyJson: '{ "title": ' }, "'JSON' is not valid JSON"],
		[{ bodyMode: 'json', bodyJson: '[1]' }, "'JSON' is not an object"],
		[{ bodyMode: 'json', bodyJson: '{}' }, "'JSON' holds no field"],
		[fields(), "'Fields' holds no field"],
		[fields({ name: ' ', value: '1' }), 'A field has no name'],
		[fields({ name: 'a', value: 'many', type: 'number' }, { name: 'b', value: 'maybe', type: 'boolean' }), `'Fields': 2 things are to be corrected. "a" is not of the type that is chosen for it; "b" is not`],
		[fields({ name: 'a', value: '1' }, { name: 'a', value: '2' }), '"a" is there twice'],
		[fields({ name: 'a', value: 'many', type: 'number' }), '"a" is not of the type'],
		[fields({ name: 'a', value: 'maybe', type: 'boolean' }), '"a" is not of the type'],
		[fields({ name: 'a', value: '[', type: 'json' }), '"a" is not of the type'],
		[{ ...fields({ name: 'a', value: '1' }), ...query({ name: '', value: '1' }) }, 'The value "1" has no name'],
		[{ ...fields({ name: 'a', value: '1' }), ...query({ name: 'q', value: '={{ { a: 1 } }}' }) }, '"q" holds an object'],
	])('refuses %j before anything is sent', async (parameters, expected) => {
		const run = await bench.run('create', parameters, { items: items({}, {}) });
		expect(told(run.error)).toContain(expected);
		expect(told(run.error)).toContain('Nothing was sent');
		expect(await bench.journal()).toEqual([]);
	});

	test('says of an answer that is lost that it may have been carried out, and sends no second time', async () => {
		await bench.sandbox.control.fault({ service: 'accutics', method: 'POST', fault: { type: 'reset', when: 'after' } });
		const run = await bench.run('create', fields({ name: 'title', value: 'Once' }), { onError: 'continueErrorOutput' });
		expect(run.outputs[1]?.[0]?.json).toMatchObject({ message: { reason: 'outcome unknown' } });
		expect(await bench.effects()).toEqual({ 'items.create': 1 });
	});

	test('does not take a refusal under a status of success for a success', async () => {
		const body = { error: { code: 'sandbox_odd', message: 'No', data: {} }, meta: { endpoint: 'x' } };
		await bench.sandbox.control.fault({ service: 'accutics', fault: { type: 'status', status: 200, body } });
		const run = await bench.run('create', fields({ name: 'title', value: 'Once' }));
		expect(told(run.error)).toMatch(/sandbox_odd.*may have been carried out/);
	});

	test('gives an item for each entity, and says so where the answer is empty', async () => {
		const answer = async (status: number, body?: unknown) => {
			const fault = body === undefined ? ({ type: 'empty', status } as const) : ({ type: 'status', status, body } as const);
			await bench.sandbox.control.fault({ service: 'accutics', fault });
			return await bench.rows('create', fields({ name: 'title', value: 'x' }));
		};
		expect(await answer(201, { data: [{ id: 1 }, { id: 2 }], meta: {} })).toEqual([{ id: 1 }, { id: 2 }]);
		expect(await answer(204)).toEqual([{ accepted: true, statusCode: 204 }]);
		expect(await answer(202, { meta: { endpoint: 'x' } })).toEqual([{ accepted: true, statusCode: 202, meta: { endpoint: 'x' } }]);
		expect(await answer(200, { data: {} })).toEqual([{ accepted: true, statusCode: 200, data: {} }]);
		expect(await answer(200, { data: null })).toEqual([{ accepted: true, statusCode: 200, data: null }]);
	});

	test.each(['null', 'true', '0', '[]', '[[]]', '{}', '{"message":"ok"}'])('an answer that is %s is none: the entity may have been created', async (body) => {
		await bench.sandbox.control.fault({ service: 'accutics', times: -1, fault: { type: 'status', status: 200, body, when: 'after' } });
		const run = await bench.run('create', fields({ name: 'title', value: 'x' }));
		expect(told(run.error)).toMatch(/an entity in "data" was expected.*may have been carried out/);
		expect(await bench.effects()).toEqual({ 'items.create': 1 });
	});
});

describe('update', () => {
	test.each([
		['PATCH', { id: 3, title: 'Sample item 3', status: 'archived' }],
		['PUT', { id: 3, status: 'archived' }],
	])('with %s', async (updateMethod, expected) => {
		const [row] = await bench.rows('update', { entityId: '3', updateMethod, ...fields({ name: 'status', value: 'archived' }) }, { version: 1 });
		expect(row).toMatchObject(expected);
		expect('title' in (row ?? {})).toBe(updateMethod === 'PATCH');
		expect(await bench.effects()).toEqual({ 'items.update': 1 });
	});
});

describe('delete', () => {
	test.each(['empty', 'entity'])('takes an answer with %s content', async (deleteAnswer) => {
		await bench.settings({ deleteAnswer });
		expect(await bench.rows('delete', { entityId: '3' })).toEqual([{ deleted: true, path: '/sandbox/items', id: '3' }]);
		expect(await bench.rows('delete', { path: '/sandbox/items/4', pathAsTyped: true })).toEqual([{ deleted: true, path: '/sandbox/items/4' }]);
		expect(await bench.effects()).toEqual({ 'items.delete': 2 });
	});
});

describe('count', () => {
	test('reads one entity at most', async () => {
		expect(await bench.rows('count')).toEqual([{ count: 245 }]);
		expect(await bench.rows('count', query({ name: 'status', value: 'archived' }))).toEqual([{ count: 49 }]);
		expect((await bench.journal()).map((entry) => [entry.query.page, entry.query.page_size])).toEqual([['1', '1'], ['1', '1']]);
	});

	test('says where an endpoint does not tell', async () => {
		expect(told((await bench.run('count', { path: '/sandbox/labels' })).error)).toMatch(/does not tell how many.*'Return All'/);
	});
});

describe('send', () => {
	test('gives out the whole answer', async () => {
		expect(await bench.rows('send', { path: '/sandbox/items?page=2', ...query({ name: 'page_size', value: '1' }) })).toMatchObject([
			{ data: [{ id: 2 }], meta: { endpoint: 'sandbox.items.index', pagination: { items_per_page: 1, total_items: 245 } } },
		]);
	});

	test('gives out status and headers where wanted, but no cookies', async () => {
		const headers = { 'Set-Cookie': 'session=very-secret', 'X-Request': 'r1' };
		await bench.sandbox.control.fault({ service: 'accutics', fault: { type: 'status', status: 202, headers, body: { data: [], meta: {} } } });
		const run = await bench.run('send', { method: 'POST', ...fields({ name: 'title', value: 'x' }), options: { fullResponse: true } });
		expect(run.outputs[0]?.[0]?.json).toMatchObject({ statusCode: 202, headers: { 'x-request': 'r1' }, body: { data: [], meta: {} } });
		expect(visibleText(run)).not.toContain('very-secret');
	});

	test('sends every method, with a body where there is one', async () => {
		await bench.rows('send', { method: 'POST', bodyMode: 'json', bodyJson: '{ "title": "a" }' });
		await bench.rows('send', { method: 'PATCH', path: '/sandbox/items/1', ...fields({ name: 'title', value: 'b' }) });
		await bench.rows('send', { method: 'PUT', path: '/sandbox/items/2', ...fields({ name: 'title', value: 'c' }) });
		expect(await bench.rows('send', { method: 'DELETE', path: '/sandbox/items/3' })).toEqual([{ accepted: true, statusCode: 204 }]);
		expect((await bench.journal()).map(({ method, body }) => [method, body])).toEqual([
			['POST', { title: 'a' }],
			['PATCH', { title: 'b' }],
			['PUT', { title: 'c' }],
			['DELETE', undefined],
		]);
	});

	test('repeats a read that was disturbed, and no write', async () => {
		await bench.sandbox.control.fault({ service: 'accutics', fault: { type: 'html' } });
		expect(await bench.rows('send')).toHaveLength(1);
		await bench.sandbox.control.fault({ service: 'accutics', fault: { type: 'html' } });
		const run = await bench.run('send', { method: 'POST', ...fields({ name: 'title', value: 'x' }) });
		expect(told(run.error)).toContain('may have been carried out');
		expect((await bench.journal()).map(({ method }) => method)).toEqual(['GET', 'GET', 'POST']);
	});

	test('refuses a method that is none', async () => {
		expect(told((await bench.run('send', { method: '={{ "TRACE" }}' })).error)).toContain('"TRACE" is not possible');
	});
});

describe('what the service refuses', () => {
	const failure = async (operation: string, parameters: object, token = editorToken) => {
		const run = await bench.run(operation, parameters as never, { onError: 'continueErrorOutput', credentials: { accuticsApi: bench.typed({ token }) } });
		return run.outputs[1]?.[0]?.json as { error: string; message: Record<string, unknown> };
	};

	test.each([
		['an unknown path', 'getAll', { path: '/sandbox/nothing' }, editorToken, 400, 'invalid_route', 'not found', /path and method.*follows the base URL/],
		['a method that the path does not take', 'delete', { path: '/sandbox/labels', entityId: 'plain' }, editorToken, 400, 'invalid_route', 'not found', /path and method/],
		['a token', 'getAll', {}, foreignToken, 401, 'sandbox_token_rejected', 'log-in refused', /token in the credential/],
		['what the user has no role for', 'getAll', { path: '/sandbox/vault' }, editorToken, 403, 'authorization', 'no access', /lacks a role.*project or account/],
		['an entity of another group', 'get', { entityId: '2' }, readerToken, 403, 'authorization', 'no access', /lacks a role/],
		['an entity that is not there', 'get', { entityId: '9999' }, editorToken, 404, 'sandbox_not_found', 'not found', /Check path and ID/],
		['fields that are not valid', 'create', fields({ name: 'market', value: 'NL' }), editorToken, 422, 'sandbox_invalid', 'rejected', /Accutics names: \{"fields":\{"title":"is required"\}\}/],
	])('%s: status, code, message, data, endpoint and what to do', async (_, operation, parameters, token, status, code, reason, fix) => {
		const { error, message: details } = await failure(operation, parameters, token);
		expect(error).toMatch(new RegExp(`^Accutics answered: .+ \\(HTTP ${status}, ${code}, \\S+\\)$`));
		expect(details).toMatchObject({ httpCode: status, code, reason, data: expect.any(Object), endpoint: expect.any(String), message: expect.any(String) });
		expect(details.description).toMatch(fix);
	});

	test('a header that got lost on the way', async () => {
		const body = { error: { code: 'authorization_header_missing', message: 'Missing', data: {} }, meta: { endpoint: 'x' } };
		await bench.sandbox.control.fault({ service: 'accutics', fault: { type: 'status', status: 401, body } });
		expect((await failure('getAll', {})).message.description).toMatch(/The token did not arrive.*proxy/);
	});

	test.each([
		[{ type: 'html', status: 400 } as const, /rejected the request \(HTTP 400\)/],
		[{ type: 'empty', status: 403 } as const, /denied access \(HTTP 403\)/],
		[{ type: 'status', status: 409, body: '{"error": "text"}' } as const, /Accutics answered: text/],
		[{ type: 'status', status: 400, body: '{"message": "The gateway is closed"}' } as const, /Accutics answered: The gateway is closed/],
		[{ type: 'status', status: 400, body: '{"code": 4}' } as const, /rejected the request \(HTTP 400\)/],
		[{ type: 'status', status: 422, body: { error: { code: 5, message: null } } } as const, /no reason given \(HTTP 422, without code\)/],
		[{ type: 'html', status: 200 } as const, /sent a web page where JSON was expected/],
		[{ type: 'empty', status: 200 } as const, /sent an empty answer/],
		[{ type: 'empty', status: 204 } as const, /sent an empty answer/],
		[{ type: 'status', status: 200, body: [1] } as const, /entities in "data" were expected/],
	])('in a form of its own: %j', async (fault, expected) => {
		await bench.sandbox.control.fault({ service: 'accutics', times: -1, fault });
		const { error } = await failure('get', { entityId: '1' });
		expect(error).toMatch(expected);
	}, 20_000);

	test('too many requests at once: waits as long as it is told', async () => {
		await bench.sandbox.control.fault({ service: 'accutics', fault: { type: 'status', status: 429, headers: { 'Retry-After': '1' } } });
		const run = await bench.run('create', fields({ name: 'title', value: 'x' }));
		expect(run.error).toBeUndefined();
		expect(run.durationMs).toBeGreaterThan(950);
		expect(await bench.effects()).toEqual({ 'items.create': 1 });
	});
});

test('an AI agent reads a tool that explains itself', async () => {
	const parameters = { resource: 'entity', operation: 'get', path: '/sandbox/items', entityId: '={{ $fromAI("id") }}' };
	const run = await bench.engine.runAsTool({ node: 'accutics', parameters, args: { id: '5' }, credentials: { accuticsApi: bench.editor } });
	expect(run.description).toBe('Get Accutics entity in Accutics');
	expect(run.answer).toMatchObject([{ id: 5 }]);
});
