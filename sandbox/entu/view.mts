import type { Database } from './database.mts';
import { formulaValue } from './formulas.mts';
import { isLive, textOf, type Fields, type Value, type View } from './model.mts';
import { addRights } from './rights.mts';

type Draft = Record<string, Fields[]>;

/** Computes an entity from its values, as the service does after every write and in its background jobs. */
export function computeView(database: Database, values: readonly Value[]): View {
	const view: Draft = {};
	for (const value of values) {
		if (!isLive(value)) continue;
		(view[value.type] ??= []).push(valueInView(database, value));
	}
	addRights(database, view);
	const references = Object.entries(view).filter(([type]) => !type.startsWith('_'));
	const copies = references.flatMap(([, list]) => list.filter((value) => value.reference !== undefined));
	if (copies.length > 0) view._reference = copies;
	addFormulas(database, view);
	return view;
}

/** References carry the name of their target and of its type as they were when this was computed. */
function valueInView(database: Database, value: Value): Fields {
	const { reference } = value.data;
	if (value.keyHash !== undefined) return { _id: value.id, string: '***' };
	if (typeof reference !== 'string') return { _id: value.id, ...value.data };
	const target = database.get(reference)?.view;
	if (!target || Object.keys(target).length === 0) return { _id: value.id, ...value.data };
	const name = textOf(target, 'name');
	const type = textOf(target, '_type');
	return {
		_id: value.id,
		...value.data,
		...(name === undefined ? {} : { string: name }),
		property_type: value.type,
		...(type === undefined ? {} : { entity_type: type }),
	};
}

/** The computed value wins over anything that was written. */
function addFormulas(database: Database, view: Draft): void {
	const type = view._type?.[0]?.reference;
	const definitions = database.schema.type(typeof type === 'string' ? type : undefined)?.definitions ?? [];
	for (const definition of definitions) {
		if (definition.formula === undefined) continue;
		const value = formulaValue(definition.formula, view);
		if (value === undefined) delete view[definition.name];
		else view[definition.name] = [value];
	}
}

const ALWAYS_SHARED: ReadonlySet<string> = new Set(['_type', '_parent', '_sharing']);

/** The part of an entity that is shared with the database (`domain`) or with everybody (`public`); §4.5. */
export function sharedView(database: Database, view: View, audience: 'domain' | 'public'): View {
	const type = view._type?.[0]?.reference;
	const names = sharedNames(database, typeof type === 'string' ? type : undefined, audience);
	return Object.fromEntries(Object.entries(view).filter(([name]) => ALWAYS_SHARED.has(name) || names.has(name)));
}

function sharedNames(database: Database, typeId: string | undefined, audience: 'domain' | 'public'): Set<string> {
	const type = database.schema.type(typeId);
	const wide = (sharing: string) => sharing === 'public' || (audience === 'domain' && sharing === 'domain');
	if (!type || !wide(type.sharing)) return new Set();
	return new Set(type.definitions.filter((one) => wide(one.sharing)).map((one) => one.name));
}
