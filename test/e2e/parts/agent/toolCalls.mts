// What the agent's model is made to ask of each node, and what must come of it.
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { known as endocs } from '../../../../sandbox/endocs/seed.mts';
import { known as ento } from '../../../../sandbox/ento/seed.mts';
import { known as entu } from '../../../../sandbox/entu/seed-known.mts';
import { known as smartConnect } from '../../../../sandbox/smartconnect/seed.mts';

/** One tool on the agent. */
export interface ToolCase {
	/** The node's type without the package. */
	node: string;
	/** `<resource>:<operation>` */
	operation: string;
	parameters: INodeParameters;
	/** What the model gives; the value of the JSON parameter, if there is one, is `values`. */
	args: IDataObject;
	/** The one request that must reach the service because of it. */
	request: { method: string; path: string; body?: unknown };
	/** What the service changes because of it. */
	changes?: string[];
	/** What the record that the model gets must hold. */
	answer: IDataObject;
}

/** A call that the service or the node refuses. */
export interface Refusal {
	node: string;
	operation: string;
	what: string;
	args: IDataObject;
	/** What the model must be told: what is wrong, and what to do about it. */
	told: RegExp[];
}

/** As the editor writes it when a person lets the model define a parameter. */
const fromAi = (key: string, description: string, type = 'string') => `={{ $fromAI('${key}', '${description}', '${type}') }}`;
const values = fromAi('values', 'The values to send, by field name', 'json');
const byId = (id: string) => ({ __rl: true, mode: 'id', value: id });

const endocsRequest = '7a3e0c9e-58a7-4f0b-8d27-1b2f0d5c9a44';
const endocsValues = { Comment: 'Из чата', Extra: { list: [1, 'два'] } };
const endocsWrite = (operation: string, path: string, change: string, parameters: INodeParameters, body: IDataObject, answer: IDataObject): ToolCase => ({
	node: 'enDocsCloud',
	operation,
	parameters: { ...parameters, ...(operation === 'invoice:registerPayment' ? { additionalFieldsJson: values, options: { requestId: endocsRequest } } : { options: { additionalFieldsJson: values, requestId: endocsRequest } }) },
	args: { values: endocsValues },
	request: { method: 'POST', path, body: { RequestID: endocsRequest, ...body, ...endocsValues } },
	changes: [change],
	answer,
});
const endocsDocument = (operation: string, extId: string): ToolCase =>
	endocsWrite(
		operation,
		'/Metadata/AddOrUpdateExtDoc',
		'document.create',
		{ extId, docNumber: 'П-1', docDate: '2025-04-02' },
		{ Ext_ID: extId, DocNumber: 'П-1', DocDate: '02.04.2025', DocTypeId: 14, Source: 'Входящий' },
		{ ext_ID: extId },
	);
const endocsDecision = (operation: string, nonFormId: number): ToolCase =>
	endocsWrite(
		operation,
		'/Metadata/DocApproval',
		operation.split(':')[1] ?? '',
		{ nonFormId, approver: byId(endocs.approver), comment: 'Скан' },
		{ NonFormID: nonFormId, Approver: endocs.approver, Approved: operation.endsWith('approve') },
		{ accepted: true, nonFormId },
	);

const accuticsValues = { title: 'From "chat" – Тест', market: 'NL', tags: ['a', 'b'], nested: { deep: { value: null } } };
const entuType = byId(entu.typeBook);
/** The value that the book has for its pages. */
const entuPages = '65a000000000000e000004f4';
const entuValues = { name: 'Told in a chat', pages: 310, tags: ['one', 'two'] };

const smartConnectRows =
	'<RequestData><Variables/><Xml><Table><No>A-77</No><Name>Müller &lt;Söhne&gt;</Name></Table><Table><No>A-78</No><Name>Two</Name></Table></Xml></RequestData>';

export const toolCases: readonly ToolCase[] = [
	{
		node: 'accutics',
		operation: 'entity:get',
		parameters: { path: '/sandbox/items', entityId: fromAi('id', 'ID of the item', 'number') },
		args: { id: 7 },
		request: { method: 'GET', path: '/sandbox/items/7' },
		answer: { id: 7, title: 'Sample item 7' },
	},
	{
		node: 'accutics',
		operation: 'entity:create',
		parameters: { path: '/sandbox/items', bodyMode: 'json', bodyJson: values },
		args: { values: accuticsValues },
		request: { method: 'POST', path: '/sandbox/items', body: accuticsValues },
		changes: ['items.create'],
		answer: accuticsValues,
	},
	{
		node: 'accutics',
		operation: 'entity:update',
		parameters: { path: '/sandbox/items', entityId: fromAi('id', 'ID of the item'), bodyMode: 'json', bodyJson: values },
		args: { id: '9', values: { status: 'archived' } },
		request: { method: 'PATCH', path: '/sandbox/items/9', body: { status: 'archived' } },
		changes: ['items.update'],
		answer: { id: 9, status: 'archived', title: 'Sample item 9' },
	},
	{
		node: 'accutics',
		operation: 'request:send',
		parameters: { method: 'POST', path: fromAi('path', 'Path of the endpoint'), bodyMode: 'json', bodyJson: values },
		args: { path: '/sandbox/items', values: { title: 'Sent' } },
		request: { method: 'POST', path: '/sandbox/items', body: { title: 'Sent' } },
		changes: ['items.create'],
		answer: { meta: { endpoint: 'sandbox.items.create' } },
	},
	{
		node: 'enDocsCloud',
		operation: 'user:getAll',
		parameters: { returnAll: true },
		args: {},
		request: { method: 'GET', path: '/Output/GetClientUsers' },
		answer: { displayName: endocs.approver },
	},
	endocsWrite(
		'contract:upsert',
		'/Contract/AddOrUpdateContract',
		'contract.create',
		{ extId: 'ERP-1', docNumber: 'Д-1', docDate: '2025-04-01', contractorExtId: 'K-88', organizationName: 'АО Лиственница' },
		{ Ext_ID: 'ERP-1', DocNumber: 'Д-1', DocDate: '01.04.2025', Contractor: { Ext_ID: 'K-88' }, Organization: { name: 'АО Лиственница' } },
		{ ext_ID: 'ERP-1' },
	),
	endocsDocument('invoice:registerPayment', 'ERP-2'),
	endocsDocument('document:upsert', 'ERP-3'),
	endocsWrite('contractor:upsert', '/Dictionaries/AddOrUpdateContractor', 'contractor.create', { extId: 'K-500', name: 'ООО «Агент»' }, { Ext_ID: 'K-500', Name: 'ООО «Агент»' }, { ext_ID: 'K-500' }),
	endocsWrite('department:upsert', '/Dictionaries/AddOrUpdateDepartment', 'department.create', { extId: 'O-500', name: 'Отдел' }, { Ext_ID: 'O-500', Name: 'Отдел' }, { ext_ID: 'O-500' }),
	endocsWrite(
		'employee:upsert',
		'/Dictionaries/AddOrUpdateEmployee',
		'employee.create',
		{ extId: 'E-500', firstName: 'Пётр', lastName: 'Дорофеев' },
		{ Ext_ID: 'E-500', FirstName: 'Пётр', LastName: 'Дорофеев', MiddleName: '' },
		{ ext_ID: 'E-500' },
	),
	endocsDecision('unprocessedDocument:approve', endocs.firstUnprocessed),
	endocsDecision('unprocessedDocument:decline', endocs.firstUnprocessed + 1),
	{
		node: 'enDocsCloud',
		operation: 'request:write',
		parameters: { path: '/Dictionaries/AddOrUpdateContractor', bodyJson: values, options: { requestId: endocsRequest } },
		args: { values: { Ext_ID: 'K-501', Name: 'ИП Ёжиков' } },
		request: { method: 'POST', path: '/Dictionaries/AddOrUpdateContractor', body: { RequestID: endocsRequest, Ext_ID: 'K-501', Name: 'ИП Ёжиков' } },
		changes: ['contractor.create'],
		answer: { ext_ID: 'K-501' },
	},
	{
		node: 'ento',
		operation: 'employee:get',
		parameters: { employeeId: fromAi('id', 'ID of the employee') },
		args: { id: ento.employee },
		request: { method: 'GET', path: `/staff/${ento.employee}` },
		answer: { id: ento.employee },
	},
	{
		node: 'ento',
		operation: 'record:create',
		parameters: { path: '/areas', fieldsMode: 'json', fieldsJson: values },
		args: { values: { name: 'Bar & "Grill"', open: true, roles: ['RO1001', 'RO1002'] } },
		request: { method: 'POST', path: '/areas', body: { name: 'Bar & "Grill"', open: 'true', roles: ['RO1001', 'RO1002'] } },
		changes: ['areas.create'],
		answer: { name: 'Bar & "Grill"' },
	},
	{
		node: 'ento',
		operation: 'record:update',
		parameters: { path: '/areas', recordId: fromAi('id', 'ID of the area'), fieldsMode: 'json', fieldsJson: values },
		args: { id: ento.area, values: { name: 'Renamed' } },
		request: { method: 'PUT', path: `/areas/${ento.area}`, body: { name: 'Renamed' } },
		changes: ['areas.update'],
		answer: { id: ento.area, name: 'Renamed' },
	},
	{
		node: 'ento',
		operation: 'request:send',
		parameters: { method: 'POST', path: '/roles', fieldsMode: 'json', fieldsJson: values },
		args: { values: { name: 'Baker' } },
		request: { method: 'POST', path: '/roles', body: { name: 'Baker' } },
		changes: ['roles.create'],
		answer: { name: 'Baker' },
	},
	{
		node: 'entu',
		operation: 'entity:get',
		parameters: { entityId: byId(fromAi('id', 'ID of the book')) },
		args: { id: entu.book },
		request: { method: 'GET', path: `/labdb/entity/${entu.book}` },
		answer: { _id: entu.book, name: 'The Hobbit' },
	},
	{
		node: 'entu',
		operation: 'entity:create',
		parameters: { typeId: entuType, propertiesMode: 'json', propertiesJson: values },
		args: { values: entuValues },
		request: { method: 'POST', path: '/labdb/entity', body: [{ type: '_type', reference: entu.typeBook }, { type: 'name', string: 'Told in a chat' }, { type: 'pages', number: 310 }, ...['one', 'two'].map((string) => ({ type: 'tags', string }))] },
		changes: ['entity.create'],
		answer: entuValues,
	},
	{
		node: 'entu',
		operation: 'entity:update',
		parameters: { typeId: entuType, entityId: byId(fromAi('id', 'ID of the book')), propertiesMode: 'json', propertiesJson: values },
		args: { id: entu.book, values: { pages: 99 } },
		request: { method: 'POST', path: `/labdb/entity/${entu.book}`, body: [{ type: 'pages', number: 99, _id: entuPages }] },
		changes: ['property.replace', 'entity.update'],
		answer: { _id: entu.book, pages: 99 },
	},
	{
		node: 'entu',
		operation: 'entity:upsert',
		parameters: { typeId: entuType, matchBy: 'isbn', propertiesMode: 'json', propertiesJson: values },
		args: { values: { name: 'Told again', isbn: '978-9-99-000009-9' } },
		request: { method: 'POST', path: '/labdb/entity', body: [{ type: '_type', reference: entu.typeBook }, { type: 'name', string: 'Told again' }, { type: 'isbn', string: '978-9-99-000009-9' }] },
		changes: ['entity.create'],
		answer: { name: 'Told again', isbn: '978-9-99-000009-9' },
	},
	{
		node: 'smartConnect',
		operation: 'integration:getColumns',
		parameters: { authentication: 'webService', integrationId: byId(fromAi('id', 'ID of the integration')) },
		args: { id: smartConnect.customers },
		request: { method: 'POST', path: '/API/GetMapColumns' },
		answer: { ColumnName: 'No' },
	},
	{
		node: 'smartConnect',
		operation: 'integration:runWithData',
		parameters: { authentication: 'webService', integrationId: byId(smartConnect.customers), runFor: 'each', rowsMode: 'json', rowsJson: values },
		args: { values: [{ No: 'A-77', Name: 'Müller <Söhne>' }, { No: 'A-78', Name: 'Two' }] },
		request: { method: 'POST', path: '/API/RunMapDataTableWithErrors', body: smartConnectRows },
		changes: ['run'],
		answer: { success: true, RecordCount: 2 },
	},
];

/** One call for each node that its service refuses, one that it is never asked about. */
export const refusals: readonly Refusal[] = [
	{ node: 'accutics', operation: 'entity:get', what: 'an item that is not there', args: { id: 99_999 }, told: [/not found|no entity|99999/i, /Check path and ID/] },
	{ node: 'accutics', operation: 'entity:create', what: 'a value that the service rejects', args: { values: { title: '' } }, told: [/title/, /Correct the values/] },
	{ node: 'enDocsCloud', operation: 'request:write', what: 'an entry that the service rejects', args: { values: { Name: 'x' } }, told: [/EnDocs Cloud answered/, /Check the values of this item/] },
	{ node: 'ento', operation: 'employee:get', what: 'an employee that is not there', args: { id: 'NOBODY' }, told: [/not found/, /Check the ID/] },
	{ node: 'entu', operation: 'entity:get', what: 'an entity that is not there', args: { id: 'f'.repeat(24) }, told: [/not found/i, /Check the ID/] },
	{ node: 'entu', operation: 'entity:create', what: 'a property that the type lacks', args: { values: { name: 'x', pags: 3 } }, told: [/pags/, /pages/] },
	{ node: 'smartConnect', operation: 'integration:getColumns', what: 'an integration that is not there', args: { id: smartConnect.missing }, told: [/SmartConnect/, /Check/] },
	{ node: 'smartConnect', operation: 'integration:runWithData', what: 'a column that the integration lacks', args: { values: [{ Nr: 1 }] }, told: [/no column \\"Nr\\"/, /The integration has: No, Name, Email, City/] },
];
