import { defineOperation } from '../../../shared/define';
import { returnAllOrLimit } from '../../../shared/fields';
import { getConnections, listed } from '../../api';
import { WEB_SERVICE } from '../../names';

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
