import { returnAllOrLimit } from '../../../shared/editor/fields';
import { defineOperation } from '../../../shared/operation/operation';
import { simplifyContract } from '../../values/simplify';
import { afterDocumentId, contractsAfter, includeKeyOption, listDocuments, readingAllNotice } from '../../wire/lists';
import { requestIdOption } from '../../wire/requestId';

export const getNew = defineOperation({
	name: 'Get New',
	value: 'getNew',
	action: 'Get new contracts',
	description: 'Retrieve the contracts (договоры) that come after the last one loaded',
	effect: 'read',
	simplifies: true,
	fields: [afterDocumentId, ...returnAllOrLimit(), readingAllNotice],
	options: [includeKeyOption, requestIdOption],
	run: async (call) => await listDocuments(call, contractsAfter, simplifyContract),
});
