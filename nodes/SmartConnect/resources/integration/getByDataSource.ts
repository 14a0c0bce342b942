import { returnAllOrLimit } from '../../../shared/editor/fields';
import { defineOperation } from '../../../shared/operation/operation';
import { dataSourceLocator } from '../../editor/fields';
import { requiredId } from '../../values/ids';
import { getList, listed } from '../../wire/api';
import { WEB_SERVICE } from '../../wire/names';

export const getByDataSource = defineOperation({
	name: 'Get Many by Data Source',
	value: 'getByDataSource',
	action: 'Get integrations that read data source',
	description: 'Retrieve the integrations that read a data source',
	effect: 'read',
	authentications: [WEB_SERVICE],
	fields: [dataSourceLocator, ...returnAllOrLimit()],
	run: async (call) => {
		const query = { dataSourceId: requiredId(call, 'dataSourceId') };
		return listed(call, await getList(call.client, { path: '/GetProcessesForDatasource', query, key: 'MapId' }));
	},
});
