import { Clock } from '../clock.mts';
import { Database, type Snapshot } from './database.mts';
import { targetOf, type FileStore } from './files.mts';
import { hashOf } from './keys.mts';
import { objectId, type Entity, type Fields, type Value } from './model.mts';
import { known, ownerKey, SEED_START, userKey } from './seed-known.mts';
import { mixed, mixedOwnerKey, mixedUserKey } from './seed-mixed-known.mts';
import { mirroredEntity, mixedRecords, mixedTypes } from './seed-mixed.mts';
import { counts, idOf, makers, owned, ref, text, type Kind, type Property } from './seed-records.mts';
import { menus, people, png, specials } from './seed-special.mts';
import { baseTypes, museumTypes, type DefinitionSpec, type TypeSpec } from './seed-types.mts';
import { entuDefaults } from './settings.mts';

export { known, ownerKey, userKey } from './seed-known.mts';

let made: Snapshot[] | undefined;

/** The databases as they are at the start; made once, never changed. */
export function seedDatabases(): Snapshot[] {
	made ??= [museum(new Builder(known.database)), base(new Builder(known.emptyDatabase)), mixture(new Builder(mixed.database))];
	return made;
}

/** The files behind seeded values. */
export function seedFiles(files: FileStore): void {
	const { bookWithPhoto, photoValue, bookWithLargeFile, largeFileValue, largeFileSize } = known;
	files.seed(targetOf(known.database, bookWithPhoto, photoValue), { kind: 'memory', bytes: png, type: 'image/png' });
	files.seed(targetOf(known.database, bookWithLargeFile, largeFileValue), { kind: 'synthetic', size: largeFileSize, type: 'image/tiff' });
}

/** Adds many more records of a kind to `labdb`; returns how many of that type there are then. */
export function seedMore(databases: ReadonlyMap<string, Database>, type: string, count: number): number {
	const database = databases.get(known.database);
	const make = makers[type as Kind];
	if (!database || !make) throw new Error(`No seed for "${type}". There are: ${Object.keys(makers).join(', ')}.`);
	const start = database.list({ typeName: type }).length;
	database.addMany(
		Array.from({ length: count }, (_, n) => ({
			id: database.newId(),
			values: valuesOf(make(start + n + 1), database.now(), () => database.newId()),
		})),
	);
	return start + count;
}

/** The values of a record, with the mark of its creation. */
function valuesOf(properties: readonly Property[], at: number, newId: () => string): Value[] {
	const created: Property = ['_created', { reference: known.owner, datetime: new Date(at) }];
	return [...properties, created].map(([type, fields, id]) => ({ id: id ?? newId(), type, data: withDates(fields), at, by: known.owner }));
}

/** Seeds are written with dates as texts. */
function withDates(fields: Fields): Fields {
	const field = typeof fields.date === 'string' ? 'date' : 'datetime';
	const text = fields[field];
	return typeof text === 'string' ? { ...fields, [field]: new Date(text) } : fields;
}

function base(builder: Builder): Snapshot {
	builder.types(baseTypes);
	for (const [id, properties] of people.slice(0, 1)) builder.add(id, properties);
	builder.key(known.owner, ownerKey);
	return builder.finish();
}

function museum(builder: Builder): Snapshot {
	builder.types([...baseTypes, ...museumTypes]);
	for (const [id, properties] of people) builder.add(id, properties);
	builder.key(known.owner, ownerKey);
	builder.key(known.user, userKey);
	builder.many('person');
	for (const [id, properties] of specials) builder.add(id, properties);
	builder.many('author');
	builder.many('book');
	builder.many('lending');
	for (const [at, menu] of menus.entries()) builder.add(objectId(SEED_START, '0000000000', 0x3001 + at), menu);
	return builder.finish();
}

/** What real databases have and `labdb` lacks. */
function mixture(builder: Builder): Snapshot {
	builder.types([...baseTypes, ...mixedTypes]);
	for (const [id, properties] of people) builder.add(id, properties);
	builder.key(known.owner, mixedOwnerKey);
	builder.key(known.user, mixedUserKey);
	for (const [id, properties] of mixedRecords) builder.add(id, properties);
	builder.mirror(mirroredEntity());
	return builder.finish();
}

/** Makes a database record by record; what a record refers to should be there before it. */
class Builder {
	private readonly database: Database;
	private values = 0;
	private definitions = 0;
	/** Made before the person who owns them: computed once more at the end. */
	private readonly early: string[] = [];

	constructor(name: string) {
		const nothing: Snapshot = { name, entities: new Map(), values: new Map(), index: new Map(), references: new Map() };
		this.database = new Database(nothing, new Clock(), { ...entuDefaults, generation: 'later' });
	}

	many(kind: Kind): void {
		for (let n = 1; n <= counts[kind]; n += 1) this.add(idOf[kind](n), makers[kind](n));
	}

	add(id: string, properties: readonly Property[]): void {
		const at = Number.parseInt(id.slice(0, 8), 16) * 1000;
		this.database.addMany([{ id, values: valuesOf(properties, at, () => this.valueId(at, 'e')) }]);
	}

	private valueId(at: number, kind: 'e' | 'f'): string {
		return objectId(at / 1000, `0000000${kind}00`, ++this.values);
	}

	key(id: string, key: string): void {
		const at = SEED_START * 1000;
		this.database.insert(id, { id: this.valueId(at, 'f'), type: 'entu_api_key', data: { string: hashOf(key) }, at, by: 'entu' });
		this.database.aggregate(id);
	}

	types(specs: readonly TypeSpec[]): void {
		for (const { id, name, label, sharing, defaultParents = [] } of specs) {
			const parents = defaultParents.map((parent): Property => ['default_parent', ref(parent)]);
			this.add(id, [...owned(known.typeEntity, sharing), ['name', text(name)], ['label', text(label[0], 'en')], ['label', text(label[1], 'et')], ...parents]);
			this.early.push(id);
		}
		// Once more now that all names are known.
		for (const { id } of specs) this.database.aggregate(id);
		for (const spec of specs) {
			for (const [at, definition] of spec.definitions.entries()) {
				const id = objectId(SEED_START, '0000000000', 0x1000 + ++this.definitions);
				this.add(id, definitionProperties(spec.id, definition, at + 1));
				this.early.push(id);
			}
		}
	}

	mirror(entity: Omit<Entity, 'access'>): void {
		this.database.putMirror(entity);
	}

	finish(): Snapshot {
		for (const { id } of this.database.list({ typeName: 'person' })) this.early.push(id);
		// Two rounds: what is shared of a definition depends on other definitions.
		for (const id of [...this.early, ...this.early]) this.database.aggregate(id);
		return this.database.snapshot();
	}
}

function definitionProperties(typeId: string, spec: DefinitionSpec, ordinal: number): Property[] {
	const flags = ['list', 'multilingual', 'mandatory', 'readonly', 'hidden', 'markdown', 'search'] as const;
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
