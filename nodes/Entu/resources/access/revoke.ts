import { fail } from '../../../shared/answer/failure';
import { defineOperation } from '../../../shared/operation/operation';
import { deleted } from '../../../shared/operation/output';
import type { Client } from '../../../shared/service/client';
import { entityLocator, personLocator } from '../../editor/fields';
import { requiredId } from '../../values/ids';
import { deleteValue, getEntity } from '../../wire/entities';
import { RIGHTS, rightToRevoke } from './fields';
import { assertOwnerRemains, RIGHT_PROPERTIES, rightsOf, type Right } from './rights';

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
		right: call.choice('right', ['any', ...RIGHTS]),
	}),
	run: async (call, { id, personId, right }) => {
		const revoked = await call.inTurn(id, async () => await revokeOwn(call.client, id, personId, right));
		return deleted({ _id: id, person: personId, rights: revoked });
	},
});

/** Takes away what is granted on the entity itself. @returns the rights that the person had there */
async function revokeOwn(client: Client, id: string, personId: string, right: string): Promise<string[]> {
	const rights = rightsOf(await getEntity(client, id, RIGHT_PROPERTIES));
	const theirs = rights.filter((known) => known.personId === personId && (right === 'any' || known.right === right));
	const own = theirs.filter(({ inherited }) => !inherited);
	if (own.length === 0) failNotFound(theirs, personId);
	if (own.some((known) => known.right === 'owner')) assertOwnerRemains(rights, personId);
	for (const { valueId } of own) await deleteValue(client, valueId);
	return own.map((known) => known.right);
}

function failNotFound(inherited: readonly Right[], personId: string): never {
	return fail({
		reason: 'not found',
		message: `The person ${inherited[0]?.personName ?? personId} has no such right on the entity itself`,
		fix:
			inherited.length > 0
				? 'The right comes from a parent: revoke it there, or switch off inheritance here'
				: "Look at the rights with the operation 'Get'",
	});
}
