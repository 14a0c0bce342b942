import type { Database } from './database.mts';
import { RIGHTS, RIGHT_PROPERTIES, referencesOf, type Caller, type Fields, type Right, type View } from './model.mts';

type Draft = Record<string, Fields[]>;

/** Spreads rights into the lower ones with the same value ids, after taking those of the parents (§4.1, §4.4). */
export function addRights(database: Database, view: Draft): void {
	const inherits = view._inheritrights?.[0]?.boolean === true;
	if (inherits) inherit(database, view);
	const barred = new Set(referencesOf(view, '_noaccess'));
	let higher: Fields[] = [];
	for (const right of RIGHTS) {
		const all = [...higher, ...(view[right] ?? [])];
		higher = all.filter((value) => right === '_owner' || !barred.has(String(value.reference)));
		if (higher.length > 0) view[right] = higher;
		else delete view[right];
	}
}

function inherit(database: Database, view: Draft): void {
	const own = new Set([...RIGHT_PROPERTIES].flatMap((right) => referencesOf(view, right)));
	for (const parentId of referencesOf(view, '_parent')) {
		const parent = database.get(parentId)?.view;
		for (const right of RIGHTS) {
			for (const value of parent?.[right] ?? []) {
				if (value.property_type !== right) continue;
				const copy = { ...value, inherited: true };
				(view[`_parent${right}`] ??= []).push(copy);
				// A right of the entity itself takes precedence over an inherited one.
				if (!own.has(String(value.reference))) (view[right] ??= []).push(copy);
			}
		}
	}
}

export function hasRight(view: View, caller: Caller, right: Right): boolean {
	return caller.user !== undefined && (view[right] ?? []).some((value) => value.reference === caller.user);
}

/** Which of the three views a caller gets; `undefined` for none (§4.5). */
export function audienceOf(view: View, caller: Caller, generation: 'july' | 'later'): 'private' | 'domain' | 'public' | undefined {
	if (hasRight(view, caller, '_viewer')) return 'private';
	const sharing = view._sharing?.[0]?.string;
	if (sharing !== 'domain' && sharing !== 'public') return undefined;
	if (caller.user === undefined) return sharing === 'public' ? 'public' : undefined;
	if (barred(view, caller)) return undefined;
	// In July an entity shared "public" has no domain view.
	return sharing === 'public' && generation === 'july' ? 'public' : 'domain';
}

function barred(view: View, caller: Caller): boolean {
	return (view._noaccess ?? []).some((value) => value.reference === caller.user);
}
