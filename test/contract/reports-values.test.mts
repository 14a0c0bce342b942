/** Public bug reports about values, files and connections that no other test holds, tried on all nodes that they can concern (docs/tried.md). */
import type { IBinaryData, IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { readerToken, editorToken } from '../../sandbox/accutics/seed.mts';
import type { Entry } from '../../sandbox/client.mts';
import { known as entu, ownerKey, userKey } from '../../sandbox/entu/seed-known.mts';
import { known as smartConnect } from '../../sandbox/smartconnect/seed.mts';
import { serve } from '../support/serve.mts';
import { changesIn, pairs, useLab, type Subject } from './lab.mts';

const lab = useLab(1);

function subject(name: string): Subject {
	const found = lab.all.find(({ node, key }) => `${node} ${key}` === name);
	if (!found) throw new Error(`There is no ${name}`);
	return found;
}

interface Outcome {
	/** What the person reads; blank where it worked. */
	readonly told: string;
	readonly changes: Record<string, number>;
	readonly sent: readonly Entry[];
}

/** Runs an operation on a service in its first state. */
async function run(name: string, parameters: object, items: readonly IDataObject[] = [{}]): Promise<Outcome> {
	const one = subject(name);
	await lab.bench.fresh(one);
	const { error } = await lab.bench.run(one, { items, parameters: parameters as INodeParameters });
	return { told: error ? `${error.message} ${error.description ?? ''}` : '', changes: changesIn(await lab.bench.summary(one)), sent: await lab.bench.journal(one) };
}

describe('a calculation or a date that came to nothing is refused, and nothing is sent', () => {
	/** Another one for each item. */
	const VALUES = ['Number($json.nothing)', '1 / 0', 'DateTime.fromISO("nonsense")', 'DateTime.fromISO("nonsense").toFormat("yyyy")', 'new Date("nonsense")', 'String({})'];
	const VALUE = `[${VALUES.join(', ')}][$itemIndex]`;
	const alone = `={{ ${VALUE} }}`;
	const mapped = (columns: object) => ({ columns: { mappingMode: 'defineBelow', value: columns, matchingColumns: [], schema: [] } });

	test.each<[string, string, object]>([
		['accutics entity:create', 'JSON', { bodyMode: 'json', bodyJson: `={{ ({ title: "T", sizes: [{ width: ${VALUE} }] }) }}` }],
		['accutics entity:create', 'a field', { bodyMode: 'fields', bodyFields: { field: [{ name: 'title', value: 'T' }, { name: 'width', value: alone }] } }],
		['accutics entity:create', 'a column', { bodyMode: 'columns', ...mapped({ title: 'T', width: alone }) }],
		['accutics entity:getAll', 'a filter', { path: '/sandbox/items', queryParameters: { parameter: [{ name: 'width', value: alone }] } }],
		['ento record:create', 'JSON', { path: '/areas', fieldsMode: 'json', fieldsJson: `={{ ({ name: "T", size: ${VALUE} }) }}` }],
		['ento record:create', 'a field', { path: '/areas', fieldsMode: 'fields', fields: { entries: [{ name: 'name', value: 'T' }, { name: 'size', value: alone }] } }],
		['enDocsCloud contractor:upsert', 'a text', { extId: 'K-1', name: alone }],
		['enDocsCloud invoice:registerPayment', 'JSON', { extId: 'K-1', docDate: '2025-04-01', additionalFieldsJson: `={{ ({ Payment: { Amount: ${VALUE} } }) }}` }],
		['entu entity:create', 'JSON', { propertiesMode: 'json', propertiesJson: `={{ ({ name: ${VALUE} }) }}` }],
		['entu entity:create', 'a column', { propertiesMode: 'columns', ...mapped({ name: alone }) }],
		['smartConnect integration:runWithData', 'JSON', { rowsMode: 'json', rowsJson: `={{ ([{ No: "1", Name: ${VALUE} }]) }}` }],
		['smartConnect integration:runWithData', 'a column', { rowsMode: 'columns', ...mapped({ No: '1', Name: alone }) }],
		['smartConnect integration:run', 'a variable', { variables: { values: [{ name: 'GBL_X', value: alone }] } }],
	])('%s, %s', async (name, _, parameters) => {
		const one = subject(name);
		await lab.bench.fresh(one);
		const items = VALUES.map(() => ({ path: '/areas', id: smartConnect.customers }));
		const run = await lab.bench.run(one, { items, parameters: parameters as INodeParameters, onError: 'continueErrorOutput' });
		expect(run.outputs.map(pairs)).toEqual([[], [0, 1, 2, 3, 4, 5]]);
		for (const { json } of run.outputs[1] ?? []) {
			expect(json.error).toMatch(/^'.+'( ".+"|: ".+")? comes to (NaN|Infinity|an invalid date|Invalid Date(Time)?|\[object Object\]), which is no value$/);
			expect(json.message).toMatchObject({ description: expect.stringContaining('Look at what its expression gives for this item') });
		}
		expect(changesIn(await lab.bench.summary(one))).toEqual({});
	});

	test.each([
		['accutics entity:create', { bodyMode: 'columns', columns: { mappingMode: 'autoMapInputData', value: null, schema: [{ id: 'title' }, { id: 'market' }] } }, { title: 'T', market: NaN }],
		['smartConnect integration:runWithData', { rowsMode: 'columns' }, { No: '1', Name: NaN }],
		['entu entity:create', { propertiesMode: 'columns', columns: { mappingMode: 'autoMapInputData', value: null } }, { name: NaN }],
	])('%s, mapped by itself', async (name, parameters, item) => {
		const { told, changes } = await run(name, parameters, [item]);
		expect(told).toMatch(/comes to NaN, which is no value/);
		expect(changes).toEqual({});
	});
});

describe('a file of the item', () => {
	const CONTENT = Buffer.from('A file of some length, so that its base64 takes several lines where lines are broken.'.repeat(3));
	const plain = CONTENT.toString('base64');
	const uploads = ['entu file:upload', 'enDocsCloud document:upsert'] as const;
	const places = { entu: {}, enDocsCloud: { options: { files: { file: [{ binaryPropertyName: 'data', contentPath: 'Files[0].Content', namePath: 'Files[0].Name' }] } } } };

	async function upload(name: (typeof uploads)[number], binary: Partial<IBinaryData>): Promise<{ told: string; changes: Record<string, number>; names: unknown[]; content: string | undefined }> {
		const one = subject(name);
		const row = await lab.bench.fresh(one);
		const item: INodeExecutionData = { json: { id: entu.book, extId: 'E-1', date: '2025-04-01' }, binary: { data: { data: plain, mimeType: 'text/plain', fileName: 'a.txt', ...binary } } };
		const { resource, operation, samples, sample } = one;
		const parameters = { resource, operation, ...samples.common, ...sample.parameters, ...places[one.node as keyof typeof places] } as INodeParameters;
		const { error } = await lab.engine.runNode({ node: one.node, parameters, items: [item], credentials: { [samples.credentialType]: row } });
		const sent = (await lab.bench.journal(one)).map(({ body }) => (Array.isArray(body) ? (body[0] as IDataObject) : ((body as IDataObject | undefined)?.Files as IDataObject[] | undefined)?.[0]));
		const bodies = sent.flatMap((body) => (body ? [body] : []));
		return { told: error ? `${error.message} ${error.description ?? ''}` : '', changes: changesIn(await lab.bench.summary(one)), names: bodies.map(({ filename, Name }) => filename ?? Name), content: bodies.map(({ Content, filesize }) => String(Content ?? filesize))[0] };
	}

	test.each(uploads)('%s: one that n8n has deleted since is told with what to do, and nothing is sent', async (name) => {
		const { told, changes } = await upload(name, { id: 'filesystem-v2:workflows/w/executions/1/binary_data/00000000-0000-4000-8000-000000000000' });
		expect(told).toMatch(/The file "a\.txt" can't be read any more.*\[item 0\].*pinned data/);
		expect(changes).toEqual({});
	});

	test.each(uploads.flatMap((name) => [`data:text/plain;base64,${plain}`, 'Not base64, but a text.'].map((data) => [name, data] as const)))('%s: one that is no base64 is refused (%#)', async (name, data) => {
		const { told, changes } = await upload(name, { data });
		expect(told).toMatch(/'.+': The content of the file "a\.txt" is no base64 \[item 0\].*Convert to File/);
		expect(changes).toEqual({});
	});

	test.each(uploads)('%s: base64 in lines, as mails have it, arrives whole', async (name) => {
		const { told, content } = await upload(name, { data: plain.replace(/.{76}/g, '$&\r\n') });
		expect(told).toBe('');
		expect([plain, String(CONTENT.length)]).toContain(content);
	});

	test.each(uploads)('%s: one without a name gets that of its field', async (name) => {
		for (const fileName of [undefined, '', ' ']) {
			const { told, names } = await upload(name, { fileName });
			expect([told, names]).toEqual(['', ['data']]);
		}
	});
});

test.each(['ento employee:getAll', 'enDocsCloud user:getAll', 'entu database:get', 'accutics entity:getAll', 'smartConnect integration:getAll', 'entu entity:delete', 'accutics entity:delete'])(
	'%s behind a proxy that wants a log-in: the proxy is named, once, and no parameter',
	async (name) => {
		const one = subject(name);
		let requests = 0;
		await serve(
			(_, response) => {
				requests++;
				response.writeHead(407, { 'Proxy-Authenticate': 'Basic realm="office"' }).end('<html>Proxy Authentication Required</html>');
			},
			async (url) => {
				const { resource, operation, samples, sample } = one;
				const run = await lab.engine.runNode({
					node: one.node,
					parameters: { resource, operation, ...samples.common, ...sample.parameters } as INodeParameters,
					items: [{ json: sample.items?.[0] ?? {} }],
					credentials: { [samples.credentialType]: samples.credential(url) },
				});
				expect(`${run.error?.message} ${run.error?.description}`).toMatch(/was not asked: the proxy between this n8n and the service wants a log-in \(HTTP 407\).*HTTPS_PROXY=/);
			},
		);
		expect(requests).toBe(1);
	},
);

describe('a secret that each item brings along', () => {
	test('Entu: every item is asked for with its own key, though all share one credential', async () => {
		const one = subject('entu entity:get');
		await lab.bench.fresh(one);
		const row = lab.engine.credentials.add('entuApi', { ...one.samples.credential(lab.bench.url), apiKey: '={{ $json.key }}' });
		const keys = [ownerKey, userKey, ownerKey, userKey];
		const run = await lab.engine.runNode({
			node: 'entu',
			parameters: { resource: 'entity', operation: 'get', entityId: { __rl: true, mode: 'id', value: entu.privateEntity } as never },
			items: keys.map((key) => ({ json: { key } })),
			credentials: { entuApi: row },
			onError: 'continueErrorOutput',
		});
		expect(run.outputs.map(pairs)).toEqual([[0, 2], [1, 3]]);
		expect(run.outputs[1]?.[0]?.json.error).toMatch(/access|see|rights/i);
	});

	test('Accutics: every item is written with its own token', async () => {
		const one = subject('accutics entity:update');
		await lab.bench.fresh(one);
		const row = lab.engine.credentials.add('accuticsApi', { ...one.samples.credential(lab.bench.url), token: '={{ $json.token }}' });
		const run = await lab.engine.runNode({
			node: 'accutics',
			parameters: { resource: 'entity', operation: 'update', path: '/sandbox/items', entityId: '={{ $itemIndex + 1 }}', bodyMode: 'json', bodyJson: '{ "status": "archived" }' },
			items: [editorToken, readerToken, editorToken].map((token) => ({ json: { token } })),
			credentials: { accuticsApi: row },
			onError: 'continueErrorOutput',
		});
		expect(run.outputs.map(pairs)).toEqual([[0, 2], [1]]);
	});
});

test.each<[string, (serial: string) => object]>([
	['enDocsCloud document:upsert', (docDate) => ({ extId: 'E-1', docNumber: '1', docDate })],
	['entu entity:create', (published) => ({ propertiesMode: 'columns', columns: { mappingMode: 'defineBelow', value: { name: 'T', published }, matchingColumns: [], schema: [] } })],
	['ento shift:getAll', (startDate) => ({ dateRange: 'custom', startDate, endDate: '2026-12-31' })],
])('%s: a date that a spreadsheet gives as the number of a day is refused, and not read as one of 1970', async (name, parameters) => {
	for (const serial of ['={{ 46000 }}', '={{ 46000.5 }}', '={{ "46000" }}']) {
		const { told, changes } = await run(name, parameters(serial));
		expect(told).toMatch(/'(Document Date|Published|Start Date)': "46000(\.5)?" is not a date \[item 0\]/);
		expect(changes).toEqual({});
	}
});

describe('names of fields with dots and brackets stay names', () => {
	const FIELDS = { 'a.b': 'dotted', 'c[0]': 'bracketed', 'd e': 'blank', length: 3 };
	const entries = Object.entries(FIELDS).map(([name, value]) => ({ name, value: `={{ ${JSON.stringify(value)} }}` }));

	test.each<[string, object]>([
		['accutics entity:create', { bodyMode: 'columns', columns: { mappingMode: 'defineBelow', value: { title: 'T', ...FIELDS }, matchingColumns: [], schema: [] } }],
		['accutics entity:create', { bodyMode: 'fields', bodyFields: { field: [{ name: 'title', value: 'T' }, ...entries] } }],
		['accutics entity:create', { bodyMode: 'json', bodyJson: JSON.stringify({ title: 'T', ...FIELDS }) }],
		['ento record:create', { path: '/areas', fieldsMode: 'fields', fields: { entries } }],
		['ento record:create', { path: '/areas', fieldsMode: 'json', fieldsJson: JSON.stringify(FIELDS) }],
		['enDocsCloud request:write', { path: '/Dictionaries/AddOrUpdateContractor', bodyJson: JSON.stringify({ Ext_ID: 'K-5', Name: 'ИП', ...FIELDS }) }],
	])('%s %#', async (name, parameters) => {
		const { told, sent } = await run(name, parameters);
		expect(told).toBe('');
		const body = sent.at(-1)?.body as IDataObject;
		expect(Object.fromEntries(Object.keys(FIELDS).map((field) => [field, String(body[field])]))).toEqual({ ...FIELDS, length: '3' });
	});
});

test('a name in the decomposed letters of macOS finds the record that has it composed', async () => {
	const one = subject('entu entity:upsert');
	await lab.bench.fresh(one);
	const byName = (name: string) => ({ matchBy: 'name', propertiesMode: 'json', propertiesJson: JSON.stringify({ name, isbn: '978-0' }) });
	const [first] = (await lab.bench.run(one, { items: [{}], parameters: byName('Õunapuu ümbrik'.normalize('NFC')) })).outputs.flat();
	const [second] = (await lab.bench.run(one, { items: [{}], parameters: byName('Õunapuu ümbrik'.normalize('NFD')) })).outputs.flat();
	expect(first?.json._id).toEqual(expect.any(String));
	expect(second?.json._id).toBe(first?.json._id);
});

test.each<[string, (words: string) => IDataObject]>([
	['enDocsCloud contractor:upsert', (words) => ({ error: { message: words } })],
	['accutics entity:create', (words) => ({ error: { code: 'x', message: 'no', data: { words } } })],
	['ento record:create', (words) => ({ success: false, message: words })],
	['smartConnect integration:getAll', (words) => ({ Message: words })],
])('%s: a long refusal is not cut in the middle of a character, which no AI model would take', async (name, body) => {
	const one = subject(name);
	for (const shift of ['', 'x']) {
		await lab.bench.fresh(one);
		const status = name.startsWith('ento') ? 200 : 400;
		await lab.bench.control.fault({ service: one.samples.service, times: -1, path: '^(?!.*(login|validate|GetToken|PublicKey))', fault: { type: 'status', status, headers: { 'content-type': 'application/json' }, body: body(shift + '😀'.repeat(3_000)) } });
		const { answer } = await lab.bench.runAsTool(one, one.sample.items?.[0] ?? {});
		const text = JSON.stringify(answer);
		expect(text).toContain('😀…');
		expect(text).not.toMatch(/\\ud[89a-f]/i);
		await lab.bench.control.clearFaults();
	}
});

describe('Execute Once', () => {
	test('SmartConnect: a run for all items together is one for the first', async () => {
		const one = subject('smartConnect integration:runWithData');
		const row = await lab.bench.fresh(one);
		const { resource, operation, samples, sample } = one;
		const run = await lab.engine.runNode({
			node: 'smartConnect',
			parameters: { resource, operation, ...samples.common, ...sample.parameters, runFor: 'all' } as INodeParameters,
			items: (sample.items ?? []).map((json) => ({ json })),
			credentials: { smartConnectApi: row },
			executeOnce: true,
		});
		expect(run.outputs.map(pairs)).toEqual([[0]]);
		expect(run.outputs[0]?.[0]?.json).toMatchObject({ RecordCount: 1 });
	});

	test.each(['entu entity:delete', 'accutics entity:delete', 'ento record:delete', 'enDocsCloud unprocessedDocument:approve'])('%s: the other items are left alone', async (name) => {
		const one = subject(name);
		const row = await lab.bench.fresh(one);
		const { resource, operation, samples, sample } = one;
		const run = await lab.engine.runNode({
			node: one.node,
			parameters: { resource, operation, ...samples.common, ...sample.parameters } as INodeParameters,
			items: (sample.items ?? []).map((json) => ({ json })),
			credentials: { [samples.credentialType]: row },
			executeOnce: true,
		});
		expect(run.outputs.map(pairs)).toEqual([[0]]);
		expect(Object.values(changesIn(await lab.bench.summary(one)))).toEqual([1]);
	});
});
