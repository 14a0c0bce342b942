import { returnAllOrLimit } from '../../../shared/editor/fields';
import { defineOperation } from '../../../shared/operation/operation';
import { getDataSources, listed } from '../../wire/api';
import { WEB_SERVICE } from '../../wire/names';

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
