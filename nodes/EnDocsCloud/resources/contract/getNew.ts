import { defineOperation } from '../../../shared/define';
import { returnAllOrLimit, simplify } from '../../../shared/fields';
import { path } from '../../../shared/paths';
import { afterDocumentId, includeKeyOption, listDocuments } from '../../lists';
import { requestIdOption } from '../../requestId';
import { simplifyContract } from '../../simplify';

export const getNew = defineOperation({
	name: 'Get New',
	value: 'getNew',
	action: 'Get new contracts',
	description: 'Retrieve the contracts that come after the last one loaded',
	effect: 'read',
	fields: [afterDocumentId, ...returnAllOrLimit(), simplify()],
	options: [includeKeyOption, requestIdOption],
	run: async (call) =>
		await listDocuments(call, (afterId, requestId) => path`/Output/GetNewContracts/${afterId}/${requestId}`, simplifyContract),
});
