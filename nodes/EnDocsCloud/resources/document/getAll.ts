import type { INodeProperties } from 'n8n-workflow';

import { returnAllOrLimit } from '../../../shared/editor/fields';
import type { Call } from '../../../shared/operation/call';
import { defineOperation } from '../../../shared/operation/operation';
import type { Output } from '../../../shared/operation/output';
import { documentKindId, documentTypeFields, shelfOf, stateFields } from '../../editor/choices';
import { simplifyDocument } from '../../values/simplify';
import { afterDocumentId, documentsIn, includeKeyOption, listDocuments } from '../../wire/lists';
import { requestIdOption } from '../../wire/requestId';

const startAfter: INodeProperties = {
	...afterDocumentId,
	hint: 'The vendor describes it as the document that is wanted, but its sample looks as if reading goes on after it. If 0 gives nothing in your account, try the ID of a document.',
};

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many documents by type and state',
	description: 'Retrieve a list of documents of a type and kind that are in a state',
	effect: 'read',
	simplifies: true,
	fields: [...documentTypeFields, documentKindId, ...stateFields, startAfter, ...returnAllOrLimit()],
	options: [includeKeyOption, requestIdOption],
	run: list,
});

async function list(call: Call): Promise<Output[]> {
	return await listDocuments(call, documentsIn(shelfOf(call)), simplifyDocument);
}
