import { defineOperation } from '../../../shared/define';
import { returnAllOrLimit } from '../../../shared/fields';
import { getHistory, listed } from '../../api';
import { integrationLocator } from '../../fields';
import { requiredId } from '../../ids';
import { WEB_SERVICE } from '../../names';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many runs',
	description: 'Retrieve the history of an integration: no more than its last ten runs',
	effect: 'read',
	authentications: [WEB_SERVICE],
	fields: [integrationLocator, ...returnAllOrLimit()],
	run: async (call) => listed(call, await getHistory(call.client, requiredId(call, 'integrationId'))),
});
