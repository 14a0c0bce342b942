import { defineOperation, deleted } from '../../../shared/define';
import { fail } from '../../../shared/failure';
import { deleteValue, getEntity } from '../../api';
import { entityLocator, personLocator } from '../../fields';
import { requiredId } from '../../ids';
import { rightToRevoke } from './fields';
import { RIGHT_PROPERTIES, rightsOf } from './rights';

export const revoke = defineOperation({
	name: 'Revoke',
	value: 'revoke',
	action: 'Revoke right of person',
	description: 'Take a right on an entity away from a person',
	effect: 'delete',
	fields: [entityLocator, personLocator, rightToRevoke],
	input: (call) => ({
		id: requiredId(call, 'entityId'),
		personId: requiredId(call, 'personId'),
		right: call.requiredText('right'),
	}),
	run: async (call, { id, personId, right }) => {
		const rights = rightsOf(await getEntity(call.client, id, RIGHT_PROPERTIES));
		const theirs = rights.filter((known) => known.personId === personId && (right === 'any' || known.right === right));
		const own = theirs.filter(({ inherited }) => !inherited);
		if (own.length === 0) {
			fail({
				reason: 'not found',
				message: `The person ${personId} has no such right on the entity itself`,
				fix:
					theirs.length > 0
						? 'The right comes from a parent: revoke it there, or switch off inheritance here'
						: "Look at the rights with the operation 'Get'",
			});
		}
		for (const { valueId } of own) await deleteValue(call.client, valueId);
		return deleted({ _id: id, person: personId, rights: own.map((known) => known.right) });
	},
});
