import type { Entry as DictionaryEntry } from '../../../sandbox/endocs/model.mts';
import { editions, MANUAL, releasedIn, workflowRunner } from '../../support/workflows.mts';
import { known, useEndocs } from './endocs.mts';

const bench = useEndocs();

describe.each(editions)('examples of $edition', ({ folder }) => {
	const example = workflowRunner(bench.engine, 'endocs', folder);

	describe('approved-invoices-to-payment-list', () => {
		test.each([MANUAL, 'Every morning'])('lists every approved incoming invoice once, from "%s"', async (trigger) => {
			const run = await example.run('approved-invoices-to-payment-list', trigger);
			expect(example.rows(run, 'Get new invoices')).toHaveLength(known.invoices);
			const payments = example.rows(run, 'Payment');
			// Every third invoice of the sandbox is approved, every fourth is outgoing.
			const expected = Array.from({ length: known.invoices }, (_, n) => n).filter((n) => n % 3 === 0 && n % 4 !== 3);
			expect(payments.map(({ id }) => id)).toEqual(expected.map((n) => 701 + n));
			expect(payments[0]).toEqual({
				id: 701, payee: 'ИП Дорофеев', inn: '123456789012', amount: 1200, currency: 'RUB', purpose: 'Оплата по счету № СЧ-200 от 01.01.2025',
			});
			const { lines } = await example.file(run, 'Payment list');
			expect(lines).toHaveLength(expected.length + 1);
			expect(lines[0]).toBe('id,payee,inn,amount,currency,purpose');
			expect(lines[1]).toContain('Оплата по счету № СЧ-200');
		});
	});

	describe('company-to-contractor', () => {
		const contractors = async (): Promise<DictionaryEntry[]> =>
			(await (await fetch(`${bench.sandbox.url}/_control/endocs/entries/contractor`)).json()) as DictionaryEntry[];

		test.each([MANUAL, 'Every hour'])('writes what is complete, shows the rest, and updates the second time, from "%s"', async (trigger) => {
			const before = (await contractors()).length;
			for (let round = 1; round <= 2; round++) {
				const run = await example.run('company-to-contractor', trigger);
				expect(example.rows(run, 'Written').map(({ company }) => company)).toEqual(['ООО «Ёлка и Щит»', 'ИП Дорофеев']);
				expect(example.rows(run, 'To look at')).toEqual([{ company: 'CRM-1003', reason: "'Name' is empty" }]);
				expect(await contractors()).toHaveLength(before + 2);
			}
			const found = (await contractors()).find(({ extId }) => extId === 'CRM-1001');
			expect(found?.fields).toMatchObject({ Name: 'ООО «Ёлка и Щит»', INN: '7701234567', KPP: '770101001', Address: 'Тверь', Contact: 'Пётр Щёлоков' });
			expect((await bench.sandbox.control.summary('endocs')).effects).toEqual({ 'contractor.create': 2, 'contractor.update': 2 });
		});
	});

	describe('decline-unreadable-scans', () => {
		test.each([MANUAL, 'Twice a day'])('declines what is marked as unreadable, and nothing else, from "%s"', async (trigger) => {
			const run = await example.run('decline-unreadable-scans', trigger);
			const expected = Array.from({ length: known.unprocessed }, (_, n) => n).filter((n) => n % 3 === 0).map((n) => known.firstUnprocessed + n);
			expect(example.rows(run, 'Summary')).toEqual(expected.map((document) => ({ document, comment: 'Отклонён: нечитаемый скан' })));
			expect((await bench.sandbox.control.summary('endocs')).effects).toEqual({ decline: expected.length });
			const again = await example.run('decline-unreadable-scans', trigger);
			expect(example.rows(again, 'Unreadable')).toEqual([]);
		});
	});
});

describe('payments-to-invoices', () => {
	const example = workflowRunner(bench.engine, 'endocs');

	test.each([MANUAL, 'Every evening'])('reports each payment once, from "%s"', async (trigger) => {
		const run = await example.run('payments-to-invoices', trigger);
		expect(example.rows(run, 'Register payment')).toMatchObject([{ ext_ID: 'ERP-731' }, { ext_ID: 'ERP-732' }]);
		const bodies = (await bench.journal()).map(({ body }) => body);
		expect(bodies).toMatchObject([
			{ Ext_ID: 'ERP-731', DocNumber: 'СЧ-204', DocDate: '02.04.2025', DocTypeId: 14, Source: 'Входящий', Currency: 'RUB', PaymentDate: '2025-04-02', PaymentAmount: 1200 },
			{ Ext_ID: 'ERP-732' },
		]);
	});

	// The example of 0.1.0 gives no field of a payment, and so registered none: refused since (CHANGELOG.md).
	test.each([MANUAL, 'Every evening'])('of 0.1.0 says that no payment would be registered, and sends nothing, from "%s"', async (trigger) => {
		const released = workflowRunner(bench.engine, 'endocs', releasedIn('0.1.0'));
		await expect(released.run('payments-to-invoices', trigger)).rejects.toMatchObject({ message: "'Additional Fields (JSON)' holds no field of a payment [item 0]" });
		expect(await bench.journal()).toEqual([]);
	});
});
