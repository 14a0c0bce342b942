import assert from 'node:assert/strict';
import type { IDataObject } from 'n8n-workflow';
import type { Execution } from '../../../demo/api.mts';
import type { Server } from '../server.mts';

/** What is known after an example workflow has run on a fresh sandbox. */
export interface Outcome extends Server {
	execution: Execution;
	/** The records a node gave out, at its first or another output. */
	output(node: string, branch?: number): IDataObject[];
}

/**
 * What must have come of an example workflow, by its file below `workflows/`. Every workflow must end with success and
 * give something out at its last node; here stands what is to be said beyond that. Throws if it is not so.
 */
export const expectations: Record<string, (outcome: Outcome) => Promise<void> | void> = {
	'ento/who-works-today.json': ({ output }) => {
		const shifts = output('Get shifts of today');
		assert(shifts.length > 2, `Only ${shifts.length} shifts were fetched.`);
		assert.equal(output('Write message').reduce((sum, { people }) => sum + Number(people), 0), shifts.length);
	},
	'ento/unassigned-shifts.json': ({ output }) => {
		const shifts = output('Get unassigned shifts');
		assert(shifts.every(({ employee_id: id }) => id === null), 'Some shifts have an employee.');
		assert.deepEqual(output('Write message').map(({ count }) => count), [shifts.length]);
	},
	'ento/nightly-shift-export.json': ({ execution, output }) => {
		assert.equal(output('Keep columns').length, output('Get shifts of yesterday').length);
		const file = execution.runData['To CSV file']?.[0]?.data?.main?.[0]?.[0]?.binary?.data;
		assert.match(file?.fileName ?? 'no file', /^shifts-\d{4}-\d\d-\d\d\.csv$/);
	},
	'ento/hours-per-location.json': ({ output }) => {
		const shifts = output('Get shifts of the location').length;
		assert.equal(output('Write row').reduce((sum, row) => sum + Number(row.shifts), 0), shifts);
	},
	'entu/spreadsheet-to-entities.json': async ({ control, output }) => {
		assert.equal(output('Create or update book').length, 4);
		const { effects } = await control.summary('entu');
		assert.deepEqual([effects['entity.create'], effects['entity.update']], [3, 1]);
	},
	'entu/nightly-export.json': ({ execution, output }) => {
		const authors = output('Get all authors').length;
		assert(authors > 100, `Only ${authors} authors were fetched.`);
		assert.equal(output('Choose columns').length, authors);
		const file = execution.runData['To CSV file']?.[0]?.data?.main?.[0]?.[0]?.binary?.data;
		assert.match(file?.fileName ?? 'no file', /^authors-\d{4}-\d\d-\d\d\.csv$/);
	},
	'entu/attach-and-fetch-file.json': async ({ control, output }) => {
		assert.equal(output('All is well').length, 1);
		assert.deepEqual((await control.summary('entu-storage')).effects, { 'file.upload': 1 });
	},
	'entu/grant-rights-to-staff.json': ({ output }) => {
		assert.deepEqual(output('Grant right').map(({ right }) => right), ['editor', 'viewer']);
		assert.equal(output('Show access').length, 1);
	},
	'entu/clean-up-old-values.json': async ({ control, output }) => {
		const deleted = output('Delete value').length;
		assert(deleted > 50, `Only ${deleted} values were deleted.`);
		assert.equal((await control.summary('entu')).effects['property.delete'], deleted);
	},
	'entu/overdue-lendings.json': ({ output }) => {
		const borrowers = new Set(output('What is needed').map(({ borrower }) => borrower));
		assert(borrowers.size > 1, 'Several people were expected to have overdue books.');
		assert.equal(output('Write reminder').length, borrowers.size);
	},

	'endocs/approved-invoices-to-payment-list.json': ({ output }) => {
		const purpose = 'Оплата по счету № СЧ-200 от 01.01.2025';
		const first = { id: 701, payee: 'ИП Дорофеев', inn: '123456789012', amount: 1200, currency: 'RUB', purpose };
		assert.deepEqual(output('Payment')[0], first);
	},
	'endocs/company-to-contractor.json': async ({ control, output }) => {
		assert.deepEqual((await control.summary('endocs')).effects, { 'contractor.create': 2 });
		assert.equal(output('To look at').length, 1);
	},
	'endocs/decline-unreadable-scans.json': async ({ control }) => {
		assert.deepEqual((await control.summary('endocs')).effects, { decline: 6 });
	},
	'endocs/payments-to-invoices.json': async ({ control }) => {
		assert.deepEqual((await control.summary('endocs')).effects, { 'document.create': 2 });
	},

	'smartconnect/run-from-webhook.json': ({ output }) => {
		assert.deepEqual(output('Answer'), [{ ok: true, run: 13, records: 6, rejected: 0, message: '' }]);
	},
	'smartconnect/spreadsheet-with-rejected-rows.json': async ({ control, output }) => {
		assert.equal(output('Write mail')[0]?.subject, '2 rows were rejected in run 13');
		assert.equal((await control.summary('smartconnect')).effects.run, 1);
	},
	'smartconnect/nightly-history-watch.json': ({ output }) => {
		assert.equal(output('Report')[0]?.subject, 'SmartConnect: 3 rejected rows');
	},
	'smartconnect/output-file-to-storage.json': ({ output }) => {
		assert.equal(output('Download file')[0]?.fileName, 'prices-4.csv');
	},
};
