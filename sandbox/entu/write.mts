import type { Request } from 'express';
import { effect } from '../journal.mts';
import { hashOf } from './auth.mts';
import { counterValue } from './counters.mts';
import { typeOf, type Database } from './database.mts';
import { badId, EntuError } from './errors.mts';
import { newApiKey } from './keys.mts';
import { isId, isLive, OWNER_PROPERTIES, RIGHT_PROPERTIES, textOf, without, type Caller, type Entity, type Value, type View } from './model.mts';
import { hasRight } from './rights.mts';
import type { State } from './state.mts';
import { checkInputs, storedFields, type Input } from './values.mts';

/** One write request: who, where, and what it answers with. */
export interface Write {
	req: Request;
	state: State;
	database: Database;
	caller: Caller;
}

export interface WriteAnswer {
	_id: string;
	properties: Array<Record<string, unknown>>;
}

function userOf({ caller }: Write): string {
	if (caller.user === undefined) throw new EntuError(403, 'No user');
	return caller.user;
}

/** `POST /{db}/entity` (§5.4). */
export function createEntity(write: Write, body: unknown): WriteAnswer {
	const { database, req, state } = write;
	const user = userOf(write);
	const inputs = checkInputs(body, state.settings.generation);
	if (!inputs.some((input) => input.type === '_type')) throw new EntuError(400, 'Property _type is required');
	checkTargets(write, inputs);
	const id = database.newId();
	const typeId = String(inputs.find((input) => input.type === '_type')?.reference).toLowerCase();
	const all = [...inputs, ...additions(database, typeId, inputs, user)];
	const answer = store(write, id, [], all, typeId);
	const created = { reference: user, datetime: new Date(database.now()).toISOString() };
	const value: Value = { id: database.newId(), type: '_created', data: created, at: database.now(), by: user };
	database.put(id, [...(database.get(id)?.values ?? []), value]);
	answer.properties.push({ _id: value.id, type: '_created', ...created });
	effect(req, 'entity.create', id);
	return answer;
}

/** What the service adds by itself: default parents, defaults, sharing and inheritance of the parent, the owner. */
function additions(database: Database, typeId: string, inputs: readonly Input[], user: string): Input[] {
	const given = new Set(inputs.map((input) => input.type));
	const type = database.schema.type(typeId);
	const added: Input[] = [];
	for (const value of type?.view.default_parent ?? []) {
		if (inputs.some((input) => input.type === '_parent' && input.reference === value.reference)) continue;
		added.push({ type: '_parent', reference: value.reference });
	}
	for (const definition of type?.definitions ?? []) {
		if (given.has(definition.name)) continue;
		for (const value of definition.view.default ?? []) added.push({ ...without(value, '_id'), type: definition.name });
	}
	const parentId = [...inputs, ...added].find((input) => input.type === '_parent')?.reference;
	const parent = database.get(String(parentId))?.view;
	const sharing = textOf(parent, '_sharing');
	if (!given.has('_sharing') && (sharing === 'domain' || sharing === 'public')) added.push({ type: '_sharing', string: sharing });
	if (!given.has('_inheritrights') && parent?._inheritrights?.[0]?.boolean === true) added.push({ type: '_inheritrights', boolean: true });
	if (!inputs.some((input) => input.type === '_owner' && input.reference === user)) added.push({ type: '_owner', reference: user });
	return added;
}

/** `POST /{db}/entity/{_id}` (§5.5). */
export function addValues(write: Write, id: string, body: unknown): WriteAnswer {
	const { database, req, state, caller } = write;
	userOf(write);
	const entity = entityOf(write, id);
	const inputs = checkInputs(body, state.settings.generation);
	if (!hasRight(entity.view, caller, '_editor')) throw new EntuError(403, 'User not in _owner nor _editor property');
	if (inputs.some((input) => OWNER_PROPERTIES.has(input.type)) && !hasRight(entity.view, caller, '_owner')) {
		throw new EntuError(403, 'User not in _owner property');
	}
	checkTargets(write, inputs);
	const answer = store(write, entity.id, entity.values, inputs, typeOf(entity.view) ?? '');
	database.put(entity.id, database.get(entity.id)?.values ?? []);
	spread(write, entity);
	effect(req, 'entity.update', entity.id);
	return answer;
}

/** The entity, or the service's answer to an id that is bad or unknown. */
export function entityOf({ database, state }: Write, id: string): Entity {
	if (!isId(id)) throw badId(state.settings.generation, id);
	const entity = database.get(id);
	if (!entity) throw new EntuError(404, `Entity ${id} not found`);
	return entity;
}

/** `_type` and `_parent` must exist; a parent must let the caller add children. */
function checkTargets({ database, state, caller }: Write, inputs: readonly Input[]): void {
	for (const { type, reference } of inputs) {
		if (type !== '_type' && type !== '_parent') continue;
		if (!isId(reference)) throw badId(state.settings.generation, reference);
		const target = database.get(reference);
		if (!target) throw new EntuError(400, `Entity in ${type} property not found`);
		if (type === '_parent' && !hasRight(target.view, caller, '_expander')) {
			throw new EntuError(400, 'User not in parent _owner, _editor nor _expander property');
		}
	}
}

/** Stores values one by one, as the service does: when one of them is bad, the earlier ones stay (§5.5). */
function store(write: Write, id: string, before: readonly Value[], inputs: readonly Input[], typeId: string): WriteAnswer {
	const { database, state } = write;
	let values = before;
	const properties: WriteAnswer['properties'] = [];
	try {
		for (const input of inputs) {
			const bad = [input.reference, input._id].find((one) => one !== undefined && one !== null && !isId(one));
			if (bad !== undefined) throw badId(state.settings.generation, bad);
			const { value, shown } = newValue(write, id, input, typeId);
			values = [...withoutReplaced(write, values, input), value];
			properties.push(shown);
			if (before.length > 0) effect(write.req, input._id === undefined ? 'property.add' : 'property.replace', value.id);
			if (value.keyHash !== undefined) database.addKey(value.keyHash, id);
		}
	} finally {
		// Not computed yet: what was stored before a failure shows up at the next computation only.
		database.put(id, values, false);
	}
	return { _id: id, properties };
}

function newValue(write: Write, entityId: string, input: Input, typeId: string): { value: Value; shown: Record<string, unknown> } {
	const { database, state } = write;
	const { type } = input;
	const base = { id: database.newId(), type, at: database.now(), by: userOf(write) };
	if (type === 'entu_api_key') {
		const key = state.room.issue(newApiKey());
		return { value: { ...base, data: {}, keyHash: hashOf(key) }, shown: { _id: base.id, type, string: key } };
	}
	const counted = input.counter ? counterValue(database, typeId, type, input.counter, input.string) : {};
	const data = { ...storedFields(input), ...counted };
	const upload = state.files.offerUpload(database.name, entityId, base.id, data);
	return { value: { ...base, data }, shown: { _id: base.id, type, ...data, ...(upload ? { upload } : {}) } };
}

/** Marks what the new value replaces: the value of the given id, or the same person's other right. */
function withoutReplaced({ database, caller }: Write, values: readonly Value[], input: Input): readonly Value[] {
	const id = typeof input._id === 'string' ? input._id.toLowerCase() : undefined;
	const isRight = RIGHT_PROPERTIES.has(input.type);
	const replaced = (value: Value) =>
		isLive(value) && (value.id === id || (isRight && RIGHT_PROPERTIES.has(value.type) && value.data.reference === input.reference));
	const deleted = { at: database.now(), by: caller.user };
	return values.map((value) => (replaced(value) ? { ...value, deleted } : value));
}

/** Names and rights reach the entities that refer to this one only after a while. */
function spread({ database, state }: Write, before: Entity): void {
	const after = database.get(before.id);
	if (!after || !changed(before.view, after.view)) return;
	if (textOf(before.view, 'name') !== textOf(after.view, 'name')) database.schema.noteRenamedType(before.id);
	database.refreshReferrers(before.id, state.settings.nameRefreshMs);
}

function changed(before: View, after: View): boolean {
	return ['name', '_type', '_noaccess', '_viewer'].some((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}

/** `DELETE /{db}/entity/{_id}` (§5.6). */
export function deleteEntity(write: Write, id: string): unknown {
	const { database, state, req, caller } = write;
	userOf(write);
	const entity = entityOf(write, id);
	if (!hasRight(entity.view, caller, '_owner')) throw new EntuError(403, 'User not in _owner property');
	database.dropReferences(entity.id, caller.user);
	database.remove(entity.id);
	database.refreshReferrers(entity.id, state.settings.nameRefreshMs);
	effect(req, 'entity.delete', entity.id);
	return { deleted: true };
}

/** `DELETE /{db}/property/{_id}` (§5.9). Answers the entity it belonged to. */
export function deleteValue(write: Write, id: string): Entity {
	const { database, state, req, caller } = write;
	userOf(write);
	if (!isId(id)) throw badId(state.settings.generation, id);
	const found = database.findValue(id);
	if (!found || !isLive(found.value)) throw new EntuError(404, 'Property not found');
	const { entity, value } = found;
	checkDeletable(entity, value, caller);
	const deleted = { at: database.now(), by: caller.user };
	database.put(entity.id, entity.values.map((one) => (one === value ? { ...one, deleted } : one)));
	spread(write, entity);
	effect(req, 'property.delete', value.id);
	return entity;
}

function checkDeletable({ view, values }: Entity, { type }: Value, caller: Caller): void {
	if (type === '_type') throw new EntuError(403, "Can't delete _type property");
	const ownerOnly = OWNER_PROPERTIES.has(type) || type === '_parent';
	if (type.startsWith('_') && !ownerOnly) throw new EntuError(403, "Can't delete system property");
	if (ownerOnly && !hasRight(view, caller, '_owner')) throw new EntuError(403, 'User not in _owner property');
	if (!hasRight(view, caller, '_editor')) throw new EntuError(403, 'User not in _owner nor _editor property');
	const owners = values.filter((value) => isLive(value) && value.type === '_owner');
	if (type === '_owner' && owners.length < 2) throw new EntuError(403, "Can't delete last _owner");
}

const NOT_COPIED: ReadonlySet<string> = new Set(['_created', 'entu_api_key', 'entu_user', 'entu_passkey']);

/** `POST /{db}/entity/{_id}/duplicate` (§5.8). */
export function duplicateEntity(write: Write, id: string, body: unknown): WriteAnswer[] {
	const { database, req, caller } = write;
	const user = userOf(write);
	const entity = entityOf(write, id);
	const { count = 1, ignoredProperties = [] } = body as { count?: unknown; ignoredProperties?: string[] };
	if (typeof count !== 'number' || !Number.isInteger(count) || count < 1 || count > 100) {
		throw new EntuError(400, 'Count must be a number from 1 to 100'); // assumed: the text
	}
	if (!hasRight(entity.view, caller, '_owner')) throw new EntuError(403, 'User not in _owner property');
	const copied = entity.values.filter(
		({ type, data, deleted }) => !deleted && !NOT_COPIED.has(type) && !ignoredProperties.includes(type) && data.filename === undefined,
	);
	return Array.from({ length: count }, () => {
		const copyId = database.newId();
		const at = database.now();
		const values: Value[] = copied.map(({ type, data }) => ({ id: database.newId(), type, data, at, by: user }));
		const created = { reference: user, datetime: new Date(at).toISOString() };
		values.push({ id: database.newId(), type: '_created', data: created, at, by: user });
		database.put(copyId, values);
		effect(req, 'entity.create', copyId);
		return { _id: copyId, properties: values.map(({ id: _id, type, data }) => ({ _id, type, ...data })) };
	});
}
