import { returnAllOrLimit, simplify } from '../../../shared/editor/fields';
import { defineOperation } from '../../../shared/operation/operation';
import { simplifyInvoice } from '../../values/simplify';
import { afterDocumentId, includeKeyOption, invoicesAfter, listDocuments, readingAllNotice } from '../../wire/lists';
import { requestIdOption } from '../../wire/requestId';

export const getNew = defineOperation({
	name: 'Get New',
	value: 'getNew',
	action: 'Get new invoices',
	description: 'Retrieve the invoices (счета) that come after the last one loaded',
	effect: 'read',
	fields: [afterDocumentId, ...returnAllOrLimit(), readingAllNotice, simplify()],
	options: [includeKeyOption, requestIdOption],
	run: async (call) => await listDocuments(call, invoicesAfter, simplifyInvoice),
});
