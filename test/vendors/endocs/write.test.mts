import type { IDataObject } from 'n8n-workflow';
import { known, useEndocs, UUID } from './endocs.mts';

const bench = useEndocs();
const MOSCOW = { settings: { timezone: 'Europe/Moscow' } };
const byName = (value: string) => ({ __rl: true, mode: 'id', value });

interface Form {
	resource: string;
	operation: string;
	address: string;
	/** All that must be entered, and what then travels. */
	least: [parameters: IDataObject, body: IDataObject];
	/** Everything that can be entered beside it, and what then travels. */
	most: [parameters: IDataObject, body: IDataObject];
}

const contract = { extId: 'CRM-2201', docNumber: 'Д-17', docDate: '2025-03-11T00:00:00' };
const paper = { extId: 'ERP-731', docNumber: 'СЧ-204', docDate: '2025-04-02' };
const sentPaper = { Ext_ID: 'ERP-731', DocDate: '02.04.2025', DocNumber: 'СЧ-204', DocTypeId: 14, Source: 'Входящий' };
const organization = { organizationExtId: 'ORG-3', organizationName: 'АО Лиственница', organizationInn: '1234567890', organizationKpp: '123401001' };
const sentOrganization = { Ext_ID: 'ORG-3', name: 'АО Лиственница', inn: '1234567890', kpp: '123401001' };

/** The documented spelling of every key, copied from the reference (§3.5 to §3.10). */
const forms: Form[] = [
	{
		resource: 'contract',
		operation: 'upsert',
		address: '/Contract/AddOrUpdateContract',
		least: [
			{ ...contract, contractorExtId: 'K-88', organizationName: 'АО Лиственница' },
			{ Ext_ID: 'CRM-2201', DocDate: '11.03.2025', DocNumber: 'Д-17', Contractor: { Ext_ID: 'K-88' }, Organization: { name: 'АО Лиственница' } },
		],
		most: [
			{
				contractorName: 'ИП Дорофеев',
				organizationExtId: 'ORG-3',
				additionalFields: {
					name: 'Поставка упаковки', contractorInn: '123456789012', contractorKpp: '770101001', organizationInn: '1234567890', organizationKpp: '123401001',
				},
			},
			{
				Name: 'Поставка упаковки',
				Contractor: { Ext_ID: 'K-88', INN: '123456789012', Name: 'ИП Дорофеев', KPP: '770101001' },
				Organization: sentOrganization,
			},
		],
	},
	...(['document:upsert', 'invoice:registerPayment'] as const).map((key): Form => {
		const [resource = '', operation = ''] = key.split(':');
		const [payment, sentPayment] = key === 'invoice:registerPayment' ? [{ additionalFieldsJson: '{ "Payment": { "Sum": 5 } }' }, { Payment: { Sum: 5 } }] : [{}, {}];
		return {
			resource,
			operation,
			address: '/Metadata/AddOrUpdateExtDoc',
			least: [{ ...paper, ...payment }, { ...sentPaper, ...sentPayment }],
			most: [
				{ documentType: 6, source: 'Исходящий', additionalFields: { currency: 'RUB', operation: 'Оплата' } },
				{ DocTypeId: 6, Source: 'Исходящий', Currency: 'RUB', Operation: 'Оплата' },
			],
		};
	}),
	...(['approve', 'decline'] as const).map(
		(operation): Form => ({
			resource: 'unprocessedDocument',
			operation,
			address: '/Metadata/DocApproval',
			least: [
				{ nonFormId: String(known.firstUnprocessed), approver: byName(known.approver), comment: 'Скан нечитаемый' },
				{ NonFormID: known.firstUnprocessed, Approved: operation === 'approve', Approver: known.approver, Comment: 'Скан нечитаемый' },
			],
			most: [{}, {}],
		}),
	),
	{
		resource: 'contractor',
		operation: 'upsert',
		address: '/Dictionaries/AddOrUpdateContractor',
		least: [{ extId: 'K-100', name: 'ИП Ёжиков' }, { Ext_ID: 'K-100', Name: 'ИП Ёжиков' }],
		most: [
			{
				additionalFields: {
					fullName: 'Индивидуальный предприниматель Ёжиков', inn: 123456789012, kpp: '0', diadocId: 'D-1', address: 'Тверь', contact: 'Павел', phone: '+7 900',
				},
			},
			{
				FullName: 'Индивидуальный предприниматель Ёжиков', INN: '123456789012', KPP: '0', DiadocID: 'D-1', Address: 'Тверь', Contact: 'Павел', Phone: '+7 900',
			},
		],
	},
	{
		resource: 'department',
		operation: 'upsert',
		address: '/Dictionaries/AddOrUpdateDepartment',
		least: [{ extId: 'D-4', name: 'Склад' }, { Ext_ID: 'D-4', Name: 'Склад' }],
		most: [
			{ manager: byName(known.manager), additionalFields: { fullName: 'Склад готовой продукции', code: '04', ...organization } },
			{ FullName: 'Склад готовой продукции', manager: known.manager, Code: '04', Organization: sentOrganization },
		],
	},
	{
		resource: 'employee',
		operation: 'upsert',
		address: '/Dictionaries/AddOrUpdateEmployee',
		least: [{ firstName: 'Вера', lastName: 'Лопатина' }, { FirstName: 'Вера', LastName: 'Лопатина', MiddleName: '' }],
		most: [
			{
				extId: 'E-19',
				middleName: 'Андреевна',
				additionalFields: {
					email: known.manager, birthdate: '1990-02-05', mobilePhone: '+7 901', departmentExtId: 'D-4', departmentName: 'Склад', ...organization,
				},
			},
			{
				Ext_ID: 'E-19', MiddleName: 'Андреевна', email: known.manager, birthdate: '05.02.1990', MobilePhone: '+7 901',
				department: { ext_id: 'D-4', Name: 'Склад' }, Organization: sentOrganization,
			},
		],
	},
];

/** Further fields of a form: among the options, but for the one that is of no use without them. */
const extra = (operation: string, additionalFieldsJson: IDataObject | string): IDataObject => (operation === 'registerPayment' ? { additionalFieldsJson } : { options: { additionalFieldsJson } });

describe.each(forms.map((form): [string, Form] => [`${form.resource} ${form.operation}`, form]))('%s', (_, form) => {
	const { resource, operation, address } = form;
	const [least, leastBody] = form.least;
	const [most, mostBody] = form.most;
	const send = async (parameters: IDataObject) => await bench.rows(resource, operation, parameters as never, MOSCOW);

	test('sends what was filled in, and nothing else', async () => {
		const [row] = await send(least);
		const [entry] = await bench.journal();
		expect(entry).toMatchObject({ method: 'POST', path: address });
		expect(entry?.headers['content-type']).toBe('application/json');
		const { RequestID, ...body } = entry?.body as IDataObject;
		expect(body).toEqual(leastBody);
		expect(RequestID).toMatch(UUID);
		expect(row?.requestId).toBe(RequestID);
	});

	test('sends every documented key in its documented spelling', async () => {
		await send({ ...least, ...most });
		expect(await bench.sent()).toEqual({ ...leastBody, ...mostBody, RequestID: expect.stringMatching(UUID) });
	});

	test.each([
		['a string', '{ "Comment": "иначе", "Ext_ID": "X-1", "Payment": { "Sum": 1 }, "Blank": "" }'],
		['an object', { Comment: 'иначе', Ext_ID: 'X-1', Payment: { Sum: 1 }, Blank: '' }],
	])('merges additional fields last, given as %s', async (_form, additionalFieldsJson) => {
		await send({ ...least, ...extra(operation, additionalFieldsJson) });
		expect(await bench.sent()).toMatchObject({ Comment: 'иначе', Ext_ID: 'X-1', Payment: { Sum: 1 }, Blank: '' });
	});

	test.each(['[1]', '"text"', '5', '{ no'])('refuses additional fields that are %s', async (additionalFieldsJson) => {
		const complaint = await bench.complaint(resource, operation, { ...least, ...extra(operation, additionalFieldsJson) } as never);
		expect(complaint).toContain("'Additional Fields (JSON)'");
		expect((await bench.sandbox.control.summary('endocs')).requests).toBe(0);
	});

	test('the user’s own request ID wins and is shown', async () => {
		const [row] = await send({ ...least, options: { requestId: 'номер-7' } });
		expect(await bench.sent()).toMatchObject({ RequestID: 'номер-7' });
		expect(row).toMatchObject({ requestId: 'номер-7' });
	});

	test.each(['Warning: no connection\n{"id":2001}', 'callback({"id":2001});', '}<!-- 12 ms -->', '[1, {"id"', 'see <a href="/">here</a>'])('a text that holds broken JSON or a part of a page is none: %j', async (body) => {
		await bench.sandbox.control.fault({ service: 'endocs', times: -1, fault: { type: 'status', status: 200, body } });
		expect(await bench.complaint(resource, operation, { ...least, ...most } as never)).toMatch(/may have been carried out/);
		expect((await bench.sandbox.control.summary('endocs')).requests).toBe(1);
	});

	test.each(['object', 'empty', 'text', 'created', 'noContent'] as const)('any success is one item: %s', async (success) => {
		await bench.settings({ success, approvalAnswer: success === 'text' ? 'text' : 'empty' });
		const rows = await send({ ...least, ...most });
		expect(rows).toHaveLength(1);
		const isObject = success === 'object' || success === 'created';
		if (resource === 'unprocessedDocument' && success !== 'text') expect(rows[0]).toMatchObject({ accepted: true });
		else if (isObject) expect(rows[0]).toMatchObject({ id: expect.any(Number), requestId: expect.stringMatching(UUID) });
		else if (success === 'text') expect(rows[0]).toMatchObject({ message: 'Success' });
		else expect(rows[0]).toMatchObject({ accepted: true, operation, extId: (least.extId ?? most.extId) as string });
	});
});

describe('what is required', () => {
	test.each([
		['contract', 'upsert', { ...contract, organizationName: 'АО' }, "'Counterparty External ID'"],
		['contract', 'upsert', { ...contract, contractorName: 'ИП' }, "'Organization External ID'"],
		['contract', 'upsert', { ...contract, extId: '={{ $json.none }}', contractorName: 'ИП', organizationName: 'АО' }, "'External ID'"],
		['document', 'upsert', { ...paper, docDate: '={{ $json.none }}' }, "'Document Date'"],
		['document', 'upsert', { ...paper, docDate: '={{ "31.02.2025" }}' }, "'Document Date'"],
		['document', 'upsert', { ...paper, docDate: '={{ "03/04/2025" }}' }, "'Document Date'"],
		['document', 'upsert', { ...paper, source: '={{ "входящий" }}' }, "'Source'"],
		['unprocessedDocument', 'decline', { nonFormId: '={{ "77a" }}', approver: byName('В'), comment: 'к' }, "'Unprocessed Document ID'"],
		['unprocessedDocument', 'decline', { nonFormId: '77', approver: byName('={{ $json.none }}'), comment: 'к' }, "'Approver'"],
		['unprocessedDocument', 'approve', { nonFormId: '77', approver: byName('В'), comment: '={{ "  " }}' }, "'Comment'"],
		['employee', 'upsert', { firstName: '={{ $json.none }}', lastName: 'Л' }, "'First Name'"],
		['employee', 'upsert', { firstName: 'В', lastName: 'Л', additionalFields: { birthdate: 'вчера' } }, "'Birthdate'"],
	] as const)('%s %s names what is missing or wrong: %j', async (resource, operation, parameters, label) => {
		const good = { json: {} };
		expect(await bench.complaint(resource, operation, parameters as never, { items: [good, good] })).toContain(label);
		expect((await bench.sandbox.control.summary('endocs')).requests).toBe(0);
	});

	test('a contractor may come whole through additional fields', async () => {
		const additionalFieldsJson = { Contractor: { INN: '1' }, Organization: { inn: '2' } };
		await bench.rows('contract', 'upsert', { ...contract, options: { additionalFieldsJson } } as never);
		expect(await bench.sent()).toMatchObject({ Contractor: { INN: '1' }, Organization: { inn: '2' } });
	});
});

describe('what comes of it', () => {
	test('a decision is told by its document', async () => {
		const [row] = await bench.rows('unprocessedDocument', 'decline', forms.find(({ operation }) => operation === 'decline')?.least[0] as never);
		expect(row).toEqual({ accepted: true, operation: 'decline', nonFormId: known.firstUnprocessed, requestId: expect.stringMatching(UUID) });
		const { effects } = await bench.sandbox.control.summary('endocs');
		expect(effects).toEqual({ decline: 1 });
	});

	test('the same external ID again updates', async () => {
		await bench.rows('contractor', 'upsert', { extId: '={{ $json.id }}', name: 'ИП' }, { items: [{ json: { id: 'K-7' } }, { json: { id: 'K-7' } }] });
		expect((await bench.sandbox.control.summary('endocs')).effects).toEqual({ 'contractor.create': 1, 'contractor.update': 1 });
	});

	test('each item has a request ID of its own', async () => {
		const rows = await bench.rows('contractor', 'upsert', { extId: 'K-7', name: 'ИП' }, { items: [{ json: {} }, { json: {} }, { json: {} }] });
		expect(new Set(rows.map(({ requestId }) => requestId)).size).toBe(3);
	});

	test('as a tool of an agent, with JSON as text and as an object', async () => {
		for (const extra of ['{ "Comment": "из чата" }', { Comment: 'из чата' }]) {
			const run = await bench.engine.runAsTool({
				node: 'enDocsCloud',
				parameters: {
					resource: 'contractor', operation: 'upsert', extId: "={{ $fromAI('id') }}", name: "={{ $fromAI('name') }}",
					options: { additionalFieldsJson: "={{ $fromAI('extra', '', 'json') }}" },
				},
				args: { id: 'K-500', name: 'ООО «Агент»', extra },
				credentials: { enDocsCloudApi: bench.credential },
			});
			expect(run.error).toBeUndefined();
			expect(run.description).toContain('counterparty');
			expect(await bench.sent()).toMatchObject({ Ext_ID: 'K-500', Name: 'ООО «Агент»', Comment: 'из чата' });
		}
	});
});

describe('an invoice with its payment', () => {
	test.each([{}, { additionalFieldsJson: '{}' }, { additionalFieldsJson: { Currency: 'RUB', docNumber: '2' } }, { additionalFieldsJson: { PaymentDate: '' } }])(
		'is refused without a field of a payment: %j',
		async (parameters) => {
			const complaint = await bench.complaint('invoice', 'registerPayment', { ...paper, ...parameters } as never);
			expect(complaint).toMatch(/'Additional Fields \(JSON\)' holds no field of a payment.*Document > Create or Update/s);
			expect((await bench.sandbox.control.summary('endocs')).requests).toBe(0);
		},
	);
});
