import type { INodeProperties } from 'n8n-workflow';

import { defineOperation } from '../../../shared/operation/operation';
import { writeOptions } from '../../editor/formFields';
import { externalDocumentFields, externalDocument, postExternalDocument } from '../../values/externalDocument';

const paymentNotice: INodeProperties = {
	displayName:
		"EnDocs Cloud's public pages do not show the fields of a payment. Put them into Additional Fields (JSON), spelled as in EnDocs Cloud's Postman collection: without them, only the basic data of the invoice is created or updated.",
	name: 'paymentNotice',
	type: 'notice',
	default: '',
};

export const registerPayment = defineOperation({
	name: 'Register Payment',
	value: 'registerPayment',
	action: 'Register payment of invoice',
	description: 'Report the payment of an invoice; fields of the payment itself go as additional fields',
	effect: 'write',
	fields: [paymentNotice, ...externalDocumentFields],
	options: writeOptions,
	input: externalDocument,
	run: async (call, checked) => await postExternalDocument(call, checked, 'registerPayment'),
});
