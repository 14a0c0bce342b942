import { defineOperation } from '../../../shared/define';
import { returnAllOrLimit } from '../../../shared/fields';
import { getList, listed } from '../../api';
import { dataSourceLocator } from '../../fields';
import { requiredId } from '../../ids';
import { WEB_SERVICE } from '../../names';

export const getByDataSource = defineOperation({
	name: 'Get Many by Data Source',
	value: 'getByDataSource',
	action: 'Get integrations by data source',
	description: 'Retrieve the integrations that read a data source',
	effect: 'read',
	authentications: [WEB_SERVICE],
	fields: [dataSourceLocator, ...returnAllOrLimit()],
	run: async (call) => {
		const query = { dataSourceId: requiredId(call, 'dataSourceId') };
		return listed(call, await getList(call.client, { path: '/GetProcessesForDatasource', query, key: 'MapId' }));
	},
});
