import { returnAllOrLimit } from '../../../shared/editor/fields';
import { defineOperation } from '../../../shared/operation/operation';
import { documentKindFields, documentTypeFields, shelfOf, stateFields } from '../../editor/choices';
import { includeKeyOption, listShelf, readingAllNotice, startAfter } from '../../wire/lists';
import { requestIdOption } from '../../wire/requestId';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many documents by type and state',
	description: 'Retrieve a list of documents (документы) of a type and kind that are in a state',
	effect: 'read',
	simplifies: true,
	fields: [...documentTypeFields, ...documentKindFields, ...stateFields, startAfter, ...returnAllOrLimit(), readingAllNotice],
	options: [includeKeyOption, requestIdOption],
	run: async (call) => await listShelf(call, shelfOf(call)),
});
