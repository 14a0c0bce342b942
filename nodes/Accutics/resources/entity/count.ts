import { defineOperation, record } from '../../../shared/define';
import { refuse } from '../../../shared/failure';
import { listAddressOf } from '../../address';
import { send } from '../../answer';
import { PAGE, totalOf } from '../../api';
import { pathField, queryParameters } from '../../fields';

export const count = defineOperation({
	name: 'Count',
	value: 'count',
	action: 'Count entities',
	description: 'Count entities without reading them, where the endpoint pages',
	effect: 'read',
	fields: [pathField, queryParameters],
	input: listAddressOf,
	run: async (call, { path, query }) => {
		const answer = await send(call.client, { path, query: { ...query, [PAGE.page]: 1, [PAGE.size]: 1 } });
		const total = totalOf(answer) ?? refuse(call.label('path'), 'This endpoint does not tell how many entities there are', "Use 'Get Many' with 'Return All' and count the items");
		return record({ count: total });
	},
});
