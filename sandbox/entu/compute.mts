import { formulaValues, plainValues, type Surroundings } from './formulas.mts';
import { byId, isLive, referencesOf, textOf, type Entity, type Fields, type Value, type View } from './model.mts';
import { accessOf, addRights } from './rights.mts';
import { checkIndexSize } from './search.mts';

type Draft = Record<string, readonly Fields[]>;

/** A property definition, as far as the server itself uses it. */
export interface Definition {
	readonly name: string;
	readonly sharing: string | undefined;
	readonly search: boolean;
	readonly formula: string | undefined;
}

/** What computing an entity needs of its database. */
export interface Records extends Surroundings {
	definitions(typeId: string): readonly Definition[];
}

/** Computes an entity from its stored values, as the service does after every write and in its background jobs. */
export function compute(records: Records, id: string, before: Entity): Entity {
	const view: Draft = {};
	const references: Fields[] = [];
	for (const value of records.valuesOf(id)) {
		if (!isLive(value)) continue;
		const shown = valueInView(records, value);
		view[value.type] = [...(view[value.type] ?? []), shown];
		if (value.data.reference && !value.type.startsWith('_')) references.push(shown);
	}
	if (references.length > 0) view._reference = references;
	const typeId = view._type?.[0]?.reference;
	const definitions = typeof typeId === 'string' && typeId !== '' ? records.definitions(typeId) : [];
	addFormulas(records, { id, view, before: before.private }, definitions);
	const shared = sharedParts(view, definitions, textOf(records.get(String(typeId))?.private, '_sharing'));
	const inherits = view._inheritrights?.[0]?.boolean === true;
	addRights(view, inherits ? parentsOf(records, view) : []);
	const searched = searchedValues(records, view, definitions, new Set(Object.keys(shared.public)));
	checkIndexSize(searched.private);
	const sharing = view._sharing?.[0]?.string;
	return {
		id,
		private: view,
		...(sharing === 'domain' ? { domain: shared.domain } : {}),
		...(sharing === 'public' ? { public: shared.public } : {}),
		access: accessOf(view, sharing),
		searched,
	};
}

/** The parents that exist, in the order of their creation. */
export function parentsOf(records: Pick<Records, 'get'>, view: View): Entity[] {
	const ids = new Set(referencesOf(view, '_parent'));
	return [...ids].flatMap((id) => records.get(id) ?? []).sort(byId);
}

/** References carry the name of their target and of its type as they were when this was computed. */
function valueInView(records: Records, { id, type, data }: Value): Fields {
	const { search: _search, public: _public, ...fields } = data;
	const target = data.reference ? records.get(String(data.reference)) : undefined;
	if (!target) return { _id: id, ...fields };
	const first = (property: string): unknown => target.private[property]?.[0]?.string ?? null;
	return { _id: id, ...fields, property_type: type, string: first('name'), entity_type: first('_type') };
}

/** The computed value wins over anything that was written. Two rounds, so that formulas may use each other. */
function addFormulas(records: Records, subject: { id: string; view: Draft; before: View }, definitions: readonly Definition[]): void {
	for (let round = 0; round < 2; round += 1) {
		for (const { name, formula } of definitions) {
			if (formula === undefined || formula === '') continue;
			const values = formulaValues(formula, subject, records);
			if (values.length > 0) subject.view[name] = values;
		}
	}
}

/** The parts that are shared with the database and with everybody (§4.5). */
function sharedParts(view: View, definitions: readonly Definition[], typeSharing: string | undefined): { domain: View; public: View } {
	const domain: Draft = {};
	const everybodys: Draft = {};
	for (const { name, sharing } of [...ALWAYS_SHARED, ...definitions]) {
		const values = view[name];
		const shared = ALWAYS_SHARED_NAMES.has(name) ? 'public' : capped(sharing, typeSharing);
		if (!values || (shared !== 'domain' && shared !== 'public')) continue;
		domain[name] = values;
		if (shared === 'public') everybodys[name] = values;
	}
	return { domain, public: everybodys };
}

const ALWAYS_SHARED = ['_type', '_parent', '_sharing'].map((name) => ({ name, sharing: 'public' }));
const ALWAYS_SHARED_NAMES: ReadonlySet<string> = new Set(ALWAYS_SHARED.map(({ name }) => name));

/** The type's own sharing is the upper bound of its definitions'. */
function capped(sharing: string | undefined, typeSharing: string | undefined): string | undefined {
	if (typeSharing === undefined || typeSharing === '') return undefined;
	return typeSharing === 'domain' && sharing === 'public' ? 'domain' : sharing;
}

function searchedValues(records: Records, view: View, definitions: readonly Definition[], everybodys: ReadonlySet<string>): Entity['searched'] {
	const searched = definitions.filter(({ name, search }) => search && view[name]);
	const values = (list: readonly Definition[]) => list.flatMap(({ name }) => plainValues(view[name] ?? [], records));
	return { private: values(searched), public: values(searched.filter(({ name }) => everybodys.has(name))) };
}

/** Tells whether two computed states differ: by the ids of values and by the results of formulas, not by cached names. */
export function fingerprint(view: View): string {
	const parts = Object.entries(view).flatMap(([property, list]) =>
		list.map((value) => (typeof value._id === 'string' ? value._id : `${property}: ${JSON.stringify(value)}`)),
	);
	return parts.sort().join();
}
