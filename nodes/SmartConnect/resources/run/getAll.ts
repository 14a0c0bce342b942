import type { IDataObject } from 'n8n-workflow';

import { returnAllOrLimit } from '../../../shared/editor/fields';
import { defineOperation } from '../../../shared/operation/operation';
import { integrationLocator } from '../../editor/fields';
import { requiredId } from '../../values/ids';
import { getHistory, listed } from '../../wire/api';
import { WEB_SERVICE } from '../../wire/names';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many runs',
	description: 'Retrieve the history of an integration: no more than its last ten runs',
	effect: 'read',
	authentications: [WEB_SERVICE],
	fields: [integrationLocator, ...returnAllOrLimit()],
	run: async (call) => listed(call, (await getHistory(call.client, requiredId(call, 'integrationId'))).map(numberFirst)),
});

const FIRST = ['RunNumber', 'RunDate', 'RecordCount', 'ErrorCount', 'ErrorsSaved'];

/** The same run with its number, by which other operations know it, before its long ID. */
function numberFirst(run: IDataObject): IDataObject {
	return { ...Object.fromEntries(Object.entries(run).filter(([name]) => FIRST.includes(name))), ...run };
}
