import { readUntilStableOption, returnAllOrLimit } from '../../../shared/editor/fields';
import { defineOperation } from '../../../shared/operation/operation';
import { endpointFields, pageSize, pageSizeOf, queryParameters } from '../../editor/fields';
import { listAddressOf } from '../../wire/address';
import { entityPages, listPage } from '../../wire/entities';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many Accutics entities',
	description: 'Retrieve a list of entities, page by page',
	effect: 'read',
	fields: [...endpointFields, ...returnAllOrLimit(), queryParameters],
	options: [pageSize, readUntilStableOption],
	input: (call) => ({ address: listAddressOf(call), size: pageSizeOf(call) }),
	run: async (call, { address, size }) => await call.list(entityPages(call, size), async (where) => await listPage(call, address, where)),
});
