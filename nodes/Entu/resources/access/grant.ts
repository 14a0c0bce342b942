import type { Call } from '../../../shared/operation/call';
import { defineOperation } from '../../../shared/operation/operation';
import { record } from '../../../shared/operation/output';
import { entityLocator, personLocator } from '../../editor/fields';
import { requiredId } from '../../values/ids';
import { getEntity, writeValues } from '../../wire/entities';
import { right, RIGHTS } from './fields';
import { assertOwnerRemains, RIGHT_PROPERTIES, rightsOf, type Right } from './rights';

export const grant = defineOperation({
	name: 'Grant',
	value: 'grant',
	action: 'Grant right on entity to person',
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
			noteInherited(call, rights.filter((known) => known.personId === personId && known.inherited), granted);
			if (own.length === 1 && own[0]?.right === granted) return;
			if (own.some(({ right }) => right === 'owner')) assertOwnerRemains(rights, personId);
			await writeValues(call.client, id, [{ type: `_${granted}`, reference: personId }]);
		});
		return record({ _id: id, person: personId, right: granted });
	},
});

/** A right takes nothing away that comes from a parent (entu.md §4.4). */
function noteInherited(call: Call, inherited: readonly Right[], granted: string): void {
	const rank = (right: string): number => RIGHTS.findIndex((known) => known === right);
	const stronger = inherited.find(({ right }) => rank(right) < rank(granted));
	if (!stronger || granted === 'noaccess') return;
	call.note(`${stronger.personName ?? stronger.personId} has the stronger right '${stronger.right}' from a parent, which '${granted}' does not take away`);
}
