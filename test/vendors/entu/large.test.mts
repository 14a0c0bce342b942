/** Much at once: files of 200 MB, and a list of very many entities. */
import { createHash } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { syntheticFile } from '../../../sandbox/entu/synthetic.mts';
import { serve } from '../../support/serve.mts';
import { byId, defined, known, useEntu } from './entu.mts';

const MIB = 1024 * 1024;
const bench = useEntu();

test('Download streams a file of 200 MB', async () => {
	// What is loaded on first use is no part of the file.
	await bench.run('file', 'download', { fileBy: 'id', fileId: known.photoValue });
	const peak = watchMemory();
	const result = await bench.run('file', 'download', { fileBy: 'id', fileId: known.largeFileValue });
	const grown = peak();
	const binary = defined(result.outputs[0]?.[0]?.binary?.data);
	expect(binary.bytes ?? known.largeFileSize).toBe(known.largeFileSize);
	expect(grown).toBeLessThan(80 * MIB);
	expect(await digest(await bench.engine.streamBinary(binary))).toBe(await digest(syntheticFile(known.largeFileSize)));
});

test('Upload streams it back up', async () => {
	const [item] = (await bench.run('file', 'download', { fileBy: 'id', fileId: known.largeFileValue })).outputs[0] ?? [];
	const peak = watchMemory();
	const [made] = await bench.rows('file', 'upload', { entityId: byId(known.book), propertyName: 'scan', binaryPropertyName: 'data' }, { items: [defined(item)] });
	expect(peak()).toBeLessThan(80 * MIB);
	expect(made).toMatchObject({ size: known.largeFileSize, type: 'image/tiff', name: 'scan.tif' });
	expect((await bench.sandbox.control.journal('entu-storage')).at(-1)).toMatchObject({ bodySize: known.largeFileSize, status: 200 });
});

test('300,000 records come out, each once and in order', async () => {
	const total = 300_000;
	const size = 1000;
	const handler: RequestListener = (request, response) => {
		const url = new URL(request.url ?? '/', 'http://x');
		response.setHeader('content-type', 'application/json');
		if (url.pathname === '/auth') return void response.end(JSON.stringify({ accounts: [{ _id: 'db', name: 'db' }], token: 'T'.repeat(40), expires: '2030-01-01' }));
		const skip = Number(url.searchParams.get('skip') ?? 0);
		const entities = Array.from({ length: Math.min(size, total - skip) }, (_, i) => ({ _id: String(skip + i) }));
		response.end(JSON.stringify({ entities, count: total, limit: size, skip }));
	};
	await serve(handler, async (baseUrl) => {
		const run = await bench.engine.runNode({
			node: 'entu',
			parameters: { resource: 'entity', operation: 'getAll', returnAll: true, options: { pageSize: size } },
			credentials: { entuApi: { baseUrl, database: 'db', apiKey: 'a key of some length' } },
		});
		expect(run.error).toBeUndefined();
		expect(run.outputs[0]).toHaveLength(total);
		expect(run.outputs[0]?.map(({ json }) => json._id)).toEqual(Array.from({ length: total }, (_, i) => String(i)));
	});
}, 60_000);

/** Measures from now on; the call gives the growth in bytes at the highest. */
function watchMemory(): () => number {
	const before = process.memoryUsage().rss;
	let highest = before;
	const timer = setInterval(() => {
		highest = Math.max(highest, process.memoryUsage().rss);
	}, 20);
	return () => {
		clearInterval(timer);
		return Math.max(highest, process.memoryUsage().rss) - before;
	};
}

async function digest(stream: AsyncIterable<unknown>): Promise<string> {
	const hash = createHash('sha256');
	for await (const chunk of stream) hash.update(chunk as Buffer);
	return hash.digest('hex');
}
