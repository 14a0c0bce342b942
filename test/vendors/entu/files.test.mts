import type { INodeExecutionData } from 'n8n-workflow';
import { byId, defined, items, known, told, useEntu } from './entu.mts';

const bench = useEntu();
const { run, rows } = { run: bench.run, rows: bench.rows };

const MIB = 1024 * 1024;
const upload = { entityId: byId(known.book), propertyName: 'photo', binaryPropertyName: 'data' };
const fileItem = async (content = 'a small file', fileName = 'cover.txt', mimeType = 'text/plain'): Promise<INodeExecutionData> =>
	await bench.engine.binaryItem(Buffer.from(content), { fileName, mimeType });
const storage = async () => await bench.sandbox.control.journal('entu-storage');
const contentOf = async (item: INodeExecutionData | undefined) => (await bench.engine.readBinary(defined(item?.binary?.data))).toString();
const download = async (fileId: string) => await run('file', 'download', { fileBy: 'id', fileId });

describe('Upload', () => {
	test.each(['filesystem', 'default'] as const)('sends the file to the storage and nothing of the credential (%s)', async (binaryMode) => {
		await bench.engine.setBinaryMode(binaryMode);
		const result = await run('file', 'upload', upload, { items: [await fileItem()], binaryMode });
		const made = result.outputs[0]?.[0]?.json;
		expect(made).toEqual({ _id: expect.stringMatching(/^[0-9a-f]{24}$/), entity: known.book, property: 'photo', name: 'cover.txt', size: 12, type: 'text/plain' });
		expect((await bench.entity(known.book)).photo).toMatchObject([{ _id: made?._id, filename: 'cover.txt', filesize: 12, filetype: 'text/plain' }]);
		const [put, ...more] = await storage();
		expect(more).toEqual([]);
		expect(put).toMatchObject({ method: 'PUT', status: 200, bodySize: 12, headers: { 'content-length': '12', 'content-disposition': 'inline;filename="cover.txt"' } });
		expect(put?.headers).not.toHaveProperty('authorization');
		expect(await contentOf((await download(String(made?._id))).outputs[0]?.[0])).toBe('a small file');
	});

	test.each(['Tõend nr 5.pdf', 'a "quoted" name.txt', 'semi;colon, comma.txt', '報告.txt', '../../etc/passwd'])('keeps the name %s', async (name) => {
		const result = await run('file', 'upload', { ...upload, options: { fileName: name } }, { items: [await fileItem()] });
		expect(result.error).toBeUndefined();
		const value = String(result.outputs[0]?.[0]?.json._id);
		const fetched = await download(value);
		expect(fetched.outputs[0]?.[0]?.json.name).toBe(name);
		expect(await contentOf(fetched.outputs[0]?.[0])).toBe('a small file');
	});

	test('several files, each to its own entity', async () => {
		const list = await Promise.all([known.book, known.publicEntity, known.domainEntity].map(async (id, i) => ({ ...(await fileItem(`file ${i}`)), json: { id } })));
		const made = await rows('file', 'upload', { ...upload, entityId: byId('={{ $json.id }}'), propertyName: 'scan' }, { items: list });
		expect(made.map(({ entity }) => entity)).toEqual([known.book, known.publicEntity, known.domainEntity]);
		const reads = (await bench.sandbox.control.journal('entu')).filter(({ method, path }) => method === 'GET' && path.endsWith('/entity'));
		expect(reads).toHaveLength(1);
		expect(await contentOf((await download(String(made[2]?._id))).outputs[0]?.[0])).toBe('file 2');
	});

	test.each<[string, () => Promise<INodeExecutionData>, object, RegExp]>([
		['an empty file', async () => await fileItem(''), {}, /The file is empty/],
		['an item without a file', async () => await Promise.resolve({ json: {} }), {}, /no file called "data".*put a node before/s],
		['another field', async () => await fileItem(), { binaryPropertyName: 'attachment' }, /no file called "attachment".*This item has: data/s],
		['a property that holds texts', async () => await fileItem(), { propertyName: 'name' }, /does not hold files/],
		['a property that is not there', async () => await fileItem(), { propertyName: 'nothing' }, /no property "nothing"/],
		['an entity that is not there', async () => await fileItem(), { entityId: byId('f'.repeat(24)) }, /not found/],
	])('refuses %s before anything is written', async (_, item, parameters, message) => {
		const { error } = await run('file', 'upload', { ...upload, ...parameters }, { items: [await fileItem(), await item()] });
		expect(told(error)).toMatch(message);
		expect((await bench.effects())['entity.update']).toBeUndefined();
		expect(await storage()).toEqual([]);
	});

	test('leaves nothing behind when the storage refuses the file', async () => {
		await bench.sandbox.control.fault({ service: 'entu-storage', method: 'PUT', times: -1, fault: { type: 'status', status: 403 } });
		const { error } = await run('file', 'upload', upload, { items: [await fileItem()] });
		expect(told(error)).toMatch(/"cover.txt" could not be uploaded.*Nothing of it is left in Entu; run the item again/s);
		expect(told(error)).not.toMatch(/may have been carried out|X-Amz/);
		expect(await bench.entity(known.book)).not.toHaveProperty('photo');
		expect(await bench.effects()).toMatchObject({ 'property.add': 1, 'property.delete': 1 });
	});

	const foreign = ['<html><title>Log in</title></html>', '{"success":false}', 'OK'];
	test.each(foreign)('does not take the file for stored where the storage answers %s, which comes from somebody else', async (body) => {
		await bench.sandbox.control.fault({ service: 'entu-storage', method: 'PUT', times: -1, fault: { type: 'status', status: 200, body } });
		const { error } = await run('file', 'upload', upload, { items: [await fileItem()] });
		expect(told(error)).toMatch(/"cover.txt" could not be uploaded.*sent something else than what was asked for.*Nothing of it is left in Entu/s);
		expect(await bench.entity(known.book)).not.toHaveProperty('photo');
	}, 20_000);

	test('sends the bytes again where somebody else has answered once', async () => {
		await bench.sandbox.control.fault({ service: 'entu-storage', method: 'PUT', times: 1, fault: { type: 'html', status: 200 } });
		const [made] = await rows('file', 'upload', upload, { items: [await fileItem()] });
		expect(await contentOf((await download(String(made?._id))).outputs[0]?.[0])).toBe('a small file');
	});

	test.each(['<Error><Code>AccessDenied</Code><Message>Request has expired</Message><X>X-Amz</X></Error>', '{"message":"Request has expired"}'])('gives the words of the storage: %s', async (body) => {
		await bench.sandbox.control.fault({ service: 'entu-storage', method: 'PUT', times: -1, fault: { type: 'status', status: 403, body } });
		const { error } = await run('file', 'upload', upload, { items: [await fileItem()] });
		expect(told(error)).toContain('did not accept the request (HTTP 403): Request has expired');
		expect(told(error)).not.toContain('X-Amz');
	});

	test('sends the bytes again when the connection breaks', async () => {
		await bench.sandbox.control.fault({ service: 'entu-storage', method: 'PUT', fault: { type: 'reset', when: 'before' } });
		const [made] = await rows('file', 'upload', upload, { items: [await fileItem()] });
		expect(await contentOf((await download(String(made?._id))).outputs[0]?.[0])).toBe('a small file');
		expect((await bench.entity(known.book)).photo).toHaveLength(1);
	});

	test('waits as long as the storage asks', async () => {
		await bench.sandbox.control.fault({ service: 'entu-storage', method: 'PUT', fault: { type: 'status', status: 429, headers: { 'Retry-After': '1' } } });
		const [made] = await rows('file', 'upload', upload, { items: [await fileItem()] });
		const [first, second, ...more] = await storage();
		expect(more).toEqual([]);
		expect(defined(second).at - defined(first).at).toBeGreaterThanOrEqual(999);
		expect(await contentOf((await download(String(made?._id))).outputs[0]?.[0])).toBe('a small file');
	});

	test('names the value that is left when it can not be removed either', async () => {
		await bench.sandbox.control.fault({ service: 'entu-storage', method: 'PUT', fault: { type: 'status', status: 403 } });
		await bench.sandbox.control.fault({ service: 'entu', method: 'DELETE', fault: { type: 'status', status: 403 } });
		const { error } = await run('file', 'upload', upload, { items: [await fileItem()] });
		const left = defined((await bench.entity(known.book)).photo?.[0]);
		expect(told(error)).toContain(`delete the property value ${String(left._id)}`);
	});

	test('an address that is too old is told', async () => {
		await bench.sandbox.control.settings('entu', { storageLifeMs: -1 });
		const { error } = await run('file', 'upload', upload, { items: [await fileItem()] });
		expect(told(error)).toMatch(/HTTP 403.*Nothing of it is left/s);
	});
});

describe('Download', () => {
	test('gives the file with the name and type that Entu knows, and sends no credential to the storage', async () => {
		const result = await download(known.photoValue);
		const item = defined(result.outputs[0]?.[0]);
		expect(item.json).toEqual({ _id: known.photoValue, entity: known.bookWithPhoto, property: 'photo', name: 'cover.png', size: expect.any(Number), type: 'image/png' });
		expect(item.binary?.data).toMatchObject({ fileName: 'cover.png', mimeType: 'image/png', fileExtension: 'png' });
		const [got] = await storage();
		expect(got).toMatchObject({ method: 'GET', status: 200 });
		expect(got?.headers).not.toHaveProperty('authorization');
	});

	test('takes the file as Get shows it', async () => {
		const result = await run('file', 'download', { fileBy: 'id', fileId: '={{ $json.photo._id }}', binaryPropertyName: 'cover' }, { items: items(defined((await rows('entity', 'get', { entityId: byId(known.bookWithPhoto) }))[0])) });
		expect(result.outputs[0]?.[0]?.binary).toHaveProperty('cover');
	});

	test.each<[string, string, RegExp]>([
		['a value that is no file', '{{name}}', /is not a file/],
		['an ID that is none', 'cover.png', /'File ID': "cover.png" is not an Entu ID/],
		['a value that is gone', 'f'.repeat(24), /Property not found/],
	])('refuses %s', async (_, id, message) => {
		const name = defined((await bench.entity(known.book)).name?.[0]);
		const { error } = await download(id.replace('{{name}}', String(name._id)));
		expect(told(error)).toMatch(message);
		expect(await storage()).toEqual([]);
	});

	test('tells when the content was never uploaded', async () => {
		const answer = await bench.ask(`/entity/${known.book}`, { method: 'POST', body: [{ type: 'photo', filename: 'x.png', filesize: 5, filetype: 'image/png' }] });
		const [value] = answer.properties as Array<{ _id: string }>;
		expect(told((await download(defined(value)._id)).error)).toMatch(/"x.png", but its content was never uploaded/);
	});

	test('that breaks off is told, and half a file not given out', async () => {
		const [made] = await rows('file', 'upload', upload, { items: [await fileItem('x'.repeat(MIB))] });
		await bench.sandbox.control.fault({ service: 'entu-storage', method: 'GET', times: -1, fault: { type: 'truncated' } });
		const result = await download(String(made?._id));
		expect(result.status).toBe('error');
		expect(told(result.error)).toMatch(/The transfer of "cover.txt" broke off.*Try again later/s);
		// It has changed nothing.
		expect(told(result.error)).not.toMatch(/carried out/);
	});

	test('that comes packed in a way that nobody can unpack is refused', async () => {
		const [made] = await rows('file', 'upload', upload, { items: [await fileItem()] });
		await bench.sandbox.control.fault({ service: 'entu-storage', method: 'GET', times: -1, fault: { type: 'status', status: 200, headers: { 'Content-Encoding': 'zstd' }, body: 'a small file' } });
		expect(told((await download(String(made?._id))).error)).toMatch(/"cover.txt" was not stored.*it came packed with "zstd"/);
	}, 20_000);

	test('that breaks off once is fetched anew, from an address of its own', async () => {
		const [made] = await rows('file', 'upload', upload, { items: [await fileItem('x'.repeat(MIB))] });
		await bench.sandbox.control.fault({ service: 'entu-storage', method: 'GET', fault: { type: 'truncated' } });
		const result = await download(String(made?._id));
		expect(result.error).toBeUndefined();
		expect(await contentOf(result.outputs[0]?.[0])).toBe('x'.repeat(MIB));
		const asked = (await bench.sandbox.control.journal('entu')).filter(({ method, path }) => method === 'GET' && path.endsWith(`/property/${String(made?._id)}`));
		expect(asked).toHaveLength(2);
	});
});

describe('Get Thumbnail', () => {
	test.each([50, 200, 400])('of an entity and of a file, %i pixels', async (size) => {
		const ofEntity = await run('file', 'getThumbnail', { thumbnailOf: 'entity', entityId: byId(known.bookWithPhoto), size });
		const ofFile = await run('file', 'getThumbnail', { thumbnailOf: 'file', fileId: known.photoValue, size });
		for (const [result, of] of [[ofEntity, 'entity'], [ofFile, 'file']] as const) {
			const fileName = `${of === 'entity' ? known.bookWithPhoto : known.photoValue}-${size}.jpg`;
			expect(result.outputs[0]?.[0]).toMatchObject({ json: { of, size }, binary: { data: { mimeType: 'image/jpeg', fileExtension: 'jpg', fileName } } });
			expect((await bench.engine.readBinary(defined(result.outputs[0]?.[0]?.binary?.data))).subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
		}
		for (const { headers } of await storage()) expect(headers).not.toHaveProperty('authorization');
	});

	test.each([
		['nothing', '', /nothing came/],
		['a picture without its end', Buffer.from('ffd8ffe000', 'hex').toString('latin1'), /its end is missing/],
	])('is not given out where the storage sends %s', async (_, body, message) => {
		await bench.sandbox.control.fault({ service: 'entu-storage', method: 'GET', times: -1, fault: { type: 'status', status: 200, headers: { 'Content-Type': 'image/jpeg' }, body } });
		const result = await run('file', 'getThumbnail', { thumbnailOf: 'file', fileId: known.photoValue, size: 50 });
		expect(told(result.error)).toMatch(new RegExp(`"${known.photoValue}-50.jpg" was not stored.*${message.source}`));
	}, 20_000);

	test('tells when there is no picture, and when it is too large', async () => {
		expect(told((await run('file', 'getThumbnail', { thumbnailOf: 'entity', entityId: byId(known.book) })).error)).toMatch(/Entity has no photo/);
		expect(told((await run('file', 'getThumbnail', { thumbnailOf: 'file', fileId: known.largeFileValue })).error)).toMatch(/too large/);
	});
});

describe('Delete', () => {
	test('removes a file and nothing else', async () => {
		expect(await rows('file', 'delete', { fileBy: 'id', fileId: known.photoValue })).toEqual([{ deleted: true, _id: known.photoValue }]);
		expect(await bench.entity(known.bookWithPhoto)).not.toHaveProperty('photo');
	});

	test('refuses a value that is no file', async () => {
		const name = defined((await bench.entity(known.book)).name?.[0]);
		expect(told((await run('file', 'delete', { fileBy: 'id', fileId: String(name._id) })).error)).toMatch(/is not a file/);
		expect((await bench.effects())['property.delete']).toBeUndefined();
	});
});

test('a storage that is down is not taken for a wrong base URL', async () => {
	await bench.sandbox.control.fault({ service: 'entu-storage', times: -1, fault: { type: 'reset', when: 'before' } });
	for (const failed of [await download(known.photoValue), await run('file', 'getThumbnail', { thumbnailOf: 'entity', entityId: byId(known.bookWithPhoto) }), await run('file', 'upload', upload, { items: [await fileItem()] })]) {
		expect(told(failed.error)).toMatch(/Entu's file storage: .*the file lies on another host/s);
		expect(told(failed.error)).not.toMatch(/base URL/i);
	}
});

describe('an upload without an address', () => {
	const answer = async (properties: unknown) =>
		await bench.sandbox.control.fault({ service: 'entu', method: 'POST', path: `/entity/${known.book}$`, fault: { type: 'status', status: 200, body: { _id: known.book, properties }, when: 'after' } });

	test('has its value removed, or says which one is left', async () => {
		const valueId = '65a0000000000000000000ee';
		await answer([{ _id: valueId, type: 'photo' }]);
		const { error } = await run('file', 'upload', upload, { items: [await fileItem()] });
		expect(told(error)).toMatch(new RegExp(`could not be uploaded.*the address to upload the file to was expected.*delete the property value ${valueId}`, 's'));
	});

	test('may have left a value when none is named', async () => {
		await answer([]);
		const { error } = await run('file', 'upload', upload, { items: [await fileItem()] });
		expect(told(error)).toMatch(/the ID of the new value was expected.*may have been carried out/s);
	});
});
