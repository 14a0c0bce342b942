/** Much at once: SmartConnect.com's tables of very many rows. */
import { rowsIn } from '../../../nodes/SmartConnect/rows/rows.ts';
import { atOnce } from '../../../nodes/shared/slices.ts';
import { byId, defined, items, known, useSmartConnect } from './smartConnect.mts';

const bench = useSmartConnect();

test('source data of 100,000 rows comes out whole', async () => {
	await bench.sandbox.control.seed('row', 100_000, 'smartconnect');
	const run = await bench.run('integration', 'getSourceData', { integrationId: byId(known.bulk), returnAll: true });
	expect(run.outputs[0]).toHaveLength(100_000);
	expect(run.outputs[0]?.at(-1)?.json).toEqual({ No: 'B-99999', Name: 'Customer 99999 & Co', Email: 'bulk99999@example.test', City: 'Fargo' });
}, 60_000);

// How fast: `npm run bench -- smartconnect-xml`.
test('100,000 rows in 10 MB are read', () => {
	const cells = (i: number) => `<No><![CDATA[A-${i}]]></No><Name>Customer ${i} &amp;amp; Co</Name><Note><![CDATA[${'x'.repeat(20)}]]></Note>`;
	const inner = Array.from({ length: 100_000 }, (_, i) => `<Table01>${cells(i)}</Table01>`).join('\n');
	const document = `<string>${`<MyDataSet>${inner}</MyDataSet>`.replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</string>`;
	expect(document.length).toBeGreaterThan(10_000_000);
	const read = atOnce(rowsIn(document));
	expect(read).toHaveLength(100_000);
	expect(read[99_999]).toEqual({ No: 'A-99999', Name: 'Customer 99999 & Co', Note: 'x'.repeat(20) });
}, 60_000);

test('a large table is sent and answered in one run', async () => {
	const rows = Array.from({ length: 20_000 }, (_, i) => ({ No: `N-${i}`, Name: i % 5000 === 0 ? 'Bad & <wrong>' : `Name ${i}` }));
	const parameters = { integrationId: byId(known.customers), columns: { mappingMode: 'autoMapInputData', value: null } };
	const run = await bench.run('integration', 'runWithData', parameters, { items: items(...rows), onError: 'continueErrorOutput' });
	expect(await bench.runsDone()).toHaveLength(1);
	expect(run.outputs[1]?.map(({ pairedItem }) => pairedItem)).toEqual([0, 5000, 10_000, 15_000].map((item) => ({ item })));
	expect(defined(run.outputs[1]?.[1]).json).toMatchObject({ No: 'N-5000', error: 'The target refused the name.' });
}, 30_000);
