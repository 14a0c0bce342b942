import { unexpectedAnswer } from '../../../shared/answer/outcome';
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
		// `entity` is there in all generations of the server (entu.md §5.8).
		return record(isRecord(body) && body.entity !== undefined ? body : unexpectedAnswer('Entu', 'the ID of the recalculated entity was expected'));
	},
});
