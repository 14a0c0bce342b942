import { RIGHTS, referencesOf, uniqueBy, type Caller, type Entity, type Fields, type Right, type View } from './model.mts';

type Draft = Record<string, readonly Fields[]>;
type Rights = Partial<Record<Right, readonly Fields[]>>;

const personOf = (value: Fields): string => String(value.reference);

/** Spreads rights into the lower ones with the same value ids, after taking those of the parents (§4.1, §4.4). */
export function addRights(view: Draft, parents: readonly Entity[]): void {
	const given = rightsOfParents(parents);
	const barred = new Set((view._noaccess ?? []).map(personOf));
	let higher: readonly Fields[] = [];
	for (const right of RIGHTS) {
		const fromParents = given[right] ?? [];
		if (fromParents.length > 0) view[`_parent${right}`] = uniqueBy(fromParents, personOf);
		const all = uniqueBy([...fromParents, ...(view[right] ?? []), ...higher], (value) => `${personOf(value)} ${value.inherited === true}`);
		higher = all.filter((value) => !barred.has(personOf(value)));
		const shown = ownFirst(higher);
		if (shown.length > 0) view[right] = shown;
		else delete view[right];
	}
}

/** What parents pass on, marked as inherited. */
export function rightsOfParents(parents: readonly Entity[]): Rights {
	const rights: Rights = {};
	for (const right of RIGHTS) {
		const all = parents.flatMap((parent) => parent.private[right] ?? []);
		rights[right] = ownFirst(all).map((value) => ({ ...value, inherited: true }));
	}
	return rights;
}

/** A right that a person has directly hides the same one that is inherited. */
function ownFirst(list: readonly Fields[]): Fields[] {
	const direct = new Set(list.filter((value) => value.inherited === undefined).map(personOf));
	return list.filter((value) => value.inherited === undefined || !direct.has(personOf(value)));
}

/** Who may see anything of an entity: persons with any right, and what it is shared as. */
export function accessOf(rights: Rights, sharing: unknown): string[] {
	const shared = typeof sharing === 'string' && sharing !== '' ? [sharing.toLowerCase()] : [];
	const persons = [...RIGHTS].reverse().flatMap((right) => (rights[right] ?? []).map(personOf));
	return [...new Set([...shared, ...persons])];
}

export function hasRight(view: View, caller: Caller, right: Right): boolean {
	return caller.user !== undefined && referencesOf(view, right).includes(caller.user);
}

/** Whether an entity may appear in a caller's lists. */
export function mayFind({ access }: Entity, { user }: Caller): boolean {
	if (user === undefined) return access.includes('public');
	return access.some((one) => one === user || one === 'domain' || one === 'public');
}

/** What a caller sees of an entity; `undefined` for nothing at all (§4.5). An entity shared `public` has no domain view. */
export function viewFor(entity: Entity, { user }: Caller): View | undefined {
	if (user !== undefined && entity.access.includes(user)) return entity.private;
	if (user !== undefined && entity.access.includes('domain')) return entity.domain ?? {};
	if (entity.access.includes('public')) return entity.public ?? {};
	return undefined;
}

/** Whether a caller has a right of his own, of any kind. */
export const isInside = ({ access }: Entity, { user }: Caller): boolean => user !== undefined && access.includes(user);
