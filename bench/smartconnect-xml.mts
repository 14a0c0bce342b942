import { createRequire } from 'node:module';
import path from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { median, type Contestant, type Measure } from './support.mts';

const ROWS = 100_000;
const BYTES = 10_000_000;

/** The node's own reader, as built: behind the service's XML there is nothing that could be compared with it. */
const byReader: Contestant = async (lab) => {
	const load = createRequire(path.join(process.cwd(), 'package.json'));
	const { rowsIn } = load('./dist/nodes/SmartConnect/rows/rows.js') as { rowsIn: (text: string) => IDataObject[] };
	const document = answerOf(ROWS);
	if (document.length < BYTES) throw new Error(`The answer has ${document.length} bytes only`);
	rowsIn(answerOf(1000));
	const { result, figures } = await lab.measure(async () => rowsIn(document));
	if (result.length !== ROWS) throw new Error(`${result.length} rows were read in place of ${ROWS}`);
	return figures;
};

/** An answer in the service's form: a table as XML, escaped into the text of another XML document. */
function answerOf(rows: number): string {
	const cells = (i: number): string => `<No><![CDATA[A-${i}]]></No><Name>Customer ${i} &amp;amp; Co</Name><Note><![CDATA[${'x'.repeat(20)}]]></Note>`;
	const inner = Array.from({ length: rows }, (_, i) => `<Table01>${cells(i)}</Table01>`).join('\n');
	return `<string>${`<MyDataSet>${inner}</MyDataSet>`.replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</string>`;
}

const OURS = 'SmartConnect node';

export const smartConnectXml: Measure = {
	title: 'SmartConnect.com: read an answer of 10 MB with 100,000 rows of XML',
	columns: { ms: 'time', heapBytes: 'peak heap' },
	contestants: { [OURS]: byReader },
	bars: (runs) => [{ what: 'seconds', measured: median(runs, OURS, 'ms') / 1000, atMost: 3, unit: 'count' }],
};
