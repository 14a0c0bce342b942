import type { INodeProperties } from 'n8n-workflow';

import { returnAllOrLimit, simplify } from '../../../shared/editor/fields';
import type { Call } from '../../../shared/operation/call';
import { defineOperation } from '../../../shared/operation/operation';
import type { Output } from '../../../shared/operation/output';
import { path } from '../../../shared/service/paths';
import { documentTypeFields, documentTypeOf, stateFields, stateOf, wholeNumberOf } from '../../editor/choices';
import { simplifyDocument } from '../../values/simplify';
import { afterDocumentId, includeKeyOption, listDocuments } from '../../wire/lists';
import { requestIdOption } from '../../wire/requestId';

const documentKindId: INodeProperties = {
	displayName: 'Document Kind ID',
	name: 'documentKindId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 53',
	description:
		"ID of the kind of document; an item of this operation shows it as dockindId. EnDocs Cloud documents no list of kinds, and whether 0 stands for all of them is not known.",
};

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
	fields: [...documentTypeFields, documentKindId, ...stateFields, startAfter, ...returnAllOrLimit(), simplify()],
	options: [includeKeyOption, requestIdOption],
	run: list,
});

async function list(call: Call): Promise<Output[]> {
	const type = String(documentTypeOf(call));
	const kind = String(wholeNumberOf(call, 'documentKindId', 'Enter an ID such as 53'));
	const state = stateOf(call);
	return await listDocuments(
		call,
		(afterId, requestId) => path`/Output/GetMetaByTypeAndState/${afterId}/${type}/${kind}/${state}/${requestId}`,
		simplifyDocument,
	);
}
