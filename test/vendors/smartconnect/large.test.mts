/** Tables of very many rows: they come whole, n8n and all other executions go on meanwhile, and the user can stop it. */
import type { RequestListener } from 'node:http';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { atOnce, inSlices } from '../../../nodes/shared/slices.ts';
import { tokenOwner } from '../../../nodes/SmartConnect/logIn/account.ts';
import { rowsIn } from '../../../nodes/SmartConnect/rows/rows.ts';
import { itemFinder, writeTable } from '../../../nodes/SmartConnect/rows/table.ts';
import type { NodeRun } from '../../support/engine.mts';
import { serve } from '../../support/serve.mts';
import { byId, defined, items, known, useSmartConnect } from './smartConnect.mts';

const ROWS = 100_000;
const LONG_MS = 120_000;
const bench = useSmartConnect();

const row = (i: number) => `<T><No>A-${i}</No><Name>Customer ${i} &amp;amp; Co</Name><Note><![CDATA[${'x'.repeat(20)}]]></Note></T>`;
const table = `<string>${`<D>${Array.from({ length: ROWS }, (_, i) => row(i)).join('\n')}</D>`.replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</string>`;

/**
 * Reads the table from a service in this process, which knows when the node has the whole answer: n8n closes the connection then.
 * @param onTurn called whenever others have their turn from that moment on
 */
async function read(onTurn: () => void, signal?: AbortSignal): Promise<NodeRun> {
	let run: NodeRun | undefined;
	const turns = async () => {
		for (await setTimeout(1); run === undefined; await setTimeout(1)) onTurn();
	};
	const answer: RequestListener = (request, response) => {
		request.socket.once('close', () => void turns());
		response.end(table);
	};
	await serve(answer, async (apiUrl) => {
		const typed = bench.typed({ apiUrl });
		const credential = bench.engine.credentials.add('smartConnectApi', { ...typed, sessionToken: 'a token', sessionFor: tokenOwner(typed) });
		run = await bench.engine.runNode({
			node: 'smartConnect',
			parameters: { resource: 'integration', operation: 'getSourceData', integrationId: byId(known.bulk), returnAll: true },
			credentials: { smartConnectApi: credential },
			signal,
		});
	});
	return defined(run);
}

test('source data of 100,000 rows comes out whole', async () => {
	await bench.sandbox.control.seed('row', 100_000, 'smartconnect');
	const run = await bench.run('integration', 'getSourceData', { integrationId: byId(known.bulk), returnAll: true });
	expect(run.outputs[0]).toHaveLength(100_000);
	expect(run.outputs[0]?.at(-1)?.json).toEqual({ No: 'B-99999', Name: 'Customer 99999 & Co', Email: 'bulk99999@example.test', City: 'Fargo' });
}, 60_000);

// How fast: `npm run bench -- smartconnect-xml`.
test('100,000 rows in 10 MB are read', () => {
	expect(table.length).toBeGreaterThan(10_000_000);
	const read = atOnce(rowsIn(table));
	expect(read).toHaveLength(ROWS);
	expect(read.at(-1)).toEqual({ No: `A-${ROWS - 1}`, Name: `Customer ${ROWS - 1} & Co`, Note: 'x'.repeat(20) });
}, LONG_MS);

test('a large table is sent and answered in one run', async () => {
	const rows = Array.from({ length: 20_000 }, (_, i) => ({ No: `N-${i}`, Name: i % 5000 === 0 ? 'Bad & <wrong>' : `Name ${i}` }));
	const parameters = { integrationId: byId(known.customers), columns: { mappingMode: 'autoMapInputData', value: null } };
	const run = await bench.run('integration', 'runWithData', parameters, { items: items(...rows), onError: 'continueErrorOutput' });
	expect(await bench.runsDone()).toHaveLength(1);
	expect(run.outputs[1]?.map(({ pairedItem }) => pairedItem)).toEqual([0, 5000, 10_000, 15_000].map((item) => ({ item })));
	expect(defined(run.outputs[1]?.[1]).json).toMatchObject({ No: 'N-5000', error: 'The target refused the name.' });
}, 30_000);

test('others have their turn while the rows are read', async () => {
	let turns = 0;
	const run = await read(() => turns++);
	expect(run.outputs[0]).toHaveLength(ROWS);
	expect(run.outputs[0]?.at(-1)?.json).toEqual({ No: `A-${ROWS - 1}`, Name: `Customer ${ROWS - 1} & Co`, Note: 'x'.repeat(20) });
	expect(turns).toBeGreaterThanOrEqual(5);
}, LONG_MS);

test('a stop is obeyed while the rows are read', async () => {
	const stop = new AbortController();
	const run = await read(() => stop.abort(), stop.signal);
	expect(run.outputs[0] ?? []).toHaveLength(0);
	expect(run.error?.message).toContain('The execution was stopped');
}, LONG_MS);

test('others have their turn while rows are written, and while it is noted which item each comes from', async () => {
	const sent = Array.from({ length: ROWS }, (_, item) => ({ item, row: new Map([['Item No', `A-${item}`], ['Name', `Customer ${item} & Co`]]) }));
	const rows = sent.map(({ row }) => row);
	for (const mode of ['table', 'xml'] as const) {
		let turns = 0;
		const counting = new AbortController();
		void (async () => {
			for (; !counting.signal.aborted; await setImmediate()) turns++;
		})();
		const text = await inSlices(writeTable({ mode, isEarlierForm: false, variables: [] }, rows), undefined);
		const itemsOf = await inSlices(itemFinder(sent), undefined);
		counting.abort();
		expect(text).toContain(`Customer ${ROWS - 1} &amp;`);
		expect(itemsOf({ 'Item No': 'A-7', Name: 'Customer 7 & Co' })).toEqual([7]);
		expect(turns).toBeGreaterThanOrEqual(5);
	}
}, LONG_MS);
