import { isRecord } from '../../../shared/guards';
import { defineOperation } from '../../../shared/operation/operation';
import { record } from '../../../shared/operation/output';
import { entityLocator } from '../../editor/fields';
import { requiredId } from '../../values/ids';
import { entityPath } from '../../wire/entities';

export const recalculate = defineOperation({
	name: 'Recalculate',
	value: 'recalculate',
	action: 'Recalculate formulas and rights of entity',
	description: 'Have formulas and inherited rights of an entity computed anew; rarely needed',
	// Computing twice does no harm, so that it may be repeated like a read.
	effect: 'read',
	fields: [entityLocator],
	run: async (call) => {
		const body = await call.client.send({ path: `${entityPath(call.client, requiredId(call, 'entityId'))}/aggregate` });
		return record(isRecord(body) ? body : { answer: String(body) });
	},
});
