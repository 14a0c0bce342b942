import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { call, items, known, person, useSandbox, type Json } from './support.mts';

const sandbox = useSandbox();
type Person = Awaited<ReturnType<typeof person>>;
let ada: Person;

async function offer(filename = 'n o"te.txt', filesize = 5) {
	const { body } = await ada.post(`/entity/${known.book}`, [{ type: 'scan', filename, filesize, filetype: 'text/plain' }]);
	const value = body.properties?.[0] as Json;
	return { id: String(value._id), upload: value.upload, url: String(value.upload?.url), disposition: String(value.upload?.headers?.['Content-Disposition']) };
}
const put = async (url: string, headers: Record<string, string>) =>
	await call(url, { method: 'PUT', body: 'hello', headers: { 'content-type': 'text/plain', ...headers } });
const download = async (id: string) => String((await ada.get(`/property/${id}`)).body.url);

describe.each(['july', 'later'] as const)('a server of %s', (generation) => {
	beforeEach(async () => {
		await sandbox.control.settings('entu', { generation });
		ada = await person(sandbox.url);
	});

	describe('uploads', () => {
		it('are offered on the storage and come back as they were', async () => {
			const { id, upload, url, disposition } = await offer();
			expect(upload).toMatchObject({ method: 'PUT', headers: { ACL: 'private', 'Content-Length': 5, 'Content-Type': 'text/plain' } });
			expect(disposition).toBe('inline;filename="n%20o%22te.txt"');
			expect(url.startsWith(sandbox.storageUrl)).toBe(true);
			expect(await put(url, { 'content-disposition': disposition })).toMatchObject({ status: 200, body: '' });
			expect((await call(await download(id))).body).toBe('hello');
			const [entry] = await sandbox.control.journal('entu-storage');
			expect(entry).toMatchObject({ method: 'PUT', status: 200, bodySize: 5, bodySha256: createHash('sha256').update('hello').digest('hex'), effects: [{ kind: 'file.upload', id }] });
		});

		it('are refused with a token, another disposition, a changed address and too late', async () => {
			const { id, url, disposition } = await offer();
			const right = { 'content-disposition': disposition };
			expect((await put(url, { ...right, authorization: 'Bearer x' })).status).toBe(400);
			expect((await put(url, { 'content-disposition': 'attachment' })).status).toBe(403);
			expect((await put(url, {})).status).toBe(403);
			expect((await put(`${url}&more=1`, right)).status).toBe(403);
			await sandbox.control.advanceClock(60_001);
			expect((await put(url, right)).body).toContain('Request has expired');
			expect((await call(await download(id))).status).toBe(404);
			expect((await sandbox.control.summary('entu-storage')).effects).toEqual({});
		});

		it('need a length', async () => {
			const { url, disposition } = await offer();
			const body = new ReadableStream({ start: (stream) => (stream.enqueue(new TextEncoder().encode('hello')), stream.close()) });
			const init = { method: 'PUT', body, duplex: 'half', headers: { 'content-disposition': disposition } };
			expect((await call(url, init as RequestInit)).status).toBe(411);
		});

		it('are not offered for empty files', async () => {
			expect((await offer('empty.txt', 0)).upload).toBeUndefined();
		});

		it('can be made to fail', async () => {
			const { url, disposition } = await offer();
			await sandbox.control.fault({ service: 'entu-storage', method: 'PUT', fault: { type: 'status', status: 503 } });
			expect((await put(url, { 'content-disposition': disposition })).body).toContain('<Code>InternalError</Code>');
			expect((await put(url, { 'content-disposition': disposition })).status).toBe(200);
		});
	});

	describe('downloads', () => {
		it('go to a signed address for a minute, without a token', async () => {
			const url = await download(known.photoValue);
			const answer = await call(url);
			expect([answer.status, answer.headers.get('content-type'), answer.headers.get('content-length')]).toEqual([200, 'image/png', '83']);
			expect((await call(url, { headers: { authorization: `Bearer ${ada.token}` } })).status).toBe(400);
			await sandbox.control.advanceClock(60_001);
			expect((await call(url)).status).toBe(403);
		});

		it('redirect when asked for', async () => {
			const answer = await ada.get(`/property/${known.photoValue}?download=true`);
			expect(answer.status).toBe(302);
			expect(answer.headers.get('location')).toContain(sandbox.storageUrl);
		});

		it('stream a large file that is nowhere stored', async () => {
			const answer = await fetch(await download(known.largeFileValue));
			expect(answer.headers.get('content-length')).toBe(String(known.largeFileSize));
			const reader = answer.body?.getReader();
			const first = await reader?.read();
			expect(first?.value?.length).toBeGreaterThan(0);
			await reader?.cancel();
		});

		it('have thumbnails of three sizes', async () => {
			for (const path of [`/entity/${known.bookWithPhoto}`, `/property/${known.photoValue}`]) {
				const { body } = await ada.get(`${path}/thumbnail/200`);
				const answer = await call(String(body.url));
				expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
			}
			expect((await ada.get(`/entity/${known.bookWithPhoto}/thumbnail/201`)).status).toBe(400);
			expect((await ada.get(`/entity/${known.book}/thumbnail/200`)).status).toBe(404);
			expect((await ada.get(`/property/${known.largeFileValue}/thumbnail/200`)).status).toBe(413);
		});
	});

	describe('webhooks', () => {
		const calls: Array<{ headers: IncomingMessage['headers']; body: Json }> = [];
		const listener = createServer((req, res) => {
			let text = '';
			req.on('data', (chunk: Buffer) => (text += chunk.toString()));
			req.on('end', () => {
				calls.push({ headers: req.headers, body: JSON.parse(text) as Json });
				res.statusCode = 500;
				res.end();
			});
		});
		beforeAll(async () => await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve)));
		afterAll(() => {
			listener.close();
			listener.closeAllConnections();
		});
		beforeEach(() => void (calls.length = 0));

		const register = async (type: string, url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/hook`) => {
			const plugin = await ada.post('/entity', [
				{ type: '_type', reference: known.typePlugin },
				{ type: 'name', string: 'hook' },
				{ type: 'type', string: type },
				{ type: 'url', string: url },
			]);
			await ada.post(`/entity/${known.typeBook}`, [{ type: 'plugin', reference: plugin.body._id }]);
			return String(plugin.body._id);
		};
		const sent = async () => {
			const count = (await sandbox.control.summary('entu')).effects['webhook.send'] ?? 0;
			while (calls.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
			return count;
		};

		it('call on create, with a short token that is not bound to an address', async () => {
			await register('entity-add-webhook');
			const { body } = await ada.create({ type: 'name', string: 'x' });
			await ada.post(`/entity/${String(body._id)}`, [{ type: 'name', string: 'y' }]);
			await ada.post(`/entity/${String(body._id)}/duplicate`, {});
			expect(await sent()).toBe(1);
			expect(calls[0]?.headers['content-type']).toBe('application/json');
			expect(calls[0]?.body).toEqual({ db: 'labdb', plugin: 'entity-add-webhook', entity: { _id: body._id }, token: expect.any(String) as string });
			await sandbox.control.settings('entu', { callerAddress: '192.0.2.1' });
			const headers = { authorization: `Bearer ${String(calls[0]?.body.token)}` };
			expect((await call(`${sandbox.url}/entu/labdb`, { headers })).status).toBe(200);
			await sandbox.control.advanceClock(61_000);
			expect((await call(`${sandbox.url}/entu/labdb`, { headers })).status).toBe(401);
		});

		it('call on every edit and deleted value, never on a deleted entity', async () => {
			await register('entity-edit-webhook');
			await register('entity-delete-webhook');
			const { body } = await ada.post(`/entity/${known.book}`, [{ type: 'tags', string: 'x' }]);
			await ada.delete(`/property/${String(body.properties?.[0]?._id)}`);
			await ada.delete(`/entity/${known.book}`);
			expect(await sent()).toBe(2);
		});

		it('skip private and plain addresses without a word, and end with their plugin', async () => {
			await register('entity-add-webhook', 'http://example.org/hook');
			await register('entity-add-webhook', 'https://10.0.0.1/hook');
			const plugin = await register('entity-add-webhook');
			await sandbox.control.settings('entu', { allowLoopbackWebhooks: false });
			await ada.create({ type: 'name', string: 'x' });
			expect(await sent()).toBe(0);
			await sandbox.control.settings('entu', { allowLoopbackWebhooks: true });
			await ada.delete(`/entity/${plugin}`);
			await ada.create({ type: 'name', string: 'x' });
			expect(await sent()).toBe(0);
			// The change of the type has queued all its books, a hundred in each round; the lost reference waits behind them.
			await sandbox.control.advanceClock(90_000);
			const plugins = (await ada.get(`/entity/${known.typeBook}?props=plugin`)).body.entity?.plugin;
			expect(items(plugins).map((value) => value.reference)).not.toContain(plugin);
		});
	});
});
