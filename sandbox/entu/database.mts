import type { Clock } from '../clock.mts';
import { isLive, objectId, type Entity, type Value, type View } from './model.mts';
import { Schema } from './schema.mts';
import { computeView } from './view.mts';

/** The immutable start of a database; every reset begins from it. */
export interface SeedDatabase {
	readonly name: string;
	readonly entities: readonly Entity[];
	readonly byType: ReadonlyMap<string, readonly string[]>;
	/** SHA-256 of an API key -> entity id. */
	readonly keys: ReadonlyMap<string, string>;
	/** Ids of the two types that describe all others. */
	readonly metaTypes: { readonly entity: string; readonly property: string };
}

interface Job {
	dueAt: number;
	run(): void;
}

const NEW_IDS = '5a4db0c5e1';

/** One database in memory: values and computed entities, with late background jobs as the real service has. */
export class Database {
	readonly name: string;
	readonly schema: Schema;
	readonly metaTypes: SeedDatabase['metaTypes'];
	/** Results of queries, forgotten at the next write. */
	readonly cache = new Map<string, unknown>();
	/** Entities deleted since the start; shown in the account info. */
	deletedEntities = 0;
	private readonly entities: Map<string, Entity>;
	private readonly byType: Map<string, readonly string[]>;
	private readonly keys: Map<string, string>;
	/** Value id -> entity id for values written since the start. */
	private readonly owners = new Map<string, string>();
	/** Lists of entities whose values are looked up through `seedOwners`, made on first need. */
	private readonly bulk: Array<readonly Entity[]>;
	private seedOwners: Map<string, string> | undefined;
	private jobs: Job[] = [];
	private counter = 0;
	/** Types whose list was copied since the start and may be appended to. */
	private readonly ownLists = new Map<string, string[]>();

	constructor(
		seed: SeedDatabase,
		private readonly clock: Clock,
	) {
		this.name = seed.name;
		this.entities = new Map(seed.entities.map((entity) => [entity.id, entity]));
		this.byType = new Map(seed.byType);
		this.keys = new Map(seed.keys);
		this.bulk = [seed.entities];
		this.metaTypes = seed.metaTypes;
		this.schema = new Schema(this);
	}

	now(): number {
		return this.clock.now();
	}

	newId(): string {
		return objectId(Math.floor(this.now() / 1000), NEW_IDS, ++this.counter);
	}

	get(id: string): Entity | undefined {
		return this.entities.get(id.toLowerCase());
	}

	get size(): number {
		return this.entities.size;
	}

	all(): IterableIterator<Entity> {
		return this.entities.values();
	}

	/** Entities of these types in order of creation; of all types without. */
	ofTypes(types?: readonly string[]): Entity[] {
		if (!types) return [...this.entities.values()].sort(byId);
		const found: Entity[] = [];
		const wanted = new Set(types);
		for (const type of wanted) {
			for (const id of this.byType.get(type) ?? []) {
				const entity = this.entities.get(id);
				if (entity) found.push(entity);
			}
		}
		return wanted.size > 1 ? found.sort(byId) : found;
	}

	/** Stores values and, unless told not to, computes the entity anew. */
	put(id: string, values: readonly Value[], compute = true): Entity {
		const before = this.entities.get(id);
		const view = compute ? computeView(this, values) : (before?.view ?? {});
		const entity = { id, values, view };
		this.entities.set(id, entity);
		this.index(entity, before?.view);
		for (const value of values) if (!before?.values.includes(value)) this.owners.set(value.id, id);
		this.touched(view, before?.view);
		return entity;
	}

	/** Adds computed entities in bulk. */
	addAll(entities: readonly Entity[]): void {
		for (const entity of entities) {
			this.entities.set(entity.id, entity);
			this.index(entity, undefined);
		}
		this.bulk.push(entities);
		this.seedOwners = undefined;
		this.cache.clear();
	}

	remove(id: string): void {
		const before = this.entities.get(id);
		this.entities.delete(id);
		this.deletedEntities += 1;
		this.touched({}, before?.view);
	}

	/** Soft-deletes all references to an entity at once; they stay visible until the next computation (§5.6). */
	dropReferences(id: string, by: string | undefined): void {
		const deleted = { at: this.now(), by };
		for (const entity of [...this.entities.values()]) {
			if (entity.id === id || !refersTo(entity, id)) continue;
			const values = entity.values.map((value) => (isLive(value) && value.data.reference === id ? { ...value, deleted } : value));
			this.put(entity.id, values, false);
		}
	}

	/** The entity that holds a value and the value, also when it is deleted. */
	findValue(valueId: string): { entity: Entity; value: Value } | undefined {
		const id = valueId.toLowerCase();
		const entity = this.entities.get(this.owners.get(id) ?? this.startOwners().get(id) ?? '');
		const value = entity?.values.find((one) => one.id === id);
		return entity && value ? { entity, value } : undefined;
	}

	private startOwners(): Map<string, string> {
		if (this.seedOwners) return this.seedOwners;
		this.seedOwners = new Map();
		for (const list of this.bulk) {
			for (const entity of list) for (const value of entity.values) this.seedOwners.set(value.id, entity.id);
		}
		return this.seedOwners;
	}

	/** The entity that holds an API key. */
	ownerOfKey(hash: string): Entity | undefined {
		const entity = this.entities.get(this.keys.get(hash) ?? '');
		return entity?.values.some((value) => value.keyHash === hash && isLive(value)) ? entity : undefined;
	}

	addKey(hash: string, entityId: string): void {
		this.keys.set(hash, entityId);
	}

	/** Computes again, after a while, every entity that refers to this one: names and rights spread late. */
	refreshReferrers(id: string, afterMs: number): void {
		this.jobs.push({
			dueAt: this.now() + afterMs,
			run: () => {
				for (const entity of [...this.entities.values()]) {
					if (refersTo(entity, id)) this.put(entity.id, entity.values);
				}
			},
		});
	}

	/** Runs the background jobs that are due; called before every request. */
	settle(): void {
		if (this.jobs.length === 0) return;
		const now = this.now();
		const due = this.jobs.filter((job) => job.dueAt <= now);
		if (due.length === 0) return;
		this.jobs = this.jobs.filter((job) => job.dueAt > now);
		for (const job of due) job.run();
	}

	private touched(view: View, before: View | undefined): void {
		this.cache.clear();
		this.schema.touched(view, before);
	}

	private index(entity: Entity, before: View | undefined): void {
		const type = typeOf(entity.view);
		const old = typeOf(before);
		if (type === old) return;
		if (old !== undefined) this.byType.set(old, (this.byType.get(old) ?? []).filter((id) => id !== entity.id));
		if (old !== undefined) this.ownLists.delete(old);
		if (type === undefined) return;
		let list = this.ownLists.get(type);
		if (!list) {
			list = [...(this.byType.get(type) ?? [])];
			this.ownLists.set(type, list);
			this.byType.set(type, list);
		}
		list.push(entity.id);
	}
}

export const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

export function typeOf(view: View | undefined): string | undefined {
	const id = view?._type?.[0]?.reference;
	return typeof id === 'string' ? id : undefined;
}

function refersTo(entity: Entity, id: string): boolean {
	return entity.values.some((value) => value.data.reference === id);
}
