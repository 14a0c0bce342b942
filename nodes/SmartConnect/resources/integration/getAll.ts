import { returnAllOrLimit } from '../../../shared/editor/fields';
import { defineOperation } from '../../../shared/operation/operation';
import { getMapList, listed } from '../../wire/api';
import { WEB_SERVICE } from '../../wire/names';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many integrations',
	description: 'Retrieve the integrations that can be run, without real-time ones',
	effect: 'read',
	authentications: [WEB_SERVICE],
	fields: returnAllOrLimit(),
	run: async (call) => listed(call, await getMapList(call.client)),
});
