import { defineOperation } from '../../../shared/define';
import { writeOptions } from '../../draft';
import { externalDocumentDraft, externalDocumentFields, postExternalDocument } from '../../externalDocument';

export const upsert = defineOperation({
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update document',
	description: 'Create a new document, or update the current one if it already exists (upsert)',
	effect: 'write',
	fields: externalDocumentFields,
	options: writeOptions,
	input: externalDocumentDraft,
	run: async (call, draft) => await postExternalDocument(call, draft, 'upsert'),
});
