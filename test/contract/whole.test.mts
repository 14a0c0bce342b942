/** What comes whole or not at all, through n8n's engine: files of a service that cuts, stalls, or sends something else. */
import { buffer as readBuffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { useEngine, type NodeRun } from '../support/engine.mts';
import { type Answer, byId, bytes, calls, content, half, json, page, picture, raw, stalls, useSmallEntu } from '../support/smallEntu.mts';

const engine = useEngine();
const entu = useSmallEntu(engine);
const { credential, fileOf, run } = entu;

const broken: Record<string, Answer> = {
	'half of it': bytes(half(content)),
	'nothing': bytes(Buffer.alloc(0)),
	'nothing, and no length': (response) => void response.socket?.end('HTTP/1.1 200 OK\r\n\r\n'),
	'a 204': (response) => void response.writeHead(204).end(),
	'a part': bytes(half(content), {}, 206),
	'a web page': page(),
	'more than it': bytes(Buffer.concat([content, content])),
	'half of it, packed': bytes(half(gzipSync(content)), { 'content-encoding': 'gzip' }),
	'a wrong chunk': raw('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnone\r\n'),
	'half of it, and the end of the connection': (response) => {
		response.writeHead(200, { 'content-length': content.length }).write(half(content), () => response.socket?.destroy());
	},
};

describe('a file', () => {
	test.each(Object.keys(broken))('of which %s comes is asked for anew', async (name) => {
		entu.service.will('file', broken[name] as Answer, bytes(content));
		expect(await fileOf(await run(calls.download))).toEqual(content);
		expect(entu.service.count('file')).toBe(2);
	});

	test.each(Object.keys(broken))('of which %s comes every time is none', async (name) => {
		entu.service.will('file', broken[name] as Answer);
		const { error, outputs } = await run(calls.download);
		expect(outputs).toEqual([]);
		expect(error?.message).toContain('note.txt');
		expect(error?.description).toMatch(/^Try again later/);
		expect(entu.service.count('file')).toBe(3);
	});

	test('is held in memory whole or not at all, where n8n keeps files there', async () => {
		const inMemory = async () => await engine.runNode({ node: 'entu', parameters: { ...calls.download, options: { timeout: 300 } }, credentials: { entuApi: credential() }, binaryMode: 'default' });
		entu.service.will('file', stalls(content), bytes(half(content)), bytes(content));
		expect(await fileOf(await inMemory())).toEqual(content);
		entu.service.will('file', page());
		expect((await inMemory()).error?.message).toContain('note.txt');
	});

	test('that comes packed though nobody asked for that is taken when it is whole', async () => {
		entu.service.will('file', bytes(gzipSync(content), { 'content-encoding': 'gzip' }));
		expect(await fileOf(await run(calls.download))).toEqual(content);
	});

	test.each<[string, Answer]>([
		['a web page', page()],
		['a web page that is called a picture', bytes(Buffer.from('<html>Sorry</html>'), { 'content-type': 'image/jpeg' })],
		['half a picture', bytes(half(picture), { 'content-type': 'image/jpeg' })],
		['nothing', bytes(Buffer.alloc(0), { 'content-type': 'image/jpeg' })],
		['a message', json('{"message":"busy"}')],
	])('whose size nobody names: %s is no thumbnail', async (_name, answer) => {
		entu.service.will('thumbnail', answer, bytes(picture, { 'content-type': 'image/jpeg' }));
		expect(await fileOf(await run(calls.thumbnail))).toEqual(picture);
		entu.service.will('thumbnail', answer);
		expect((await run(calls.thumbnail)).outputs).toEqual([]);
	});

	test('that falls silent half-way is given up after the time of the user, and asked for anew', async () => {
		entu.service.will('file', stalls(content), bytes(content));
		const { durationMs, ...done } = await run(calls.download, { timeout: 300 });
		expect(await fileOf(done as NodeRun)).toEqual(content);
		expect(durationMs).toBeLessThan(5000);
	});

	test('may take longer than that time, as long as it comes', async () => {
		entu.service.will('file', (response) => {
			response.writeHead(200, { 'content-length': content.length });
			let sent = 0;
			const timer = setInterval(() => {
				response.write(content.subarray(sent, sent + 10));
				sent += 10;
				if (sent >= content.length) clearInterval(timer);
			}, 100);
		});
		const done = await run(calls.download, { timeout: 500 });
		expect(await fileOf(done)).toEqual(content);
		expect(entu.service.count('file')).toBe(1);
		expect(done.durationMs).toBeGreaterThan(800);
	});

	test('keeps its place among the requests until it is there', async () => {
		let open = 0;
		let most = 0;
		entu.service.will('file', (response) => {
			most = Math.max(most, ++open);
			response.writeHead(200, { 'content-length': content.length }).write(half(content));
			setTimeout(() => {
				open--;
				response.end(content.subarray(half(content).length));
			}, 150);
		});
		const { outputs } = await run(calls.download, { items: 9, parallel: 3 });
		expect(outputs[0]).toHaveLength(9);
		expect(most).toBeLessThanOrEqual(3);
	});
});

describe('an upload', () => {
	const upload = async (timeout?: number) => {
		const item = await engine.binaryItem(Buffer.alloc(300_000, 'x'), { fileName: 'big.bin', mimeType: 'application/octet-stream' });
		return await engine.runNode({
			node: 'entu',
			parameters: { resource: 'file', operation: 'upload', entityId: byId, propertyName: 'photo', binaryPropertyName: 'data', options: timeout ? { timeout } : {} },
			items: [item],
			credentials: { entuApi: credential() },
		});
	};
	const busy = (status: number): Answer => (response, request) => void readBuffer(request).then(() => response.writeHead(status, { 'retry-after': '0' }).end());

	test.each([429, 503])('to a storage that answers %i is waited for and not taken back', async (status) => {
		entu.service.will('upload', busy(status), (response, request) => void readBuffer(request).then(() => response.end()));
		const { error } = await upload();
		expect(error).toBeUndefined();
		expect(entu.service.effects.filter((effect) => effect.startsWith('DELETE'))).toEqual([]);
	});

	test('that nobody answers comes to an end', async () => {
		entu.service.will('upload', (_response, request) => void request.resume());
		const { error, durationMs } = await upload(300);
		expect(error?.message).toContain('did not answer in time');
		expect(durationMs).toBeLessThan(10_000);
	});
});
