import fc from 'fast-check';
import { withValueAt } from '../../../nodes/EnDocsCloud/wire/jsonPath';
import { useEndocs } from './endocs.mts';

const bench = useEndocs();
const write = { path: '/Some/Call', bodyJson: '{ "Ext_ID": "1", "Attachment": { "Kind": "скан" }, "Empty": null }' };
const scan = async (content = Buffer.from('Договор поставки № 17'), fileName = 'Счёт № 204 «Ёлка».pdf', property = 'data') =>
	await bench.engine.binaryItem(content, { fileName, mimeType: 'application/pdf', property });
const files = (...file: object[]) => ({ files: { file: file as never } });
/** Forms have them among their options. */
const inOptions = (...file: object[]) => ({ options: files(...file) });
const body = async () => (await bench.sent()) as Record<string, never>;

describe('files in a request', () => {
	test('go as base64 to the place that the user names, with their name, and come back whole', async () => {
		const content = Buffer.from(Array.from({ length: 100_000 }, (_, i) => (i * 31) % 256));
		await bench.sandbox.control.fault({ service: 'endocs', fault: { type: 'status', status: 200, body: {} } });
		const chosen = files({ binaryPropertyName: 'data', contentPath: 'Attachment.Content', namePath: 'Attachment.Name' });
		const run = await bench.run('request', 'write', { ...write, ...chosen }, { items: [await scan(content.subarray(0, 30_000))] });
		expect(run.error).toBeUndefined();
		const { Attachment, Ext_ID } = await body();
		expect(Attachment).toEqual({ Kind: 'скан', Content: content.subarray(0, 30_000).toString('base64'), Name: 'Счёт № 204 «Ёлка».pdf' });
		expect(Ext_ID).toBe('1');
	});

	test.each(['filesystem', 'default'] as const)('several of an item, in the binary mode "%s"', async (binaryMode) => {
		await bench.engine.setBinaryMode(binaryMode);
		const [first, second] = [await scan(Buffer.from('один'), 'один.txt', 'a'), await scan(Buffer.from('два'), 'два.txt', 'b')];
		const item = { json: {}, binary: { ...first.binary, ...second.binary } };
		const chosen = inOptions(
			{ binaryPropertyName: 'a', contentPath: 'Files[0].Content', namePath: 'Files[0].Name' },
			{ binaryPropertyName: 'b', contentPath: 'Files[1].Content' },
		);
		await bench.run('document', 'upsert', { extId: '1', docNumber: '1', docDate: '2025-01-01', ...chosen }, { items: [item], binaryMode });
		expect((await body()).Files).toEqual([
			{ Content: Buffer.from('один').toString('base64'), Name: 'один.txt' },
			{ Content: Buffer.from('два').toString('base64') },
		]);
		await bench.engine.setBinaryMode('filesystem');
	});

	test.each([
		[{ contentPath: 'Ext_ID.Content' }, "'Content Path'", 'no free place'],
		[{ contentPath: 'Ext_ID' }, "'Content Path'", 'no free place'],
		[{ contentPath: 'Attachment[0]' }, "'Content Path'", 'no free place'],
		[{ contentPath: 'Files[1].Content' }, "'Content Path'", 'no free place'],
		[{ contentPath: 'a..b' }, "'Content Path'", 'no free place'],
		[{ contentPath: '[0]' }, "'Content Path'", 'no free place'],
		[{ contentPath: ' ' }, "'Content Path'", 'is empty'],
		[{ contentPath: 'A', namePath: 'A' }, "'Content Path'", 'no free place'],
		[{ contentPath: 'A', namePath: 'Attachment.Kind' }, "'Name Path'", 'no free place'],
		[{ contentPath: 'A', binaryPropertyName: 'scan' }, "'Input Data Field Name'", 'This item has: data'],
	])('%j is refused before anything is sent', async (file, label, words) => {
		const chosen = files({ binaryPropertyName: 'data', ...file });
		const complaint = await bench.complaint('request', 'write', { ...write, ...chosen }, { items: [await scan(), await scan()] });
		expect(complaint).toContain(label);
		expect(complaint).toContain(words);
		expect(await bench.journal()).toEqual([]);
	});

	test('files that are too large for an item are refused before anything is sent, with what can be done', async () => {
		const parameters = {
			...write,
			...files({ binaryPropertyName: 'data', contentPath: 'A' }, { binaryPropertyName: 'data', contentPath: 'B' }),
			options: { maxFileSize: 1 },
		};
		const items = [await scan(Buffer.from('small')), await scan(Buffer.alloc(600_000), 'Скан.pdf')];
		const complaint = await bench.complaint('request', 'write', parameters, { items });
		expect(complaint).toContain('"Скан.pdf", "Скан.pdf" have 1.2 MB, which is more than the 1 MB allowed');
		expect(complaint).toContain('Max File Size (MB)');
		expect(complaint).toContain('[item 1]');
		expect(await bench.journal()).toEqual([]);
	});

	test('a file may go into what the additional fields make', async () => {
		const parameters = {
			extId: 'K-1', name: 'ИП', options: { additionalFieldsJson: '{ "Docs": [{ "Kind": 1 }] }', ...files({ binaryPropertyName: 'data', contentPath: 'Docs[0].Body' }) },
		};
		await bench.rows('contractor', 'upsert', parameters, { items: [await scan(Buffer.from('x'))] });
		expect((await body()).Docs).toEqual([{ Kind: 1, Body: 'eA==' }]);
	});

	test('both stand in the panel in nodes of saved workflows, and are obeyed', async () => {
		const { options, ...form } = { extId: 'K-1', name: 'ИП', options: { additionalFieldsJson: '{ "Docs": [{ "Kind": 1 }] }', ...files({ binaryPropertyName: 'data', contentPath: 'Docs[0].Body' }) } };
		await bench.rows('contractor', 'upsert', { ...form, ...options }, { items: [await scan(Buffer.from('x'))], version: 1 });
		expect((await body()).Docs).toEqual([{ Kind: 1, Body: 'eA==' }]);
	});
});

describe('withValueAt', () => {
	const key = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }).filter((text) => !/[.[\]]/.test(text));
	const steps = fc.tuple(key, fc.array(fc.oneof(key, fc.constant(0)), { maxLength: 5 })).map(([first, rest]) => [first, ...rest]);
	const pathOf = (list: Array<string | number>) => list.reduce<string>((path, step) => (typeof step === 'number' ? `${path}[0]` : path === '' ? step : `${path}.${step}`), '');
	const valueAt = (node: unknown, list: Array<string | number>) => list.reduce<unknown>((found, step) => (found as never)[step], node);

	test('puts a value where the path says, whatever the keys are, and leaves the given object alone', () => {
		fc.assert(
			fc.property(steps, (list) => {
				const before = Object.freeze({});
				const after = withValueAt(before, pathOf(list), 'значение');
				expect(valueAt(JSON.parse(JSON.stringify(after)), list)).toBe('значение');
				expect(Object.keys(before)).toEqual([]);
				expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
			}),
		);
	});

	test('keys that mean something to JavaScript are keys like any other', () => {
		const made = withValueAt({}, '__proto__.polluted', 'x');
		expect(JSON.stringify(made)).toBe('{"__proto__":{"polluted":"x"}}');
		expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
	});
});
