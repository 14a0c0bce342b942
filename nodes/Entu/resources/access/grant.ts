import { defineOperation } from '../../../shared/operation/operation';
import { record } from '../../../shared/operation/output';
import { entityLocator, personLocator } from '../../editor/fields';
import { requiredId } from '../../values/ids';
import { getEntity, writeValues } from '../../wire/entities';
import { right, RIGHTS } from './fields';
import { assertOwnerRemains, RIGHT_PROPERTIES, rightsOf } from './rights';

export const grant = defineOperation({
	name: 'Grant',
	value: 'grant',
	action: 'Grant right to person',
	description: 'Give a person a right on an entity, in place of the one they have there',
	effect: 'write',
	fields: [entityLocator, personLocator, right],
	input: (call) => ({
		id: requiredId(call, 'entityId'),
		personId: requiredId(call, 'personId'),
		granted: call.choice('right', RIGHTS),
	}),
	run: async (call, { id, personId, granted }) => {
		// Two items may concern the same entity: what the first leaves is what the second must see.
		await call.inTurn(id, async () => {
			const rights = rightsOf(await getEntity(call.client, id, RIGHT_PROPERTIES));
			const own = rights.filter((known) => known.personId === personId && !known.inherited);
			if (own.length === 1 && own[0]?.right === granted) return;
			if (own.some(({ right }) => right === 'owner')) assertOwnerRemains(rights, personId);
			await writeValues(call.client, id, [{ type: `_${granted}`, reference: personId }]);
		});
		return record({ _id: id, person: personId, right: granted });
	},
});
