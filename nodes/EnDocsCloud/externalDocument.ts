import type { INodeProperties } from 'n8n-workflow';

import type { Call } from '../shared/call';
import type { Output } from '../shared/define';
import { documentTypeFields, documentTypeOf, sourceField } from './choices';
import { requiredDateOf } from './dates';
import { additional, additionalFieldsOf, draftOf, formExtras, textField, type Draft } from './draft';
import { documentDate, documentNumber, externalId } from './parts';
import { post } from './write';

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

export async function externalDocumentDraft(call: Call): Promise<Draft> {
	return await draftOf(call, {
		Ext_ID: call.requiredText('extId'),
		DocDate: requiredDateOf(call, 'docDate'),
		DocNumber: call.requiredText('docNumber'),
		DocTypeId: documentTypeOf(call),
		Source: call.choice('source', ['Входящий', 'Исходящий']),
		Currency: additional(call, 'currency'),
		Operation: additional(call, 'operation'),
	});
}

export async function postExternalDocument(call: Call, draft: Draft, operation: string): Promise<Output[]> {
	return await post(call, '/Metadata/AddOrUpdateExtDoc', draft, { operation, extId: draft.body.Ext_ID });
}
