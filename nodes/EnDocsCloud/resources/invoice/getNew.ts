import { defineOperation } from '../../../shared/define';
import { returnAllOrLimit, simplify } from '../../../shared/fields';
import { path } from '../../../shared/paths';
import { afterDocumentId, includeKeyOption, listDocuments } from '../../lists';
import { requestIdOption } from '../../requestId';
import { simplifyInvoice } from '../../simplify';

export const getNew = defineOperation({
	name: 'Get New',
	value: 'getNew',
	action: 'Get new invoices',
	description: 'Retrieve the invoices that come after the last one loaded',
	effect: 'read',
	fields: [afterDocumentId, ...returnAllOrLimit(), simplify()],
	options: [includeKeyOption, requestIdOption],
	run: async (call) =>
		await listDocuments(call, (afterId, requestId) => path`/Output/GetNewInvoices/${afterId}/${requestId}`, simplifyInvoice),
});
