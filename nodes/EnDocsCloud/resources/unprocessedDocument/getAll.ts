import { returnAllOrLimit } from '../../../shared/editor/fields';
import { defineOperation } from '../../../shared/operation/operation';
import { documentKindFields, kindOf, stateFieldsWith, stateOf, UNPROCESSED } from '../../editor/choices';
import { includeKeyOption, listShelf, readingAllNotice, startAfter } from '../../wire/lists';
import { requestIdOption } from '../../wire/requestId';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many unprocessed documents',
	description: 'Retrieve a list of the unprocessed documents (необработанные) that are in a state',
	effect: 'read',
	simplifies: true,
	fields: [...documentKindFields, ...stateFieldsWith('Новый'), startAfter, ...returnAllOrLimit(), readingAllNotice],
	options: [includeKeyOption, requestIdOption],
	run: async (call) => await listShelf(call, { type: String(UNPROCESSED), kind: kindOf(call), state: stateOf(call) }),
});
