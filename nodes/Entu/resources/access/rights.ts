import type { IDataObject } from 'n8n-workflow';

import { fail } from '../../../shared/answer/failure';
import { textOf } from '../../../shared/guards';
import { valuesOf, type Entity } from '../../wire/entities';
import { RIGHTS } from './fields';

/** Who may do what on an entity. */
export interface Right {
	readonly right: string;
	readonly personId: string;
	readonly personName?: string;
	readonly inherited: boolean;
	/** ID of the value that grants it. */
	readonly valueId: string;
}

export const RIGHT_PROPERTIES = RIGHTS.map((right) => `_${right}`);

/**
 * The rights that are really granted: Entu repeats an owner among editors, expanders and viewers under the same value ID, so that
 * only values whose `property_type` names the right itself count (entu.md §4.1).
 * @throws FailureError `no access` when they are not shown
 */
export function rightsOf(entity: Entity): Right[] {
	const rights = RIGHTS.flatMap((right) =>
		valuesOf(entity, `_${right}`)
			.filter((value) => (textOf(value.property_type) ?? `_${right}`) === `_${right}`)
			.map((value) => toRight(right, value)),
	);
	return rights.length > 0 ? rights : failHidden();
}

/** Where no right is shown, only what is shared is; mirrors of entities of another database have none of their own (entu.md §4.5, §4.7). */
function failHidden(): never {
	return fail({
		reason: 'no access',
		message: 'The rights on this entity are not shown to this API key, or it has none',
		fix: 'Give the person or robot that the API key belongs to a right on this entity. A mirror of an entity of another database has no rights of its own: look at its origin',
	});
}

function toRight(right: string, value: IDataObject): Right {
	return {
		right,
		personId: String(value.reference),
		personName: textOf(value.string),
		inherited: value.inherited === true,
		valueId: String(value._id),
	};
}

/** Stops before an entity loses its last owner: nobody could change its rights any more. */
export function assertOwnerRemains(rights: readonly Right[], personId: string): void {
	const owners = rights.filter(({ right, inherited }) => right === 'owner' && !inherited);
	if (owners.some((owner) => owner.personId !== personId)) return;
	fail({
		reason: 'rejected',
		message: `${owners[0]?.personName ?? personId} is the last owner of the entity`,
		fix: "Give somebody else the right 'Owner' first",
	});
}
