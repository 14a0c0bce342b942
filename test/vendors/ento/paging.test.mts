/** Paging is a guess until the user has compared it with the account's documentation: whatever the guess meets, each record comes once. */
import type { INodeParameters } from 'n8n-workflow';
import type { EntoSettings } from '../../../sandbox/ento/state.mts';
import { counts, ids, paging, saved, told, useEnto } from './ento.mts';

const bench = useEnto();
const wide = { dateRange: 'custom', startDate: '2000-01-01', endDate: '2100-01-01', returnAll: true };
const all = Array.from({ length: counts.shifts }, (_, n) => String(88001 + n));
const read = async (settings: INodeParameters, parameters: INodeParameters = {}, options: INodeParameters = {}) =>
	await bench.run('shift', 'getAll', { ...wide, ...parameters, options: { ...paging({ pageSize: 60, ...settings }), ...options } }, saved);

const modes = ['off', 'page', 'offset', 'nextUrl', 'cursor'];
const shapes: Array<[EntoSettings['listShape'], tellsTotal: boolean]> = [['bare', false], ['data', true], ['data', false], ['named', true]];
const services: Array<EntoSettings['paging']> = ['page', 'offset', 'link', 'cursor', 'whole', 'first', 'ownSize'];
/** The ways that understand one another; all others give what the service sends without being asked properly. */
const pairs: Record<string, string[]> = { page: ['page', 'ownSize'], offset: ['offset'], nextUrl: ['link'], cursor: ['cursor'] };
/** The least that comes of a first request. */
const first: Record<EntoSettings['paging'], number> = { page: 60, offset: 60, link: 60, cursor: 60, whole: counts.shifts, first: 100, ownSize: 20 };

describe.each(modes)('mode %s', (mode) => {
	describe.each(services)('on a service that pages by "%s"', (service) => {
		test.each(shapes)('with %s lists, telling the total: %s', async (listShape, tellsTotal) => {
			await bench.set({ paging: service, listShape, tellsTotal });
			const run = await read({ mode });
			expect(run.error).toBeUndefined();
			const found = run.outputs.flat().map(({ json }) => String(json.id));
			expect(found).toEqual(all.slice(0, found.length));
			expect(found.length).toBeGreaterThanOrEqual(first[service]);
			if (pairs[mode]?.includes(service)) expect(found).toEqual(all);
			expect((await bench.journal()).length).toBeLessThanOrEqual(20);
		});
	});
});

describe('what the user is told', () => {
	const hints = async (settings: INodeParameters) => (await read(settings)).hints.map(({ message }) => message).join();

	test('a service that repeats its page', async () => {
		await bench.set({ paging: 'first', listShape: 'bare' });
		expect(await hints({ mode: 'page' })).toContain('same page again');
	});

	test('more pages than the most', async () => {
		expect(await hints({ mode: 'page', maxPages: 2 })).toContain('stopped after 2 pages');
		expect(await bench.journal()).toHaveLength(2);
	});

	test('more records than came without paging', async () => {
		await bench.set({ paging: 'link' });
		expect(await hints({ mode: 'off' })).toContain("paging under 'API Differences'");
	});

	test('nothing, when all is well', async () => {
		expect(await hints({ mode: 'page' })).toBe('');
		await bench.set({ paging: 'cursor' });
		expect(await hints({ mode: 'cursor' })).toBe('');
	});
});

describe('a next URL', () => {
	const employees = async (settings: INodeParameters = {}) => await bench.run('employee', 'getAll', { returnAll: true, options: paging({ mode: 'nextUrl', pageSize: 15, ...settings }) }, saved);

	test('on another host is not followed, and the key stays here', async () => {
		await bench.set({ paging: 'link', foreignNext: bench.sandbox.storageUrl });
		const run = await employees();
		expect(run.error?.message).toMatch(/Ento pointed to 127\.0\.0\.1:\d+, which is not the host of the credential/);
		expect(run.error?.description).toContain('Nothing was sent there');
		expect(await bench.journal()).toHaveLength(1);
	});

	test.each(['//elsewhere.example/ento', 'http://user@elsewhere.example', 'https://127.0.0.1.elsewhere.example'])('to %s is not followed', async (foreignNext) => {
		await bench.set({ paging: 'link', foreignNext });
		if (foreignNext.startsWith('//')) {
			const body = { data: [{ id: 1 }], pagination: { next: foreignNext } };
			await bench.sandbox.control.fault({ service: 'ento', fault: { type: 'status', status: 200, body } });
		}
		expect((await employees()).error?.message).toContain('elsewhere.example, which is not the host');
	});

	test.each([
		['a path from the root', '/ento/staff?cursor=NDA'],
		['a query alone', '?cursor=NDA'],
	])('may be %s', async (_, next) => {
		await bench.set({ paging: 'link' });
		const body = { data: [{ id: 1 }], links: { next } };
		await bench.sandbox.control.fault({ service: 'ento', fault: { type: 'status', status: 200, body } });
		expect((await employees()).error).toBeUndefined();
		expect(await bench.journal()).toMatchObject([{}, { path: '/staff', query: { cursor: 'NDA' } }]);
	});

	test('is found where the user says', async () => {
		await bench.set({ paging: 'link' });
		const body = { data: [{ id: 1 }], response: { more: { href: `${bench.sandbox.url}/ento/staff?cursor=MzA` } } };
		await bench.sandbox.control.fault({ service: 'ento', fault: { type: 'status', status: 200, body } });
		const run = await employees({ nextProperty: 'response.more' });
		expect(ids(run.outputs.flat().map(({ json }) => json))).toHaveLength(11);
	});
});

describe('names and numbers', () => {
	test('are sent as the user sets them', async () => {
		await read({ mode: 'page', pageParameter: 'p', firstPage: 0, sizeParameter: 'n', pageSize: 7, maxPages: 1 });
		await read({ mode: 'offset', offsetParameter: 'skip', limitParameter: 'take', pageSize: 8, maxPages: 1 });
		await read({ mode: 'page', sizeParameter: '', maxPages: 1 });
		const days = { start_date: '2000-01-01', end_date: '2100-01-01' };
		const queries = (await bench.journal()).map(({ query }) => query);
		expect(queries).toEqual([{ ...days, p: '0', n: '7' }, { ...days, skip: '0', take: '8' }, { ...days, page: '1' }]);
	});

	test('a page size of the user’s own, given as an additional parameter, loses nothing', async () => {
		await bench.set({ listShape: 'bare' });
		const additionalQuery = { entries: [{ name: 'per_page', value: '33' }] };
		const run = await read({ mode: 'page' }, {}, { additionalQuery });
		expect(run.outputs.flat()).toHaveLength(counts.shifts);
	});

	test.each([
		[{ pageSize: 0 }, /Page Size.*whole number from 1/],
		[{ maxPages: -1 }, /Maximum Pages.*whole number from 1/],
		[{ mode: '={{ "guess" }}' }, /Approach.*"guess"/],
	])('%j is refused before anything is sent', async (settings, message) => {
		const run = await read({ mode: 'page', ...settings });
		expect(told(run.error)).toMatch(message);
		expect(await bench.journal()).toEqual([]);
	});

	test('a limit within a page stops there in every mode', async () => {
		for (const [mode, service] of [['page', 'page'], ['offset', 'offset'], ['nextUrl', 'link'], ['cursor', 'cursor']] as const) {
			await bench.set({ paging: service });
			const run = await read({ mode }, { returnAll: false, limit: 70 });
			expect(run.outputs.flat().map(({ json }) => json.id)).toEqual(all.slice(0, 70));
		}
	});
});
