import type { IPinData } from 'n8n-workflow';
import { visibleText, type WorkflowRun } from '../../support/engine.mts';
import { editions, MANUAL, workflowRunner } from '../../support/workflows.mts';
import { consultant, defined, known, useSmartConnect } from './smartConnect.mts';

const bench = useSmartConnect();

describe.each(editions)('examples of $edition', ({ edition, folder }) => {
	const example = workflowRunner(bench.engine, 'smartconnect', folder);

	const runFile = async (file: string, startNode = MANUAL, pinData?: IPinData): Promise<WorkflowRun> => {
		const run = await example.run(file, startNode, pinData);
		expect(visibleText(run)).not.toContain(consultant.password);
		expect(visibleText(run)).not.toContain(String(bench.account.data.sessionToken));
		return run;
	};

	describe('run-from-webhook', () => {
		test.each([
			[MANUAL, undefined, 6],
			['Webhook', { Webhook: [{ json: { body: { city: 'Fargo' } } }] }, 6],
			['Webhook', { Webhook: [{ json: { body: { city: 'Nowhere' } } }] }, 0],
		])('runs for the city of the caller, from "%s"', async (start, pinData, records) => {
			const run = await runFile('run-from-webhook', start, pinData);
			expect(example.rows(run, 'Answer')).toEqual([{ ok: true, run: 13, records, rejected: 0, message: '' }]);
			expect(await bench.runsDone()).toHaveLength(1);
		});

		test('answers a run that failed as well', async () => {
			await bench.settings({ runResult: 'failure' });
			expect(example.rows(await runFile('run-from-webhook'), 'Answer')).toEqual([{ ok: false, run: 13, records: 6, rejected: 6, message: 'Posting date is closed.' }]);
		});
	});

	describe('spreadsheet-with-rejected-rows', () => {
		// That of 0.1.0 knows whole runs only, and reads the number of a run from `details`, which is called `message` since (CHANGELOG.md).
		const told = edition === '0.1.0'
			? { subject: null, accepted: 'All rows accepted', some: [], all: 'Run 13: 4 rows accepted' }
			: { subject: '2 rows were rejected in run 13', accepted: 'Rows accepted', some: ['Run 13: 2 of 4 rows accepted'], all: 'Run 13: 4 of 4 rows accepted' };

		test('puts the rejected rows of one run into one mail', async () => {
			const run = await runFile('spreadsheet-with-rejected-rows');
			expect(await bench.runsDone()).toEqual([`${known.customers}#13`]);
			expect(example.rows(run, 'Send mail')).toEqual([
				{
					subject: told.subject,
					text: '(no number) Nameless Row: A key field is empty.\nC-103 Bad Debtors Ltd: The target refused the name.',
				},
			]);
			expect(example.rows(run, told.accepted)).toEqual(told.some.map((text) => ({ text })));
		});

		test('says so when all were accepted', async () => {
			await bench.settings({ runResult: 'success' });
			const run = await runFile('spreadsheet-with-rejected-rows');
			expect(example.rows(run, told.accepted)).toEqual([{ text: told.all }]);
			expect(run.nodes['Write mail']).toBeUndefined();
		});
	});

	describe('nightly-history-watch', () => {
		test.each([MANUAL, 'Every night'])('reports the rejected rows of the last runs, from "%s"', async (trigger) => {
			const [report] = example.rows(await runFile('nightly-history-watch', trigger), 'Report');
			expect(report?.subject).toBe('SmartConnect: 3 rejected rows');
			expect(String(report?.text).split('\n')[0]).toBe(
				'CUSTOMERS, run 12: Duplicate found. {"No":"A-1","Name":"Northwind","Email":"customer1@example.test","City":"Fargo"}',
			);
		});
	});

	describe('output-file-to-storage', () => {
		test.each([MANUAL, 'Every Monday'])('fetches the file of the run, from "%s"', async (trigger) => {
			const run = await runFile('output-file-to-storage', trigger);
			const [item] = run.nodes['Save file']?.outputs[0] ?? [];
			expect(item?.json).toMatchObject({ runNumber: 4, fileName: 'prices-4.csv' });
			expect((await bench.engine.readBinary(defined(item?.binary?.data))).toString()).toContain('7,Pen,4');
		});
	});
});
