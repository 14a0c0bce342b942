import { createRequire } from 'node:module';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';
import type * as Rows from '../nodes/SmartConnect/rows/rows.ts';
import type * as Slices from '../nodes/shared/slices.ts';
import { median, type Contestant, type Measure } from './support.mts';

const ROWS = 100_000;
const BYTES = 10_000_000;
const A_WHILE_MS = 20;

/** The node's own reader, as built: behind the service's XML there is nothing that could be compared with it. */
const byReader: Contestant = async (lab) => {
	const load = createRequire(path.join(process.cwd(), 'package.json'));
	const { rowsIn } = load('./dist/nodes/SmartConnect/rows/rows.js') as typeof Rows;
	const { inSlices } = load('./dist/nodes/shared/slices.js') as typeof Slices;
	const read = async (text: string): Promise<IDataObject[]> => await inSlices(rowsIn(text), undefined);
	// In one piece, as it comes from bytes: V8 puts a text of parts together when it is read first.
	const document = Buffer.from(answerOf(ROWS)).toString();
	if (document.length < BYTES) throw new Error(`The answer has ${document.length} bytes only`);
	await read(answerOf(1000));
	const before = lab.atRest();
	const delay = monitorEventLoopDelay({ resolution: 1 });
	delay.enable();
	// It counts from its first tick on, and what blocks is seen by the next one.
	await setTimeout(A_WHILE_MS);
	const { result, figures } = await lab.measure(async () => await read(document), before);
	await setTimeout(A_WHILE_MS);
	delay.disable();
	if (result.length !== ROWS) throw new Error(`${result.length} rows were read in place of ${ROWS}`);
	return { ...figures, blockedMs: delay.max / 1e6 };
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
	columns: { ms: 'time', cpuMs: 'processor time', blockedMs: 'longest block', heapBytes: 'peak heap' },
	contestants: { [OURS]: byReader },
	bars: (runs) => [
		{ what: 'time', measured: median(runs, OURS, 'ms'), atMost: 3000, unit: 'ms' },
		{ what: 'longest time that everything else in the process waited', measured: median(runs, OURS, 'blockedMs'), atMost: 100, unit: 'ms' },
	],
};
