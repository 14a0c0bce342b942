import { isRecord } from '../../../shared/guards';
import { defineOperation } from '../../../shared/operation/operation';
import { record } from '../../../shared/operation/output';
import { entityLocator } from '../../editor/fields';
import { requiredId } from '../../values/ids';
import { entityPath } from '../../wire/entities';

const AT_ONCE = 5;

export const recalculate = defineOperation({
	name: 'Recalculate',
	value: 'recalculate',
	action: 'Recalculate formulas and rights of entity',
	description: 'Have formulas and inherited rights of an entity computed anew; rarely needed',
	effect: 'write',
	// Computing twice does no harm, so that several may be under way, and each may be repeated like the read that it looks like.
	parallel: AT_ONCE,
	fields: [entityLocator],
	input: (call) => requiredId(call, 'entityId'),
	run: async (call, id) => {
		const body = await call.client.send({ path: `${entityPath(call.client, id)}/aggregate`, heldInPreview: true });
		return record(isRecord(body) ? body : { answer: String(body) });
	},
});
