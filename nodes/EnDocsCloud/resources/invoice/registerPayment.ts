import type { INodeProperties } from 'n8n-workflow';

import { refuse } from '../../../shared/answer/failure';
import { isRecord } from '../../../shared/guards';
import type { Call } from '../../../shared/operation/call';
import { defineOperation } from '../../../shared/operation/operation';
import { isBlank } from '../../../shared/operation/values';
import { filesOptions, neededExtras } from '../../editor/formFields';
import type { CheckedForm } from '../../values/checkedForm';
import { externalDocumentFields, externalDocument, FIELDS_OF_DOCUMENT, postExternalDocument } from '../../values/externalDocument';

const paymentNotice: INodeProperties = {
	displayName:
		"EnDocs Cloud's public pages do not show the fields of a payment. Put them into Additional Fields (JSON), spelled as in EnDocs Cloud's Postman collection. An external ID that EnDocs Cloud does not know makes a new document.",
	name: 'paymentNotice',
	type: 'notice',
	default: '',
};

export const registerPayment = defineOperation({
	name: 'Create or Update With Payment',
	value: 'registerPayment',
	action: 'Create or update invoice with payment',
	description: 'Write the data of an invoice (счёт) together with its payment (оплата), whose fields go as additional fields; an unknown external ID makes a new document',
	effect: 'write',
	fields: [paymentNotice, ...externalDocumentFields, ...neededExtras],
	options: filesOptions,
	input: withPayment,
	run: async (call, checked) => await postExternalDocument(call, checked, 'registerPayment'),
});

/** The same call writes invoices without a payment (vendors/endocs.md §3.6): one that was meant to report one must hold more than that. */
async function withPayment(call: Call): Promise<CheckedForm> {
	const checked = await externalDocument(call);
	const given = call.json('additionalFieldsJson');
	const isOfPayment = ([name, value]: [string, unknown]): boolean => !isBlank(value) && !FIELDS_OF_DOCUMENT.includes(name.toLowerCase());
	if (isRecord(given) && Object.entries(given).some(isOfPayment)) return checked;
	return refuse(call.label('additionalFieldsJson'), 'holds no field of a payment', "Enter the fields of the payment as EnDocs Cloud's Postman collection spells them; without a payment, use Document > Create or Update");
}
