import { known } from '../../../sandbox/endocs/seed.mts';
import type { ListSample, NodeSamples, OperationSample } from './sample.mts';

const three = (make: (n: number) => Record<string, string>): OperationSample['items'] => [make(1), make(2), make(3)];
const newDocuments = (total: number): OperationSample => ({
	parameters: { afterDocumentId: '={{ $json.after ?? 0 }}' },
	items: [{ after: 0 }, { after: 510 }, { after: 520 }],
	bad: { after: -1 },
	ids: ['after'],
	list: { total, idOf: ({ id }) => id, empty: { item: { after: 100_000 } } } satisfies ListSample,
});
const externalDocument: OperationSample = {
	parameters: { extId: '={{ $json.extId }}', docNumber: 'СЧ-1', docDate: '={{ $json.date }}' },
	items: three((n) => ({ extId: `ERP-${n}`, date: `2025-04-0${n}` })),
	bad: { extId: 'ERP-4', date: 'yesterday' },
};
const entry = (parameters: Record<string, string> = { name: '={{ $json.name }}' }): OperationSample => ({
	parameters: { extId: '={{ $json.extId }}', ...parameters },
	items: three((n) => ({ extId: `K-${n}`, name: `Дорофеев ${n}` })),
	bad: { extId: 'K-4', name: ' ' },
});
const decision: OperationSample = {
	parameters: { nonFormId: '={{ $json.id }}', approver: { __rl: true, mode: 'id', value: known.approver }, comment: 'Скан нечитаемый' },
	items: [{ id: known.firstUnprocessed }, { id: known.firstUnprocessed + 1 }, { id: known.firstUnprocessed + 2 }],
	bad: { id: 99_999 },
	// DocApproval is answered without a body.
	harmless: ['a body that is cut'],
};

export const enDocsCloud: NodeSamples = {
	service: 'endocs',
	credentialType: 'enDocsCloudApi',
	credential: (url) => ({ baseUrl: `${url}/endocs`, apiToken: known.token }),
	common: { options: { requestId: '7a3e0c9e-58a7-4f0b-8d27-1b2f0d5c9a44' } },
	// Any 2xx is a success, with or without a body, and a list without a body is an empty one (vendors/endocs.md A4, A7).
	harmless: ['an empty body'],
	secrets: [known.token],
	operations: {
		'user:getAll': { list: { total: 4, idOf: ({ id }) => id } },
		'contract:getNew': newDocuments(known.contracts),
		'contract:upsert': {
			...externalDocument,
			parameters: { ...externalDocument.parameters, contractorExtId: 'K-88', organizationName: 'АО Лиственница' },
		},
		'invoice:getNew': newDocuments(known.invoices),
		'invoice:registerPayment': { ...externalDocument, parameters: { ...externalDocument.parameters, additionalFieldsJson: '{ "Payment": { "Amount": 1200 } }' } },
		'document:getAll': {
			parameters: {
				documentType: 16,
				documentKindId: '={{ $json.kind ?? 12 }}',
				state: 'Новый',
			},
			items: [{ kind: 12 }, { kind: 12 }, { kind: 12 }],
			bad: { kind: 'scan' },
			ids: ['kind'],
			list: { total: known.unprocessed, idOf: ({ id }) => id, empty: { item: { kind: 11 } } },
		},
		'document:upsert': externalDocument,
		'unprocessedDocument:getAll': {
			parameters: {
				documentKindId: '={{ $json.kind ?? 12 }}',
				state: 'Новый',
			},
			items: [{ kind: 12 }, { kind: 12 }, { kind: 12 }],
			bad: { kind: 'scan' },
			ids: ['kind'],
			list: { total: known.unprocessed, idOf: ({ id }) => id, empty: { item: { kind: 11 } } },
		},
		'unprocessedDocument:approve': decision,
		'unprocessedDocument:decline': decision,
		'contractor:upsert': entry(),
		'department:upsert': entry(),
		'employee:upsert': entry({ firstName: 'Пётр', lastName: '={{ $json.name }}' }),
		'request:read': {
			stable: [],
			parameters: { path: '={{ $json.path }}' },
			items: three((n) => ({ path: `/Output/GetNewInvoices/${700 + n}/[RequestId]` })),
			bad: { path: 'https://elsewhere.example/Output' },
		},
		'request:write': {
			parameters: { path: '={{ $json.path }}', bodyJson: '{ "Ext_ID": "K-5", "Name": "ИП Ёжиков" }' },
			items: three(() => ({ path: '/Dictionaries/AddOrUpdateContractor' })),
			bad: { path: '//elsewhere.example/Output' },
				},
	},
};
