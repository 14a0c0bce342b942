import type { INodeProperties } from 'n8n-workflow';

import type { Call } from '../../shared/operation/call';
import type { Output } from '../../shared/operation/output';
import { documentTypeFields, documentTypeOf, sourceField } from '../editor/choices';
import { documentDate, documentNumber, externalId } from '../editor/commonFields';
import { additionalFieldsOf, formExtras, textField } from '../editor/formFields';
import { post } from '../wire/post';
import { additional, checkedForm, type CheckedForm } from './checkedForm';
import { requiredDateOf } from './dates';

/** One call serves documents of all types and the payment of invoices (vendors/endocs.md §3.6). */
export const externalDocumentFields: INodeProperties[] = [
	externalId,
	documentNumber,
	documentDate,
	...documentTypeFields,
	sourceField,
	additionalFieldsOf([
		textField('Currency', 'currency', 'Code of the currency', { placeholder: 'e.g. RUB' }),
		textField('Operation', 'operation', 'Type of the operation, a text'),
	]),
	...formExtras,
];

/** What the documented request holds (vendors/endocs.md §3.6), in lower case. */
export const FIELDS_OF_DOCUMENT: readonly string[] = ['ext_id', 'docdate', 'docnumber', 'doctypeid', 'source', 'currency', 'operation', 'requestid'];

export async function externalDocument(call: Call): Promise<CheckedForm> {
	return await checkedForm(call, {
		Ext_ID: call.requiredText('extId'),
		DocDate: requiredDateOf(call, 'docDate'),
		DocNumber: call.requiredText('docNumber'),
		DocTypeId: documentTypeOf(call),
		Source: call.choice('source', ['Входящий', 'Исходящий']),
		Currency: additional(call, 'currency'),
		Operation: additional(call, 'operation'),
	});
}

export async function postExternalDocument(call: Call, checked: CheckedForm, operation: string): Promise<Output[]> {
	return await post(call, '/Metadata/AddOrUpdateExtDoc', checked, { operation, extId: checked.body.Ext_ID });
}
