import assert from 'node:assert/strict';
import type { Process, RunRecord } from '../../../../sandbox/smartconnect/model.mts';
import { known, seedProcesses, seedRuns } from '../../../../sandbox/smartconnect/seed.mts';
import { outputFile } from '../../../../sandbox/smartconnect/state.mts';
import { linesOf, type Expectations, type Outcome } from './outcome.mts';

export const smartConnect: Expectations = {
	'run-from-webhook.json': {
		call: { city: 'Fargo' },
		check: async (outcome) => {
			const run = await onlyRun(outcome, known.customers);
			// By hand it runs for the sample, at the webhook for the city of the caller.
			const city = outcome.answer === undefined ? 'Tartu' : 'Fargo';
			const records = processOf(known.customers).rows.filter(({ City }) => City === city).length;
			const expected = { ok: true, run, records, rejected: 0, message: '' };
			assert.deepEqual(outcome.output('Answer'), [expected]);
			if (outcome.answer !== undefined) assert.deepEqual(outcome.answer, expected);
			const bodies = (await outcome.control.journal('smartconnect')).map(({ body }) => JSON.stringify(body ?? ''));
			assert(bodies.some((body) => body.includes('GBL_CITY') && body.includes(city)), `SmartConnect was not told the city ${city}.`);
		},
	},
	'spreadsheet-with-rejected-rows.json': {
		check: async (outcome) => {
			const run = await onlyRun(outcome, known.customers);
			const [mail] = outcome.output('Write mail');
			assert.equal(mail?.subject, `2 rows were rejected in run ${run}`);
			assert.equal(mail?.text, '(no number) Nameless Row: A key field is empty.\nC-103 Bad Debtors Ltd: The target refused the name.');
		},
	},
	'nightly-history-watch.json': {
		check: ({ output }) => {
			const last = [...seedRuns()].flatMap(([key, runs]) => runs.slice(-1).map((run) => ({ process: processOf(key), run })));
			const lines = last.flatMap(({ process, run }) => run.rejected.map(({ row, message }) => `${process.mapId}, run ${run.runNumber}: ${message.trim()} ${JSON.stringify(row)}`));
			assert(lines.length > 0, 'The sandbox has no rejected rows, so nothing can be compared.');
			assert.deepEqual(output('Report'), [{ subject: `SmartConnect: ${lines.length} rejected rows`, text: lines.join('\n') }]);
		},
	},
	'failed-run-to-message.json': {
		check: ({ output }) => {
			const { runNumber, recordCount, rejected } = failedRun();
			assert.equal(output('Write message')[0]?.subject, `Run ${runNumber} rejected ${rejected.length} of ${recordCount} rows`);
		},
	},
	'rejected-rows-to-spreadsheet.json': {
		check: async ({ file }) => {
			const { runNumber, rejected } = failedRun();
			const [head, ...rows] = linesOf((await file('To CSV file')).text);
			assert.equal(head, 'run,row,name,reason');
			assert.deepEqual(rows.map((row) => row.split(',').slice(0, 2).join(',')), rejected.map(({ row }) => `${runNumber},${row.No}`));
		},
	},
	'output-file-to-storage.json': {
		check: async (outcome) => {
			const run = await onlyRun(outcome, known.priceList);
			const { fileName, content } = outputFile('', known.priceList, run, '');
			assert.deepEqual(await outcome.file('Download file'), { name: fileName, text: content });
		},
	},
};

/** The newest run of the customers that rejected rows. */
function failedRun(): RunRecord {
	const failed = (seedRuns().get(known.customers) ?? []).filter(({ rejected }) => rejected.length > 0).at(-1);
	assert(failed, 'The sandbox has no such run.');
	return failed;
}

/** The number of the run that the workflow has made, which must be one. */
async function onlyRun({ control }: Outcome, process: string): Promise<number> {
	const effects = (await control.journal('smartconnect')).flatMap((entry) => entry.effects);
	const made = effects.filter(({ kind }) => kind === 'run').map(({ id }) => id);
	const number = Math.max(0, ...(seedRuns().get(process) ?? []).map(({ runNumber }) => runNumber)) + 1;
	assert.deepEqual(made, [`${process}#${number}`]);
	return number;
}

function processOf(key: string): Process {
	const found = seedProcesses().find((process) => process.key === key);
	assert(found, `There is no integration ${key}.`);
	return found;
}
