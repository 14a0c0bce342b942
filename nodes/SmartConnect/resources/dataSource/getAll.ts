import { defineOperation } from '../../../shared/define';
import { returnAllOrLimit } from '../../../shared/fields';
import { getDataSources, listed } from '../../api';
import { WEB_SERVICE } from '../../names';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many data sources',
	description: 'Retrieve the data sources of the company',
	effect: 'read',
	authentications: [WEB_SERVICE],
	fields: returnAllOrLimit(),
	run: async (call) => listed(call, await getDataSources(call.client)),
});
