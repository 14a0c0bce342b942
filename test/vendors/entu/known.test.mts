/** What is known of Entu's types is not asked again for a minute, and not believed where it leads to a refusal. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { passTime } from '../../support/sandbox.mts';
import type { NodeRunOptions } from '../../support/engine.mts';
import { byId, columns, defined, items, known, told, useEntu } from './entu.mts';

const bench = useEntu();
const { run, rows } = { run: bench.run, rows: bench.rows };
const A_MINUTE_MS = 60_000;

const json = (value: IDataObject): INodeParameters => ({ propertiesMode: 'json', propertiesJson: JSON.stringify(value) });
const book = { typeId: byId(known.typeBook) };
const isbn = { ...book, ...columns({ name: 'One', isbn: '978-1', pages: 5 }, ['isbn']) };
const create = async (value: IDataObject = { name: 'One' }, more: Partial<NodeRunOptions> = {}) => await run('entity', 'create', { ...book, ...json(value) }, more);

/** What a run asks for, beside the log-in. */
async function requestsOf(work: () => Promise<unknown>): Promise<string[]> {
	await bench.sandbox.control.clearJournal();
	await work();
	return (await bench.asked()).filter(({ path }) => path.includes('/entity')).map(({ method, path, query }) => `${method} ${path.replace(/\/[0-9a-f]{24}$/, '/ID')}${query['_parent.reference'] === undefined ? '' : ' definitions'}`);
}

/** Gives books a property that they did not have. */
async function define(name: string, more: IDataObject[] = []): Promise<void> {
	const body = [{ type: '_type', reference: known.typeProperty }, { type: '_parent', reference: known.typeBook }, { type: 'name', string: name }, { type: 'type', string: 'string' }, ...more];
	await bench.ask('/entity', { method: 'POST', body });
}

const POST = `POST /${known.database}/entity`;
const GET = `GET /${known.database}/entity`;
const DEFINITIONS = `${GET} definitions`;

describe('a second execution within a minute', () => {
	test('creates with 1 request, updates with 2 and updates by match with 2', async () => {
		expect(await requestsOf(create)).toEqual([DEFINITIONS, POST, `${GET}/ID`, `${GET}/ID`]);
		expect(await requestsOf(create)).toEqual([POST]);
		// Which values are to be replaced must be read, for each entity and each time.
		expect(await requestsOf(async () => await rows('entity', 'update', { ...book, entityId: byId(known.book), ...json({ pages: 7 }) }))).toEqual([`${GET}/ID`, `${POST}/ID`]);
		await rows('entity', 'upsert', isbn);
		expect(await requestsOf(async () => await rows('entity', 'upsert', { ...book, ...columns({ isbn: '978-1', pages: 6 }, ['isbn']) }))).toEqual([GET, `${POST}/ID`]);
	});

	test('asks for the definitions no more for further items, types and credentials are kept apart', async () => {
		await create();
		expect(await requestsOf(async () => await create({ name: 'x' }, { items: items({}, {}, {}) }))).toEqual([POST, POST, POST]);
		expect(await requestsOf(async () => await run('entity', 'create', { typeId: byId(known.typeAuthor), ...json({ name: 'A' }) }))).toEqual([DEFINITIONS, POST, `${GET}/ID`]);
		expect(await requestsOf(async () => await create({ name: 'x' }, { credentials: { entuApi: bench.user } }))).toContain(DEFINITIONS);
		expect(await requestsOf(async () => await create({ name: 'x' }, { credentials: { entuApi: bench.engine.credentials.add('entuApi', bench.typed()) } }))).toContain(DEFINITIONS);
	});

	test('a name of a type is not looked up again', async () => {
		const byName = { typeId: { __rl: true, mode: 'name', value: 'book' }, ...json({ name: 'One' }) };
		await rows('entity', 'create', byName);
		expect(await requestsOf(async () => await rows('entity', 'create', byName))).toEqual([POST]);
	});

	test.each([
		['after a minute', async () => passTime(A_MINUTE_MS), {}],
		['in the editor', async () => undefined, { mode: 'manual' as const }],
		['after the editor has looked something up', async () => void (await bench.engine.callMethod({ node: 'entu', kind: 'resourceMapping', method: 'getColumns', parameters: { resource: 'entity', operation: 'create', ...book }, credentials: { entuApi: bench.owner } })), {}],
		['after a write was refused', async () => {
			await bench.sandbox.control.fault({ service: 'entu', method: 'POST', path: '/entity', fault: { type: 'status', status: 400 } });
			expect((await create()).error).toBeDefined();
		}, {}],
	])('%s, the definitions are asked for anew', async (_, happening, more) => {
		await create();
		const definitionsAsked = async () => (await requestsOf(async () => await create({ name: 'x' }, more))).filter((request) => request === DEFINITIONS);
		expect(await definitionsAsked()).toHaveLength('mode' in more ? 1 : 0);
		await happening();
		expect(await definitionsAsked()).toHaveLength(1);
	});
});

describe('what has changed meanwhile', () => {
	test('a property that was added is known at once: its refusal is judged by what holds now', async () => {
		await create();
		await define('shelf');
		for (const onError of [undefined, 'continueErrorOutput'] as const) {
			const result = await create({ name: 'On a shelf', shelf: 'A7' }, { onError, items: items({}, {}, {}) });
			expect(result.error).toBeUndefined();
			expect(result.outputs[0]?.map(({ json: row }) => row.shelf)).toEqual(['A7', 'A7', 'A7']);
		}
		await define('rack');
		const found = await run('entity', 'getAll', { ...book, filters: { conditions: [{ property: 'rack.string', operator: 'exists' }] } as unknown as INodeParameters });
		expect(found.error).toBeUndefined();
	});

	test('what is wrong stays refused, with one look more', async () => {
		await create();
		const asked = await requestsOf(async () => expect(told((await create({ nmae: 'x' })).error)).toMatch(/no property "nmae"/));
		expect(asked).toEqual([DEFINITIONS]);
		// What was just looked at is not looked at twice.
		expect(await requestsOf(async () => expect((await create({ nmae: 'x' })).error).toBeDefined())).toEqual([DEFINITIONS]);
	});

	test('values that another item is about to replace are read in turn, not before', async () => {
		const two = items({ pages: 1 }, { pages: 2 }, { pages: 3 });
		await rows('entity', 'upsert', isbn);
		const result = await run('entity', 'upsert', { ...book, ...columns({ isbn: '978-1', pages: '={{ $json.pages }}' }, ['isbn']), options: { parallelRequests: 3 } }, { items: two });
		expect(result.error).toBeUndefined();
		const [found] = await rows('entity', 'getAll', { ...book, output: 'raw', filters: { conditions: [{ property: 'isbn.string', operator: 'equals', value: '978-1' }] } as unknown as INodeParameters });
		expect(defined(found).pages).toHaveLength(1);
	});
});
