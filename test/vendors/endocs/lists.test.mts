import type { IDataObject, INodeParameters, INodePropertyOptions } from 'n8n-workflow';
import { known, useEndocs, UUID } from './endocs.mts';

const bench = useEndocs();
const all = { returnAll: true };
const idsOf = (rows: IDataObject[]) => rows.map(({ id }) => id);
const numbered = (first: number, count: number) => Array.from({ length: count }, (_, i) => first + i);
const requests = async () => (await bench.sandbox.control.summary('endocs')).requests;

describe('new documents', () => {
	test.each(['keyed', 'plain'] as const)('all of them, each once, from lists in the form "%s"', async (listForm) => {
		await bench.settings({ listForm });
		expect(idsOf(await bench.rows('contract', 'getNew', all))).toEqual(numbered(501, known.contracts));
		expect(idsOf(await bench.rows('invoice', 'getNew', all))).toEqual(numbered(701, known.invoices));
	});

	test.each(['nullValue', 'emptyValue', 'missingValue', 'emptyBody'] as const)('an empty list in the form "%s" gives no items', async (listForm) => {
		await bench.settings({ listForm });
		for (const [resource, operation] of [['contract', 'getNew'], ['invoice', 'getNew'], ['document', 'getAll']] as const) {
			expect(await bench.rows(resource, operation, { ...all, documentKindId: '12' })).toEqual([]);
		}
	});

	test.each([[{ value: 'Success' }], [{ value: {} }], [{ value: [null] }], [{ value: [[]] }], [[null]], [[{ id: 1 }, 'x']], ['null'], ['5']])('%j is no list, which is told', async (body) => {
		await bench.sandbox.control.fault({ service: 'endocs', times: -1, fault: { type: 'status', status: 200, body } });
		expect(await bench.complaint('contract', 'getNew')).toContain('a list of records was expected');
		expect(await bench.complaint('user', 'getAll')).toContain('a list of records was expected');
	});

	test('an answer that is a text is no list, and is asked for anew', async () => {
		await bench.sandbox.control.fault({ service: 'endocs', times: 1, fault: { type: 'status', status: 200, body: 'OK' } });
		expect(await bench.rows('user', 'getAll', all)).not.toHaveLength(0);
		expect(await requests()).toBe(2);
	});

	test.each([
		['a limit that nobody told', { listCap: 7 }],
		['no limit', { listCap: null }],
		['a service that ignores where to begin', { ignoreCursor: true, listCap: null }],
		['descending order', { listOrder: 'descending' }],
	] as const)('complete and without repetition under %s', async (_, settings) => {
		await bench.settings(settings);
		const ids = idsOf(await bench.rows('invoice', 'getNew', all));
		expect([...ids].sort()).toEqual(numbered(701, known.invoices));
	});

	test('reading goes on after the largest id', async () => {
		await bench.settings({ listCap: 30 });
		await bench.rows('invoice', 'getNew', { ...all, afterDocumentId: 700 });
		expect((await bench.journal()).map(({ path }) => path.split('/')[3])).toEqual(['700', '730', '760', '764']);
	});

	test('begins after the given document, and stops at the limit without asking on', async () => {
		expect(idsOf(await bench.rows('invoice', 'getNew', { afterDocumentId: 760, limit: 3 }))).toEqual([761, 762, 763]);
		expect(await requests()).toBe(1);
		expect(idsOf(await bench.rows('invoice', 'getNew', { afterDocumentId: '={{ $json.last }}', limit: 1 }, { items: [{ json: { last: '763' } }] }))).toEqual([764]);
	});

	test('a place to begin that is empty is refused, because 0 would read everything again', async () => {
		const complaint = await bench.complaint('invoice', 'getNew', { afterDocumentId: '={{ $json.last }}' });
		expect(complaint).toContain("'After Document ID'");
		expect(await requests()).toBe(0);
	});

	test('a service that never comes to an end is left alone after 50 answers, which is told', async () => {
		await bench.sandbox.control.seed('contract', 100, 'endocs');
		await bench.settings({ listCap: 2 });
		const run = await bench.run('contract', 'getNew', all);
		expect(await requests()).toBe(50);
		expect(run.outputs[0]).toHaveLength(100);
		expect(run.hints.map(({ message }) => message).join()).toMatch(/stopped after 50 answers.*Go on after \d+/);
	});

	test('reading again from the start finds a document that came late', async () => {
		await bench.settings({ lateArrival: true });
		const first = idsOf(await bench.rows('contract', 'getNew', all));
		expect(first).not.toContain(501);
		expect(idsOf(await bench.rows('contract', 'getNew', { ...all, afterDocumentId: first.at(-1) as number }))).toEqual([]);
		expect(idsOf(await bench.rows('contract', 'getNew', all))).toContain(501);
	});

	test('each request has an id of its own, and the one of the user wins', async () => {
		await bench.rows('invoice', 'getNew', all);
		const ids = (await bench.journal()).map(({ path }) => path.split('/').at(-1));
		expect(ids.length).toBeGreaterThan(2);
		expect(new Set(ids).size).toBe(ids.length);
		for (const id of ids) expect(id).toMatch(UUID);
		await bench.sandbox.control.clearJournal();
		await bench.rows('invoice', 'getNew', { limit: 1, options: { requestId: 'мой/номер' } });
		expect((await bench.journal())[0]?.path).toBe(`/Output/GetNewInvoices/0/${encodeURIComponent('мой/номер')}`);
	});
});

describe('what comes out', () => {
	test('flat facts, at most ten of them', async () => {
		const [contract] = await bench.rows('contract', 'getNew', { limit: 1 });
		expect(contract).toEqual({
			id: 501, docNumber: 'Д-1', docDate: '2025-01-01T12:00:00Z', contractorExt_ID: 'K-88', contractorName: 'ИП Дорофеев',
			contractorInn: '123456789012', contractorKpp: null, organizationExt_ID: 'ORG-3', organizationName: 'АО Лиственница',
			organizationInn: '1234567890',
		});
		const [invoice] = await bench.rows('invoice', 'getNew', { limit: 1 });
		expect(invoice).toMatchObject({ id: 701, state: 'Согласовано', amountToPay: 1200, currency: 'RUB', contractorName: 'ИП Дорофеев' });
		const [memo] = await bench.rows('document', 'getAll', { documentType: 19, documentKindId: 53, state: 'Новый', limit: 1 });
		expect(memo).toMatchObject({ id: 901, dockindId: 53, state: 'Новый', amount: 150.5, contractorName: null });
		for (const row of [contract, invoice, memo]) expect(Object.keys(row ?? {})).toHaveLength(10);
	});

	test('all that the service sent, untouched, when Simplify is off', async () => {
		const [raw] = await bench.rows('contract', 'getNew', { output: 'raw', limit: 1 });
		expect(raw).toMatchObject({ id: 501, contractor: { id: 88, type: 'ЮрЛицо', ogrn: null }, organization: { kpp: '123401001' } });
		expect(raw).not.toHaveProperty('key');
	});

	test('the key of the list, when wanted', async () => {
		const rows = await bench.rows('contract', 'getNew', { limit: 2, options: { includeKey: true } });
		expect(rows).toMatchObject([{ key: 20 }, { key: 20 }]);
	});

	test('a record with fields called json, error and value comes out unharmed', async () => {
		const odd = { id: 5, json: { a: 1 }, error: 'нет', value: null };
		await bench.sandbox.control.fault({ service: 'endocs', times: -1, fault: { type: 'status', status: 200, body: { key: 1, value: [odd] } } });
		expect(await bench.rows('contract', 'getNew', { output: 'raw' })).toEqual([odd]);
	});

	test('users without what is secret, unless everything is wanted', async () => {
		const simple = await bench.rows('user', 'getAll', all);
		expect(simple).toHaveLength(4);
		expect(JSON.stringify(simple)).not.toContain(known.pushToken);
		expect(simple[0]).toMatchObject({ displayName: known.approver, position: 'Бухгалтер', blocked: false });
		expect(Object.keys(simple[0] ?? {})).toHaveLength(10);
		const raw = await bench.rows('user', 'getAll', { limit: 1, output: 'raw' });
		expect(raw).toMatchObject([{ pushToken: known.pushToken, buttonDTO: { clientId: 7 } }]);
	});
});

describe('documents by type and state', () => {
	const memos = { documentType: 19, documentKindId: '53', ...all };

	test('a state with a slash and a space is one segment of the address', async () => {
		const rows = await bench.rows('document', 'getAll', { ...memos, state: 'byName', stateName: known.oddState });
		expect(rows.length).toBeGreaterThan(2);
		expect(new Set(rows.map(({ state }) => state))).toEqual(new Set([known.oddState]));
		const [{ path } = { path: '' }] = await bench.journal();
		expect(path.split('/').slice(0, 7)).toEqual(['', 'Output', 'GetMetaByTypeAndState', '0', '19', '53', encodeURIComponent(known.oddState)]);
	});

	test('types and states that are not in the lists can be typed or come from an expression', async () => {
		const rows = await bench.rows('document', 'getAll', memos);
		const typed = { ...memos, documentType: 'byId', documentTypeId: ' 19 ', state: '={{ $json.state }}' };
		expect(rows).toEqual([]);
		const archived = await bench.rows('document', 'getAll', typed, { items: [{ json: { state: 'Архив' } }] });
		expect(archived.length).toBeGreaterThan(2);
		const byExpression = await bench.rows('document', 'getAll', { ...memos, documentType: '={{ "19" }}', state: 'Архив' });
		expect(byExpression).toEqual(archived);
	});

	test.each([
		[{ documentType: 'byId', documentTypeId: 'счет', documentKindId: '1' }, "'Document Type ID'"],
		[{ documentType: '={{ "Договор" }}', documentKindId: '1' }, "'Document Type'"],
		[{ documentKindId: '={{ " " }}' }, "'Document Kind'"],
		[{ documentKindId: '1.5' }, "'Document Kind'"],
		[{ documentKindId: '5000000000' }, "'Document Kind'"],
		[{ documentKindId: '1', state: '={{ undefined }}' }, "'State'"],
	])('refuses %j before anything is sent', async (parameters, label) => {
		expect(await bench.complaint('document', 'getAll', parameters)).toContain(label);
		expect(await requests()).toBe(0);
	});

	test('where the ID means the document itself, that document is found', async () => {
		await bench.settings({ literalDocId: true });
		const wanted = { documentType: 16, documentKindId: known.kinds.unprocessed, state: 'Новый', ...all };
		expect(await bench.rows('document', 'getAll', wanted)).toEqual([]);
		expect(idsOf(await bench.rows('document', 'getAll', { ...wanted, afterDocumentId: 305 }))).toEqual([305]);
	});

	test('offers all documented types, with the vendor’s names', () => {
		const { properties } = bench.engine.nodeType('enDocsCloud').description;
		const optionsOf = (name: string) => (properties.find((property) => property.name === name)?.options ?? []) as Array<{ name: string; value: unknown; description: string }>;
		expect(optionsOf('documentType').map(({ value }) => value).sort()).toEqual([1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 19, 20, 21, 22, 'byId'].sort());
		expect(optionsOf('documentType')).toContainEqual({ name: 'Incoming Invoice', value: 14, description: 'Счет входящий' });
		expect(optionsOf('state')).toContainEqual({ name: 'Approved', value: 'Согласовано', description: 'Согласовано' });
		for (const { name } of [...optionsOf('documentType'), ...optionsOf('state')]) expect(name).toMatch(/^[\w ]+$/);
		expect(bench.engine.nodeType('enDocsCloud').description.codex?.alias).toEqual(expect.arrayContaining(['документооборот', 'договор']));
	});
});

describe('the kind of the documents', () => {
	const kinds = async (parameters: INodeParameters, filter?: string) =>
		(await bench.engine.callMethod({ node: 'enDocsCloud', kind: 'listSearch', method: 'searchKinds', parameters, filter, credentials: { enDocsCloudApi: bench.credential } })).results;
	const ofType = (documentType: number, state: string) => ({ resource: 'document', operation: 'getAll', documentType, state });

	test('is picked from those of the documents there are, of another state if need be', async () => {
		expect(await kinds(ofType(14, 'Согласовано'))).toEqual([{ name: '31 (such as СЧ-200)', value: '31' }]);
		expect(await kinds(ofType(19, 'Подписано'))).toEqual([{ name: expect.stringMatching(/^53 \(such as С-/), value: '53' }]);
		expect(await kinds({ resource: 'unprocessedDocument', operation: 'getAll', state: 'Новый' })).toEqual([expect.objectContaining({ value: '12' })]);
		expect(await kinds(ofType(14, 'Согласовано'), '99')).toEqual([]);
	});

	test('has nothing to pick from where 0 does not stand for all kinds, after one request a state', async () => {
		await bench.settings({ kindZero: 'none' });
		expect(await kinds(ofType(14, 'Согласовано'))).toEqual([]);
		expect(await requests()).toBe(10);
	});

	test('is looked for in the states alone that there are, where none is chosen', async () => {
		await bench.settings({ kindZero: 'none' });
		expect(await kinds({ resource: 'document', operation: 'getAll', documentType: 14, state: 'byName', stateName: '' })).toEqual([]);
		const states = (await bench.sandbox.control.journal('endocs')).map(({ query }) => query.state);
		expect(states.length).toBeGreaterThan(5);
		expect(states.filter((state) => !state)).toEqual([]);
	});

	test('need not be given where the service bears it', async () => {
		expect((await bench.rows('document', 'getAll', { documentType: 14, ...all })).length).toBeGreaterThan(5);
	});

	test('left empty, an empty list counts where documents of another state prove that all kinds are meant', async () => {
		expect(await bench.rows('document', 'getAll', { documentType: 14, state: 'Подписано', ...all })).toEqual([]);
		expect(await requests()).toBeLessThan(5);
	});

	test('left empty, an empty list is refused where nothing proves that, once for all items', async () => {
		await bench.settings({ kindZero: 'none' });
		const { error } = await bench.run('document', 'getAll', { documentType: 14, ...all });
		expect(error?.message).toMatch(/^'Document Kind' is empty, and EnDocs Cloud gave no document/);
		expect(error?.description).toMatch(/Choose a kind, or enter its ID/);
		expect(await requests()).toBe(1 + 10);
	});

	test('is demanded as before in nodes of version 1', async () => {
		const { error } = await bench.run('document', 'getAll', { documentType: 14, ...all }, { version: 1 });
		expect(String(error?.message)).toMatch(/'Document Kind' is empty|Document Kind/);
	});

	test('the placeholder gives results in the sandbox, with what the panel opens with', async () => {
		const { properties } = bench.engine.nodeType('enDocsCloud').description;
		const placeholder = properties.find(({ name, type }) => name === 'documentKindId' && type === 'resourceLocator')?.modes?.find(({ name }) => name === 'id')?.placeholder;
		const documentKindId = { __rl: true, mode: 'id', value: placeholder?.replace('e.g. ', '') };
		expect((await bench.rows('document', 'getAll', { documentKindId })).length).toBeGreaterThan(5);
	});
});

describe('the words', () => {
	test('every operation and event says in Russian what it is about', () => {
		const described = ['enDocsCloud', 'enDocsCloudTrigger'].flatMap((name) =>
			bench.engine.nodeType(name).description.properties.filter((property) => property.name === 'operation' || property.name === 'event').flatMap(({ options = [] }) => options as INodePropertyOptions[]),
		);
		expect(described.length).toBeGreaterThan(15);
		expect(described.filter(({ description = '' }) => !/[а-яё]{3}/i.test(description)).map(({ action }) => action)).toEqual([]);
	});

	test('unprocessed documents open with reading them; nodes of version 1 go on declining', async () => {
		const opensWith = (typeVersion: number) => {
			const { properties } = bench.engine.nodeType('enDocsCloud').description;
			return bench.engine.n8n.workflow.NodeHelpers.getNodeParameters(properties, { resource: 'unprocessedDocument' }, true, false, { typeVersion }, null)?.operation;
		};
		expect(opensWith(1.1)).toBe('getAll');
		expect(opensWith(1)).toBe('decline');
		expect((await bench.rows('unprocessedDocument', 'getAll', { ...all })).length).toBe(known.unprocessed);
	});
});

describe('picking users', () => {
	const pick = async (method: string, filter?: string) =>
		(await bench.engine.callMethod({ node: 'enDocsCloud', kind: 'listSearch', method, filter, credentials: { enDocsCloudApi: bench.credential } })).results;

	test('approvers by name, managers by address; without blocked users and those that lack it', async () => {
		expect(await pick('searchApprovers')).toEqual([
			{ name: 'Вера Лопатина (vera@listvennitsa.example)', value: 'Вера Лопатина' },
			{ name: 'Олег Щербаков (oleg@listvennitsa.example)', value: 'Олег Щербаков' },
		]);
		expect((await pick('searchManagers')).map(({ value }) => value).sort()).toEqual(['oleg@listvennitsa.example', 'robot@listvennitsa.example', known.manager]);
		expect(await pick('searchManagers', 'ЩЕРБ')).toHaveLength(1);
	});
});
