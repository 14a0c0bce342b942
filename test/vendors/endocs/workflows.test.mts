import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Entry as DictionaryEntry } from '../../../sandbox/endocs/model.mts';
import { readWorkflow, type WorkflowRun } from '../../support/engine.mts';
import { known, useEndocs } from './endocs.mts';

const folder = 'workflows/endocs';
const files = readdirSync(path.join(process.cwd(), folder));
const MANUAL = 'When clicking ‘Execute workflow’';
const BUILT_IN = /^n8n-nodes-base\.(convertToFile|filter|manualTrigger|scheduleTrigger|set|splitOut|stickyNote)$/;
const CREDENTIAL = { id: 'backofficeEnDoc1', name: 'EnDocs Cloud (sandbox)' };

const bench = useEndocs();

const runFile = async (file: string, startNode = MANUAL): Promise<WorkflowRun> => {
	const run = await bench.engine.runWorkflow(readWorkflow(`${folder}/${file}.json`), { startNode, credentials: [bench.credential] });
	if (run.error) throw run.error;
	return run;
};
const rowsOf = (run: WorkflowRun, node: string, output = 0) => (run.nodes[node]?.outputs[output] ?? []).map(({ json }) => json);

describe('every example workflow', () => {
	test.each(files)('%s can be imported as it is', (file) => {
		const workflow = readWorkflow(`${folder}/${file}`);
		expect(workflow.id).toMatch(/^[A-Za-z0-9]{16}$/);
		expect(workflow.name).toMatch(/^EnDocs Cloud: /);
		const names = workflow.nodes.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
		expect(new Set(workflow.nodes.map(({ id }) => id)).size).toBe(names.length);
		for (const node of workflow.nodes) {
			if (node.type === 'n8n-nodes-backoffice.enDocsCloud') expect(node.credentials?.enDocsCloudApi).toEqual(CREDENTIAL);
			else expect(node.type).toMatch(BUILT_IN);
		}
		const targets = Object.values(workflow.connections).flatMap(({ main }) => (main ?? []).flat().map((to) => to?.node));
		for (const name of [...targets, ...Object.keys(workflow.connections)]) expect(names).toContain(name);
	});

	test('has an id of its own', () => {
		expect(new Set(files.map((file) => readWorkflow(`${folder}/${file}`).id)).size).toBe(files.length);
	});
});

describe('approved-invoices-to-payment-list', () => {
	test.each([MANUAL, 'Every morning'])('lists every approved incoming invoice once, from "%s"', async (trigger) => {
		const run = await runFile('approved-invoices-to-payment-list', trigger);
		expect(rowsOf(run, 'Get new invoices')).toHaveLength(known.invoices);
		const payments = rowsOf(run, 'Payment');
		// Every third invoice of the sandbox is approved, every fourth is outgoing.
		const expected = Array.from({ length: known.invoices }, (_, n) => n).filter((n) => n % 3 === 0 && n % 4 !== 3);
		expect(payments.map(({ id }) => id)).toEqual(expected.map((n) => 701 + n));
		expect(payments[0]).toEqual({
			id: 701, payee: 'ИП Дорофеев', inn: '123456789012', amount: 1200, currency: 'RUB', purpose: 'Оплата по счету № СЧ-200 от 01.01.2025',
		});
		const binary = run.nodes['Payment list']?.outputs[0]?.[0]?.binary?.data;
		if (!binary) throw new Error('There is no file');
		const lines = (await bench.engine.readBinary(binary)).toString('utf8').replace('\uFEFF', '').trim().split('\n');
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
			const run = await runFile('company-to-contractor', trigger);
			expect(rowsOf(run, 'Written').map(({ company }) => company)).toEqual(['ООО «Ёлка и Щит»', 'ИП Дорофеев']);
			expect(rowsOf(run, 'To look at')).toEqual([{ company: 'CRM-1003', reason: "'Name': is empty" }]);
			expect(await contractors()).toHaveLength(before + 2);
		}
		const found = (await contractors()).find(({ extId }) => extId === 'CRM-1001');
		expect(found?.fields).toMatchObject({ Name: 'ООО «Ёлка и Щит»', INN: '7701234567', KPP: '770101001', Address: 'Тверь', Contact: 'Пётр Щёлоков' });
		expect((await bench.sandbox.control.summary('endocs')).effects).toEqual({ 'contractor.create': 2, 'contractor.update': 2 });
	});
});

describe('decline-unreadable-scans', () => {
	test.each([MANUAL, 'Twice a day'])('declines what is marked as unreadable, and nothing else, from "%s"', async (trigger) => {
		const run = await runFile('decline-unreadable-scans', trigger);
		const expected = Array.from({ length: known.unprocessed }, (_, n) => n).filter((n) => n % 3 === 0).map((n) => known.firstUnprocessed + n);
		expect(rowsOf(run, 'Summary')).toEqual(expected.map((document) => ({ document, comment: 'Отклонён: нечитаемый скан' })));
		expect((await bench.sandbox.control.summary('endocs')).effects).toEqual({ decline: expected.length });
		const again = await runFile('decline-unreadable-scans', trigger);
		expect(rowsOf(again, 'Unreadable')).toEqual([]);
	});
});

describe('payments-to-invoices', () => {
	test.each([MANUAL, 'Every evening'])('reports each payment once, from "%s"', async (trigger) => {
		const run = await runFile('payments-to-invoices', trigger);
		expect(rowsOf(run, 'Register payment')).toMatchObject([{ ext_ID: 'ERP-731' }, { ext_ID: 'ERP-732' }]);
		const bodies = (await bench.journal()).map(({ body }) => body);
		expect(bodies).toMatchObject([
			{ Ext_ID: 'ERP-731', DocNumber: 'СЧ-204', DocDate: '02.04.2025', DocTypeId: 14, Source: 'Входящий', Currency: 'RUB' },
			{ Ext_ID: 'ERP-732' },
		]);
	});
});
