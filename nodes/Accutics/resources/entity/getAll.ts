import type { INodeProperties } from 'n8n-workflow';

import { readUntilStableOption, returnAllOrLimit } from '../../../shared/editor/fields';
import type { Call } from '../../../shared/operation/call';
import { defineOperation } from '../../../shared/operation/operation';
import { pathField, queryParameters } from '../../editor/fields';
import { listAddressOf } from '../../wire/address';
import { entityPages, listPage } from '../../wire/entities';

const PAGE_SIZE = 100;

const pageSize: INodeProperties = {
	displayName: 'Page Size',
	name: 'pageSize',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: PAGE_SIZE,
	description: 'How many entities to ask for at once; each endpoint has a maximum of its own and gives no more than that',
};

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many entities',
	description: 'Retrieve a list of entities, page by page',
	effect: 'read',
	fields: [pathField, ...returnAllOrLimit(), queryParameters],
	options: [pageSize, readUntilStableOption],
	input: (call) => ({ address: listAddressOf(call), size: pageSizeOf(call) }),
	run: async (call, { address, size }) => await call.list(entityPages(call, size), async (where) => await listPage(call, address, where)),
});

function pageSizeOf(call: Call): number {
	return Math.max(1, Math.floor(call.number('options.pageSize', PAGE_SIZE)));
}
