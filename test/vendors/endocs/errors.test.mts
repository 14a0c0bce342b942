import type { EndocsSettings } from '../../../sandbox/endocs/settings.mts';
import { words } from '../../../nodes/EnDocsCloud/wire/judge';
import { visibleText } from '../../support/engine.mts';
import { known, useEndocs } from './endocs.mts';

const bench = useEndocs();
const decline = { nonFormId: '99999', approver: { __rl: true, mode: 'id', value: known.approver }, comment: 'Скан нечитаемый' };
const contractor = { extId: 'K-1', name: 'ИП Ёжиков' };
const strike = async (fault: object, times = 1) => void (await bench.sandbox.control.fault({ service: 'endocs', times, fault: fault as never }));

test.each(['object', 'text', 'jsonString', 'nested', 'problem', 'other', 'status200'] as const)('the service’s own words are shown, sent as "%s"', async (errorForm: EndocsSettings['errorForm']) => {
	await bench.settings({ errorForm });
	const run = await bench.run('unprocessedDocument', 'decline', decline);
	expect(run.error?.message).toContain('No NonFormDoc with id 99999 was found');
	expect(run.error?.message).toContain('[item 0]');
	expect(run.error?.description).toMatch(/Check the values/);
	expect((await bench.journal())).toHaveLength(1);
});

test('without words, the status speaks', async () => {
	await bench.settings({ errorForm: 'empty' });
	expect(await bench.complaint('unprocessedDocument', 'decline', decline)).toContain('EnDocs Cloud rejected the request (HTTP 400)');
});

describe('words', () => {
	test.each([
		['{"error":"Нет доступа"}', 'Нет доступа'],
		['{"error":{"message":"внутри","code":5}}', 'внутри'],
		['{"error":{"code":5}}', '{"code":5}'],
		['{"error":["a","b"]}', '["a","b"]'],
		['{"error":"","message":"рядом"}', 'рядом'],
		['{"error":true,"message":"рядом"}', 'рядом'],
		['{"title":"Заголовок","errors":{"Ext_ID":["пусто","мало"],"INN":"плохо"}}', 'Заголовок; пусто; мало; плохо'],
		['{"title":"Заголовок"}', 'Заголовок'],
		['{"Message":"иначе"}', '{"Message":"иначе"}'],
		['"строка"', 'строка'],
		[' просто текст \n', 'просто текст'],
		['["a"]', '["a"]'],
		['{}', undefined],
		['null', undefined],
		['', undefined],
		['<!DOCTYPE html><p>Bad Gateway</p>', undefined],
	])('%s', (body, expected) => {
		expect(words(body)).toBe(expected);
	});

	test('are cut where they get too long', () => {
		expect(words('я'.repeat(5000))?.length).toBe(501);
	});
});

describe('200 and yet no success', () => {
	test.each([
		[{ error: 'Документ занят' }, 'Документ занят'],
		[{ error: { message: 'Документ занят' } }, 'Документ занят'],
		['Лимит исчерпан ( #err-40)', 'no client with this token'],
	])('%j fails, for reads and for writes', async (body, shown) => {
		for (const [resource, operation, parameters] of [['contract', 'getNew', {}], ['contractor', 'upsert', contractor], ['request', 'read', { path: 'x' }]] as const) {
			await strike({ type: 'status', status: 200, body });
			expect(await bench.complaint(resource, operation, parameters)).toContain(shown);
		}
	});

	test('what became of a change then is not documented, and said so', async () => {
		await strike({ type: 'status', status: 200, body: { error: 'Документ занят' }, when: 'after' });
		expect(await bench.complaint('contractor', 'upsert', contractor)).toMatch(/Документ занят.*may have been carried out/s);
	});

	test.each([{ error: null }, { error: '' }, { error: false }, { error: {} }, { error: [] }])('%j is a success', async (body) => {
		await strike({ type: 'status', status: 200, body: { ...body, id: 5 } });
		expect(await bench.rows('contractor', 'upsert', contractor)).toMatchObject([{ ...body, id: 5 }]);
	});

	test('a web page in place of the answer is no success of a write: its fate is unknown', async () => {
		await strike({ type: 'html', status: 200 });
		expect(await bench.complaint('contractor', 'upsert', contractor)).toMatch(/web page.*may have been carried out/);
		expect(await bench.journal()).toHaveLength(1);
	});
});

describe('when to repeat', () => {
	test('a failure of the database is overcome for reads', async () => {
		await bench.settings({ databaseFailures: 1 });
		expect(await bench.rows('contract', 'getNew', { limit: 1 })).toHaveLength(1);
		expect(await bench.journal()).toHaveLength(2);
	});

	test('and told for writes, which are never sent twice', async () => {
		await bench.settings({ databaseFailures: 1 });
		const complaint = await bench.complaint('contractor', 'upsert', contractor);
		expect(complaint).toMatch(/Database Failure.*may have been carried out/);
		expect(complaint).toContain('Look in EnDocs Cloud');
		expect(await bench.journal()).toHaveLength(1);
	});

	test.each([['contract', 'getNew', {}], ['contractor', 'upsert', contractor]] as const)('after a 429, %s %s comes back when asked to', async (resource, operation, parameters) => {
		await strike({ type: 'status', status: 429, headers: { 'Retry-After': '1' } });
		const started = Date.now();
		await bench.rows(resource, operation, parameters);
		expect(Date.now() - started).toBeGreaterThanOrEqual(1000);
		const ids = (await bench.journal()).map(({ path, body }) => (body as { RequestID?: string } | undefined)?.RequestID ?? path.split('/').at(-1));
		expect(ids[0]).toBe(ids[1]);
	});

	test('a limit that does not end is told with both its reasons', async () => {
		await strike({ type: 'status', status: 429, headers: { 'Retry-After': '900' } }, -1);
		const complaint = await bench.complaint('contractor', 'upsert', contractor);
		expect(complaint).toContain('300 requests a minute');
		expect(complaint).toContain('tariff');
	});
});

test('a failed item tells its request, and shows no secret', async () => {
	const options = { onError: 'continueErrorOutput' as const, items: [{ json: { id: known.firstUnprocessed } }, { json: { id: 99_999 } }] };
	const run = await bench.run('unprocessedDocument', 'decline', { ...decline, nonFormId: '={{ $json.id }}' }, options);
	expect(run.outputs[0]).toHaveLength(1);
	const [failed] = run.outputs[1] ?? [];
	const requestId = ((await bench.journal())[1]?.body as { RequestID: string }).RequestID;
	expect(failed?.json).toMatchObject({ error: expect.stringContaining('99999'), message: { httpCode: 400, requestId } });
	expect(run.hints.map(({ message }) => message)).toContain('1 of 2 items failed: 1 rejected');
	expect(visibleText(run)).not.toContain(known.token);
});

test('what is not there points to the base URL', async () => {
	await bench.settings({ pathPrefix: 'api' });
	expect(await bench.complaint('user', 'getAll')).toContain('base URL');
});

test('an answer too deep to be read leaves it open what became of the change', async () => {
	const deep = `{"error":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}}`;
	await strike({ type: 'status', status: 200, body: deep, when: 'after' });
	const complaint = await bench.complaint('contractor', 'upsert', contractor);
	expect(complaint).toMatch(/nested too deeply to be read. The request may have been carried out/);
});
