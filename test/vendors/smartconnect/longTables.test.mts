/** Tables of very many rows: n8n and all other executions go on while they are read, and the user can stop it. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { inSlices } from '../../../nodes/shared/slices.ts';
import { tokenOwner } from '../../../nodes/SmartConnect/logIn/account.ts';
import { itemFinder, writeTable } from '../../../nodes/SmartConnect/rows/table.ts';
import { byId, known, useSmartConnect } from './smartConnect.mts';

const ROWS = 100_000;
const LONG_MS = 120_000;
const bench = useSmartConnect();

const row = (i: number) => `<T><No>A-${i}</No><Name>Customer ${i} &amp;amp; Co</Name><Note><![CDATA[${'x'.repeat(20)}]]></Note></T>`;
const table = `<string>${`<D>${Array.from({ length: ROWS }, (_, i) => row(i)).join('\n')}</D>`.replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</string>`;

/** A service of its own in this process, which knows when the node has the whole answer: n8n closes the connection then. */
let server: Server;
let received: () => Promise<void> = async () => undefined;
beforeAll(async () => {
	server = createServer((request, response) => {
		request.socket.once('close', () => void received());
		response.end(table);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => server.close());

/** @param onTurn called whenever others have their turn, from the moment on that the node has the whole answer */
const read = async (onTurn: () => void, signal?: AbortSignal) => {
	let isReading = true;
	received = async () => {
		for (await setTimeout(1); isReading; await setTimeout(1)) onTurn();
	};
	const typed = bench.typed({ apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
	const credential = bench.engine.credentials.add('smartConnectApi', { ...typed, sessionToken: 'a token', sessionFor: tokenOwner(typed) });
	const run = await bench.engine.runNode({
		node: 'smartConnect',
		parameters: { resource: 'integration', operation: 'getSourceData', integrationId: byId(known.bulk), returnAll: true },
		credentials: { smartConnectApi: credential },
		signal,
	});
	isReading = false;
	return run;
};

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
