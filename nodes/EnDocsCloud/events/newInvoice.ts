import { simplifyInvoice } from '../values/simplify';
import { invoicesAfter } from '../wire/lists';
import { newDocument } from './documents';

export const newInvoice = newDocument(
	{
		name: 'New Invoice',
		value: 'newInvoice',
		action: 'On new invoice',
		description: 'When an invoice (счёт) is new in EnDocs Cloud',
		simplify: simplifyInvoice,
	},
	invoicesAfter,
);
