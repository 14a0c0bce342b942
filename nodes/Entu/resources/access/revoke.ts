import { fail } from '../../../shared/answer/failure';
import { attemptAsync } from '../../../shared/answer/result';
import type { Call } from '../../../shared/operation/call';
import { defineOperation } from '../../../shared/operation/operation';
import { deleted } from '../../../shared/operation/output';
import type { Client } from '../../../shared/service/client';
import { entityLocator, personLocator } from '../../editor/fields';
import { requiredId } from '../../values/ids';
import { deleteValue, getEntity } from '../../wire/entities';
import { RIGHTS, rightToRevoke } from './fields';
import { assertOwnerRemains, RIGHT_PROPERTIES, rightsOf, type Right } from './rights';

/** One person may hold a right several times, of which Entu shows one (entu.md §4.4). More than this is no longer that. */
const MOST_ROUNDS = 20;
const LOOKS_AGAIN = 'the rights are read again, and what is left of the right is deleted too';

export const revoke = defineOperation({
	name: 'Revoke',
	value: 'revoke',
	action: 'Revoke right on entity from person',
	description: 'Take a right on an entity away from a person',
	effect: 'delete',
	fields: [entityLocator, personLocator, rightToRevoke],
	input: (call) => ({
		id: requiredId(call, 'entityId'),
		personId: requiredId(call, 'personId'),
		right: call.choice('right', ['any', ...RIGHTS]),
	}),
	run: async (call, { id, personId, right }) => {
		const { revoked, left } = await call.inTurn(id, async () => await revokeOwn(call.client, id, personId, right));
		if (left.length > 0) noteLeft(call, id, left);
		return deleted({ _id: id, person: personId, rights: revoked, ...(left.length > 0 ? { left: left.map((known) => known.right) } : {}) });
	},
});

interface Revoked {
	/** The rights that the person had on the entity itself. */
	readonly revoked: string[];
	/** Those that the person has all the same. */
	readonly left: readonly Right[];
}

/** Takes away what is granted on the entity itself, and looks again until nothing of it is left. */
async function revokeOwn(client: Client, id: string, personId: string, right: string): Promise<Revoked> {
	const revoked = new Set<string>();
	for (let round = 1; ; round++) {
		const rights = await rightsNow(client, id, round);
		const theirs = rights.filter((known) => known.personId === personId && known.right !== 'noaccess');
		const isMeant = (known: Right): boolean => known.personId === personId && !known.inherited && (right === 'any' || known.right === right);
		const own = rights.filter(isMeant);
		if (own.length === 0 && round === 1) failNotFound(theirs.filter((known) => known.inherited && (right === 'any' || known.right === right)), personId);
		if (own.length === 0) return { revoked: [...revoked], left: theirs };
		if (own.some((known) => known.right === 'owner')) assertOwnerRemains(rights, personId);
		if (round > MOST_ROUNDS) failStubborn(own);
		for (const [i, known] of own.entries()) {
			await deleteValue(client, known.valueId, i < own.length - 1 ? { answer: undefined } : LOOKS_AGAIN);
			revoked.add(known.right);
		}
	}
}

/** Who has taken the own right away may not see rights any more: then nothing of it is left. */
async function rightsNow(client: Client, id: string, round: number): Promise<Right[]> {
	const read = await attemptAsync(async () => rightsOf(await getEntity(client, id, RIGHT_PROPERTIES)), (text) => client.shown(text));
	if ('value' in read) return read.value;
	return round > 1 && read.failure.reason === 'no access' ? [] : fail(read.failure);
}

function noteLeft(call: Call, id: string, left: readonly Right[]): void {
	const names = [...new Set(left.map(({ right }) => right))].join(', ');
	const where = left.some(({ inherited }) => inherited) ? ', from a parent' : '';
	call.note(`${left[0]?.personName ?? left[0]?.personId} still has a right on the entity ${id}${where}: ${names}`);
}

function failStubborn(own: readonly Right[]): never {
	return fail({
		reason: 'rejected',
		message: `The right is still there after ${MOST_ROUNDS} values of it were deleted: ${own.map(({ right }) => right).join(', ')}`,
		fix: "Look at the rights with the operation 'Get', and run this item again",
		fate: 'carried out in part',
	});
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
