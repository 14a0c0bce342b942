import { returnAllOrLimit } from '../../../shared/editor/fields';
import { defineOperation } from '../../../shared/operation/operation';
import { integrationLocator } from '../../editor/fields';
import { requiredId } from '../../values/ids';
import { withSuccess } from '../../values/run';
import { getHistory, listed } from '../../wire/api';
import { WEB_SERVICE } from '../../wire/names';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many runs of integration',
	description: 'Retrieve the history of an integration: no more than its last ten runs',
	effect: 'read',
	authentications: [WEB_SERVICE],
	fields: [integrationLocator, ...returnAllOrLimit()],
	run: async (call) => listed(call, (await getHistory(call.client, requiredId(call, 'integrationId'))).map(withSuccess)),
});
