import type { Database } from './database.mts';
import { textOf, type Entity, type View } from './model.mts';

/** A property definition, as far as the server itself uses it. */
export interface Definition {
	readonly name: string;
	readonly type: string;
	readonly formula?: string;
	readonly search: boolean;
	readonly sharing: string;
	readonly view: View;
}

export interface EntityType {
	readonly id: string;
	readonly name: string;
	readonly sharing: string;
	readonly view: View;
	readonly definitions: readonly Definition[];
}

/** Entity types and their definitions, which are entities themselves (vendors/entu.md §4.6). */
export class Schema {
	private types = new Map<string, EntityType | undefined>();
	private byParent: Map<string, Entity[]> | undefined;
	/** Former names of types: other entities may carry them for a while. */
	private readonly renamed = new Set<string>();

	constructor(private readonly database: Database) {}

	type(id: string | undefined): EntityType | undefined {
		if (id === undefined) return undefined;
		if (!this.types.has(id)) this.types.set(id, this.read(id));
		return this.types.get(id);
	}

	/** Ids of the types whose entities may carry this type name now. */
	idsNamed(name: string): string[] {
		return this.database
			.ofTypes([this.database.metaTypes.entity])
			.filter((type) => textOf(type.view, 'name') === name || this.renamed.has(type.id))
			.map((type) => type.id);
	}

	/** Called after every write with the entity's view after and before. */
	touched(view: View, before: View | undefined): void {
		const kinds = [view, before].map((one) => one?._type?.[0]?.reference);
		const { entity, property } = this.database.metaTypes;
		if (!kinds.includes(entity) && !kinds.includes(property)) return;
		this.types.clear();
		this.byParent = undefined;
	}

	noteRenamedType(id: string): void {
		this.renamed.add(id);
	}

	private read(id: string): EntityType | undefined {
		const entity = this.database.get(id);
		if (!entity) return undefined;
		this.byParent ??= groupByParent(this.database.ofTypes([this.database.metaTypes.property]));
		return {
			id,
			name: textOf(entity.view, 'name') ?? '',
			sharing: textOf(entity.view, '_sharing') ?? 'private',
			view: entity.view,
			definitions: (this.byParent.get(id) ?? []).map(readDefinition),
		};
	}
}

function groupByParent(definitions: readonly Entity[]): Map<string, Entity[]> {
	const groups = new Map<string, Entity[]>();
	for (const definition of definitions) {
		for (const parent of definition.view._parent ?? []) {
			const id = String(parent.reference);
			groups.set(id, [...(groups.get(id) ?? []), definition]);
		}
	}
	return groups;
}

function readDefinition({ view }: Entity): Definition {
	const formula = textOf(view, 'formula');
	return {
		name: textOf(view, 'name') ?? '',
		type: textOf(view, 'type') ?? 'string',
		...(formula === undefined ? {} : { formula }),
		search: view.search?.[0]?.boolean === true,
		sharing: textOf(view, '_sharing') ?? 'private',
		view,
	};
}
