/** Account > Check finds out which endpoints an account answers for, and gives out what the credential takes in one paste. */
import type { IDataObject } from 'n8n-workflow';
import { expiredToken } from '../../../sandbox/accutics/seed.mts';
import { editorToken, readerToken, told, useAccutics } from './accutics.mts';

const bench = useAccutics();
const MOST = 25;

async function check(changes: IDataObject = {}): Promise<{ rows: IDataObject[]; paste: string; endpoints: IDataObject }> {
	const rows = await bench.rows('check', { resource: 'account' }, { credentials: { accuticsApi: bench.typed(changes as never) } });
	const paste = String(rows[0]?.value);
	return { rows, paste, endpoints: paste === '' ? {} : (JSON.parse(paste) as IDataObject) };
}
const row = (rows: IDataObject[], setting: string) => rows.find((found) => found.setting === setting);
const campaigns = { names: { items: 'campaigns', groups: 'projects' } };

type Place = string | { path: string; idField: string };
const accounts: Array<[name: string, settings: IDataObject, endpoints: Record<string, Place>]> = [
	['likely names', { root: 'v1', ...campaigns }, { Campaigns: '/v1/campaigns', Projects: '/v1/projects' }],
	['a prefix of two parts', { root: 'api/v1', ...campaigns }, { Campaigns: '/api/v1/campaigns', Options: '/api/v1/options' }],
	['other names', { root: 'v0', names: { items: 'records', briefs: 'projects' } }, { Records: '/v0/records', Projects: '/v0/projects' }],
	['another ID field', { root: 'v1', ...campaigns, idField: 'key' }, { Campaigns: { path: '/v1/campaigns', idField: 'key' } }],
	['lists that come whole', { root: 'v1', ...campaigns, wholeLists: true }, { Campaigns: '/v1/campaigns' }],
];

test.each(accounts)('an account with %s: picked and read after one paste', async (_, settings, expected) => {
	await bench.settings(settings);
	const { paste, endpoints, rows } = await check();
	expect(endpoints).toMatchObject(expected);
	const journal = await bench.journal();
	expect(journal.length).toBeLessThanOrEqual(MOST);
	expect([...new Set(journal.map(({ method }) => method))]).toEqual(['GET']);
	const places = Object.entries(expected).map(([name, place]) => [name, typeof place === 'string' ? place : `${place.path} ; ${place.idField}`]);
	expect(places.map(([name = '']) => [name, row(rows, name)?.value])).toEqual(places);
	for (const { setting, evidence } of rows) expect([setting, String(evidence).length > 15]).toEqual([setting, true]);
	const credentials = { accuticsApi: bench.typed({ endpoints: paste }) };
	const { results } = await bench.engine.callMethod({ node: 'accutics', kind: 'listSearch', method: 'searchEndpoints', credentials });
	const [first] = Object.keys(expected);
	const picked = results.find(({ name }) => name === first);
	const read = await bench.rows('getAll', { path: { __rl: true, mode: 'list', value: picked?.value ?? '' }, returnAll: true }, { credentials });
	expect(read).toHaveLength(245);
	const pages = row(rows, `${first ?? ''}: pages`);
	expect(pages?.value).toBe(settings.wholeLists ? '' : 'page, page_size');
});

test('tells filters that narrow down from filters that are ignored', async () => {
	await bench.settings({ root: 'v1', ...campaigns });
	expect(row((await check()).rows, 'Query Parameters')).toMatchObject({ value: 'by the name of a field', evidence: expect.stringContaining('all with this') });
	await bench.settings({ root: 'v1', ...campaigns, ignoreFilters: true });
	expect(row((await check()).rows, 'Query Parameters')).toMatchObject({ value: '', evidence: expect.stringContaining('it is ignored') });
});

test('asks for the endpoints of the credential first, under their names, and says which are not there', async () => {
	const { rows, endpoints } = await check({ endpoints: 'My briefs = /sandbox/briefs\nSecret = /sandbox/vault\nGone = /sandbox/gone' });
	expect(endpoints).toMatchObject({ 'My briefs': '/sandbox/briefs', Secret: '/sandbox/vault', Options: '/sandbox/options' });
	expect((await bench.journal())[0]?.path).toBe('/sandbox/briefs');
	expect(row(rows, 'Secret')?.evidence).toContain('the API user needs a role there');
	expect(row(rows, 'Gone')).toMatchObject({ value: '' });
});

test('nothing found: says where it looked, within the requests that are allowed', async () => {
	const { rows, paste } = await check();
	expect(paste).toBe('');
	expect(rows.at(-1)?.evidence).toMatch(/Nothing answered under \/, \/v0.*Enter the paths from your API documentation/);
	expect((await bench.journal()).length).toBeLessThanOrEqual(MOST);
});

test('stops at the first 429', async () => {
	await bench.settings({ root: 'v1', ...campaigns });
	await bench.sandbox.control.fault({ service: 'accutics', path: 'projects', times: -1, fault: { type: 'status', status: 429, body: { error: { code: 'throttled', message: 'Slow down' }, meta: { endpoint: 'x' } } } });
	const { rows } = await check();
	const asked = (await bench.journal()).map(({ path }) => path);
	expect(asked.filter((path) => path.endsWith('projects'))).toHaveLength(1);
	expect(asked.at(-1)).toMatch(/projects$/);
	expect(rows[0]?.evidence).toContain('HTTP 429');
});

test.each([['that is refused', readerToken.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')), /token/], ['that is over', expiredToken, /ran out on 2025-01-01 00:00 UTC/]])('a token %s is told as that', async (_, token, message) => {
	const run = await bench.run('check', { resource: 'account' }, { credentials: { accuticsApi: bench.typed({ token }) } });
	expect(told(run.error)).toMatch(message);
	expect((await bench.journal()).length).toBeLessThanOrEqual(1);
	expect(told(run.error)).not.toContain(editorToken);
});
