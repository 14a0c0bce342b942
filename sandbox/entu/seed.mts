import { Clock } from '../clock.mts';
import { hashOf } from './auth.mts';
import { byId, Database, typeOf, type SeedDatabase } from './database.mts';
import { targetOf, type FileStore } from './files.mts';
import { objectId, type Entity, type Value } from './model.mts';
import { known, ownerKey, SEED_START, userKey } from './seed-known.mts';
import { counts, idOf, makers, owned, ref, text, type Kind, type Property } from './seed-records.mts';
import { menus, people, png, specials } from './seed-special.mts';
import { baseTypes, museumTypes, type DefinitionSpec, type TypeSpec } from './seed-types.mts';
import type { State } from './state.mts';
import { computeView } from './view.mts';

export { known, ownerKey, userKey } from './seed-known.mts';

const metaTypes = { entity: known.typeEntity, property: known.typeProperty };

let made: SeedDatabase[] | undefined;

/** The databases as they are at the start; made once, never changed. */
export function seedDatabases(): SeedDatabase[] {
	made ??= [new Builder(known.database).museum(), new Builder(known.emptyDatabase).base()];
	return made;
}

/** The files behind seeded values. */
export function seedFiles(files: FileStore): void {
	const { bookWithPhoto, photoValue, bookWithLargeFile, largeFileValue, largeFileSize } = known;
	files.seed(targetOf(known.database, bookWithPhoto, photoValue), { kind: 'memory', bytes: png, type: 'image/png' });
	files.seed(targetOf(known.database, bookWithLargeFile, largeFileValue), { kind: 'synthetic', size: largeFileSize, type: 'image/tiff' });
}

/** Adds many more records of a kind to `labdb`; returns how many of that type there are then. */
export function seedMore(state: State, type: string, count: number): number {
	const database = state.databases.get(known.database);
	const make = makers[type as Kind];
	if (!database || !make) throw new Error(`No seed for "${type}". There are: ${Object.keys(makers).join(', ')}.`);
	const typeId = database.schema.idsNamed(type)[0] ?? '';
	const start = database.ofTypes([typeId]).length;
	const entities: Entity[] = [];
	for (let n = start; n < start + count; n += 1) {
		const id = database.newId();
		const values = valuesOf(make(n + 1), database.now(), () => database.newId());
		entities.push({ id, values, view: computeView(database, values) });
	}
	database.addAll(entities);
	return start + count;
}

/** The values of a record, with the mark of its creation. */
function valuesOf(properties: readonly Property[], at: number, newId: () => string): Value[] {
	const created: Property = ['_created', { reference: known.owner, datetime: new Date(at).toISOString() }];
	return [...properties, created].map(([type, data, id]) => ({ id: id ?? newId(), type, data, at, by: known.owner }));
}

class Builder {
	private readonly database: Database;
	private readonly keys = new Map<string, string>();
	private values = 0;
	private definitions = 0;
	private menus = 0;

	constructor(private readonly name: string) {
		this.database = new Database({ name, entities: [], byType: new Map(), keys: new Map(), metaTypes }, new Clock());
	}

	base(): SeedDatabase {
		this.types(baseTypes);
		for (const [id, properties] of people.slice(0, 1)) this.add(id, properties);
		this.key(known.owner, ownerKey);
		return this.finish();
	}

	museum(): SeedDatabase {
		this.types([...baseTypes, ...museumTypes]);
		for (const [id, properties] of people) this.add(id, properties);
		this.key(known.owner, ownerKey);
		this.key(known.user, userKey);
		this.many('person');
		for (const [id, properties] of specials) this.add(id, properties);
		this.many('author');
		this.many('book');
		this.many('lending');
		for (const menu of menus) this.add(objectId(SEED_START, '0000000000', 0x3000 + ++this.menus), menu);
		return this.finish();
	}

	private many(kind: Kind): void {
		for (let n = 1; n <= counts[kind]; n += 1) this.add(idOf[kind](n), makers[kind](n));
	}

	private add(id: string, properties: readonly Property[]): void {
		const at = Number.parseInt(id.slice(0, 8), 16) * 1000;
		const newId = () => objectId(at / 1000, '0000000e00', ++this.values);
		this.database.put(id, valuesOf(properties, at, newId));
	}

	private key(id: string, key: string): void {
		const at = SEED_START * 1000;
		const value: Value = { id: objectId(SEED_START, '0000000f00', ++this.values), type: 'entu_api_key', data: {}, at, keyHash: hashOf(key) };
		this.database.put(id, [...(this.database.get(id)?.values ?? []), value]);
		this.keys.set(hashOf(key), id);
	}

	private types(specs: readonly TypeSpec[]): void {
		for (const { id, name, label, sharing } of specs) {
			this.add(id, [...owned(known.typeEntity, sharing), ['name', text(name)], ['label', text(label[0], 'en')], ['label', text(label[1], 'et')]]);
		}
		// Once more now that all names are known.
		for (const { id } of specs) this.database.put(id, this.database.get(id)?.values ?? []);
		for (const spec of specs) {
			spec.definitions.forEach((definition, at) => {
				this.add(objectId(SEED_START, '0000000000', 0x1000 + ++this.definitions), definitionProperties(spec.id, definition, at + 1));
			});
		}
	}

	/** Everything is computed once more, so that names are complete whatever came first. */
	private finish(): SeedDatabase {
		const all = [...this.database.all()].sort(byId);
		const entities = all.map(({ id, values }) => this.database.put(id, values));
		const byType = new Map<string, string[]>();
		for (const { id, view } of entities) {
			const type = typeOf(view) ?? '';
			const list = byType.get(type);
			if (list) list.push(id);
			else byType.set(type, [id]);
		}
		return { name: this.name, entities, byType, keys: this.keys, metaTypes };
	}
}

function definitionProperties(typeId: string, spec: DefinitionSpec, ordinal: number): Property[] {
	const flags = ['list', 'multilingual', 'mandatory', 'readonly', 'search'] as const;
	const properties: Property[] = [
		...owned(known.typeProperty, spec.sharing ?? 'domain'),
		['_parent', ref(typeId)],
		['name', text(spec.name)],
		['label', text(spec.label[0], 'en')],
		['label', text(spec.label[1], 'et')],
		['type', text(spec.type)],
		['ordinal', { number: ordinal }],
	];
	for (const flag of flags) if (spec[flag]) properties.push([flag, { boolean: true }]);
	for (const choice of spec.set ?? []) properties.push(['set', text(choice)]);
	if (spec.formula !== undefined) properties.push(['formula', text(spec.formula)]);
	if (spec.decimals !== undefined) properties.push(['decimals', { number: spec.decimals }]);
	if (spec.referenceQuery !== undefined) properties.push(['reference_query', text(spec.referenceQuery)]);
	if (typeof spec.default === 'string') properties.push(['default', text(spec.default)]);
	if (typeof spec.default === 'boolean') properties.push(['default', { boolean: spec.default }]);
	return properties;
}
