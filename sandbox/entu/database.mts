import type { Clock } from '../clock.mts';
import { compare, typed } from './bson.mts';
import { compute, fingerprint, parentsOf, type Definition, type Records } from './compute.mts';
import { isForLaterServers } from './formulas.mts';
import { byId, hasText, isLive, objectId, referencesOf, textOf, type Entity, type Value, type View } from './model.mts';
import { accessOf, rightsOfParents } from './rights.mts';
import type { EntuSettings, Generation } from './settings.mts';

/** The immutable state of a database; every reset begins from one. */
export interface Snapshot {
	readonly name: string;
	readonly entities: ReadonlyMap<string, Entity>;
	readonly values: ReadonlyMap<string, readonly Value[]>;
	readonly index: ReadonlyMap<string, readonly string[]>;
	readonly references: ReadonlyMap<string, readonly string[]>;
}

/** What an entity's recalculation came to (§5.8). */
export type Outcome = { readonly deleted: true } | { readonly mirror: true } | { readonly queued: number };

type DatabaseSettings = Pick<EntuSettings, 'generation' | 'nameRefreshMs' | 'lateMs'>;

const NEW_IDS = '5a4db0c5e1';
const ROUND_SIZE = 100;
/** A queue that feeds itself must not stop the sandbox. */
const MAX_ROUNDS = 1_000;
const ALL = '*';
const BLANK: View = {};
const RIGHTS_AND_BARS = ['_noaccess', '_viewer', '_expander', '_editor', '_owner'];

const typeKeys = (view: View): Set<string> =>
	new Set([ALL, ...(view._type ?? []).flatMap(({ reference, string }) => [byTypeId(String(reference)), byTypeName(String(string))])]);
const byTypeId = (id: string) => `#${id}`;
const byTypeName = (name: string) => `=${name}`;

/** Value id -> entity id, by snapshot. */
const ownersIn = new WeakMap<Snapshot, ReadonlyMap<string, string>>();

/** One database in memory: stored values, computed entities, and the background queue that carries changes on (§5.5). */
export class Database implements Records {
	readonly name: string;
	/** Results of queries, forgotten at the next write. */
	readonly cache = new Map<string, unknown>();
	private readonly entities: Map<string, Entity>;
	private readonly values: Map<string, readonly Value[]>;
	/** Lists of values that were copied since the start and may grow. */
	private readonly ownValues = new Map<string, Value[]>();
	/** Sorted ids by what lists are narrowed by: all, the type's id, the type's name. */
	private readonly index: Map<string, readonly string[]>;
	private readonly ownIndex = new Map<string, string[]>();
	/** Entity -> entities with values that refer to it; may hold some that no longer do. */
	private readonly references: ReadonlyMap<string, readonly string[]>;
	private readonly ownReferences = new Map<string, Set<string>>();
	/** Value id -> entity id, of what was added since the start. */
	private readonly valueOwners = new Map<string, string>();
	private readonly definitionsOf = new Map<string, readonly Definition[]>();
	private readonly highestOf = new Map<string, Value | undefined>();
	/** Entities to be computed again, with the time they were queued. */
	private readonly queue = new Map<string, number>();
	private nextRound: number | undefined;
	private counter = 0;
	private computedFor: Generation;
	private readonly mirrors: readonly Entity[];

	constructor(
		private readonly start: Snapshot,
		private readonly clock: Clock,
		private readonly settings: DatabaseSettings,
	) {
		this.name = start.name;
		this.entities = new Map(start.entities);
		this.values = new Map(start.values);
		this.index = new Map(start.index);
		this.references = start.references;
		this.mirrors = [...start.entities.values()].filter(({ origin }) => origin !== undefined);
		// Seeds are computed as by later servers.
		this.computedFor = 'later';
	}

	/** The state as it is now, never to be changed through this database again. */
	snapshot(): Snapshot {
		const references = new Map([...this.ownReferences].map(([id, from]) => [id, [...from]] as const));
		return { name: this.name, entities: this.entities, values: this.values, index: this.index, references };
	}

	get generation(): Generation {
		return this.settings.generation;
	}

	/** How late new entities show up in lists, ms. */
	get lateMs(): number {
		return this.settings.lateMs;
	}

	now(): number {
		return this.clock.now();
	}

	newId(): string {
		return objectId(Math.floor(this.now() / 1000), NEW_IDS, ++this.counter);
	}

	get size(): number {
		return this.entities.size;
	}

	get(id: string): Entity | undefined {
		return this.entities.get(id.toLowerCase());
	}

	valuesOf(id: string): readonly Value[] {
		return this.values.get(id) ?? [];
	}

	/** All stored values, also those of deleted entities. */
	*allValues(): Iterable<readonly [entity: string, value: Value]> {
		for (const [id, list] of this.values) for (const value of list) yield [id, value];
	}

	/** Entities in the order of their creation: all, those of a type, or those whose type has this name. */
	list(wanted: { typeId?: string; typeName?: string } = {}): Entity[] {
		const { typeId, typeName } = wanted;
		const key = typeId !== undefined ? byTypeId(typeId) : typeName !== undefined ? byTypeName(typeName) : ALL;
		return (this.index.get(key) ?? []).flatMap((id) => this.entities.get(id) ?? []);
	}

	children(id: string): Entity[] {
		return this.referringThrough(id, '_parent');
	}

	referring(id: string): Entity[] {
		return this.referringThrough(id, '_reference');
	}

	private referringThrough(id: string, property: string): Entity[] {
		const found = this.possibleReferrers(id).flatMap((one) => this.entities.get(one) ?? []);
		return found.filter((entity) => referencesOf(entity.private, property).includes(id)).sort(byId);
	}

	private possibleReferrers(id: string): string[] {
		return [...new Set([...(this.references.get(id) ?? []), ...(this.ownReferences.get(id) ?? [])])];
	}

	/** Ids of the entities with a live value that refers to this one, also of deleted entities. */
	private referrerIds(id: string): string[] {
		return this.possibleReferrers(id).filter((one) => this.valuesOf(one).some((value) => isLive(value) && value.data.reference === id));
	}

	definitions(typeId: string): readonly Definition[] {
		const known = this.definitionsOf.get(typeId);
		if (known) return known;
		const found = this.children(typeId)
			.filter(({ private: view }) => hasText(view, '_type', 'property') && view.name?.some((value) => value.string !== undefined))
			.map(({ private: view }) => readDefinition(view));
		this.definitionsOf.set(typeId, found);
		return found;
	}

	/** The entity that holds a value and the value, also when either is deleted. */
	findValue(valueId: string): { entityId: string; value: Value } | undefined {
		const id = valueId.toLowerCase();
		const entityId = this.valueOwners.get(id) ?? this.ownersAtStart().get(id);
		if (entityId === undefined) return undefined;
		const value = this.valuesOf(entityId).find((one) => one.id === id);
		return value && { entityId, value };
	}

	/** Of all databases that began with the same snapshot. */
	private ownersAtStart(): ReadonlyMap<string, string> {
		const known = ownersIn.get(this.start) ?? new Map([...this.start.values].flatMap(([id, list]) => list.map((value) => [value.id, id] as const)));
		ownersIn.set(this.start, known);
		return known;
	}

	/** The entity that holds an API key, by its SHA-256. */
	holderOfKey(hash: string): Entity | undefined {
		return this.list().find((entity) => hasText(entity.private, 'entu_api_key', hash));
	}

	/** The live value of a property name that has the highest number in the whole database (§4.3). */
	highest(type: string): Value | undefined {
		if (!this.highestOf.has(type)) {
			let best: Value | undefined;
			for (const [, value] of this.allValues()) if (value.type === type && isLive(value)) best = higher(best, value);
			this.highestOf.set(type, best);
		}
		return this.highestOf.get(type);
	}

	/** A new entity without anything. */
	create(id = this.newId()): string {
		this.put({ id, private: BLANK, access: [], searched: { private: [], public: [] }, blank: true });
		return id;
	}

	/** Stores a value; it shows up at the next computation. */
	insert(entityId: string, value: Value): void {
		let list = this.ownValues.get(entityId);
		if (!list) {
			list = [...this.valuesOf(entityId)];
			this.ownValues.set(entityId, list);
			this.values.set(entityId, list);
		}
		list.push(value);
		this.valueOwners.set(value.id, entityId);
		const { reference } = value.data;
		if (typeof reference === 'string' && reference !== '') this.noteReference(reference, entityId);
		if (this.highestOf.has(value.type)) this.highestOf.set(value.type, higher(this.highestOf.get(value.type), value));
	}

	private noteReference(to: string, from: string): void {
		const known = this.ownReferences.get(to);
		if (known) known.add(from);
		else this.ownReferences.set(to, new Set([from]));
	}

	/** Marks live values of an entity as deleted. A millisecond goes by, as on the real server. */
	markDeleted(entityId: string, which: (value: Value) => boolean, by: string): void {
		const deleted = { at: this.now() + 1, by };
		const list = this.valuesOf(entityId).map((value) => {
			if (!isLive(value) || !which(value)) return value;
			this.highestOf.delete(value.type);
			return { ...value, deleted };
		});
		this.values.set(entityId, list);
		this.ownValues.set(entityId, list);
	}

	/** Computes an entity anew and queues those that its change reaches; `undefined` when there is none. */
	aggregate(id: string): Outcome | undefined {
		const before = this.entities.get(id);
		if (!before) return undefined;
		this.queue.delete(id);
		if (before.origin !== undefined) {
			this.put({ ...before, access: this.accessOfMirror(before.private) });
			return { mirror: true };
		}
		if (this.valuesOf(id).some((value) => value.type === '_deleted' && isLive(value))) {
			this.remove(id);
			return { deleted: true };
		}
		const after = compute(this, id, before);
		this.put(after);
		return { queued: this.carryOn(before, after) };
	}

	/** Stores an entity of another database, which is computed there (§4.7). */
	putMirror(mirror: Omit<Entity, 'access'>): void {
		for (const value of Object.values(mirror.private).flat()) {
			if (typeof value.reference === 'string') this.noteReference(value.reference, mirror.id);
		}
		this.put({ ...mirror, access: this.accessOfMirror(mirror.private) });
	}

	private accessOfMirror(view: View): string[] {
		const inherits = view._inheritrights?.[0]?.boolean === true;
		return accessOf(inherits ? rightsOfParents(parentsOf(this, view)) : {}, view._sharing?.[0]?.string);
	}

	/** Soft-deletes all references to a deleted entity at once; they stay visible until the next computation (§5.6). */
	dropReferences(id: string, by: string): void {
		const referrers = this.referrerIds(id);
		for (const one of referrers) this.markDeleted(one, (value) => value.data.reference === id, by);
		this.enqueue(referrers);
	}

	/** Adds computed entities in bulk. */
	addMany(records: ReadonlyArray<{ id: string; values: readonly Value[] }>): void {
		this.highestOf.clear();
		for (const { id, values } of records) {
			this.values.set(id, values);
			for (const value of values) this.valueOwners.set(value.id, id);
			for (const { data } of values) if (typeof data.reference === 'string') this.noteReference(data.reference, id);
			this.put(compute(this, id, { id, private: BLANK, access: [], searched: { private: [], public: [] } }));
		}
	}

	private put(entity: Entity): void {
		const before = this.entities.get(entity.id);
		this.entities.set(entity.id, entity);
		this.reindex(entity.id, before?.private, entity.private);
		this.forget(before?.private, entity.private);
	}

	remove(id: string): void {
		const before = this.entities.get(id);
		this.entities.delete(id);
		this.queue.delete(id);
		this.reindex(id, before?.private, undefined);
		this.forget(before?.private);
	}

	private forget(...views: Array<View | undefined>): void {
		this.cache.clear();
		for (const view of views) for (const parent of referencesOf(view, '_parent')) this.definitionsOf.delete(parent);
	}

	private reindex(id: string, before: View | undefined, after: View | undefined): void {
		const old = before ? typeKeys(before) : new Set<string>();
		const now = after ? typeKeys(after) : new Set<string>();
		for (const key of old) if (!now.has(key)) this.indexFor(key).splice(place(this.indexFor(key), id), 1);
		for (const key of now) if (!old.has(key)) this.indexFor(key).splice(place(this.indexFor(key), id), 0, id);
	}

	private indexFor(key: string): string[] {
		const known = this.ownIndex.get(key);
		if (known) return known;
		const list = [...(this.index.get(key) ?? [])];
		this.ownIndex.set(key, list);
		this.index.set(key, list);
		return list;
	}

	/** Queues what a change reaches: who carries the name, who inherits rights, whose formulas may look at it. */
	private carryOn(before: Entity, after: Entity): number {
		if (!before.blank && fingerprint(before.private) === fingerprint(after.private)) return 0;
		const { id } = after;
		const referrers = this.referrerIds(id);
		const ids = new Set<string>();
		if (namesOf(before.private) !== namesOf(after.private)) for (const one of referrers) ids.add(one);
		if (rightsOf(before.private) !== rightsOf(after.private)) {
			for (const child of this.children(id)) if (child.private._inheritrights?.some((value) => value.boolean === true)) ids.add(child.id);
		}
		const related = [before.private, after.private].flatMap((view) => [...referencesOf(view, '_parent'), ...referencesOf(view, '_reference')]);
		for (const one of [...related, ...referrers]) if (this.hasFormulas(one)) ids.add(one);
		this.enqueue([...ids]);
		return ids.size;
	}

	private hasFormulas(id: string): boolean {
		const [typeId] = referencesOf(this.entities.get(id)?.private, '_type');
		return typeId !== undefined && this.definitions(typeId).some(({ formula }) => formula !== undefined);
	}

	private enqueue(ids: readonly string[]): void {
		const now = this.now();
		for (const id of ids) {
			if (!this.entities.has(id)) continue;
			this.queue.delete(id);
			this.queue.set(id, now);
		}
		if (this.queue.size > 0) this.nextRound ??= now + this.settings.nameRefreshMs;
	}

	/** Runs the rounds of the background queue that are due; called before every request. */
	settle(): void {
		if (this.computedFor !== this.generation) this.recomputeFor(this.generation);
		for (let rounds = 0; this.nextRound !== undefined && this.nextRound <= this.now() && rounds < MAX_ROUNDS; rounds += 1) {
			const due = this.nextRound;
			for (const id of [...this.queue.keys()].slice(0, ROUND_SIZE)) this.aggregate(id);
			this.nextRound = this.queue.size > 0 ? due + this.settings.nameRefreshMs : undefined;
		}
	}

	/** After a switch formulas that only one generation understands have other results, and mirrors come or go. */
	private recomputeFor(generation: Generation): void {
		this.computedFor = generation;
		for (const mirror of this.mirrors) {
			if (generation === 'later') this.putMirror(mirror);
			else this.remove(mirror.id);
		}
		for (const type of this.list({ typeName: 'entity' })) {
			if (!this.definitions(type.id).some(({ formula }) => formula !== undefined && isForLaterServers(formula))) continue;
			for (const entity of this.list({ typeId: type.id })) this.put(compute(this, entity.id, { ...entity, private: BLANK }));
		}
	}
}

/** Where an id is, or would have to be, in a sorted list. */
function place(list: readonly string[], id: string): number {
	let [from, to] = [0, list.length];
	while (from < to) {
		const middle = (from + to) >> 1;
		if ((list[middle] ?? '') < id) from = middle + 1;
		else to = middle;
	}
	return from;
}

function readDefinition(view: View): Definition {
	return {
		name: textOf(view, 'name') ?? '',
		sharing: textOf(view, '_sharing'),
		search: view.search?.[0]?.boolean === true,
		formula: textOf(view, 'formula'),
	};
}

const namesOf = (view: View): string => (view.name ?? []).map((value) => String(value.string ?? '')).sort().join('|');

const rightsOf = (view: View): string => RIGHTS_AND_BARS.flatMap((right) => referencesOf(view, right).map((person) => `${right}:${person}`)).sort().join('|');

function higher(best: Value | undefined, value: Value): Value {
	if (!best) return value;
	const order = compare(typed(value.data.number), typed(best.data.number)) || (value.id < best.id ? -1 : 1);
	return order > 0 ? value : best;
}
