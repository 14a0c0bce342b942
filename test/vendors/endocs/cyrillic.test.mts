/** Cyrillic, and whatever else people type, arrives unharmed in path, query, body and file names. */
import fc from 'fast-check';
import { useEndocs } from './endocs.mts';

const bench = useEndocs();
const RUNS = 6;
const AT_ONCE = 25;

/** Texts as they stand in Russian papers, mixed with all that Unicode has; trimmed, as the node trims what is typed. */
const cyrillic = fc.string({ unit: fc.constantFrom(...'АБВГДЕЁЖЗИЙЩЪЫЬЭЮЯабвгдеёжзийщъыьэюя№«»—…1C/ &?#%+.,-"\'\\()'), maxLength: 30 });
const any = fc.oneof(cyrillic, fc.string({ unit: 'grapheme', maxLength: 30 }));
const text = any.map((value) => value.trim()).filter((value) => value !== '' && value !== '.' && value !== '..');
const batch = fc.array(text, { minLength: AT_ONCE, maxLength: AT_ONCE });

async function holds(values: fc.Arbitrary<string[]>, check: (texts: string[]) => Promise<void>): Promise<void> {
	await fc.assert(
		fc.asyncProperty(values, async (texts) => {
			await bench.sandbox.control.reset('endocs');
			await bench.settings({ rateLimit: null });
			await check(texts);
		}),
		{ numRuns: RUNS, endOnFailure: true },
	);
}

const itemsOf = (texts: string[]) => texts.map((value) => ({ json: { value } }));
/** A credential of its own for each run: the rate is kept for each credential. */
const fresh = () => ({ enDocsCloudApi: bench.typed() });

test('in a path', async () => {
	await holds(batch, async (texts) => {
		const parameters = { documentType: 16, documentKindId: '12', state: 'byName', stateName: '={{ $json.value }}', limit: 1, options: { parallelRequests: 1 } };
		const run = await bench.run('document', 'getAll', parameters, { items: itemsOf(texts), credentials: fresh() });
		expect(run.error).toBeUndefined();
		const received = (await bench.journal()).map(({ path }) => path.split('/'));
		expect(received.map((segments) => segments.length)).toEqual(texts.map(() => 8));
		expect(received.map((segments) => decodeURIComponent(segments[6] ?? ''))).toEqual(texts);
	});
}, 60_000);

test('in a query', async () => {
	await holds(batch, async (texts) => {
		const query = { parameter: [{ name: 'Значение', value: '={{ $json.value }}' }] };
		const run = await bench.run(
			'request',
			'read',
			{ path: '/Output/GetClientUsers', query, options: { parallelRequests: 1 } },
			{ items: itemsOf(texts), credentials: fresh() },
		);
		expect(run.error).toBeUndefined();
		expect((await bench.journal()).map(({ query: received }) => received)).toEqual(texts.map((value) => ({ Значение: value })));
	});
}, 60_000);

test('in a body, and back in the answer', async () => {
	await holds(batch, async (texts) => {
		const parameters = {
			extId: '={{ $json.value }}', name: '={{ $json.value }}', options: { additionalFieldsJson: '={{ ({ ["Поле " + $json.value]: $json.value }) }}' },
		};
		const run = await bench.run('contractor', 'upsert', parameters, { items: itemsOf(texts), credentials: fresh() });
		expect(run.error).toBeUndefined();
		const bodies = (await bench.journal()).map(({ body }) => body);
		expect(bodies).toEqual(texts.map((value) => ({ Ext_ID: value, Name: value, [`Поле ${value}`]: value, RequestID: expect.any(String) })));
		expect(run.outputs[0]?.map(({ json }) => json.ext_ID)).toEqual(texts);
	});
}, 60_000);

test('in the names of files', async () => {
	const names = fc.array(cyrillic.filter((name) => name.trim() !== ''), { minLength: AT_ONCE, maxLength: AT_ONCE });
	await holds(names, async (texts) => {
		const items = texts.map((fileName) => ({
			json: {},
			binary: { data: { data: Buffer.from(fileName).toString('base64'), mimeType: 'text/plain', fileName } },
		}));
		const file = [{ binaryPropertyName: 'data', contentPath: 'Файл.Содержимое', namePath: 'Файл.Имя' }];
		const run = await bench.run('contractor', 'upsert', { extId: '1', name: '1', options: { files: { file } } }, { items, credentials: fresh() });
		expect(run.error).toBeUndefined();
		const bodies = (await bench.journal()).map(({ body }) => (body as { Файл: unknown }).Файл);
		expect(bodies).toEqual(texts.map((name) => ({ Имя: name, Содержимое: Buffer.from(name).toString('base64') })));
	});
}, 60_000);
