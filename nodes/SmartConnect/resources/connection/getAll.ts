import { returnAllOrLimit } from '../../../shared/editor/fields';
import { defineOperation } from '../../../shared/operation/operation';
import { getConnections, listed } from '../../wire/api';
import { WEB_SERVICE } from '../../wire/names';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many connections',
	description: 'Retrieve the connections of the company',
	effect: 'read',
	authentications: [WEB_SERVICE],
	fields: returnAllOrLimit(),
	run: async (call) => listed(call, await getConnections(call.client)),
});
