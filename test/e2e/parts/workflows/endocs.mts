import assert from 'node:assert/strict';
import type { Doc, Entry } from '../../../../sandbox/endocs/model.mts';
import { seedDocuments } from '../../../../sandbox/endocs/seed.mts';
import { askSandbox, linesOf, type Expectations } from './outcome.mts';

const UNREADABLE = 'нечитаемый';

export const endocs: Expectations = {
	'approved-invoices-to-payment-list.json': {
		check: async ({ output, file }) => {
			const due = seedDocuments().filter(({ state, fields }) => state === 'Согласовано' && fields.source === 'Входящий');
			assert.deepEqual(output('Payment'), due.map(paymentOf));
			const [head, ...rows] = linesOf((await file('Payment list')).text);
			assert.equal(head, 'id,payee,inn,amount,currency,purpose');
			assert.deepEqual(rows.map((row) => Number(row.split(',')[0])), due.map(({ id }) => id));
		},
	},
	'new-invoice-to-payment-list.json': {
		// The newest invoice of the seed is an outgoing one.
		before: async (control) => await control.happen('endocs', 'invoice'),
		check: async ({ file }) => {
			const last = seedDocuments().reduce((most, { id }) => Math.max(most, id), 0);
			const [head, ...rows] = linesOf((await file('To CSV file')).text);
			assert.equal(head, 'id,number,date,to,inn,amount,currency');
			assert.equal(rows.length, 1);
			assert(Number(rows[0]?.split(',')[0]) > last, `It is not the new one: ${rows[0]}`);
		},
	},
	'new-contract-to-crm.json': {
		check: ({ output }) => {
			const newest = seedDocuments().filter(({ docTypeId }) => docTypeId === 4).at(-1);
			assert.equal(output('Write deal')[0]?.externalId, `endocs-${newest?.id}`);
		},
	},
	'company-to-contractor.json': {
		check: async (outcome) => {
			const [tree, , nameless] = outcome.output('One by one');
			const entries = await askSandbox<Entry[]>(outcome, '/_control/endocs/entries/contractor');
			const written = entries.filter(({ extId }) => extId?.startsWith('CRM-'));
			assert.deepEqual(written.map(({ extId }) => extId), ['CRM-1001', 'CRM-1002']);
			const { Name, FullName, INN, KPP } = written[0]?.fields ?? {};
			assert.deepEqual([Name, FullName, INN, KPP], [tree?.title, tree?.legalName, tree?.taxId, tree?.taxCode]);
			assert.deepEqual(outcome.output('To look at'), [{ company: nameless?.id, reason: "'Name' is empty" }]);
			assert.deepEqual((await outcome.control.summary('endocs')).effects, { 'contractor.create': 2 });
		},
	},
	'decline-unreadable-scans.json': {
		check: async (outcome) => {
			const unreadable = seedDocuments().filter(({ fields }) => String(fields.comment).includes(UNREADABLE));
			const states = await Promise.all(seedDocuments().filter(({ docTypeId }) => docTypeId === 16).map(async ({ id }) => await askSandbox<Doc>(outcome, `/_control/endocs/documents/${id}`)));
			const declined = states.filter(({ state }) => state !== 'Новый').map(({ id }) => id);
			assert.deepEqual(declined, unreadable.map(({ id }) => id), 'Not those were declined that can not be read.');
			assert.deepEqual((await outcome.control.summary('endocs')).effects, { decline: unreadable.length });
		},
	},
	'payments-to-invoices.json': {
		check: async ({ control, output }) => {
			const bodies = (await control.journal('endocs')).map(({ body }) => body as Record<string, unknown>);
			const sent = bodies.map(({ Ext_ID, DocNumber, DocDate, DocTypeId, Source, Currency }) => [Ext_ID, DocNumber, DocDate, DocTypeId, Source, Currency]);
			const paid = output('One by one').map(({ id, invoice, date, currency }) => [id, invoice, String(date).split('-').reverse().join('.'), 14, 'Входящий', currency]);
			assert.deepEqual(sent, paid);
			assert.deepEqual((await control.summary('endocs')).effects, { 'document.create': paid.length });
		},
	},
};

/** How the workflow presents an invoice. */
function paymentOf({ id, fields }: Doc) {
	const { name: payee, inn } = fields.contractor as { name: string; inn: string };
	const day = String(fields.docDate).slice(0, 10).split('-').reverse().join('.');
	return { id, payee, inn, amount: fields.amountToPay, currency: fields.currency, purpose: `Оплата по счету № ${String(fields.docNumber)} от ${day}` };
}
