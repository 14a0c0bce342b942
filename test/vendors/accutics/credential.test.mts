import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expiredToken, foreignToken } from '../../../sandbox/accutics/seed.mts';
import { visibleText } from '../../support/engine.mts';
import { editorToken, readerToken, told, unsignedToken, useAccutics } from './accutics.mts';

const bench = useAccutics();
const tested = async (changes: Record<string, string>) => await bench.engine.testCredential('accuticsApi', bench.typed(changes));

describe('the test of the credential', () => {
	test.each(['/sandbox/items', 'sandbox/items', '/sandbox/items/1', ' /sandbox/labels '])('is content with a test path that is answered: "%s"', async (testPath) => {
		expect(await tested({ testPath })).toEqual({ status: 'OK', message: expect.any(String) });
	});

	test.each(['/accutics/', '/accutics-b/v0', '/accutics-b/v0//'])('takes a base URL that ends in "%s"', async (ending) => {
		expect(await tested({ baseUrl: sandboxUrl() + ending, testPath: '/sandbox/items' })).toMatchObject({ status: 'OK' });
	});

	test('tells a token that is refused', async () => {
		for (const testPath of ['/sandbox/items', '']) {
			const { status, message } = await tested({ token: foreignToken, testPath });
			expect([status, message]).toEqual(['Error', expect.stringContaining('The token was refused')]);
		}
	});

	test('tells a token whose user has no permission', async () => {
		for (const [token, testPath] of [[editorToken, '/sandbox/vault'], [readerToken, '/sandbox/items/2']] as const) {
			const { status, message } = await tested({ token, testPath });
			expect([status, message]).toEqual(['Error', expect.stringContaining('no permission for the test path')]);
		}
	});

	test('tells that the service was reached but the token not verified', async () => {
		for (const testPath of ['', '/sandbox/unknown']) {
			const { status, message } = await tested({ testPath });
			expect([status, message]).toEqual(['Error', expect.stringContaining('the token could not be verified')]);
			expect(message).toContain('Test Path');
		}
	});

	test('does not take a 400 for a good token, nor for a bad one, where routes are looked at first', async () => {
		await bench.settings({ checkFirst: 'route' });
		for (const token of [editorToken, foreignToken]) {
			expect((await tested({ token })).message).toContain('the token could not be verified');
		}
	});

	test('says that a token has run out, and sends nothing', async () => {
		const { status, message } = await tested({ token: expiredToken, testPath: '/sandbox/items' });
		expect([status, message]).toEqual(['Error', expect.stringContaining('ran out on 2025-01-01 00:00 UTC')]);
		expect(await bench.journal()).toEqual([]);
	});

	test('takes no web page for the service', async () => {
		await bench.sandbox.control.fault({ service: 'accutics', path: 'items', times: 2, fault: { type: 'html', status: 200 } });
		expect((await tested({ testPath: '/sandbox/items' })).message).toContain('not in the way of the Accutics Open API');
		await bench.sandbox.control.fault({ service: 'accutics', path: 'items', times: 2, fault: { type: 'empty', status: 200 } });
		expect((await tested({ testPath: '/sandbox/items' })).message).toContain('not in the way of the Accutics Open API');
	});

	test('follows no redirect with the token', async () => {
		const other = await listening();
		await bench.sandbox.control.fault({ service: 'accutics', path: 'items', fault: { type: 'redirect', status: 302, location: `${other.url}/` } });
		expect((await tested({ testPath: '/sandbox/items' })).message).toContain('leads on to another address');
		expect(other.headers).toEqual([]);
		await other.close();
	});

	test('a test path can’t lead to another host', async () => {
		const other = await listening();
		expect(await tested({ testPath: `${other.url}/sandbox/items` })).toMatchObject({ status: 'Error' });
		expect(other.headers).toEqual([]);
		await other.close();
	});
});

describe('a token that can’t be used', () => {
	test('that has run out is told for every item before anything is sent', async () => {
		const token = unsignedToken({ exp: Date.now() / 1000 - 60 });
		const run = await bench.run('getAll', {}, { credentials: { accuticsApi: bench.typed({ token }) } });
		expect(told(run.error)).toMatch(/ran out on \d{4}-\d\d-\d\d \d\d:\d\d UTC.*Get a token for your API user/);
		expect(run.error?.message).toContain('[item 0]');
		const continued = await bench.run('create', {}, { credentials: { accuticsApi: bench.typed({ token }) }, onError: 'continueErrorOutput', items: [{ json: {} }, { json: {} }] });
		expect(continued.outputs[0]).toEqual([]);
		expect(continued.outputs[1]).toHaveLength(2);
		expect(await bench.journal()).toEqual([]);
		expect(visibleText(run) + visibleText(continued)).not.toContain(token);
	});

	test.each([
		['is empty', ' ', 'holds no token'],
		['comes with the word Bearer', `Bearer ${editorToken}`, 'without the word Bearer'],
		['is broken over two lines', `${editorToken.slice(0, 20)}\n${editorToken.slice(20)}`, 'in one line'],
	])('that %s is told too', async (_, token, expected) => {
		const run = await bench.run('getAll', {}, { credentials: { accuticsApi: bench.typed({ token }) } });
		expect(told(run.error)).toContain(expected);
		expect(await bench.journal()).toEqual([]);
	});

	test.each([
		['says no end', unsignedToken({ sub: 'api' })],
		['holds nonsense', 'no.json.here'],
		['is no JWT', 'opaque-token'],
		['ends at no time', unsignedToken({ exp: 1e30 })],
		['has white space round it', ` ${foreignToken}\n`],
	])('only because of what it says: one that %s is left to the service', async (_, token) => {
		const run = await bench.run('getAll', {}, { credentials: { accuticsApi: bench.typed({ token }) } });
		expect(told(run.error)).toContain('sandbox_token_rejected');
		expect(await bench.journal()).toHaveLength(1);
	});

	test('with white space round a good one works, and the service repeating it shows nothing', async () => {
		const token = ` ${editorToken} `;
		expect(await bench.rows('get', { entityId: '1' }, { credentials: { accuticsApi: bench.typed({ token }) } })).toHaveLength(1);
		const error = { code: 'sandbox_echo', message: `You sent ${editorToken}`, data: { header: `Bearer ${editorToken}` } };
		await bench.sandbox.control.fault({ service: 'accutics', fault: { type: 'status', status: 400, body: { error, meta: { endpoint: 'x' } } } });
		const run = await bench.run('get', { entityId: '1' }, { credentials: { accuticsApi: bench.typed({ token }) } });
		expect(told(run.error)).toContain('You sent ***');
		expect(visibleText(run)).not.toContain(editorToken);
	});
});

test('n8n’s HTTP Request node sends the token to the host of the base URL only', async () => {
	const other = await listening();
	const parameters = { url: `${other.url}/sandbox/items`, authentication: 'predefinedCredentialType', nodeCredentialType: 'accuticsApi', options: {} };
	const run = async (url: string) =>
		await bench.engine.runNode({ node: 'n8n-nodes-base.httpRequest', parameters: { ...parameters, url }, credentials: { accuticsApi: bench.editor } });
	const own = await run(`${bench.sandbox.url}/accutics/sandbox/items/1`);
	expect(own.error).toBeUndefined();
	expect(own.outputs[0]?.[0]?.json).toMatchObject({ data: { id: 1 } });
	expect(told((await run(`${other.url}/sandbox/items`)).error)).toContain('The token of this credential is sent to');
	expect(other.headers).toEqual([]);
	await other.close();
});

test.each(['', 'shop.example', '/v0'])('a base URL that is no address is told: "%s"', async (baseUrl) => {
	const run = await bench.run('get', { entityId: '1' }, { credentials: { accuticsApi: bench.typed({ baseUrl }) } });
	expect(told(run.error)).toContain('The base URL in the credential is no web address');
});

const sandboxUrl = () => bench.sandbox.url;

/** A server that should never be asked for anything. */
async function listening() {
	const headers: unknown[] = [];
	const server = createServer((req, res) => {
		headers.push(req.headers);
		res.end('{}');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const close = async () => await new Promise((resolve) => server.close(resolve));
	return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, headers, close };
}
