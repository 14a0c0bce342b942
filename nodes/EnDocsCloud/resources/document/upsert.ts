import { defineOperation } from '../../../shared/operation/operation';
import { formOptions } from '../../editor/formFields';
import { externalDocument, externalDocumentFields, postExternalDocument } from '../../values/externalDocument';

export const upsert = defineOperation({
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update document',
	description: 'Create a new document (документ), or update the current one if it already exists (upsert)',
	effect: 'write',
	fields: externalDocumentFields,
	options: formOptions,
	input: externalDocument,
	run: async (call, checked) => await postExternalDocument(call, checked, 'upsert'),
});
