import { refuse } from '../../../shared/answer/failure';
import { defineOperation } from '../../../shared/operation/operation';
import { record } from '../../../shared/operation/output';
import { endpointFields, queryParameters } from '../../editor/fields';
import { listAddressOf } from '../../wire/address';
import { send } from '../../wire/answer';
import { PAGE, totalOf } from '../../wire/entities';

export const count = defineOperation({
	name: 'Count',
	value: 'count',
	action: 'Count Accutics entities',
	description: 'Count entities without reading them, where the endpoint pages',
	effect: 'read',
	hasFixedOutput: true,
	fields: [...endpointFields, queryParameters],
	input: listAddressOf,
	run: async (call, { path, query }) => {
		const answer = await send(call.client, { path, query: { ...query, [PAGE.page]: 1, [PAGE.size]: 1 } });
		const total = totalOf(answer) ?? refuse(call.label('path'), 'This endpoint does not tell how many entities there are', "Use 'Get Many' with 'Return All' and count the items");
		return record({ count: total });
	},
});
